"""Package managers: the versions that manifests pin, and those that only the lack of another's signs tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.stack.sources import Sources
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.repo_shape import Found

_NODE = frozenset({"npm", "Yarn", "Yarn Classic", "pnpm", "Bun"})
_PYTHON = frozenset({"Poetry", "uv", "PDM", "Pipenv", "Pixi"})
_PINNED = re.compile(r"(npm|yarn|pnpm|bun)@v?(\d+(?:\.\d+)*(?:-[\w.]+)?)")


def complete(found: tuple[Found, ...], sources: Sources) -> tuple[Found, ...]:
    """With versions from `packageManager`, and with npm and pip where a component's packages have no other manager."""
    versions = dict(_pins(sources))
    known = [_with_version(manager, versions) for manager in found]
    added = [*_default_node(known, sources), *_default_python(known, sources)]
    return tuple(sorted([*known, *added], key=lambda manager: (manager.name, manager.component or "")))


def _pins(sources: Sources) -> Iterator[tuple[tuple[str | None, str], str]]:
    for path in sources.files("package.json"):
        document = sources.document(path)
        match = _PINNED.match(document.text("packageManager") or "") if document else None
        if match:
            yield (sources.component(path), match[1]), match[2]


def _with_version(manager: Found, versions: dict[tuple[str | None, str], str]) -> Found:
    version = versions.get((manager.component, manager.name.lower().removesuffix(" classic")))
    return manager.model_copy(update={"version": version}) if version else manager


def _default_node(known: list[Found], sources: Sources) -> Iterator[Found]:
    taken = {manager.component for manager in known if manager.name in _NODE}
    for path in sources.files("package.json"):
        component = sources.component(path)
        if taken.isdisjoint(sources.owners(component)) and _has_packages(path, sources):
            taken.add(component)
            yield Found(
                name="npm", category="package manager", component=component, evidence=(Evidence(path=path),)
            )


def _has_packages(path: str, sources: Sources) -> bool:
    document = sources.document(path)
    return document is not None and any(
        document.at(key) is not None for key in ("dependencies", "devDependencies", "scripts")
    )


def _default_python(known: list[Found], sources: Sources) -> Iterator[Found]:
    """pip, by the evidence of what it would read: requirements, else a package without another manager's signs."""
    taken = {manager.component for manager in known if manager.name in _PYTHON}
    places: dict[str | None, Evidence] = {}
    for path in (*sources.files("requirements*.txt"), *sources.files("requirements/*.txt")):
        places.setdefault(sources.component(path), Evidence(path=path))
    for pattern in ("pyproject.toml", "setup.py", "setup.cfg"):
        for path in sources.files(pattern):
            line = _package_line(path, sources)
            if line and taken.isdisjoint(sources.owners(sources.component(path))):
                places.setdefault(sources.component(path), Evidence(path=path, line=line))
    for component, evidence in places.items():
        if component not in taken:
            yield Found(name="pip", category="package manager", component=component, evidence=(evidence,))


def _package_line(path: str, sources: Sources) -> int | None:
    """The line on which a manifest says that the folder is a package that pip can install."""
    if not path.endswith("pyproject.toml"):
        text = sources.text(path) or ""
        match = re.search(r"\bsetup\(|^\[metadata\]", text, re.MULTILINE)
        return text.count("\n", 0, match.start()) + 1 if match else None
    document = sources.document(path)
    project = document.at("project") if document else None
    return project.line if project else None
