"""The detector of routes: keeps a small program of each file that might build them."""

from __future__ import annotations

import re

from repo_architect.analysis.endpoints import annotated, dsl, ir
from repo_architect.analysis.endpoints.lowering import LOWERINGS, lower
from repo_architect.analysis.files.testing import is_test
from repo_architect.analysis.files.tree import decode
from repo_architect.analysis.syntax import ParsedFile

_SCRIPT = re.compile(
    rb"""["'](?:express|express-promise-router|restify|restify-router|polka|router|fastify|@fastify/[\w-]+|fastify-[\w-]+|koa|"""
    rb"""koa-router|koa-route|koa-joi-router|koa-better-router|koa-mount|@koa/router|hono(?:/[\w-]+)?|@hono/zod-openapi|@?hapi(?:/hapi)?|@nestjs/(?:common|core|graphql))["']"""
)
ANNOTATED: dict[str, re.Pattern[bytes]] = {
    "C#": re.compile(
        rb"Microsoft\.AspNetCore|System\.Web|\.Map(?:Get|Post|Put|Delete|Patch|Group)\(|ControllerBase"
    ),
    **dict.fromkeys(
        ("Java", "Kotlin"),
        re.compile(
            rb"org\.springframework\.(?:web|stereotype)|(?:javax|jakarta)\.(?:ws\.rs|websocket)|io\.quarkus\.vertx|setUrlPattern|io\.dropwizard|io\.micronaut\.http"
        ),
    ),
}
"""What a file with annotated classes says; its constants are kept as well."""
_CONSTANTS = re.compile(rb"(?:static final|const(?: val)?) String|const val|const string")
CANDIDATES: dict[str, re.Pattern[bytes]] = {
    **dict.fromkeys(("JSX", "JavaScript", "TSX", "TypeScript"), _SCRIPT),
    "Go": re.compile(
        rb'"(?:net/http|github\.com/(?:gin-gonic/gin|labstack/echo|go-chi/chi|gofiber/fiber|gorilla/mux|julienschmidt/httprouter)(?:/v\d+)?)"'
    ),
    "Rust": re.compile(
        rb"\b(?:axum|actix_web|rocket|utoipa|utoipa_axum|aide)\b|#\[(?:get|post|put|patch|delete|head|options)\(\s*\""
    ),
    "Python": re.compile(
        rb"fastapi|starlette|flask|quart|django\.urls|django\.conf\.urls|rest_framework|aiohttp[^\n]*\bweb\b|sanic|"
        rb"bottle|falcon|tornado\.web|litestar|starlite|[Rr]outer\b|lueprint|urlpatterns"
    ),
}
"""What a file says when it might build routes; the others are read only when one of these imports them."""


class Routes:
    """Sees every source file; `programs` are those that might build routes; tests are left out."""

    languages = frozenset(LOWERINGS) | frozenset(ANNOTATED) | frozenset(dsl.CANDIDATES) | {"Ruby"}

    def __init__(self) -> None:
        self.programs: dict[str, ir.Program] = {}
        self.units: list[annotated.Unit] = []
        self.blocks: dict[str, list[dsl.Found]] = {}

    def see(self, file: ParsedFile) -> None:
        if is_test(file.path):
            return
        if file.language == "Ruby" and dsl.ruby.is_candidate(file.path, file.source):
            self.blocks[file.path] = dsl.ruby.read(file)
        if file.language in dsl.CANDIDATES:
            self.see_text(file.path, file.language, file.source)
        if file.language in ANNOTATED:
            self._annotated(file)
            return
        pattern = CANDIDATES.get(file.language)
        if pattern is not None and pattern.search(file.source) is not None:
            self.programs[file.path] = lower(file)

    def see_text(self, path: str, language: str, source: bytes) -> None:
        """Learn from a file of a block language; it needs no syntax tree."""
        if not is_test(path) and dsl.CANDIDATES[language].search(source) is not None:
            self.blocks[path] = dsl.read(path, language, decode(source))

    def _annotated(self, file: ParsedFile) -> None:
        if ANNOTATED[file.language].search(file.source) or _CONSTANTS.search(file.source):
            self.units.append(annotated.scan_unit(file.path, file.language, decode(file.source)))
