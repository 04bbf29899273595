"""What kind of component a folder holds, and which package manager its manifest names."""

from __future__ import annotations

import re
from typing import Literal

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Malformed
from repo_architect.analysis.manifests import folders
from repo_architect.analysis.manifests.report import Reading

Kind = Literal[
    "application", "library", "service", "web", "tool", "infrastructure", "documentation", "example", "unknown"
]  # fmt: skip

DEFAULT_MANAGERS = {"pypi": "pip", "npm": "npm"}

WEB = frozenset({
    "next", "nuxt", "vite", "@sveltejs/kit", "react-scripts", "@angular/core", "astro", "gatsby", "@remix-run/react",
    "@vue/cli-service", "parcel", "rolldown-vite", "webpack-dev-server", "ember-source", "preact-cli", "@tanstack/react-start",
})  # fmt: skip
DOCUMENTATION = frozenset(
    {"@docusaurus/core", "vitepress", "vuepress", "@astrojs/starlight", "nextra", "mint"}
)
SERVICE = frozenset({
    "fastapi", "flask", "django", "starlette", "sanic", "litestar", "falcon", "express", "fastify", "koa",
    "@nestjs/core", "@hapi/hapi", "hono", "github.com/gin-gonic/gin", "github.com/labstack/echo/v4", "github.com/go-chi/chi/v5",
    "github.com/gofiber/fiber/v2", "google.golang.org/grpc", "axum", "actix-web", "rocket", "warp", "rails", "sinatra", "phoenix",
    "laravel/framework", "symfony/framework-bundle", "slim/slim",
})  # fmt: skip
SERVERS = re.compile(
    r"org\.springframework\.boot:spring-boot-starter-web|io\.quarkus:quarkus-(?:rest|resteasy|vertx)|io\.micronaut:micronaut-http-server"
    r"|io\.ktor:ktor-server|io\.dropwizard:dropwizard-core|com\.typesafe\.play:play|io\.javalin:javalin"
)
_MAIN_PACKAGE = re.compile(r"^package main\b", re.MULTILINE)
_NOT_BUILT = re.compile(r"^//\s*(?:go:build|\+build)\s+ignore\b", re.MULTILINE)
_LIBRARIES = frozenset({"golang", "cargo"})


def kind_of(folder: str, readings: list[Reading], tree: FileTree, used: frozenset[tuple[str, str]]) -> Kind:
    """What a component is, by its place, what it depends on at run time, and what its manifest offers.

    `used` are the names that the repository's own manifests depend on.
    """
    prefix = "" if folder == "." else folder + "/"
    traits = {trait for reading in readings if reading.identity for trait in reading.identity.traits}
    runtime = _names(readings, "runtime")
    declared = _names(readings, "runtime", "npm") | _names(readings, "development", "npm")
    standing = folders.standing(folder)
    published = "built" in traits and "private" not in traits
    command = "command" in traits and "exported" not in traits
    starts = _has_main(folder, readings, tree)
    compiled = bool(_ecosystems(readings)) and _ecosystems(readings) <= _LIBRARIES
    serves = bool(runtime & SERVICE) and (not published or command) and (starts or not compiled)
    weak = any(reading.format.weak for reading in readings)
    rules: tuple[tuple[bool, Kind], ...] = (
        (standing == "example", "example"),
        (standing == "documentation", "documentation"),
        (standing in ("test", "fixture"), "unknown"),
        ("infrastructure" in traits, "infrastructure"),
        (
            "web service" in traits
            or (any(map(SERVERS.match, runtime)) and not _is_gradle_library(readings)),
            "service",
        ),
        (not published and bool(declared & DOCUMENTATION), "documentation"),
        (
            _heads_workspace(readings) and (not runtime or "private" in traits or _is_virtual(readings)),
            "unknown",
        ),
        (bool(declared & WEB) and (not published or f"{prefix}index.html" in tree), "web"),
        (serves, "service"),
        (command, "tool"),
        (folder != "." and f"{prefix}Dockerfile" in tree, "service"),
        (starts, "service" if runtime & SERVICE else "application"),
        (published or bool(_ecosystems(readings) & _LIBRARIES), "library"),
        ("started" in traits or weak, "application"),
        (_is_used(folder, readings, used), "library"),
    )
    return next((kind for holds, kind in rules if holds), "unknown")


def _names(readings: list[Reading], scope: str, ecosystem: str | None = None) -> set[str]:
    return {
        d.name.lower()
        for reading in readings
        if ecosystem in (None, reading.format.ecosystem)
        for d in reading.declared
        if d.scope == scope and d.direct
    }


def _is_gradle_library(readings: list[Reading]) -> bool:
    """Whether Gradle builds it for others (`java-library`), whatever those need to serve."""
    return any(
        reading.format.manager == "gradle" and reading.identity and "built" in reading.identity.traits
        for reading in readings
    )


def _is_virtual(readings: list[Reading]) -> bool:
    """Whether a workspace of Cargo has no crate of its own at its head."""
    return any(
        reading.format.ecosystem == "cargo" and reading.identity and not reading.identity.name
        for reading in readings
    )


def _heads_workspace(readings: list[Reading]) -> bool:
    return any(reading.identity and reading.identity.members for reading in readings)


def used_names(readings: list[Reading]) -> frozenset[tuple[str, str]]:
    """Ecosystem and folded name of everything that is declared."""
    return frozenset(
        (reading.format.ecosystem, fold(d.name)) for reading in readings for d in reading.declared
    )


def fold(name: str) -> str:
    """A name without case and punctuation: `core:data-test` and Gradle's accessor `core.dataTest` are one."""
    return re.sub(r"[^a-z0-9@]+", "", name.lower())


def _is_used(folder: str, readings: list[Reading], used: frozenset[tuple[str, str]]) -> bool:
    names = {folder, *(reading.identity.name or "" for reading in readings if reading.identity)}
    return any(
        (reading.format.ecosystem, fold(name)) in used for reading in readings for name in names if name
    )


def _ecosystems(readings: list[Reading]) -> set[str]:
    return {reading.format.ecosystem for reading in readings if reading.identity}


def _has_main(folder: str, readings: list[Reading], tree: FileTree) -> bool:
    prefix = "" if folder == "." else folder + "/"
    names = {"golang": ("main.go",), "cargo": ("src/main.rs",), "pypi": ("manage.py",)}
    if any(prefix + name in tree for reading in readings for name in names.get(reading.format.ecosystem, ())):
        return True
    if any(reading.format.ecosystem == "cargo" for reading in readings) and any(
        file.path.endswith(".rs") for file in tree.below(f"{prefix}src/bin")
    ):
        return True
    go = any(reading.format.ecosystem == "golang" for reading in readings)
    return go and (
        any(file.path.startswith(prefix + "cmd/") for file in tree.named("main.go"))
        or _is_program(folder, tree)
    )


def _is_program(folder: str, tree: FileTree) -> bool:
    """Whether the Go files of a folder are of package main, whatever they are called."""
    below = tree.files if folder == "." else tree.below(folder)
    sources = (file for file in below if file.folder == folder and file.path.endswith(".go"))
    texts = (tree.text(file.path) or "" for file in sources if not file.path.endswith("_test.go"))
    return any(_MAIN_PACKAGE.search(text) and not _NOT_BUILT.search(text) for text in texts)


def manager_of(reading: Reading) -> str | None:
    """The package manager that the manifest itself names: `packageManager`, `[tool.poetry]`, a build backend."""
    if reading.source.name not in ("package.json", "pyproject.toml"):
        return None
    try:
        document = reading.source.document
    except Malformed:
        return None
    named = document.text("packageManager") or document.text("devEngines", "packageManager", "name")
    if named:
        return re.split(r"[@+]", named)[0]
    if reading.source.name == "package.json":
        return None
    tables = (("poetry", ("tool", "poetry")), ("pdm", ("tool", "pdm")), ("uv", ("tool", "uv")))
    return next((manager for manager, path in tables if document.at(*path)), None)
