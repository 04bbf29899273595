"""Spring applications: each one's name, settings and annotations, and whom they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.architecture.addresses import LOCAL, first_label, is_public, targets
from repo_architect.analysis.architecture.calls import Calls
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.architecture.spring_apps import Application, applications
from repo_architect.analysis.architecture.spring_stores import add_brokers, add_databases
from repo_architect.analysis.files import FileTree
from repo_architect.contracts import Evidence
from repo_architect.contracts.repo_shape import NodeKind

_ROLES: dict[str, tuple[NodeKind, str]] = {
    "EnableEurekaServer": ("registry", "Eureka"),
    "EnableConfigServer": ("config", "Spring Cloud Config"),
    "EnableZuulProxy": ("gateway", "Zuul"),
    "EnableZuulServer": ("gateway", "Zuul"),
    "EnableHystrixDashboard": ("monitoring", "Hystrix Dashboard"),
    "EnableTurbine": ("monitoring", "Turbine"),
    "EnableTurbineStream": ("monitoring", "Turbine"),
    "EnableAdminServer": ("monitoring", "Spring Boot Admin"),
    "EnableZipkinServer": ("monitoring", "Zipkin"),
    "EnableZipkinStreamServer": ("monitoring", "Zipkin"),
}
_GATEWAY = ("spring-cloud-starter-gateway", "spring-cloud-gateway-starter")
_RANK = ("gateway", "registry", "config", "monitoring")
_DISCOVERY = ("EnableDiscoveryClient", "EnableEurekaClient")
_DISCOVERY_LIBRARIES = re.compile(r"spring-cloud-(?:starter-)?(?:netflix-)?eureka(?:-client)?$")
_AUTHORITY = re.compile(
    r"(access-?token-?uri|user-?info-?uri|token-?info-?uri|issuer-?uri|jwk-?set-?uri|key-?set-?uri|key-?uri|auth-server-url)$",
    re.IGNORECASE,
)
_CHECKS_TOKENS = re.compile(r"oauth2|security-jwt|keycloak")
_ROUTE = re.compile(r"^zuul\.routes\.([\w-]+)(?:\.(service-?id|url|path))?$", re.IGNORECASE)
_LOAD_BALANCED = re.compile(r"^spring\.cloud\.gateway\.(?:[\w.]+\.)?routes\[\d+\]\.uri$")
_ARGUMENT = re.compile(r'(?:\b(name|value|serviceId|url)\s*=\s*)?"([^"]*)"')


def add_spring(graph: Graph, tree: FileTree, calls: Calls) -> None:
    """Parts and ties of the Spring applications."""
    apps = applications(graph, tree, calls)
    for app in apps:
        _say_role(app)
    for app in apps:
        _add_infrastructure(graph, app, apps)
        add_databases(graph, app)
        add_brokers(graph, app)
        _add_clients(graph, app)
        _add_routes(graph, app)
        _add_settings(graph, app)


def _say_role(app: Application) -> None:
    """What an application is, by its annotations: a gateway that also shows a dashboard is a gateway."""
    roles = [(*_ROLES[note.name], note.evidence) for note in app.annotations if note.name in _ROLES]
    roles += [
        ("gateway", "Spring Cloud Gateway", line) for name, line in app.artifacts.items() if name in _GATEWAY
    ]
    roles.sort(key=lambda role: _RANK.index(role[0]))
    if roles:
        app.part.kind, app.part.technology = roles[0][0], roles[0][1]
        app.part.evidence.append(roles[0][2])
    elif app.part.technology is None:
        app.part.technology = "Spring Boot"


def _add_infrastructure(graph: Graph, app: Application, apps: list[Application]) -> None:
    """Ties to the configuration server and the registry: by address, else to the only one there is."""
    for setting in app.local("spring.cloud.config.uri", "spring.cloud.config.discovery.enabled"):
        server = _server(graph, setting.value, "config", apps)
        if server:
            graph.tie(app.part, server, "config", "HTTP", [setting.evidence], strength=3, reverse=True)
    proof = [
        setting
        for setting in app.settings
        if re.search(r"eureka\.client\.service-?url", setting.key, re.IGNORECASE)
    ]
    joins = [note.evidence for note in app.annotations if note.name in _DISCOVERY]
    joins += [line for name, line in app.artifacts.items() if _DISCOVERY_LIBRARIES.search(name)]
    if joins and not any(note.name == "EnableEurekaServer" for note in app.annotations):
        server = next(
            (found for setting in proof if (found := _server(graph, setting.value, "registry", apps))), None
        )
        server = server or _server(graph, "", "registry", apps)
        if server:
            # a gateway asks the registry where the others are; they only tell it where they are
            reverse = app.part.kind == "gateway"
            graph.tie(
                app.part,
                server,
                "discovery",
                "HTTP",
                joins + [setting.evidence for setting in proof],
                strength=3,
                reverse=reverse,
            )


def _server(graph: Graph, value: str, kind: NodeKind, apps: list[Application]) -> Part | None:
    for target in targets(value):
        found = graph.find(first_label(target.host))
        if found:
            return found
    servers = [app.part for app in apps if app.part.kind == kind]
    return servers[0] if len(servers) == 1 else None


def _add_clients(graph: Graph, app: Application) -> None:
    """Feign clients, by the name of a service or by an address."""
    for note in app.annotations:
        if note.name != "FeignClient":
            continue
        named = {key or "value": value for key, value in _ARGUMENT.findall(note.arguments)}
        url, name = named.get("url"), named.get("name") or named.get("value") or named.get("serviceId")
        for proof in _resolved(app, url or "", note.evidence):
            _lead(graph, app.part, proof[0], "HTTP", proof[1])
        target = graph.find_similar(app.resolve(name)) if name and not url else None
        if target:
            graph.tie(app.part, target, "http", "HTTP (Feign)", [note.evidence], strength=4)


def _resolved(app: Application, value: str, line: Evidence) -> Iterator[tuple[str, list[Evidence]]]:
    """A value with its placeholders replaced, and the lines that say so."""
    if value:
        keys = re.findall(r"\$\{([\w.\-]+)", value)
        yield app.resolve(value), [line, *(setting.evidence for key in keys for setting in app.local(key))]


def _lead(
    graph: Graph, source: Part, address: str, label: str, lines: list[Evidence], *, reverse: bool = False
) -> None:
    """A tie to what an address leads to: a service, or a host of the public net."""
    for target in targets(address):
        if target.host in LOCAL:
            continue
        found = graph.find_similar(first_label(target.host))
        if found is None and target.scheme and is_public(target.host):
            found = graph.part(target.host)
            found.kind, found.own = "external", False
            found.evidence.extend(lines)
            # an answer is what one asks a website for
            reverse = True
        if found:
            graph.tie(source, found, label.lower(), label, lines, strength=3, reverse=reverse)


def _add_routes(graph: Graph, app: Application) -> None:
    """Where a gateway sends requests: Zuul's routes by service, address or name, Spring Cloud Gateway's by address."""
    by_route: dict[str, dict[str, Setting]] = {}
    for setting in app.settings:
        match = _ROUTE.match(setting.key)
        if match:
            by_route.setdefault(match[1], {})[(match[2] or "path").lower().replace("-", "")] = setting
        if _LOAD_BALANCED.match(setting.key):
            _lead(graph, app.part, app.resolve(setting.value), "HTTP", [setting.evidence])
    for route, values in by_route.items():
        name, line = _addressed(app, route, values)
        target = graph.find_similar(name) or graph.find_similar(route)
        if target:
            graph.tie(app.part, target, "http", "HTTP", [line], strength=4)


def _addressed(app: Application, route: str, values: dict[str, Setting]) -> tuple[str, Evidence]:
    """The service that a route of Zuul leads to, and the line that says so: by its id, its address, or the route's name."""
    if "serviceid" in values:
        return values["serviceid"].value, values["serviceid"].evidence
    if "url" in values:
        hosts = [target.host for target in targets(app.resolve(values["url"].value))]
        return (hosts[0] if hosts else route), values["url"].evidence
    return route, values["path"].evidence


def _add_settings(graph: Graph, app: Application) -> None:
    """Other settings that lead somewhere: the authority for tokens, the mail server, addresses of services."""
    for setting in app.settings:
        value = app.resolve(setting.value)
        if _AUTHORITY.search(setting.key):
            checks = [line for name, line in app.artifacts.items() if _CHECKS_TOKENS.search(name)]
            if not checks:
                continue
            _lead(graph, app.part, value, "HTTP", [setting.evidence], reverse=True)
        elif setting.key == "spring.mail.host":
            _add_mail(graph, app, setting)
        elif setting.key == "spring.cloud.config.server.git.uri":
            _add_repository(graph, app, setting)
        elif re.search(
            r"zipkin[\w.\-]*\.(base-?url|endpoint)$", setting.key, re.IGNORECASE
        ) or _is_address_of_service(setting):
            _lead_inside(graph, app.part, value, [setting.evidence])


def _add_repository(graph: Graph, app: Application, setting: Setting) -> None:
    """The repository that a configuration server reads."""
    place = app.resolve(setting.value)
    if place.startswith("file:") or not targets(place):
        return
    host = targets(place)[0].host.removeprefix("www.").partition(".")[0]
    found = graph.part(
        f"{host}-repository" if host in ("github", "gitlab", "bitbucket") else "git-repository"
    )
    found.kind, found.own, found.technology = "external", False, "git"
    found.evidence.append(setting.evidence)
    graph.tie(app.part, found, "git", "Git", [setting.evidence], strength=4, reverse=True)


def _is_address_of_service(setting: Setting) -> bool:
    return re.match(r"https?://", setting.value) is not None and not setting.key.startswith(
        ("eureka.", "zuul.", "spring.cloud.config", "security.", "spring.security", "spring.cloud.gateway")
    )


def _lead_inside(graph: Graph, source: Part, address: str, lines: list[Evidence]) -> None:
    for target in targets(address):
        found = graph.find(first_label(target.host)) if target.host not in LOCAL else None
        if found:
            graph.tie(source, found, "http", "HTTP", lines, strength=3)


def _add_mail(graph: Graph, app: Application, setting: Setting) -> None:
    sends = [note.evidence for note in app.annotations if note.name == "JavaMailSender"]
    sends += [line for name, line in app.artifacts.items() if name == "spring-boot-starter-mail"]
    if sends:
        found = graph.find(setting.value) if setting.value not in LOCAL else None
        server = found or graph.part("mail-server")
        if found is None:
            server.kind, server.own, server.technology = "external", False, setting.value
            server.evidence.append(setting.evidence)
        graph.tie(app.part, server, "smtp", "SMTP", [*sends, setting.evidence], strength=4)
