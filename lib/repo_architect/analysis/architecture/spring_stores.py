"""Databases of Spring applications: by the addresses in their settings, else by their libraries."""

from __future__ import annotations

import re

from repo_architect.analysis.architecture.addresses import Target, first_label, is_machine, targets
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.architecture.spring_application import Application
from repo_architect.analysis.architecture.technologies import Technology, by_scheme, named
from repo_architect.contracts import Evidence

# a key that names a database, and the technology where its scheme does not say
_DATABASE = re.compile(
    r"(?:spring\.(?:data\.|jpa\.)?|^)(datasource|mongodb|redis|neo4j|cassandra|elasticsearch|couchbase|r2dbc)\b[\w.\-\[\]]*\.?(url|jdbc-?url|uri|uris|host|contact-?points|cluster-?nodes|connection-string)(\[\d+\])?$",
    re.IGNORECASE,
)
_BY_KEY = {
    "mongodb": "MongoDB",
    "redis": "Redis",
    "neo4j": "Neo4j",
    "cassandra": "Cassandra",
    "elasticsearch": "Elasticsearch",
}
_EMBEDDED = re.compile(r"(jdbc|r2dbc):(h2|hsqldb|derby|sqlite)")
_DRIVERS = {"mysql-connector-java": "MySQL", "mysql-connector-j": "MySQL", "postgresql": "PostgreSQL", "r2dbc-postgresql": "PostgreSQL", "mariadb-java-client": "MariaDB",
            "mssql-jdbc": "Microsoft SQL Server", "ojdbc8": "Oracle Database", "ojdbc11": "Oracle Database"}  # fmt: skip
_STORES = re.compile(
    r"spring-boot-starter-(data-jpa|jdbc|data-jdbc|data-r2dbc)$|^spring-jdbc$|^mybatis[\w-]*-starter$|^mybatis$"
)
_STARTERS = {
    "MongoDB": re.compile(r"spring-boot-starter-data-mongodb(-reactive)?$|^spring-data-mongodb$"),
    "Neo4j": re.compile(r"spring-boot-starter-data-neo4j$|^spring-data-neo4j$"),
    "Cassandra": re.compile(r"spring-boot-starter-data-cassandra(-reactive)?$"),
    "Elasticsearch": re.compile(r"spring-boot-starter-data-elasticsearch$"),
    "Redis": re.compile(r"spring-boot-starter-(data-)?redis(-reactive)?$|^spring-session-data-redis$"),
}


def add_databases(graph: Graph, app: Application) -> None:
    """Ties to the databases of an application: those that a file deploys, else one of its own."""
    found = [
        (setting, match, target)
        for setting in app.settings
        if (match := _DATABASE.search(setting.key)) and not _EMBEDDED.match(app.resolve(setting.value))
        for target in _with_port(app, setting)
    ]
    deployed = {id(setting): _addressed(graph, target, match) for setting, match, target in found}
    stated = {match[1].lower() for setting, match, _ in found if deployed[id(setting)]}
    by_name = {
        match[1].lower()
        for setting, match, target in found
        if deployed[id(setting)] and not is_machine(target.host)
    }
    for setting, match, target in found:
        technology, key = _technology(target, match[1]), match[1].lower()
        part = deployed[id(setting)]
        # what one profile says of the machine itself is what another says of a deployed database
        if (part and (key not in by_name or not is_machine(target.host))) or key not in stated:
            _tie(graph, app, part or _only(graph, target, technology), technology, setting)
    if not found:
        _add_by_driver(graph, app)
    _add_by_starter(graph, app, {(_technology(target, match[1])) for _, match, target in found})


def _with_port(app: Application, setting: Setting) -> list[Target]:
    """The first host that a setting names; its port may stand in a setting beside it."""
    found = targets(app.resolve(setting.value))[:1]
    if found and found[0].port is None and setting.key.endswith(".host"):
        ports = app.local(setting.key.removesuffix("host") + "port")
        same = [port for port in ports if port.path == setting.path] or ports
        return [found[0]._replace(port=app.resolve(same[0].value) if same else None)]
    return found


def _technology(target: Target, key: str) -> Technology | None:
    return (by_scheme(target.scheme) if target.scheme else None) or named(_BY_KEY.get(key.lower(), ""))


def _addressed(graph: Graph, target: Target, match: re.Match[str]) -> Part | None:
    """The deployed database that a host, or a port of the machine, leads to."""
    if not is_machine(target.host):
        return graph.find(first_label(target.host))
    same = _of_technology(graph, _technology(target, match[1]))
    here = [part for part in same if part in graph.listening(target.port)]
    return here[0] if len(here) == 1 else None


def _only(graph: Graph, target: Target, technology: Technology | None) -> Part | None:
    """The only database of its kind that is deployed, for what is said of the machine itself."""
    same = _of_technology(graph, technology) if is_machine(target.host) else []
    return same[0] if len(same) == 1 else None


def _of_technology(graph: Graph, technology: Technology | None) -> list[Part]:
    """Databases that a file deploys, of a technology or one that serves its clients."""
    return [
        part
        for part in graph.parts
        if technology and part.technology and part.runs and _serves(part.technology, technology)
    ]


def _serves(name: str, technology: Technology) -> bool:
    found = named(name)
    return technology.name == name or (found is not None and found.speaks == technology.name)


def _tie(
    graph: Graph, app: Application, part: Part | None, technology: Technology | None, setting: Setting
) -> None:
    database = part or _own_database(graph, app, technology)
    if technology and database.technology is None:
        database.technology, database.protocol = technology.name, technology.protocol
    if database.kind == "service" and not (database.own and database.path):
        database.kind = technology.kind if technology else "database"
    if part is None:
        database.evidence.append(setting.evidence)
    label = database.protocol or "SQL"
    graph.tie(app.part, database, label.lower(), label, app.lines(setting), strength=4, reverse=True)


def _add_by_driver(graph: Graph, app: Application) -> None:
    """The database of an application that has a driver and something that stores, but whose settings are elsewhere."""
    stores = [line for name, line in app.artifacts.items() if _STORES.search(name)]
    drivers = {_DRIVERS[name]: line for name, line in app.artifacts.items() if name in _DRIVERS}
    technology = named(next(iter(drivers))) if len(drivers) == 1 else None
    embedded = any(_EMBEDDED.match(setting.value) for setting in app.settings)
    if stores and technology and not embedded:
        _add_by_lines(graph, app, technology, [*drivers.values(), *stores])


def _add_by_starter(graph: Graph, app: Application, stated: set[Technology | None]) -> None:
    """Databases that a starter talks to without being told where: the only one of their kind that is deployed."""
    for name, pattern in _STARTERS.items():
        technology = named(name)
        lines = app.named(pattern)
        if technology and lines and technology not in stated and len(_of_technology(graph, technology)) == 1:
            _add_by_lines(graph, app, technology, lines)


def _add_by_lines(graph: Graph, app: Application, technology: Technology, lines: list[Evidence]) -> None:
    same = _of_technology(graph, technology)
    database = same[0] if len(same) == 1 else _own_database(graph, app, technology)
    if database.technology is None:
        database.kind, database.technology = technology.kind, technology.name
        database.protocol = technology.protocol
    database.evidence.extend([] if database.evidence else lines)
    label = database.protocol or technology.protocol
    graph.tie(app.part, database, label.lower(), label, lines, strength=3, reverse=True)


def _own_database(graph: Graph, app: Application, technology: Technology | None) -> Part:
    """A database that no file deploys, named after the application that has it."""
    shared = technology is not None and technology.kind == "cache"
    part = graph.part(technology.name if technology and shared else f"database-{app.part.name}")
    part.own = False
    if technology and part.technology is None:
        part.kind = technology.kind
    return part
