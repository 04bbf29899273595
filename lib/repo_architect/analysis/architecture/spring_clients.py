"""Clients of Spring applications: Feign interfaces, routes of gateways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.architecture.addresses import is_public, targets
from repo_architect.analysis.architecture.calls import Calls
from repo_architect.analysis.architecture.facts import Annotation, Setting
from repo_architect.analysis.architecture.graph import Graph
from repo_architect.analysis.architecture.spring_application import Application
from repo_architect.analysis.architecture.spring_leads import lead, meant
from repo_architect.contracts import Evidence

_ROUTE = re.compile(r"^zuul\.routes\.([\w.-]+?)(?:\.(service-?id|url|path))?$", re.IGNORECASE)
_BALANCED = re.compile(
    r"^spring\.cloud\.gateway\.(?:[\w.-]+\.)?routes\[\d+\]\.uri$|^spring\.cloud\.gateway\.(?:[\w.-]+\.)?routes\.[\w-]+\.uri$"
)
_ARGUMENT = re.compile(r'(?:\b(\w+)\s*=\s*)?("(?:[^"\\\n]|\\.)*"|[A-Za-z_][\w.]*(?:\(\))?)')
_CLIENTS = ("FeignClient", "HttpExchange")


def add_clients(graph: Graph, app: Application, calls: Calls, through: dict[str, Evidence]) -> None:
    """Feign clients, by the name of a service or by an address; those of libraries too that its code reaches."""
    reached = [note for note in calls.annotations if note.path in through]
    for note in [*app.annotations, *reached]:
        if note.name not in _CLIENTS:
            continue
        way = [through[note.path]] if note.path in through else []
        said = dict(_arguments(app, note, calls))
        url, url_lines = said.get("url", ("", []))
        if url:
            lead(graph, app, url, "HTTP", [*way, note.evidence, *url_lines])
        name, lines = next(
            (said[key] for key in ("name", "value", "serviceId") if said.get(key, ("",))[0]), ("", [])
        )
        target = graph.find_similar(name) if name and not url and note.name == "FeignClient" else None
        if target:
            graph.tie(app.part, target, "http", "HTTP (Feign)", [*way, note.evidence, *lines], strength=4)


def add_reached(graph: Graph, app: Application, calls: Calls, through: dict[str, Evidence]) -> None:
    """Addresses in the libraries that an application's code reaches."""
    for address in calls.asked():
        if address.path in through and "://" in address.value:
            for target in targets(address.value):
                found = None if is_public(target.host) else meant(graph, app, target)
                if found and found is not app.part:
                    lines = [through[address.path], *address.lines]
                    graph.tie(app.part, found, "http", "HTTP", lines, strength=3)


def _arguments(
    app: Application, note: Annotation, calls: Calls
) -> Iterator[tuple[str, tuple[str, list[Evidence]]]]:
    """The arguments of an annotation by name, resolved, and the lines that say what constants and placeholders in them stand for."""
    for key, written in _ARGUMENT.findall(note.arguments):
        if written.startswith('"'):
            text = written.strip('"')
            lines: list[Evidence] = []
        else:
            constant = calls.constants.value(written, note.path)
            text = constant.value if constant else ""
            lines = [constant.evidence] if constant else []
        if text:
            placed = Setting(key, text, note.path, note.line)
            yield key or "value", (app.resolve(text), [*app.lines(placed)[1:], *lines])


def add_routes(graph: Graph, app: Application) -> None:
    """Where a gateway sends requests: Zuul's routes by service, address or name, Spring Cloud Gateway's by address."""
    by_route: dict[str, dict[str, Setting]] = {}
    for setting in app.settings:
        match = _ROUTE.match(setting.key)
        if match:
            by_route.setdefault(match[1], {})[(match[2] or "path").lower().replace("-", "")] = setting
        if _BALANCED.match(setting.key):
            lead(graph, app, app.resolve(setting.value), "HTTP", app.lines(setting))
    for route, values in by_route.items():
        _add_route(graph, app, route, values)


def _add_route(graph: Graph, app: Application, route: str, values: dict[str, Setting]) -> None:
    """The service that a route of Zuul leads to: by its id, its address, or the route's name."""
    if "serviceid" in values:
        names, line = [app.resolve(values["serviceid"].value)], values["serviceid"].evidence
    elif "url" in values:
        address = app.resolve(values["url"].value)
        line = values["url"].evidence
        if lead(graph, app, address, "HTTP", app.lines(values["url"])):
            return
        names = [target.host for target in targets(address)]
    else:
        names, line = [], next(iter(values.values())).evidence
    target = next((found for name in (*names, route) if (found := graph.find_similar(name))), None)
    if target:
        graph.tie(app.part, target, "http", "HTTP", [line], strength=4)
