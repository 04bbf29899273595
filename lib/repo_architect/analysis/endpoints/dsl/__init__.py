"""Routes written in a language of nested blocks: Rails, Sinatra, Laravel, Slim, Symfony's attributes, Ktor, Phoenix.

Each reader takes a file's text, that of Ruby its syntax tree, and gives `Found` routes with their whole path; prefixes
come from the blocks around.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from repo_architect.analysis.endpoints.dsl import elixir, ktor, php, ruby, symfony
from repo_architect.analysis.endpoints.dsl.found import Found

__all__ = ["CANDIDATES", "Found", "read", "ruby", "symfony"]

CANDIDATES: dict[str, re.Pattern[bytes]] = {
    "Elixir": re.compile(rb"\buse\s+(?:Phoenix\.Router|[\w.]+,\s*:router)|use\s+Plug\.Router"),
    "Kotlin": re.compile(rb"io\.ktor\.server"),
    "PHP": re.compile(rb"Route::|Slim\\|Laravel\\Lumen|\$router->|#\[Route\(|Routing\\Annotation"),
}
_READERS: dict[str, Callable[[str, str], Iterator[Found]]] = {
    "Elixir": elixir.read,
    "Kotlin": ktor.read,
    "PHP": php.read,
}


def read(path: str, language: str, text: str) -> list[Found]:
    """The routes of a file."""
    return list(_READERS[language](path, text))
