"""What Spring applications lean on: configuration server, registry, tracing and dashboards."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from repo_architect.analysis.architecture.addresses import first_label, is_machine, targets
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.architecture.spring_apps import Application
from repo_architect.analysis.architecture.technologies import named
from repo_architect.contracts import Evidence
from repo_architect.contracts.repo_shape import NodeKind

_CONFIG_LIBRARY = re.compile(r"^spring-cloud-(starter-config|config-client|services-starter-config-client)$")
_CONFIG_KEYS = ("spring.cloud.config.uri", "spring.cloud.config.discovery.enabled")
_TRACER = re.compile(
    r"^(spring-cloud-starter-zipkin|spring-cloud-sleuth-zipkin|zipkin-reporter-brave|opentelemetry-exporter-zipkin|spring-boot-starter-zipkin)$"
)
_TRACES = re.compile(r"zipkin|sleuth|tracing|opentelemetry|opentracing|jaeger|otlp|skywalking")
_TRACED = re.compile(r"(zipkin[\w.\-]*\.(base-?url|endpoint)|otlp?[\w.\-]*\.(endpoint|url))$", re.IGNORECASE)
_STREAMS = re.compile(r"^turbine\.(aggregator\.)?app-?config$", re.IGNORECASE)
_IN_PROFILE = re.compile(r"/(application|bootstrap)-[\w.]+$")
_REGISTRY_NAME = re.compile(r"eureka|discovery|^(service-?)?registry$|^naming-?server$", re.IGNORECASE)
_JOIN_WHERE_TOLD = ("EnableTurbine", "EnableTurbineStream", "EnableZuulProxy")
_ANY_CLIENT = ("EnableDiscoveryClient", "SpringCloudApplication")


@dataclass(frozen=True)
class _Registry:
    """A registry's technology, the annotations and libraries of its clients, and the keys that say where it is."""

    technology: str
    annotations: tuple[str, ...]
    library: re.Pattern[str]
    keys: re.Pattern[str]
    server: str = ""
    """The annotation of an application that is one."""


_REGISTRIES = (
    _Registry("Eureka", ("EnableEurekaClient",), re.compile(r"^spring-cloud-(starter-)?(netflix-)?eureka(-client)?$|^spring-cloud-services-starter-service-registry$"),
              re.compile(r"^eureka\.client\.service-?url", re.IGNORECASE), "EnableEurekaServer"),
    _Registry("Consul", (), re.compile(r"^spring-cloud-(starter-)?consul-(discovery|all)$"), re.compile(r"^spring\.cloud\.consul\.host$")),
    _Registry("Nacos", ("EnableNacosDiscovery",), re.compile(r"nacos-discovery"), re.compile(r"^spring\.cloud\.nacos\.(discovery\.)?server-addr$")),
    _Registry("ZooKeeper", (), re.compile(r"^spring-cloud-(starter-)?zookeeper-(discovery|all)$"), re.compile(r"^spring\.cloud\.zookeeper\.connect-string$")),
)  # fmt: skip


def add_servers(graph: Graph, app: Application, apps: list[Application]) -> None:
    """Ties to the configuration server, the registry, the secrets and the tracer: by address, else to the only one there is."""
    _add_configuration(graph, app, apps)
    _add_registries(graph, app, apps)
    _add_stores_of_settings(graph, app)
    _add_tracer(graph, app, apps)


def _add_configuration(graph: Graph, app: Application, apps: list[Application]) -> None:
    if app.has("EnableConfigServer"):
        return
    told = [setting for setting in app.settings if _is_for_configuration(setting)]
    libraries = [line for name, line in app.artifacts.items() if _CONFIG_LIBRARY.search(name)]
    off = [
        setting for setting in app.local("spring.cloud.config.enabled") if setting.value.lower() == "false"
    ]
    for setting in told:
        server = _server(graph, app, setting, "config", apps)
        if server:
            graph.tie(app.part, server, "config", "HTTP", [setting.evidence], strength=3, reverse=True)
    server = _only(apps, "EnableConfigServer") if libraries and not told and not off else None
    if server:
        graph.tie(
            app.part, server, "config", "HTTP", [*libraries, *_proof(server, apps)], strength=3, reverse=True
        )


def takes_no_configuration(app: Application) -> bool:
    """Whether its libraries are known and none is a client of a configuration server."""
    return bool(app.artifacts) and not any(_CONFIG_LIBRARY.search(name) for name in app.artifacts)


def _is_for_configuration(setting: Setting) -> bool:
    imports = setting.key.startswith("spring.config.import") and "configserver:" in setting.value
    return setting.key in _CONFIG_KEYS or imports


def _server(
    graph: Graph, app: Application, setting: Setting, kind: NodeKind, apps: list[Application]
) -> Part | None:
    """The server that a setting names, else the only application of its kind."""
    for target in targets(app.resolve(setting.value).rpartition("configserver:")[2]):
        found = None if is_machine(target.host) else graph.find(first_label(target.host))
        if found and found is not app.part:
            if found.kind == "service" and not found.own:
                found.kind = kind
            return found
    servers = [other.part for other in apps if other.part.kind == kind]
    return servers[0] if len(servers) == 1 else None


def _only(apps: list[Application], annotation: str) -> Part | None:
    servers = [app.part for app in apps if app.has(annotation)]
    return servers[0] if len(servers) == 1 else None


def _proof(server: Part, apps: list[Application]) -> list[Evidence]:
    """The line that says what a server is."""
    roles = ("EnableConfigServer", "EnableEurekaServer", "EnableZipkinServer")
    notes = [note for app in apps if app.part is server for note in app.annotations if note.name in roles]
    return [note.evidence for note in notes[:1]] or server.evidence[:1]


def _add_registries(graph: Graph, app: Application, apps: list[Application]) -> None:
    libraries = {
        registry: [line for name, line in app.artifacts.items() if registry.library.search(name)]
        for registry in _REGISTRIES
    }
    plain = [note.evidence for note in app.annotations if note.name in _ANY_CLIENT]
    other = any(lines for registry, lines in libraries.items() if registry.technology != "Eureka")
    for registry in _REGISTRIES:
        if registry.server and app.has(registry.server):
            continue
        joins = [note.evidence for note in app.annotations if note.name in registry.annotations]
        joins += (
            []
            if other and registry.technology == "Eureka"
            else plain
            if registry.server or libraries[registry]
            else []
        )
        joins += libraries[registry]
        where = [setting for setting in app.settings if registry.keys.search(setting.key)]
        if registry.server and where and not other:
            joins += [note.evidence for note in app.annotations if note.name in _JOIN_WHERE_TOLD]
        server = _registry(graph, app, registry, where, apps) if joins else None
        if server:
            # a gateway asks the registry where the others are; they only tell it where they are
            reverse = app.part.kind == "gateway"
            proof = [*joins, *(setting.evidence for setting in where)]
            graph.tie(app.part, server, "discovery", "HTTP", proof, strength=3, reverse=reverse)


def _registry(
    graph: Graph, app: Application, registry: _Registry, where: list[Setting], apps: list[Application]
) -> Part | None:
    for setting in where:
        for target in targets(app.resolve(setting.value)):
            found = None if is_machine(target.host) else graph.find(first_label(target.host))
            if found and found is not app.part:
                if found.kind == "service" and not found.own:
                    found.kind, found.technology = "registry", found.technology or registry.technology
                return found
    if registry.server:
        return _server(graph, app, Setting("", "", "", 0), "registry", apps) or _called_registry(graph)
    same = [part for part in graph.parts if part.technology == registry.technology]
    return same[0] if len(same) == 1 else None if same else _outside(graph, registry, where)


def _called_registry(graph: Graph) -> Part | None:
    """The one deployed image that is called a registry where no code is one."""
    if graph.of_kind("registry"):
        found = [part for part in graph.of_kind("registry") if part.runs and not part.own]
    else:
        found = [
            part
            for part in graph.of_kind("service")
            if part.runs and not part.own and part.technology is None and _REGISTRY_NAME.search(part.name)
        ]
    if len(found) == 1:
        found[0].kind, found[0].technology = "registry", found[0].technology or "Eureka"
    return found[0] if len(found) == 1 else None


def _outside(graph: Graph, registry: _Registry, where: list[Setting]) -> Part | None:
    """A registry that no file deploys, where a setting speaks of it."""
    technology = named(registry.technology)
    if technology is None or not where:
        return None
    part = graph.part(technology.name)
    part.kind, part.technology, part.protocol, part.own = (
        "registry",
        technology.name,
        technology.protocol,
        False,
    )
    part.evidence.append(where[0].evidence)
    return part


_STORES_OF_SETTINGS = (
    ("Vault", re.compile(r"vault"), re.compile(r"^spring\.cloud\.vault\.(host|uri)$")),
    ("Consul", re.compile(r"consul-config|starter-consul-all"), re.compile(r"^spring\.cloud\.consul\.host$")),
    ("Nacos", re.compile(r"nacos-config"), re.compile(r"^spring\.cloud\.nacos\.(config\.)?server-addr$")),
)


def _add_stores_of_settings(graph: Graph, app: Application) -> None:
    """Ties to what else gives an application its settings."""
    for technology, library, keys in _STORES_OF_SETTINGS:
        lines = [line for name, line in app.artifacts.items() if library.search(name)]
        where = [setting for setting in app.settings if keys.search(setting.key)] if lines else []
        named_parts = [
            part
            for setting in where
            for target in targets(app.resolve(setting.value))
            if not is_machine(target.host) and (part := graph.find(first_label(target.host)))
        ]
        same = [part for part in graph.parts if part.technology == technology]
        server = named_parts[0] if named_parts else same[0] if len(same) == 1 else None
        if server and lines:
            joined = (app.part, server) in graph.ties
            proof = [*lines, *(setting.evidence for setting in where)]
            if not joined:
                graph.tie(app.part, server, "config", "HTTP", proof, strength=3, reverse=True)


def _add_tracer(graph: Graph, app: Application, apps: list[Application]) -> None:
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
        proof = [*libraries, *(setting.evidence for setting in where), *_proof(tracers[0], apps)]
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
