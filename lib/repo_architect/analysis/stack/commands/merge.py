"""The same command from several places as one, and the best first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import get_args

from repo_architect.analysis.stack.commands import classify
from repo_architect.analysis.stack.commands.named import WORKFLOW, Named
from repo_architect.analysis.stack.match import MAX_EVIDENCE
from repo_architect.analysis.stack.sources import Sources
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.repo_shape import Command, Purpose

_ORDER: dict[str, int] = {purpose: index for index, purpose in enumerate(get_args(Purpose))}
_MAX_COMMANDS = 2000
_MINOR = re.compile(
    r"integration|windows|nightly|release|publish|bench|e2e|perf|compat|minimal|--lib\b|fuzz", re.IGNORECASE
)


def merged(defined: Sequence[Named], written: Sequence[Named], sources: Sources) -> tuple[Command, ...]:
    """Commands by component and purpose; what the CI calls first, then by rank of the place, then by name."""
    groups: dict[tuple[str, str, str], list[Named]] = defaultdict(list)
    aliases: dict[tuple[str, str], tuple[str, str, str]] = {}
    for named in defined:
        key = (named.purpose, named.command, named.directory)
        groups[key].append(named)
        aliases.setdefault((_short(named.command), named.directory), key)
    for named in written:
        calls = aliases.get((_short(named.command), named.directory))
        groups[calls or (named.purpose, named.command, named.directory)].append(named)
    ordered = sorted(groups.values(), key=lambda group: _order(group, sources))
    return tuple(_command(group, sources) for group in ordered[:_MAX_COMMANDS])


def _short(command: str) -> str:
    """What is left of a command without flags and the words that may be left out: `npm run test -- --x` is `npm test`."""
    words = re.split(r"\s+(?:--\s|&&|\|\||;|\|)", classify.bare(command))[0].split()
    words = [
        word.removeprefix("./") for word in words if not word.startswith("-") and "=" not in word
    ] or words
    if words[:2] in (["tox", "run"], ["tox", "r"], ["tox", "p"]) or words[:1] == ["tox"]:
        named = re.search(r"\s-e[ =]?(\S+)", command)
        words = ["tox", named[1]] if named else ["tox"]
    if (
        len(words) > 2
        and words[0] in ("npm", "pnpm", "yarn", "bun", "composer")
        and words[1] in ("run", "run-script")
    ):
        words = [words[0], *words[2:]]
    return " ".join(
        words[:2] if words[0] in ("make", "npm", "pnpm", "yarn", "composer", "just", "task", "poe") else words
    )


def _order(
    group: list[Named], sources: Sources
) -> tuple[str, int, bool, int, bool, bool, int, str, str, int]:
    first = min(group, key=lambda named: (named.rank, named.path, named.line))
    called = any(named.rank == WORKFLOW for named in group)
    return (
        sources.component(first.directory) or "",
        _ORDER[first.purpose],
        not called,
        first.rank,
        first.name != first.purpose,
        bool(_MINOR.search(f"{first.path} {first.command}")),
        len(first.name) or len(first.command),
        first.path,
        first.command,
        first.line,
    )


def _command(group: list[Named], sources: Sources) -> Command:
    ordered = sorted(group, key=lambda named: (named.rank, named.path, named.line))
    first = ordered[0]
    places = dict.fromkeys((named.path, named.line) for named in ordered)
    return Command(
        purpose=first.purpose,
        command=first.command,
        component=sources.component(first.directory),
        evidence=tuple(Evidence(path=path, line=line) for path, line in list(places)[:MAX_EVIDENCE]),
        directory=first.directory,
    )
