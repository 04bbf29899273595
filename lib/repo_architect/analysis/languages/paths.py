"""What a path says: vendored code, documentation, files that tools make."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from repo_architect.analysis.languages.table import table

GENERATED_PATHS = (
    r"\.(?:nib|xcworkspacedata|xcuserstate)$",
    r"(^|/)\.idea/", r"(^|/)Carthage/Build/", r"(^|/)htmlcov/", r"(^|/)Pods/", r"(^|/)node_modules/", r"(^|/)Godeps/",
    r"(^|/)__generated__/", r"(^|/)\.sqlx/query-[a-f\d]{64}\.json$", r"(^|/)\.pnp\.[^/]*$",
    r"(?i:\.(?:designer\.(?:cs|vb)|feature\.cs)$|_tlb\.pas$)", r"\.zep\.(?:c|h|php)$",
    r"(^|/)composer\.lock", r"(^|/)Pipfile\.lock", r"(^|/)Cargo\.lock", r"(^|/)Cargo\.toml\.orig", r"(^|/)deno\.lock",
    r"(^|/)Gopkg\.lock", r"(^|/)glide\.lock", r"(^|/)poetry\.lock", r"(^|/)pdm\.lock", r"(^|/)uv\.lock", r"(^|/)pixi\.lock",
    r"(^|/)Package\.resolved", r"(^|/)npm-shrinkwrap\.json", r"(^|/)package-lock\.json", r"(^|/)pnpm-lock\.yaml",
    r"(^|/)bun\.lockb?$", r"(^|/)flake\.lock$", r"(^|/)MODULE\.bazel\.lock$", r"(\w+\.)?esy\.lock$",
    r"(^|/)\.terraform\.lock\.hcl$", r"(^|/)\.secrets\.baseline$", r"(^|/)mise(?:\.[^/]+)?\.lock$",
    r"(^|/)(?:Julia)?Manifest(?:-v\d+\.\d+)?\.toml$", r"(^|/)[Gg][Rr][Aa][Dd][Ll][Ee][Ww](?:\.bat)?$", r"(^|/)[Mm][Vv][Nn][Ww](?:\.cmd)?$",
    r"(^|/)vendor/(?:(?!-)[-0-9A-Za-z]+(?<!-)\.)+(?:com|edu|gov|in|me|net|org|fm|io)",
)  # fmt: skip
"""Lock files, files of development environments, what build tools put in the tree."""

_START = re.compile(r"\((?:\?:)?\^\|\\?/\)|(\^)")
_FIRST = re.compile(r"(?:\[(\w+)\]|\\?([\w.]))(?![?*{|])")
_LEADING = re.compile(r"^\((?:\.\*\?|\[\^\\s\]\*)\)")


class PathPatterns:
    """Regular expressions searched for in paths. Those bound to the start of a name are tried only where a name
    begins with their first letter, which is what makes a hundred of them cheap.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        at_root: dict[str, list[str]] = {}
        at_name: dict[str, list[str]] = {}
        anywhere: list[str] = []
        for pattern in patterns:
            start = _START.match(pattern)
            rest = pattern[start.end() :] if start else ""
            first = _FIRST.match(rest)
            if start and first and not _has_top_level_choice(rest):
                for letter in first[1] or first[2]:
                    (at_root if start[1] else at_name).setdefault(letter, []).append(rest)
            else:
                # a leading `anything` only costs time where the pattern is searched for
                anywhere.append(_LEADING.sub("", pattern))
        self._at_root = {letter: _any(found) for letter, found in at_root.items()}
        self._at_name = {letter: _any(found) for letter, found in at_name.items()}
        self._anywhere = _any(anywhere) if anywhere else None

    def match(self, path: str) -> bool:
        """Whether one of the patterns is found in the path."""
        at_root = self._at_root.get(path[:1])
        if at_root and at_root.match(path):
            return True
        at = 0
        while True:
            found = self._at_name.get(path[at : at + 1])
            if found and found.match(path, at):
                return True
            at = path.find("/", at) + 1
            if not at:
                break
        return self._anywhere is not None and self._anywhere.search(path) is not None


def is_vendored(path: str) -> bool:
    """Whether a path looks like code that others wrote."""
    return _vendored().match(path)


def is_documentation(path: str) -> bool:
    """Whether a path looks like documentation or an example."""
    return _documentation().match(path)


def is_generated(path: str) -> bool:
    """Whether a path alone shows that a tool made the file."""
    return _generated().match(path)


@cache
def _vendored() -> PathPatterns:
    return PathPatterns(table().vendored)


@cache
def _documentation() -> PathPatterns:
    return PathPatterns(table().documentation)


@cache
def _generated() -> PathPatterns:
    return PathPatterns(GENERATED_PATHS)


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _has_top_level_choice(pattern: str) -> bool:
    depth = 0
    for character in re.sub(r"\\.|\[[^\]]*\]", "", pattern):
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            return True
    return False
