"""What kind of component a folder holds, and which package manager its manifest names."""

from __future__ import annotations

import re
from typing import Literal

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Malformed
from repo_architect.analysis.manifests import folders
from repo_architect.analysis.manifests.report import Reading

Kind = Literal[
    "application",
    "library",
    "service",
    "web",
    "tool",
    "infrastructure",
    "documentation",
    "example",
    "unknown",
]

DEFAULT_MANAGERS = {"pypi": "pip", "npm": "npm"}

WEB = frozenset({
    "next", "nuxt", "vite", "@sveltejs/kit", "react-scripts", "@angular/core", "astro", "gatsby", "@remix-run/react",
    "@vue/cli-service", "parcel", "ember-source", "preact-cli", "@tanstack/react-start",
})  # fmt: skip
DOCUMENTATION = frozenset(
    {"@docusaurus/core", "vitepress", "vuepress", "@astrojs/starlight", "nextra", "mint"}
)
SERVICE = frozenset({
    "fastapi", "flask", "django", "starlette", "aiohttp", "tornado", "sanic", "litestar", "falcon", "express", "fastify", "koa",
    "@nestjs/core", "@hapi/hapi", "hono", "github.com/gin-gonic/gin", "github.com/labstack/echo/v4", "github.com/go-chi/chi/v5",
    "github.com/gofiber/fiber/v2", "google.golang.org/grpc", "axum", "actix-web", "rocket", "warp", "rails", "sinatra", "phoenix",
    "laravel/framework", "symfony/framework-bundle", "slim/slim", "org.springframework.boot:spring-boot-starter-web",
})  # fmt: skip

_LIBRARIES = frozenset({"golang", "cargo"})


def kind_of(folder: str, readings: list[Reading], tree: FileTree) -> Kind:
    """What a component is, by its place, what it depends on at run time, and what its manifest offers."""
    traits = {trait for reading in readings if reading.identity for trait in reading.identity.traits}
    runtime = {d.name.lower() for reading in readings for d in reading.declared if d.scope == "runtime"}
    development = {
        d.name.lower() for reading in readings for d in reading.declared if d.scope == "development"
    }
    heads_workspace = any(reading.identity and reading.identity.members for reading in readings)
    published = "built" in traits and "private" not in traits
    serves, has_main = bool(runtime & SERVICE), _has_main(folder, readings, tree)
    standing = folders.standing(folder)
    rules: tuple[tuple[bool, Kind], ...] = (
        (standing == "example", "example"),
        (standing == "documentation", "documentation"),
        ("infrastructure" in traits, "infrastructure"),
        ("web service" in traits, "service"),
        (not published and bool((runtime | development) & DOCUMENTATION), "documentation"),
        (heads_workspace and not runtime, "unknown"),
        (not published and bool((runtime | development) & WEB), "web"),
        (not published and serves, "service"),
        ("command" in traits and "exported" not in traits, "tool"),
        (has_main and serves, "service"),
        (has_main, "application"),
        (published or bool(_ecosystems(readings) & _LIBRARIES), "library"),
        ("started" in traits or any(reading.format.weak for reading in readings), "application"),
    )
    return next((kind for holds, kind in rules if holds), "unknown")


def _ecosystems(readings: list[Reading]) -> set[str]:
    return {reading.format.ecosystem for reading in readings if reading.identity}


def _has_main(folder: str, readings: list[Reading], tree: FileTree) -> bool:
    prefix = "" if folder == "." else folder + "/"
    names = {"golang": ("main.go",), "cargo": ("src/main.rs",), "pypi": ("manage.py",)}
    if any(prefix + name in tree for reading in readings for name in names.get(reading.format.ecosystem, ())):
        return True
    go = any(reading.format.ecosystem == "golang" for reading in readings)
    return go and any(file.path.startswith(prefix + "cmd/") for file in tree.named("main.go"))


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
