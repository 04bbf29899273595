"""Applications, routers, blueprints: what routes are added to, and what is mounted below what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from repo_architect.analysis.endpoints import paths

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter
    from repo_architect.analysis.endpoints.values import Arguments, ClassValue

Construct: TypeAlias = "Callable[[Interpreter, Router, Arguments], Any]"
Method: TypeAlias = "Callable[[Interpreter, Router, Arguments], Any]"


@dataclass(frozen=True, slots=True)
class Site:
    """Where a route is declared."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Route:
    """`path` is below the router it was added to."""

    method: str
    path: str
    handler: str | None
    site: Site
    framework: str


@dataclass(slots=True, eq=False)
class Mount:
    """`child` below `prefix` of the router that holds this."""

    prefix: str
    child: Router


@dataclass(frozen=True, eq=False)
class Kind:
    """A class of a framework that holds routes: how it is made, and what its methods do."""

    framework: str
    construct: Construct
    methods: Mapping[str, Method]
    join: Callable[[str, str], str] = paths.join
    own_prefix: bool = False
    """Whether the router's prefix is not in its routes' paths, and counts only when nobody mounts it elsewhere."""
    fluent: bool = False
    """Whether a method that is not known gives the router back."""


@dataclass(slots=True, eq=False)
class Router:
    kind: Kind
    site: Site
    cls: ClassValue | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    entries: list[Route | Mount] = field(default_factory=list)
    mounted: bool = False
    assumed: bool = False
    """Made up for a parameter of a function that nobody calls."""

    @property
    def prefix(self) -> str:
        value = self.attributes.get("prefix")
        return value if isinstance(value, str) else ""

    def mount(self, prefix: str, child: Router) -> None:
        """Mount `child`. Of a known and an unknown prefix for the same child, two branches, the known one stays."""
        others = [entry for entry in self.entries if isinstance(entry, Mount) and entry.child is child]
        if child is self or (others and paths.is_unknown(prefix)):
            return
        self.entries = [
            entry for entry in self.entries if entry not in others or not paths.is_unknown(entry.prefix)
        ]
        child.mounted = True
        self.entries.append(Mount(prefix, child))


MAX_ROUTES = 20_000


def flatten(routers: list[Router]) -> Iterator[tuple[str, Route]]:
    """Every route with its full path, from each router that is mounted nowhere."""
    budget = MAX_ROUTES
    for router in routers:
        if router.mounted and not _in_cycle(router):
            continue
        for found in _below(router, router.prefix if router.kind.own_prefix else "", ()):
            budget -= 1
            if budget < 0:
                return
            yield found


def _below(router: Router, prefix: str, above: tuple[Router, ...]) -> Iterator[tuple[str, Route]]:
    if router in above or len(above) > 20:
        return
    for entry in router.entries:
        if isinstance(entry, Mount):
            yield from _below(entry.child, router.kind.join(prefix, entry.prefix), (*above, router))
        else:
            yield router.kind.join(prefix, entry.path), entry


def _in_cycle(router: Router) -> bool:
    pending, seen = [router], set[int]()
    while pending:
        for entry in pending.pop().entries:
            if isinstance(entry, Mount) and id(entry.child) not in seen:
                if entry.child is router:
                    return True
                seen.add(id(entry.child))
                pending.append(entry.child)
    return False
