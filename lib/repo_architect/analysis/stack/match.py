"""Rows of the tables against a repository."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import translate

from repo_architect.analysis.manifests.folders import standing
from repo_architect.analysis.stack.images import Image
from repo_architect.analysis.stack.row import Row, Sign, compiled, table
from repo_architect.analysis.stack.sources import Sources, is_own
from repo_architect.analysis.stack.version import version_of
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.repo_shape import Command, Dependency

MAX_EVIDENCE = 6
GRADLE_PLUGIN = ".gradle.plugin"
"""A plugin that makes of a build what the technology is, though it is there to build only."""
NO_VERSION = "0.0.0"
"""What locks write of a package that comes with the tool chain."""
_WORKFLOWS = (".github/workflows/", ".gitea/workflows/", ".forgejo/workflows/")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_CLIENTS = frozenset({"database", "broker", "cloud", "storage", "gateway", "identity", "model", "payment"})
"""Categories of servers: the version of a client declared here is not theirs."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A proof; `rank` puts declarations before files, files before commands."""

    rank: int
    evidence: Evidence
    version: str | None = None
    order: int = 0


@dataclass(frozen=True)
class Match:
    """A row that holds in a component (None: the whole repository)."""

    row: Row
    component: str | None
    evidence: tuple[Evidence, ...]
    version: str | None


@dataclass
class Declared:
    """Direct dependencies by purl type and name."""

    sources: Sources
    by_key: dict[str, list[Dependency]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for dependency in self.sources.manifests.dependencies:
            if dependency.direct and dependency.manifest and is_own(dependency.manifest):
                self.by_key[key_of(dependency)].append(dependency)
                if dependency.ecosystem == "conda":
                    self.by_key[f"pypi:{dependency.name.lower()}"].append(dependency)
        self._keys = "\n".join(sorted(self.by_key))
        self._packaged = {
            dependency.component
            for dependency in self.sources.manifests.dependencies
            if dependency.ecosystem == "pypi"
            and dependency.scope == "runtime"
            and _packages(dependency.manifest)
        }

    def scope(self, dependency: Dependency) -> str:
        """The scope; requirement files beside a package that declares its own dependencies are for its developers."""
        listed = dependency.ecosystem == "pypi" and not _packages(dependency.manifest)
        if listed and dependency.scope == "runtime" and dependency.component in self._packaged:
            return "development"
        return dependency.scope

    def of(self, rule: str) -> Iterator[Dependency]:
        """The dependencies that a rule `type:name` means; `*` stands for anything, a Go module for its later majors too."""
        for key in self._keys_of(rule):
            yield from self.by_key[key]

    def _keys_of(self, rule: str) -> Iterable[str]:
        if "*" in rule:
            expression = translate(rule)[4:].rpartition(")")[0].replace(".*", r"[^\n]*")
            return re.findall(rf"^{expression}$", self._keys, re.MULTILINE)
        if rule.startswith("golang:"):
            return re.findall(rf"^{re.escape(rule)}(?:/v\d+|\.v\d+)?$", self._keys, re.MULTILINE)
        return (rule,) if rule in self.by_key else ()


def _packages(manifest: str | None) -> bool:
    return (manifest or "").rpartition("/")[2] in ("pyproject.toml", "setup.py", "setup.cfg", "Pipfile")


def key_of(dependency: Dependency) -> str:
    """`ecosystem:name` as the tables write it."""
    kind, name = dependency.ecosystem, dependency.name
    if kind == "pypi":
        name = re.sub(r"[-_.]+", "-", name).lower()
    elif kind in ("nuget", "composer", "conda", "hackage"):
        name = name.lower()
    return f"{kind}:{name}"


def matches(
    rows: Sequence[Row], sources: Sources, images: Sequence[Image], commands: Sequence[Command]
) -> tuple[Match, ...]:
    """Every row that holds, for each component, in order of row and component."""
    facts = Facts(sources, Declared(sources), images, commands)
    found: list[Match] = []
    for row in rows:
        hits: dict[str | None, list[Hit]] = defaultdict(list)
        for component, hit in _hits(row, facts):
            hits[component].append(hit)
        for component, proofs in sorted(hits.items(), key=lambda item: item[0] or ""):
            needed = _needed(row, component, facts)
            if needed is not None and not any(_places(rule, component, facts) for rule in row.unless):
                found.append(_match(row, component, [*proofs, *needed]))
    return tuple(found)


@dataclass(frozen=True)
class Facts:
    """What rows are held against."""

    sources: Sources
    declared: Declared
    images: Sequence[Image]
    commands: Sequence[Command]


def _hits(row: Row, facts: Facts) -> Iterator[tuple[str | None, Hit]]:
    yield from _by_dependency(row, facts)
    yield from _by_sign(row, facts.sources)
    for image in facts.images:
        if image.repository in row.images:
            yield image.component, Hit(1, image.evidence, image.version)
    for expression in row.commands:
        for command in facts.commands:
            if compiled(expression).search(command.command):
                yield command.component, Hit(2, command.evidence[0])


def _by_dependency(row: Row, facts: Facts) -> Iterator[tuple[str | None, Hit]]:
    for order, rule in enumerate(row.dependencies):
        for dependency in facts.declared.of(rule):
            scope = facts.declared.scope(dependency)
            if (scope in row.scopes or rule.endswith(GRADLE_PLUGIN)) and not _is_tried(
                row, scope, dependency, facts.sources
            ):
                versioned = row.category not in _CLIENTS and rule not in table("unversioned.yaml")["rules"]
                yield from _declaration(dependency, order, versioned=versioned)


def _is_tried(row: Row, scope: str, dependency: Dependency, sources: Sources) -> bool:
    """Whether a library has an application framework only to be tried with it."""
    return (
        row.category in ("meta", "ui")
        and scope == "development"
        and sources.kind_of(dependency.component) == "library"
    )


def _by_sign(row: Row, sources: Sources) -> Iterator[tuple[str | None, Hit]]:
    for sign in row.signs:
        for path in sources.files(sign.pattern):
            if row.kind != "test_tools" and standing(path.rpartition("/")[0] or ".") == "fixture":
                continue
            if _is_named_alike(sign, path):
                continue
            line = line_of(sign, path, sources)
            if line:
                version = _version_in(sign, path, sources)
                yield sources.component(path), Hit(1, Evidence(path=path, line=line), version, order=99)


def _is_named_alike(sign: Sign, path: str) -> bool:
    """Whether a workflow (`.github/workflows/codegen.yml`) only has the name of a tool's configuration."""
    return path.startswith(_WORKFLOWS) and not (sign.content or sign.keys or "/" in sign.pattern)


def _declaration(dependency: Dependency, order: int, *, versioned: bool) -> Iterator[tuple[str | None, Hit]]:
    """The declaration as a proof, with the locked or else the first version that it names."""
    if dependency.manifest is None:
        return
    version = dependency.resolved or version_of(dependency.requirement) if versioned else None
    version = None if version == NO_VERSION or _COMMIT.fullmatch(version or "") else version
    yield (
        dependency.component,
        Hit(0, Evidence(path=dependency.manifest, line=dependency.line or 1), version, order),
    )


def _version_in(sign: Sign, path: str, sources: Sources) -> str | None:
    """The group `version` of a sign's text, where it has one."""
    if not sign.content or "(?P<version>" not in sign.content:
        return None
    match = compiled(sign.content).search(sources.text(path) or "")
    return match["version"] if match else None


def line_of(sign: Sign, path: str, sources: Sources) -> int | None:
    """The line on which a file shows the sign, None when it does not."""
    if sign.content:
        text = sources.text(path)
        match = compiled(sign.content).search(text) if text else None
        if text is None or match is None:
            return None
        blank = len(match[0]) - len(match[0].lstrip())
        return text.count("\n", 0, match.start() + blank) + 1
    if not sign.keys:
        return 1
    document = sources.document(path)
    value = document.at(*sign.keys) if document else None
    if value is None:
        return None
    if sign.value is None:
        return value.line
    texts = [item for item in [value, *value.elements()] if isinstance(item.value, str)]
    return next((item.line for item in texts if compiled(sign.value).search(item.value)), None)


def _needed(row: Row, component: str | None, facts: Facts) -> list[Hit] | None:
    """The proofs of everything that the row needs besides, None where one is missing."""
    found = [_places(rule, component, facts) for rule in row.needs]
    return [Hit(1, places[0]) for places in found] if all(found) else None


def _places(rule: str, component: str | None, facts: Facts) -> list[Evidence]:
    """Where a rule (`ecosystem:name`, or a sign) holds in a component; one place is enough."""
    if re.match(r"[a-z]+:", rule):
        found = (item for item in facts.declared.of(rule) if item.component == component and item.manifest)
        return [Evidence(path=item.manifest or "", line=item.line or 1) for item in found]
    sign = Sign.parse(rule)
    for path in facts.sources.files(sign.pattern):
        line = line_of(sign, path, facts.sources) if facts.sources.component(path) == component else None
        if line:
            return [Evidence(path=path, line=line)]
    return []


def _match(row: Row, component: str | None, hits: list[Hit]) -> Match:
    ordered = sorted(
        hits, key=lambda hit: (hit.rank, hit.evidence.path.count("/"), hit.evidence.path, hit.evidence.line)
    )
    evidence = tuple(dict.fromkeys((hit.evidence.path, hit.evidence.line) for hit in ordered))[:MAX_EVIDENCE]
    versions = sorted((hit.order, position) for position, hit in enumerate(ordered) if hit.version)
    version = ordered[versions[0][1]].version if versions else None
    return Match(row, component, tuple(Evidence(path=path, line=line) for path, line in evidence), version)
