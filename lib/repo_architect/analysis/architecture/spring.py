"""Spring applications: each one's name, settings and annotations, and whom they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from repo_architect.analysis.architecture.addresses import LOCAL, first_label, is_public, targets
from repo_architect.analysis.architecture.calls import Calls
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.architecture.spring_apps import Application, applications
from repo_architect.analysis.architecture.technologies import Technology, by_scheme, table
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
# a key that names a database, and the technology where its scheme does not say
_DATABASE = re.compile(
    r"spring\.(?:data\.)?(datasource|mongodb|redis|neo4j|cassandra|elasticsearch|r2dbc)[\w.\-]*\.(url|jdbc-url|uri|uris|host|contact-points|cluster-nodes)$"
)
_BY_KEY = {
    "mongodb": "MongoDB",
    "redis": "Redis",
    "neo4j": "Neo4j",
    "cassandra": "Cassandra",
    "elasticsearch": "Elasticsearch",
}
_EMBEDDED = re.compile(r"jdbc:(h2|hsqldb|derby|sqlite)")
_BROKERS = {
    "RabbitMQ": (re.compile(r"spring\.rabbitmq\.(host|addresses)$"), re.compile(r"(rabbit|amqp)"), ("RabbitListener", "RabbitTemplate", "AmqpTemplate")),
    "Kafka": (re.compile(r"spring\.(cloud\.stream\.)?kafka\.[\w.\-]*(bootstrap-servers|brokers)$"), re.compile(r"kafka"), ("KafkaListener", "KafkaTemplate", "KafkaProducer", "KafkaConsumer")),
}  # fmt: skip
_LISTENS = ("RabbitListener", "KafkaListener", "KafkaConsumer", "StreamListener", "EnableTurbineStream")
_AUTHORITY = re.compile(
    r"(access-?token-?uri|user-?info-?uri|token-?info-?uri|issuer-?uri|jwk-?set-?uri|key-?set-?uri|key-?uri|auth-server-url)$",
    re.IGNORECASE,
)
_CHECKS_TOKENS = re.compile(r"oauth2|security-jwt|keycloak")
_DRIVERS = {"mysql-connector-java": "MySQL", "mysql-connector-j": "MySQL", "postgresql": "PostgreSQL", "mariadb-java-client": "MariaDB",
            "mssql-jdbc": "Microsoft SQL Server", "ojdbc8": "Oracle Database", "ojdbc11": "Oracle Database"}  # fmt: skip
_STORES = re.compile(r"spring-boot-starter-(data-jpa|jdbc|data-jdbc)$")
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
        _add_databases(graph, app)
        _add_brokers(graph, app)
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


def _add_databases(graph: Graph, app: Application) -> None:
    if not any(_DATABASE.search(setting.key) for setting in app.settings):
        _add_unnamed_database(graph, app)
    for setting in app.settings:
        match = _DATABASE.search(setting.key)
        if not match or _EMBEDDED.match(setting.value):
            continue
        for target in targets(app.resolve(setting.value))[:1]:
            technology = (by_scheme(target.scheme) if target.scheme else None) or _named(
                _BY_KEY.get(match[1])
            )
            found = graph.find(first_label(target.host)) if target.host not in LOCAL else None
            database = found or _own_database(graph, app, technology)
            if technology and database.technology is None:
                database.technology, database.protocol = technology.name, technology.protocol
            if database.kind == "service":
                database.kind = technology.kind if technology else "database"
            if found is None:
                database.evidence.append(setting.evidence)
            label = database.protocol or "SQL"
            graph.tie(app.part, database, label.lower(), label, [setting.evidence], strength=4, reverse=True)


def _add_unnamed_database(graph: Graph, app: Application) -> None:
    """The database of an application that has a driver and something that stores, but whose settings are elsewhere."""
    stores = [line for name, line in app.artifacts.items() if _STORES.search(name)]
    drivers = [(name, line) for name, line in app.artifacts.items() if name in _DRIVERS]
    technology = _named(_DRIVERS[drivers[0][0]]) if len(drivers) == 1 else None
    if stores and technology:
        database = _own_database(graph, app, technology)
        database.kind, database.technology, database.protocol = (
            "database",
            technology.name,
            technology.protocol,
        )
        lines = [drivers[0][1], *stores]
        database.evidence.extend([] if database.evidence else lines)
        graph.tie(app.part, database, "sql", "SQL", lines, strength=3, reverse=True)


def _own_database(graph: Graph, app: Application, technology: Technology | None) -> Part:
    """A database that no file deploys, named after the application that has it."""
    deployed = [
        part for part in graph.parts if technology and part.technology == technology.name and not part.own
    ]
    if len(deployed) == 1:
        return deployed[0]
    part = graph.part(f"database-{app.part.name}")
    part.own = False
    return part


def _named(name: str | None) -> Technology | None:
    return next((technology for technology in table() if technology.name == name), None)


def _add_brokers(graph: Graph, app: Application) -> None:
    for name, (key, library, types) in _BROKERS.items():
        technology = _named(name)
        notes = [note for note in app.annotations if note.name in types]
        uses = [note.evidence for note in notes]
        where = [setting for setting in app.settings if key.search(setting.key)]
        # a library alone proves nothing: it has to be told where the broker is, or to be used
        if where or any(part.technology == name for part in graph.parts):
            uses += [line for artifact, line in app.artifacts.items() if _is_library(artifact, library, app)]
        if not uses or technology is None:
            continue
        broker = _broker(graph, technology, where)
        broker.evidence.extend([] if broker.evidence else uses)
        listens = any(note.name in _LISTENS for note in (*notes, *app.annotations)) and not any(
            note.name.endswith(("Template", "Producer")) for note in notes
        )
        proof = uses + [setting.evidence for setting in where]
        graph.tie(
            app.part,
            broker,
            technology.protocol.lower(),
            technology.protocol,
            proof,
            strength=4,
            reverse=listens,
        )


def _is_library(artifact: str, library: re.Pattern[str], app: Application) -> bool:
    return bool(library.search(artifact)) and "test" not in artifact and artifact not in app.own_artifacts


def _broker(graph: Graph, technology: Technology, where: Iterable[Setting]) -> Part:
    for setting in where:
        for target in targets(setting.value):
            found = graph.find(first_label(target.host)) if target.host not in LOCAL else None
            if found:
                return found
    same = [part for part in graph.parts if part.technology == technology.name]
    if same:
        return same[0]
    part = graph.part(technology.name)
    part.kind, part.technology, part.protocol, part.own = (
        technology.kind,
        technology.name,
        technology.protocol,
        False,
    )
    return part


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
