"""What a command is for: by the name it is given, else by the tools it runs."""

from __future__ import annotations

import re
from functools import cache

from repo_architect.analysis.stack.row import table
from repo_architect.contracts.repo_shape import Purpose

_NOTHING = re.compile(
    r"no test specified|^[ \t]*(?:exit 0|true|:)\s*$|^[ \t]*echo\b[^&|;]*(?:&& exit [01])?\s*$"
)
_PREFIX = re.compile(
    r"(?:\$\{?\w+\}?/?|(?:sudo|time|env|cross-env|exec|then|do|xvfb-run(?: -\S+)*|retry|nice|command)\s+|[A-Za-z_]\w*=(?:\"[^\"]*\"|'[^']*'|\S*)\s+)+"
)
_WRAPPER = re.compile(
    r"(?:(?:uv|uvx|poetry|pdm|pipenv|hatch|rye|pixi|pipx|dotenv) run|uvx|npx|bunx|(?:pnpm|npm|yarn|bun) (?:exec|dlx|x)|pnpm|yarn|bundle exec|bin/rails|python[\d.]* -m)\s+"
    r"(?:--?(?:group|with|extra|python|p|package|directory|env-file|from|env|e|C|prefix|filter|workspace)[ =]\S+\s+|-\S+\s+)*"
)
_NODE = ("npm ", "pnpm ", "yarn ", "bun ")
_SCRIPT = re.compile(
    r"(?:(?:ba|z)?sh\s+(?:-\w+\s+)*)?(?:\./)?(?:scripts?|bin|dev|ci|hack|tools|tasks)/(?!(?:rails|rake)\s)([\w-]+)(?:\.(?:sh|bash))?(?:\s|$)"
)
_ROOT_SCRIPT = re.compile(
    r"(?:(?:ba|z)?sh\s+|(?:pwsh|powershell)\s+(?:-\S+\s+)*)?\.[/\\]([\w-]+)\.(?:sh|bash|ps1|cmd|bat)(?:\s|$)"
)
_TARGET = re.compile(
    r"(?:make|just|task|(?:bundle exec )?rake|(?:npm|pnpm|yarn|bun|composer)(?: run)?)\s+(?:-\S+\s+)*([A-Za-z][\w:.-]*)"
)
_ASKS = re.compile(r"\s*[\w./-]+ (?:--version|-[vV]|version)\s*$")
_WRITES = re.compile(r"\s*(?:printf|echo|cat)\b[^&;]*\|")
"""Text that is made to be handed on is not what a person types."""
_SEGMENTS = re.compile(r"\s*(?:&&|\|\||;|\|(?!\|))\s*")
_MAX_LENGTH = 2000
_GRAVITY: tuple[Purpose, ...] = ("test", "typecheck", "lint", "docs", "build", "format", "run", "install")


def of_script(name: str, body: str) -> Purpose | None:
    """The purpose of a script by its name and what it runs; None for one that does nothing or is for something else."""
    if _NOTHING.search(body):
        return None
    return of_name(name, body)


def of_name(name: str, body: str = "") -> Purpose | None:
    """The purpose that a name tells; names that may mean several (`check`, `ci`) are told by the body."""
    lowered = name.lower()
    if any(expression.search(lowered) for expression in _expressions("other_names")):
        return None
    told = next((purpose for purpose, expression in _purposes("names") if expression.search(lowered)), None)
    if told == "lint" and body and of_text(body) == "typecheck":
        return "typecheck"
    if told:
        return told
    if any(expression.search(lowered) for expression in _expressions("vague_names")):
        found = {purpose for line in body.splitlines() if (purpose := of_text(line))}
        return next((purpose for purpose in _GRAVITY if purpose in found), None)
    return None


def of_text(text: str) -> Purpose | None:
    """The purpose of a line of shell by the tools it runs, the gravest of its parts; None where it is not clear."""
    if _WRITES.match(text) or _ASKS.fullmatch(text):
        return None
    found = {purpose for part in _SEGMENTS.split(text.strip()[:_MAX_LENGTH]) if (purpose := _of_part(part))}
    return next((purpose for purpose in _GRAVITY if purpose in found), None)


def bare(text: str) -> str:
    """A command without environment variables and the tools it is run through: `uv run --locked tox` is `tox`."""
    plain = _without(_PREFIX, text.strip())
    return plain if plain.startswith(_NODE) else _without(_WRAPPER, plain)


def _without(prefix: re.Pattern[str], text: str) -> str:
    match = prefix.match(text)
    return text[match.end() :] if match else text


def _of_part(text: str) -> Purpose | None:
    part = _without(_PREFIX, text.strip())
    script = _SCRIPT.match(part) or _ROOT_SCRIPT.match(part)
    if script:
        return of_name(script[1])
    target = _TARGET.match(part)
    if target and any(expression.search(target[1].lower()) for expression in _expressions("other_names")):
        return None
    for candidate in dict.fromkeys((part, _without(_WRAPPER, part))):
        for purpose, expression in _purposes("texts"):
            if expression.match(candidate):
                return purpose
    return None


@cache
def _purposes(part: str) -> tuple[tuple[Purpose, re.Pattern[str]], ...]:
    return tuple(
        (purpose, re.compile(text)) for row in table("purposes.yaml")[part] for purpose, text in row.items()
    )


@cache
def _expressions(part: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text) for text in table("purposes.yaml")[part])
