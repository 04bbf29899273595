"""Which locked version answers a requirement, where a lock holds several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from repo_architect.analysis.manifests.model import Locked
from repo_architect.analysis.manifests.readers.requirements import pinned as _pip_pinned

_SIMPLE = re.compile(r"([\^~=]?)\s*v?(\d+(?:\.\d+){0,2})((?:[-+]\S*)?)")
_EXACT = re.compile(r"=?\s*v?\d+\.\d+\.\d+(?:[-+.][0-9A-Za-z.+-]+)?")


def pinned(requirement: str | None, ecosystem: str) -> str | None:
    """The version that a requirement pins exactly, None for a range."""
    if requirement is None:
        return None
    if ecosystem == "pypi":
        return _pip_pinned(requirement)
    if ecosystem == "golang":
        return requirement
    if ecosystem == "cargo":
        return requirement[1:].strip() if re.fullmatch(r"=\s*\d+\.\d+\.\d+\S*", requirement) else None
    if ecosystem == "npm" and _EXACT.fullmatch(requirement):
        return requirement.lstrip("=v ").strip()
    return None


def choose(
    candidates: Sequence[Locked], requirement: str | None, owner: str, ecosystem: str
) -> Locked | None:
    """The candidate that answers: by owner, by what it was asked for, by version, or because there is one version.

    `owner` is the folder that requires, relative to the lock. A version that the requirement rules out is no answer.
    """
    asked = [c for c in candidates if requirement is not None and requirement in c.asked]
    candidates = asked or [c for c in candidates if not _ruled_out(requirement, c.version, ecosystem)]
    owned = [c for c in candidates if c.owner == owner]
    at_top = [c for c in candidates if c.owner == "."]
    for narrowed in (owned, at_top, candidates):
        chosen = _single(narrowed) or _satisfying(narrowed, requirement, ecosystem)
        if chosen:
            return chosen
    return None


def _ruled_out(requirement: str | None, version: str | None, ecosystem: str) -> bool:
    """Whether a requirement that we can read refuses the version."""
    found = _version(version)
    if requirement is None or found is None or ecosystem not in ("pypi", "npm", "cargo"):
        return False
    if ecosystem != "pypi":
        return _caret(requirement, found, ecosystem) is False
    try:
        return requirement[:1] in "=<>!~" and not SpecifierSet(requirement).contains(found, prereleases=True)
    except InvalidSpecifier:
        return False


def _single(candidates: Sequence[Locked]) -> Locked | None:
    return candidates[0] if len({c.version for c in candidates}) == 1 else None


def _satisfying(candidates: Sequence[Locked], requirement: str | None, ecosystem: str) -> Locked | None:
    """The highest version that a simple range admits; None for ranges we do not read."""
    fitting = [
        (version, c)
        for c in candidates
        if (version := _version(c.version)) and _admits(requirement, version, ecosystem)
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _version(text: str | None) -> Version | None:
    try:
        return Version((text or "").removeprefix("v").split("+")[0])
    except InvalidVersion:
        return None


def _admits(requirement: str | None, version: Version, ecosystem: str) -> bool:
    if requirement is None:
        return True
    if ecosystem == "pypi" and requirement[:1] not in "^~":
        try:
            return SpecifierSet(requirement).contains(version, prereleases=True)
        except InvalidSpecifier:
            return False
    return bool(_caret(requirement, version, ecosystem))


def _caret(requirement: str, version: Version, ecosystem: str) -> bool | None:
    """Whether `^1.2`, `~1.2.3`, `1.2` or `v1.2.3` admits the version; a bare Cargo version means caret.

    None for a requirement that is not so simple.
    """
    found = _SIMPLE.fullmatch(requirement)
    base = _version(found[2] + found[3]) if found else None
    if found is None or base is None:
        return None
    operator = found[1] or ("^" if ecosystem == "cargo" else "=")
    count = found[2].count(".") + 1
    if operator == "=" and count == 3:
        return version == base
    fixed = _significant(base.release) if operator == "^" else min(2, count)
    return version >= base and version.release[:fixed] == (*base.release, 0, 0)[:fixed]


def _significant(release: tuple[int, ...]) -> int:
    """How many leading parts a caret holds fixed: up to the first that is not zero."""
    return next((index + 1 for index, part in enumerate(release) if part), len(release))
