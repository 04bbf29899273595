""".NET Aspire: an application host names its projects and resources in code, and says who refers to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from repo_architect.analysis.architecture.documents import is_aside
from repo_architect.analysis.architecture.graph import Graph, Part, normal
from repo_architect.analysis.architecture.technologies import table
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.manifests import ManifestReport
from repo_architect.contracts import Evidence
from repo_architect.contracts.repo_shape import Component

_HOST = b"DistributedApplication"
_BREAK = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|;")
# ends of blocks and heads of new ones before a statement
_LEAD = re.compile(r"(?:\s|[{}]|(?:if|else|foreach|while|using)\b[^{;\n]*\n?\s*\{)*")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_DECLARED = re.compile(
    r"(?:\bvar\s+|\w[\w<>.?]*\s+)?(?:(\w+)\s*=\s*)?(\w+)\s*\.\s*Add(\w+?)\s*(?:<\s*Projects\.(\w+)\s*>)?\(\s*\"([\w.-]+)\""
)
_NAMED = re.compile(r"\bvar\s+(\w+)\s*=\s*(\w+)\s*\.\s*Get\w+\(")
_CALL = re.compile(r"\.\s*(\w+)\s*\(")
_RESOURCES = {
    "Postgres": "PostgreSQL", "AzurePostgresFlexibleServer": "PostgreSQL", "Redis": "Redis", "Valkey": "Redis", "Garnet": "Redis", "AzureRedis": "Redis",
    "AzureManagedRedis": "Redis", "RabbitMQ": "RabbitMQ", "Kafka": "Kafka", "SqlServer": "Microsoft SQL Server", "AzureSqlServer": "Microsoft SQL Server",
    "MySql": "MySQL", "MongoDB": "MongoDB", "Nats": "NATS", "NATS": "NATS", "Elasticsearch": "Elasticsearch", "Qdrant": "Qdrant", "Meilisearch": "Meilisearch",
    "Oracle": "Oracle Database", "Milvus": "Milvus", "Keycloak": "Keycloak", "AzureServiceBus": "Azure Service Bus", "AzureCosmosDB": "Azure Cosmos DB",
    "AzureStorage": "Azure Blob Storage", "AzureEventHubs": "Azure Event Hubs",
}  # fmt: skip
_SERVICES = re.compile(
    r"Project|Container|Dockerfile|Executable|(Npm|Node|Vite|JavaScript|Python|Uvicorn|Golang|Spring|Bun|Yarn)App"
)
_NO_USE = frozenset({"WithParentRelationship", "ExcludeFromManifest", "WithRelationship"})
_STARTS = frozenset({"WaitFor", "WaitForCompletion", "WaitForStart"})


class _Statement(NamedTuple):
    text: str
    path: str
    line: int

    def at(self, offset: int) -> Evidence:
        return Evidence(path=self.path, line=self.line + self.text.count("\n", 0, offset))


def add_aspire(graph: Graph, tree: FileTree, manifests: ManifestReport) -> bool:
    """Parts for the projects and resources of each application host, ties for what refers to what; whether there is one."""
    hosts = 0
    for file in tree.files:
        if not file.name.endswith(".cs") or file.size > 200_000 or is_aside(tree, file.path):
            continue
        if _HOST in (tree.bytes(file.path) or b"") and (text := tree.text(file.path)):
            hosts += _add_host(graph, manifests, list(_statements(text, file.path)))
    return hosts > 0


def _statements(text: str, path: str) -> Iterator[_Statement]:
    plain = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    begun = 0
    line = 1
    for match in _BREAK.finditer(plain):
        if match[0] == ";":
            text = plain[begun : match.start()]
            lead = _LEAD.match(text).end()  # type: ignore[union-attr]  # it matches nothing at least
            yield _Statement(text[lead:], path, line + text.count("\n", 0, lead))
            line += text.count("\n")
            begun = match.end()


def _add_host(graph: Graph, manifests: ManifestReport, statements: list[_Statement]) -> bool:
    known: dict[str, Part] = {}
    for statement in statements:
        declared = _DECLARED.match(statement.text)
        named = _NAMED.match(statement.text)
        subject: Part | None = None
        if declared:
            subject = _declared(graph, manifests, statement, declared, known)
            if subject and declared[1]:
                known[declared[1]] = subject
        elif named and named[2] in known:
            known[named[1]] = known[named[2]]
        else:
            first = re.match(r"\w+", statement.text)
            subject = known.get(first[0]) if first else None
        if subject:
            _add_uses(graph, statement, subject, known)
    return bool(known)


def _declared(
    graph: Graph,
    manifests: ManifestReport,
    statement: _Statement,
    match: re.Match[str],
    known: dict[str, Part],
) -> Part | None:
    """The part that a statement adds; a database of a server is that server."""
    what, project, name = match[3], match[4], match[5]
    server = known.get(match[2])
    line = statement.at(match.start(3))
    if server is not None:
        graph.call(server, name)
        return server
    technology = next((row for row in table() if row.name == _RESOURCES.get(what)), None)
    if technology is None and not _SERVICES.fullmatch(what) and what != "Yarp":
        return None
    part = (
        _deployed(graph, manifests, project, name, set(known.values())) if project else None
    ) or graph.part(name)
    part.runs = True
    part.evidence.append(line)
    if technology:
        part.kind, part.technology, part.protocol, part.own = (
            technology.kind,
            technology.name,
            technology.protocol,
            False,
        )
    elif what == "Yarp":
        part.kind, part.technology, part.own = "gateway", "YARP", False
    component = _project(manifests, project) if project else None
    part.component = part.component or (component.id if component else None)
    if component and not (part.path and component.path.startswith(f"{part.path}/")):
        part.path, part.component = component.path, component.id
    return part


def _deployed(
    graph: Graph, manifests: ManifestReport, project: str, name: str, taken: set[Part]
) -> Part | None:
    """The part that another file deploys from a folder around a project, when no other project of the host is that."""
    component = _project(manifests, project)
    around = [
        part
        for part in graph.parts
        if part.runs
        and part.own
        and part.path not in (None, ".")
        and part not in taken
        and component
        and f"{component.path}/".startswith(f"{part.path}/")
    ]
    if graph.find(name) or len(around) != 1:
        return None
    graph.call(around[0], name)
    return around[0]


def _project(manifests: ManifestReport, project: str) -> Component | None:
    """`Projects.Basket_API` is the project Basket.API."""
    for component in manifests.components:
        file = (component.manifest or "").rpartition("/")[2].removesuffix(".csproj")
        if normal(file) == normal(project):
            return component
    return None


def _add_uses(graph: Graph, statement: _Statement, subject: Part, known: dict[str, Part]) -> None:
    calls = list(_CALL.finditer(statement.text))
    for call, after in zip(calls, [*calls[1:], None], strict=False):
        end = after.start() if after else len(statement.text)
        if call[1] == "WithExternalHttpEndpoints":
            subject.published.append(statement.at(call.start() + 1))
        if call[1] in _NO_USE or call[1].startswith("Add"):
            continue
        for word in re.findall(
            r"\b(?<!\.)[A-Za-z_]\w*", re.sub(r"\"[^\"\n]*\"", "", statement.text[call.end() : end])
        ):
            target = known.get(word)
            # an address handed to the one that it was handed from is for calling back
            if target and target is not subject and (target, subject) not in graph.ties:
                label = target.protocol or "HTTP"
                strength = 1 if call[1] in _STARTS else 3
                line = statement.at(call.start() + 1)
                graph.tie(
                    subject, target, label.lower(), label if strength > 1 else "depends on", [line],
                    strength=strength, reverse=target.kind == "database",
                )  # fmt: skip
