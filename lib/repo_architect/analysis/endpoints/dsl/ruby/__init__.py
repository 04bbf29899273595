"""Routes of Ruby: Rails where they are drawn, Sinatra elsewhere; joined where one file puts another below a prefix."""

from __future__ import annotations

import re

from repo_architect.analysis.endpoints.dsl.found import Found
from repo_architect.analysis.endpoints.dsl.ruby.joined import PART, joined
from repo_architect.analysis.endpoints.dsl.ruby.rails import Rails
from repo_architect.analysis.endpoints.dsl.ruby.script import Script
from repo_architect.analysis.endpoints.dsl.ruby.sinatra import Sinatra
from repo_architect.analysis.syntax import ParsedFile

__all__ = ["is_candidate", "joined", "read"]

_SAYS = re.compile(rb"\.routes\.(?:draw|append|prepend)|\.add_routes\b|[Ss]inatra")
_DRAWN = re.compile(r"(?:^|/)config/(?:routes\.rb|routes/.*\.rb)$")
_DRAWS = re.compile(rb"\.routes\.(?:draw|append|prepend)|\.add_routes\b")


def is_candidate(path: str, source: bytes) -> bool:
    """Whether a file of Ruby may hold routes, or puts applications below prefixes (`config.ru`)."""
    return path.endswith(".ru") or _DRAWN.search(path) is not None or _SAYS.search(source) is not None


def read(file: ParsedFile) -> list[Found]:
    """The routes of a file, and the marks that `joined` needs."""
    own = _DRAWS.search(file.source) is not None
    in_config = _DRAWN.search(file.path) is not None
    words = Rails(in_config and not own) if own or in_config else Sinatra(file.path.endswith(".ru"))
    Script(file, words).run_all()
    part = in_config and not own and not file.path.endswith("config/routes.rb")
    return [Found(PART, "", "Rails", None, 1), *words.found] if part else words.found
