"""Which versions of a runtime to run on: what the existing CI runs, else what is required, else a default."""

from __future__ import annotations

import re
from dataclasses import dataclass

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from repo_architect.ci.facts import Facts
from repo_architect.ci.tables import runtimes
from repo_architect.contracts import Evidence
from repo_architect.contracts.ci_plan import Decision

_PLAIN = re.compile(r"v?(\d+(?:\.\d+){0,2})(?:\.x)?")
_FLOOR = re.compile(r"(?:>=|\^|~>?|>)?\s*v?(\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class Choice:
    """The versions to run on, oldest first, and why."""

    versions: tuple[str, ...]
    decision: Decision


def choose(facts: Facts, runtime: str, parts: int) -> Choice:
    """At most two versions (oldest and newest that are supported) of a runtime. `parts` is how many numbers a version has in a job."""
    for look in (_tested, _required):
        choice = look(facts, runtime, parts)
        if choice:
            return choice
    default = runtimes()[runtime].default
    reason = "the repository does not say; a version that is widely supported"
    return Choice((default,), Decision(subject=f"{runtime} version", choice=default, reason=reason))


def _tested(facts: Facts, runtime: str, parts: int) -> Choice | None:
    tested, evidence = facts.tested_versions(runtime)
    plain = sorted({cut for version in tested if (cut := _cut(version, parts))}, key=_numbers)
    if not plain:
        return None
    supported = set(runtimes()[runtime].versions)
    alive = [version for version in plain if version in supported] or plain[-1:]
    return _ends(alive, runtime, "the CI that exists runs on it", evidence)


def _required(facts: Facts, runtime: str, parts: int) -> Choice | None:
    for said in facts.runtimes(runtime):
        allowed = _allowed(said.requirement, said.version, runtime, parts)
        if allowed:
            words = said.requirement or said.version
            return _ends(allowed, runtime, f"the repository asks for {words}", said.evidence)
    return None


def _allowed(requirement: str | None, version: str | None, runtime: str, parts: int) -> list[str]:
    supported = list(runtimes()[runtime].versions)
    if requirement and runtime == "python":
        try:
            wanted = SpecifierSet(requirement)
            # 3.9.x as a bound on patches: any patch of the minor will do
            allowed = [v for v in supported if any(wanted.contains(f"{v}.{patch}") for patch in (0, 20))]
            return allowed or [cut for cut in [_cut(version or "", parts)] if cut]
        except InvalidSpecifier:
            pass
    pinned = _cut(version or requirement or "", parts)
    if pinned and not re.match(r"\s*[>^~]", requirement or ""):
        return [pinned]
    floor = _FLOOR.match((requirement or "").strip())
    if floor and "||" not in (requirement or ""):
        lowest = _numbers(floor[1])
        above = [v for v in supported if _numbers(v) >= lowest[: len(_numbers(v))]]
        return above or [floor[1]]
    alternatives = {
        cut for part in (requirement or "").split("||") if (cut := _cut(part.strip(" ^~>="), parts))
    }
    return sorted((v for v in alternatives if v in supported), key=_numbers)


def _ends(versions: list[str], runtime: str, reason: str, evidence: tuple[Evidence, ...]) -> Choice:
    chosen = tuple(dict.fromkeys((versions[0], versions[-1])))
    return Choice(
        chosen,
        Decision(subject=f"{runtime} version", choice=", ".join(chosen), reason=reason, evidence=evidence),
    )


def _cut(version: str, parts: int) -> str | None:
    match = _PLAIN.fullmatch(version.strip())
    if not match:
        return None
    numbers = match[1].split(".")
    return ".".join(numbers[:parts]) if len(numbers) >= parts else None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
