"""Databases and brokers of Spring applications."""

from __future__ import annotations

import re
from collections.abc import Iterable

from repo_architect.analysis.architecture.addresses import LOCAL, first_label, targets
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.architecture.spring_apps import Application
from repo_architect.analysis.architecture.technologies import Technology, by_scheme, table

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
_DRIVERS = {"mysql-connector-java": "MySQL", "mysql-connector-j": "MySQL", "postgresql": "PostgreSQL", "mariadb-java-client": "MariaDB",
            "mssql-jdbc": "Microsoft SQL Server", "ojdbc8": "Oracle Database", "ojdbc11": "Oracle Database"}  # fmt: skip
_STORES = re.compile(r"spring-boot-starter-(data-jpa|jdbc|data-jdbc)$")


def add_databases(graph: Graph, app: Application) -> None:
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
        part
        for part in graph.parts
        if technology and part.technology == technology.name and part.kind == technology.kind
    ]
    if len(deployed) == 1:
        return deployed[0]
    part = graph.part(f"database-{app.part.name}")
    part.own = False
    return part


def _named(name: str | None) -> Technology | None:
    return next((technology for technology in table() if technology.name == name), None)


def add_brokers(graph: Graph, app: Application) -> None:
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
