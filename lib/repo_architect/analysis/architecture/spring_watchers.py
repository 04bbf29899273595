"""Where Spring applications send traces, and the dashboards of their circuit breakers."""

from __future__ import annotations

import re
from collections.abc import Callable

from repo_architect.analysis.architecture.addresses import first_label, is_machine, targets
from repo_architect.analysis.architecture.graph import Graph
from repo_architect.analysis.architecture.spring_application import Application
from repo_architect.analysis.architecture.spring_servers import proof_of
from repo_architect.contracts import Evidence

_TRACER = re.compile(
    r"^(spring-cloud-starter-zipkin|spring-cloud-sleuth-zipkin|zipkin-reporter-brave|opentelemetry-exporter-zipkin|spring-boot-starter-zipkin)$"
)
_TRACES = re.compile(r"zipkin|sleuth|tracing|opentelemetry|opentracing|jaeger|otlp|skywalking")
_TRACED = re.compile(r"(zipkin[\w.\-]*\.(base-?url|endpoint)|otlp?[\w.\-]*\.(endpoint|url))$", re.IGNORECASE)
_STREAMS = re.compile(r"^turbine\.(aggregator\.)?app-?config$", re.IGNORECASE)
_IN_PROFILE = re.compile(r"/(application|bootstrap)-[\w.]+$")


def add_tracer(graph: Graph, app: Application, apps: list[Application]) -> None:
    """A tie to where traces go."""
    traces = not app.artifacts or any(_TRACES.search(name) for name in app.artifacts)
    where = [setting for setting in app.settings if traces and _TRACED.search(setting.key)]
    for setting in where:
        for target in targets(app.resolve(setting.value)):
            found = None if is_machine(target.host) else graph.find(first_label(target.host))
            if found and found is not app.part:
                graph.tie(app.part, found, "http", "HTTP", app.lines(setting), strength=3)
                return
    libraries = [line for name, line in app.artifacts.items() if _TRACER.search(name)]
    switches = app.local("spring.zipkin.enabled")
    off = all(setting.value.lower() == "false" for setting in switches) and any(
        not _IN_PROFILE.search(setting.path) for setting in switches
    )
    tracers = [part for part in graph.parts if part.technology == "Zipkin"] or graph.listening("9411")
    is_server = any(note.name.startswith("EnableZipkin") for note in app.annotations)
    if libraries and not off and len(tracers) == 1 and not is_server:
        proof = [*libraries, *(setting.evidence for setting in where), *proof_of(tracers[0], apps)]
        graph.tie(app.part, tracers[0], "http", "HTTP", proof, strength=3)


def add_dashboards(graph: Graph, apps: list[Application]) -> None:
    """The dashboard shows what the one aggregator of streams gives."""
    turbines = [app for app in apps if app.has("EnableTurbine") or app.has("EnableTurbineStream")]
    boards = [app for app in apps if app.has("EnableHystrixDashboard") and app not in turbines]
    boards = [app for app in boards if app.part.kind == "monitoring"]
    if len(turbines) == len(boards) == 1:
        lines = [
            _note(turbines[0], lambda name: name.startswith("EnableTurbine")),
            _note(boards[0], lambda name: name == "EnableHystrixDashboard"),
        ]
        graph.tie(boards[0].part, turbines[0].part, "http", "HTTP", lines, strength=2, reverse=True)


def add_streams(graph: Graph, apps: list[Application]) -> None:
    """What an aggregator of streams is told to read."""
    for app in apps:
        told = [
            setting for setting in app.settings if _STREAMS.match(setting.key) and app.has("EnableTurbine")
        ]
        for setting in told:
            for name in app.resolve(setting.value).split(","):
                found = graph.find(name.strip())
                if found and found is not app.part:
                    graph.tie(app.part, found, "http", "HTTP", app.lines(setting), strength=3, reverse=True)


def _note(app: Application, fits: Callable[[str], bool]) -> Evidence:
    return next(note.evidence for note in app.annotations if fits(note.name))
