"""Registries that Spring applications join: Eureka, Consul, Nacos, ZooKeeper."""

from __future__ import annotations

import re
from dataclasses import dataclass

from repo_architect.analysis.architecture.addresses import first_label, is_machine, targets
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.architecture.spring_application import Application
from repo_architect.analysis.architecture.spring_servers import server_of
from repo_architect.analysis.architecture.technologies import named

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


def add_registries(graph: Graph, app: Application, apps: list[Application]) -> None:
    """Ties to the registries that annotations and libraries join: by address, else the only one of its technology."""
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
        return server_of(graph, app, Setting("", "", "", 0), "registry", apps) or _called_registry(graph)
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
