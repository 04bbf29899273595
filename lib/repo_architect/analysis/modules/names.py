"""Names of units as readers of a language say them."""

from __future__ import annotations

from collections.abc import Iterable

from repo_architect.analysis.modules.resolve import paths

JVM_ROOTS = ("java", "kotlin", "scala")
PLAIN_ROOTS = frozenset({"src", "lib"})


def unit_names(units: Iterable[str], files: Iterable[str], components: dict[str, str]) -> dict[str, str]:
    """A name for each unit: `scrapy.core` for a Python package, `com.google.gson` for a Java one, else the path below
    its component, `@o/web/routes`. `components` gives names by path."""
    python = {paths.parent(path) for path in files if path.endswith(("/__init__.py", "/__init__.pyi"))}
    return {unit: _python(unit, python) or _jvm(unit) or _plain(unit, components) for unit in units}


def _python(unit: str, packages: set[str]) -> str | None:
    parts: list[str] = []
    while unit in packages:
        parts.insert(0, unit.rpartition("/")[2])
        unit = paths.parent(unit)
    return ".".join(parts) or None


def _jvm(unit: str) -> str | None:
    parts = unit.split("/")
    roots = [
        at + 1 for at, part in enumerate(parts) if part in JVM_ROOTS and at > 1 and parts[at - 2] == "src"
    ]
    return ".".join(parts[roots[0] :]) or None if roots else None


def _plain(unit: str, components: dict[str, str]) -> str:
    """The component's name and the path below it, without `src`."""
    owner = next((above for above in paths.ancestors(unit) if above in components and above != "."), None)
    if owner is None:
        return components.get(".", unit) if unit == "." else unit
    below = [part for part in unit.removeprefix(owner).split("/") if part]
    shown = below[1:] if below and below[0] in PLAIN_ROOTS else below
    return "/".join([components[owner], *shown])
