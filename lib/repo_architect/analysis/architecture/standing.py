"""Applications that no file deploys, what kind each part is, and parts that say nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from repo_architect.analysis.architecture.documents import supports
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.manifests import ManifestReport
from repo_architect.contracts import Evidence
from repo_architect.contracts.repo_shape import Component

# which framework says best what a part is, by its category
_TELLING = {
    "server": 0,
    "api": 1,
    "meta": 1,
    "ui": 2,
    "workflow": 3,
    "queue": 3,
    "bot": 3,
    "ai": 4,
    "ml": 4,
    "static": 5,
    "cli": 5,
}
_APPLICATIONS = ("service", "application", "web")
_GENERIC = frozenset(
    {"source", "src", "app", "main", "code", "lib", "pkg", "package", "packages", "project", "root"}
)
_VERSION = re.compile(r"v\d+")
_ASIDE = ("external", "monitoring")
_PAGE = re.compile(
    r"(^|/)((templates|views|pages)/([^/]+/)*[^/]+\.(html|jinja2?|ejs|erb|pug|hbs|cshtml|twig|razor)|index\.(html|xhtml|jsp|jsf))$|(^|/)src/main/(webapp|resources/(static|public|templates))/([^/]+/)*[^/]+\.(html|jsp|xhtml|ftl|vm)$"
)
_WEB_WORDS = ("web", "webapp", "webui", "frontend", "ui", "client", "site", "dashboard", "www", "portal")
_BACK_WORDS = ("service", "api", "server", "svc")
_PROXIES = ("nginx", "haproxy", "traefik", "caddy", "envoy", "apache", "ingress")
_WORKER_WORDS = ("worker", "celery", "beat", "consumer", "cron", "scheduler", "jobs", "sidekiq", "queue")


def add_applications(
    graph: Graph, tree: FileTree, manifests: ManifestReport, endpoints: Iterable[Any], *, hosted: bool = False
) -> None:
    """A part for each component that no part stands for yet: those that run, by framework, route or kind.

    `hosted` says that an application host names the .NET projects that run: the others are what those are made of.
    """
    taken = {part.path for part in graph.parts if part.own}
    names = Counter(component.name for component in manifests.components)
    deploys = any(part.runs and part.own for part in graph.parts)
    inner = _depended_on(manifests)
    serving = {found.component for found in endpoints if getattr(found, "source", "") == "code"}
    for component in manifests.components:
        if hosted and (component.manifest or "").endswith(".csproj"):
            continue
        if (
            component.path in graph.pieces
            or component.path in taken
            or _holds(taken, component.path)
            or supports(f"{component.path}/x")
        ):
            continue
        if deploys and (component.manifest or "").endswith("Cargo.toml") and _around(graph, component.path):
            # the crates of a workspace that is deployed as one
            continue
        deployed = _deployed_around(graph, manifests, component.path)
        if deployed:
            # what is built into a deployed folder that has no manifest of its own is that service's code
            deployed.component = deployed.component or component.id
            continue
        runs = (component.id in serving and component.id not in inner) or component.kind in _APPLICATIONS
        if deploys and not runs:
            # beside what is deployed, a library is a piece of it
            continue
        shared = names[component.name] > 1 and component.path != "."
        part = (
            graph.part(component.path.rpartition("/")[2], component.path)
            if shared
            else graph.part(_name(graph, component), component.name or component.path)
        )
        if part.path is None and not part.evidence:
            part.path, part.component = component.path, component.id
            part.kind = "service" if runs else "library"
            part.runs = (component.id in serving and component.id not in inner) or (
                component.kind in _APPLICATIONS and f"{component.path}/Dockerfile" in tree
            )
            part.evidence.extend(_evidence(component))


def _holds(taken: set[str | None], path: str) -> bool:
    """Whether what is deployed stands below a component: then the component is but the frame of it."""
    return any(other is not None and (path == "." or other.startswith(path + "/")) for other in taken)


def _depended_on(manifests: ManifestReport) -> set[str]:
    """Libraries that other components are built with: what they declare, those serve."""
    named = {
        component.name: component.id for component in manifests.components if component.kind == "library"
    }
    return {
        named[entry.name]
        for entry in manifests.dependencies
        if entry.name in named and entry.component != named[entry.name]
    }


def _around(graph: Graph, path: str) -> bool:
    return any(part.runs and part.own and part.path in (".", *_above(path)) for part in graph.parts)


def _above(path: str) -> list[str]:
    words = path.split("/")
    return ["/".join(words[:number]) for number in range(1, len(words))]


def _deployed_around(graph: Graph, manifests: ManifestReport, path: str) -> Part | None:
    """The deployed part whose folder, without a manifest of its own, holds a component."""
    own = {component.path for component in manifests.components}
    around = [
        part
        for part in graph.parts
        if part.runs and part.own and part.path not in (None, ".", *own) and path.startswith(f"{part.path}/")
    ]
    return max(around, key=lambda part: len(part.path or ""), default=None)


def _name(graph: Graph, component: Component) -> str:
    """What a reader knows a component by: the last word of its name that says something."""
    whole = component.name or component.path
    words = [word.lstrip("@") for word in re.split("[/:]", whole)]
    telling = [word for word in words if word.lower() not in _GENERIC and not _VERSION.fullmatch(word)]
    short = telling[-1] if telling else whole
    return whole if graph.find(short) else short


def _evidence(component: Component) -> list[Evidence]:
    return list(component.evidence) or ([Evidence(path=component.manifest)] if component.manifest else [])


_SERVES = frozenset(
    {"server", "api", "ui", "static", "fullstack", "full-stack", "bundler", "validation", "css"}
)


def say_kinds(graph: Graph, tools: Any, tree: FileTree) -> None:
    """Tell web front ends and workers from services, by their frameworks and names."""
    frameworks: dict[str | None, list[Any]] = {}
    for framework in getattr(tools, "frameworks", ()):
        frameworks.setdefault(framework.component, []).append(framework)
    for part in graph.parts:
        mine = frameworks.get(part.component, []) if part.component is not None else []
        if part.kind == "service":
            part.kind = _kind(part, mine)
        if part.kind == "web" and _is_spring(part) and not _has_pages(tree, part):
            part.kind = "service"
        if part.kind == "service" and part.published and not _is_spring(part) and _has_pages(tree, part):
            part.kind = "web"
        # a worker built from the code of a service does not serve: its component's server is not what it is
        fitting = [found for found in mine if part.kind != "worker" or found.category not in _SERVES]
        if part.technology is None and part.own and fitting:
            part.technology = min(
                fitting, key=lambda found: (_TELLING.get(found.category, 9), found.name)
            ).name


def _is_spring(part: Part) -> bool:
    return (part.technology or "").startswith("Spring")


def _has_pages(tree: FileTree, part: Part) -> bool:
    """Whether a part holds pages for people: templates or a start page."""
    if part.path in (None, "."):
        return False
    if part.name.lower().endswith(_BACK_WORDS):
        return False
    inside = (file for file in tree.files if file.path.startswith(f"{part.path}/"))
    return any(_PAGE.search(file.path) and not supports(file.path) for file in inside)


def _kind(part: Part, frameworks: list[Any]) -> Any:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|_", "-", part.name).lower().split("-")
    if "gateway" in words or words[-1] == "apigateway" or (words[-1] in _PROXIES and part.path is None):
        return "gateway"
    if any(word in _WORKER_WORDS for word in words):
        return "worker"
    categories = Counter(str(framework.category).lower() for framework in frameworks)
    front = bool(categories.keys() & {"ui", "static"}) and not categories.keys() & {"server", "api"}
    named = any(word in _WEB_WORDS for word in words) and words[-1] not in _BACK_WORDS
    return "web" if front or named else "service"


def join_stores(graph: Graph) -> None:
    """A database that only a library speaks of is the one of its kind that a setting names."""
    for part in [part for part in graph.parts if part.name.startswith("database-") and not part.runs]:
        for (source, target), ties in list(graph.ties.items()):
            named = [
                other
                for one, other in graph.ties
                if target is part
                and one is source
                and other is not part
                and other.technology == part.technology
            ]
            if len(named) == 1:
                graph.ties[source, named[0]].extend(ties)
                del graph.ties[source, part]


def drop_idle(graph: Graph) -> None:
    """Libraries, tools and other people's software that nothing talks to say nothing here."""
    tied = {part for pair in graph.ties for part in pair}
    graph.parts = [
        part for part in graph.parts if part in tied or (part.runs and (part.own or part.kind not in _ASIDE))
    ]
