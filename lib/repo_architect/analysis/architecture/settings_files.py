"""Settings of services that are no Spring applications: application.yml of others, appsettings.json, routes of Ocelot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis import located
from repo_architect.analysis.architecture.addresses import LOCAL, targets
from repo_architect.analysis.architecture.documents import flat, is_aside, settings
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.architecture.libraries import target_of
from repo_architect.analysis.architecture.references import Grpc, from_environment, way_of
from repo_architect.analysis.architecture.technologies import Technology, by_scheme, named
from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.located import Malformed

_FILE = re.compile(
    r"(^|/)(application(-(?!test)\w+)?\.(ya?ml|properties)|bootstrap\.ya?ml|(appsettings|ocelot)(\.\w+)?\.json|(config|settings)\.(ya?ml|json))$"
)
_TESTS = re.compile(r"(^|/)(src/test|tests?|[\w.]*Tests?)/")
_NAMES_A_SERVICE = re.compile(r"(^|[.\]])(service-?name|service-?id|host)$", re.IGNORECASE)
_OWN_NAME = re.compile(
    r"(application|instance|eureka|server|registration)[\w.-]*\.(name|host\w*|appname)$", re.IGNORECASE
)
_EMBEDDED = re.compile(r"jdbc:(h2|hsqldb|derby|sqlite)|\.db\b|:memory:")
# what the key of an address says that is there
_BY_KEY = (
    (re.compile(r"kafka", re.IGNORECASE), "Kafka"), (re.compile(r"rabbit", re.IGNORECASE), "RabbitMQ"), (re.compile(r"mongo", re.IGNORECASE), "MongoDB"),
    (re.compile(r"elastic", re.IGNORECASE), "Elasticsearch"), (re.compile(r"redis", re.IGNORECASE), "Redis"), (re.compile(r"consul", re.IGNORECASE), "Consul"),
    (re.compile(r"zipkin", re.IGNORECASE), "Zipkin"), (re.compile(r"postgres|npgsql|pgconn", re.IGNORECASE), "PostgreSQL"), (re.compile(r"mysql", re.IGNORECASE), "MySQL"),
)  # fmt: skip
_PORT = re.compile(r"(?:\bport\s*=\s*|:)(\d{4,5})\b", re.IGNORECASE)
_BY_PORT = {
    "5432": "PostgreSQL",
    "3306": "MySQL",
    "1433": "Microsoft SQL Server",
    "27017": "MongoDB",
    "6379": "Redis",
    "9092": "Kafka",
    "9200": "Elasticsearch",
}
_LISTENS = re.compile(
    r"^(quarkus\.http\.port|micronaut\.server\.port|server\.port|quarkus\.grpc\.server\.port)$"
)
_CHANNEL = re.compile(r"^mp\.messaging\.(incoming|outgoing)\.[\w\-\"]+\.connector$")
_CONNECTORS = {"smallrye-kafka": "Kafka", "smallrye-rabbitmq": "RabbitMQ", "smallrye-amqp": "ActiveMQ", "smallrye-jms": "ActiveMQ", "smallrye-pulsar": "Pulsar", "liberty-kafka": "Kafka"}  # fmt: skip
_LEADS = re.compile(
    r"(uri|uris|url|urls|hosts?|servers?|address(es)?|endpoint|zone\w*)(\[\d+\])?$|connection",
    re.IGNORECASE,
)


def add_settings_files(graph: Graph, tree: FileTree) -> None:
    """Ties from the settings of a part to the services and stores that they name."""
    for file, part in _files(graph, tree):
        for setting in _settings(tree, file.path):
            if _LISTENS.search(setting.key) and setting.value.isdigit():
                graph.listen(part, setting.value)
    for file, part in _files(graph, tree):
        for setting in _settings(tree, file.path):
            _lead(graph, part, setting, {})
            _add_channel(graph, part, setting)


def _files(graph: Graph, tree: FileTree) -> Iterator[tuple[SourceFile, Part]]:
    """Files of settings, and whose they are, without those of Spring applications."""
    for file in tree.files:
        if not _FILE.search(file.path) or is_aside(tree, file.path) or _TESTS.search(file.path):
            continue
        part = graph.owner_of(file.path)
        if part is None or (part.technology or "").startswith(("Spring", "Zuul", "Eureka")):
            continue
        yield file, part


def _add_channel(graph: Graph, part: Part, setting: Setting) -> None:
    """A channel of MicroProfile's messaging: over what it goes, and which way."""
    match = _CHANNEL.match(setting.key)
    technology = named(_CONNECTORS.get(setting.value, "")) if match else None
    target = target_of(graph, part, technology) if technology else None
    if match and technology and target and target is not part:
        target.evidence.extend([] if target.evidence else [setting.evidence])
        graph.say_way(part, target, "hears" if match[1] == "incoming" else "sends")
        label = technology.protocol
        graph.tie(part, target, label.lower(), label, setting.lines, strength=3)


def _settings(tree: FileTree, path: str) -> Iterator[Setting]:
    if not path.endswith(".json"):
        yield from settings(tree, path)
        return
    try:
        yield from flat(located.jsonc(tree.text(path) or "null"), "", path)
    except Malformed as error:
        tree.notes.skip("malformed", f"JSON: {error}", path)


def _lead(graph: Graph, part: Part, setting: Setting, grpc: Grpc) -> None:
    if _OWN_NAME.search(setting.key) or _EMBEDDED.search(setting.value):
        return
    named_service = graph.find(setting.value) if _NAMES_A_SERVICE.search(setting.key) else None
    if named_service and named_service is not part:
        graph.say_way(part, named_service, way_of(setting.key))
        label = named_service.protocol or "HTTP"
        graph.tie(part, named_service, label.lower(), label, setting.lines, strength=3)
        return
    from_environment(graph, part, setting, grpc)
    technology = _technology(setting)
    target = target_of(graph, part, technology) if technology else None
    if technology and target and target is not part:
        if not target.runs and not target.own and not target.evidence:
            target.evidence.append(setting.evidence)
        reverse = technology.kind in ("database", "config")
        graph.say_way(part, target, way_of(setting.key))
        graph.tie(
            part,
            target,
            technology.protocol.lower(),
            technology.protocol,
            setting.lines,
            strength=3,
            reverse=reverse,
        )


def _technology(setting: Setting) -> Technology | None:
    """What an address on the machine itself is of: its scheme, else its key, else its usual port says it."""
    places = [
        place for place in targets(setting.value) if place.host.lower() in LOCAL or place.host.startswith("$")
    ]
    if not places or not _LEADS.search(setting.key):
        return None
    if places[0].scheme and places[0].scheme not in ("http", "https"):
        return by_scheme(places[0].scheme)
    for pattern, name in _BY_KEY:
        if pattern.search(setting.key):
            return named(name)
    port = _PORT.search(setting.value)
    return named(_BY_PORT.get(port[1], "")) if port else None
