"""What Spring applications take their settings from: the configuration server, Vault, Consul, Nacos."""

from __future__ import annotations

import re

from repo_architect.analysis.architecture.addresses import first_label, is_machine, targets
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.architecture.spring_application import Application
from repo_architect.contracts import Evidence
from repo_architect.contracts.repo_shape import NodeKind

_CONFIG_LIBRARY = re.compile(r"^spring-cloud-(starter-config|config-client|services-starter-config-client)$")
_CONFIG_KEYS = ("spring.cloud.config.uri", "spring.cloud.config.discovery.enabled")
_STORES_OF_SETTINGS = (
    ("Vault", re.compile(r"vault"), re.compile(r"^spring\.cloud\.vault\.(host|uri)$")),
    ("Consul", re.compile(r"consul-config|starter-consul-all"), re.compile(r"^spring\.cloud\.consul\.host$")),
    ("Nacos", re.compile(r"nacos-config"), re.compile(r"^spring\.cloud\.nacos\.(config\.)?server-addr$")),
)


def add_configuration(graph: Graph, app: Application, apps: list[Application]) -> None:
    """A tie to the configuration server: by address, else to the only one there is."""
    if app.has("EnableConfigServer"):
        return
    told = [setting for setting in app.settings if _is_for_configuration(setting)]
    libraries = [line for name, line in app.artifacts.items() if _CONFIG_LIBRARY.search(name)]
    off = [
        setting for setting in app.local("spring.cloud.config.enabled") if setting.value.lower() == "false"
    ]
    for setting in told:
        server = server_of(graph, app, setting, "config", apps)
        if server:
            graph.tie(app.part, server, "config", "HTTP", [setting.evidence], strength=3, reverse=True)
    server = _only(apps, "EnableConfigServer") if libraries and not told and not off else None
    if server:
        graph.tie(
            app.part,
            server,
            "config",
            "HTTP",
            [*libraries, *proof_of(server, apps)],
            strength=3,
            reverse=True,
        )


def takes_no_configuration(app: Application) -> bool:
    """Whether its libraries are known and none is a client of a configuration server."""
    return bool(app.artifacts) and not any(_CONFIG_LIBRARY.search(name) for name in app.artifacts)


def _is_for_configuration(setting: Setting) -> bool:
    imports = setting.key.startswith("spring.config.import") and "configserver:" in setting.value
    return setting.key in _CONFIG_KEYS or imports


def server_of(
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


def proof_of(server: Part, apps: list[Application]) -> list[Evidence]:
    """The line that says what a server is."""
    roles = ("EnableConfigServer", "EnableEurekaServer", "EnableZipkinServer")
    notes = [note for app in apps if app.part is server for note in app.annotations if note.name in roles]
    return [note.evidence for note in notes[:1]] or server.evidence[:1]


def add_stores_of_settings(graph: Graph, app: Application) -> None:
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
