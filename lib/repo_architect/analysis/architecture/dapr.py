"""Dapr: sidecars carry requests by application id, and messages and state to components that files declare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from repo_architect.analysis.architecture.addresses import LOCAL, first_label, targets
from repo_architect.analysis.architecture.deployed import Deployed
from repo_architect.analysis.architecture.documents import is_aside, supports, yaml_documents
from repo_architect.analysis.architecture.facts import Spoken
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.architecture.helm import documents as helm_documents
from repo_architect.analysis.architecture.technologies import Technology, named
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Located
from repo_architect.contracts import Evidence

# the last words of a component's type
_TECHNOLOGIES = {
    "redis": "Redis", "rabbitmq": "RabbitMQ", "kafka": "Kafka", "mongodb": "MongoDB", "postgresql": "PostgreSQL", "postgres": "PostgreSQL", "mysql": "MySQL",
    "sqlserver": "Microsoft SQL Server", "azure.cosmosdb": "Azure Cosmos DB", "azure.servicebus": "Azure Service Bus", "azure.servicebus.topics": "Azure Service Bus",
    "azure.servicebus.queues": "Azure Service Bus", "azure.servicebusqueues": "Azure Service Bus", "azure.eventhubs": "Azure Event Hubs",
    "azure.blobstorage": "Azure Blob Storage", "azure.storagequeues": "Azure Queue Storage", "smtp": "SMTP", "cassandra": "Cassandra", "memcached": "Memcached",
    "nats": "NATS", "jetstream": "NATS", "natsstreaming": "NATS", "pulsar": "Pulsar", "mqtt": "MQTT broker", "mqtt3": "MQTT broker", "gcp.pubsub": "Google Pub/Sub",
    "gcp.firestore": "Firestore", "aws.dynamodb": "Amazon DynamoDB", "aws.snssqs": "Amazon SQS", "aws.sqs": "Amazon SQS", "aws.s3": "Amazon S3", "twilio.sendgrid": "SendGrid",
}  # fmt: skip
_USES = {
    "invokes": re.compile(rb"""(?:(?<!\w)(?:InvokeMethod\w*|invoke_method|CreateInvokeHttpClient|CreateInvokeMethodRequest|invoker\.invoke)(?:<[^>\n]*>)?\(\s*(?:(?:ctx|context\.\w+\(\)|HttpMethod\.\w+),\s*)?(?:app_id\s*=\s*)?|v1\.0/invoke/|dapr-app-id["']?\s*[:,=]\s*)["'`]?(?:\$\{)?([A-Za-z][\w.-]*)""", re.IGNORECASE),
    "keeps": re.compile(rb"""(?<!\w)(?:Save|Get|Delete)(?:Bulk)?_?State(?:Async|Entry\w*|WithETag)?(?:<[^>\n]*>)?\(\s*(?:(?:ctx|context\.\w+\(\)),\s*)?(?:store_name\s*=\s*)?["'`]?(?:\$\{)?([A-Za-z][\w.-]*)|v1\.0/state/([A-Za-z][\w.-]*)""", re.IGNORECASE),
    "publishes": re.compile(rb"""(?<!\w)(?:PublishEvent\w*|publish_event|pubsub\.publish)(?:<[^>\n]*>)?\(\s*(?:(?:ctx|context\.\w+\(\)),\s*)?(?:pubsub_name\s*=\s*)?["'`]?(?:\$\{)?([A-Za-z][\w.-]*)|v1\.0/publish/([A-Za-z][\w.-]*)""", re.IGNORECASE),
    "subscribes": re.compile(rb"""\bpubsub_?name["']?\s*[:=]\s*["'`]?(?:\$\{)?([A-Za-z][\w.-]*)|\[Topic\(\s*["']?([A-Za-z][\w.-]*)|\.WithTopic\(\s*["']?([A-Za-z][\w.-]*)|pubsub\.subscribe\(\s*["'`]?(?:\$\{)?([A-Za-z][\w.-]*)""", re.IGNORECASE),
    "binds": re.compile(rb"""(?<!\w)(?:Invoke(?:Output)?Binding\w*|invoke_binding|binding\.send)(?:<[^>\n]*>)?\(\s*(?:(?:ctx|context\.\w+\(\)),\s*)?(?:binding_name\s*=\s*)?["'`]?(?:\$\{)?([A-Za-z][\w.-]*)|v1\.0/bindings/([A-Za-z][\w.-]*)""", re.IGNORECASE),
}  # fmt: skip
_BLOCKS = {"keeps": "state", "publishes": "pubsub", "subscribes": "pubsub", "binds": "bindings"}
_SIDECAR = re.compile(r"(^|/)daprd?(:|$)")


class Component(NamedTuple):
    """What a file declares: its name, building block and technology, who may use it, and its lines."""

    name: str
    block: str
    technology: Technology
    scopes: tuple[str, ...]
    host: str | None
    evidence: Evidence


def spoken(source: bytes, path: str) -> Iterator[tuple[Spoken, int]]:
    """What code asks of its sidecar, with offsets; for a variable the text that it is given in the same file, else its own name."""
    if b"apr" not in source and b"v1.0/invoke" not in source:
        return
    for how, pattern in _USES.items():
        seen: set[bytes] = set()
        for match in pattern.finditer(source):
            name = next((group for group in match.groups() if group), b"")
            if name not in seen:
                seen.add(name)
                said = _given(source, name) or name
                yield Spoken(f"dapr {how}", said.decode("utf-8", "replace"), path, 0), match.start()


def _given(source: bytes, name: bytes) -> bytes | None:
    """The last text of the line that gives a variable its value: its default, where it comes from the environment."""
    variable = re.escape(name.rpartition(b".")[2])
    match = re.search(
        rb"\b" + variable + rb"""\s*:?=[^=\n][^\n]*["']([A-Za-z][\w.-]*)["']\W*$""", source, re.MULTILINE
    )
    return match[1] if match else None


def without_sidecars(services: list[Deployed]) -> list[Deployed]:
    """The services without the sidecars beside them; the id that a sidecar gives is another name of its service."""
    sidecars = {service.name for service in services if _SIDECAR.search(service.image or "")}
    kept = [service for service in services if service.name not in sidecars]
    owners: dict[str, str] = {}
    ids: dict[str, str] = {}
    for service in services:
        if service.name in sidecars:
            words = [setting.value for setting in service.environment if setting.key == "command"]
            flags = {flag.lstrip("-"): value for flag, value in pairwise(words) if flag.startswith("-")}
            ids.update({service.name: flags["app-id"]} if "app-id" in flags else {})
            for name, _, _ in service.needs:
                owners[service.name] = name
    for service in kept:
        given = tuple(ids[name] for name, owner in owners.items() if owner == service.name and name in ids)
        service.aliases = (*service.aliases, *given)
    return kept


def add_dapr(graph: Graph, tree: FileTree, said: list[Spoken]) -> None:
    """Ties for what sidecars are asked to do: other applications, stores, brokers and bindings."""
    entries = [
        (part, entry) for entry in said if not supports(entry.path) and (part := graph.owner_of(entry.path))
    ]
    components = _components(tree)
    for part, entry in entries:
        how = entry.how.removeprefix("dapr ")
        if how == "invokes":
            target = graph.find_similar(entry.name)
            if target and target.kind != "user":
                graph.tie(part, target, "http", "HTTP", [entry.evidence], strength=3)
            continue
        for component in _meant(graph, components, part, entry.name, _BLOCKS[how]):
            node = _node(graph, component)
            if node:
                reverse = how == "subscribes" or (how == "keeps" and node.kind == "database")
                label = component.technology.protocol
                graph.tie(
                    part,
                    node,
                    label.lower(),
                    label,
                    [entry.evidence, component.evidence],
                    strength=3,
                    reverse=reverse,
                )


def _meant(graph: Graph, components: list[Component], part: Part, name: str, block: str) -> list[Component]:
    """The components of that name; where the name is a variable's, the only one of the kind."""
    fitting = [
        component for component in components if component.block == block and _may(graph, component, part)
    ]
    exact = [component for component in fitting if component.name == name] or fitting
    # the plainest place is the one that the application is run with; the others are of variants
    exact.sort(key=lambda component: (component.evidence.path.count("/"), component.evidence.path))
    first = exact[0].technology if exact else None
    known = {component.name for component in fitting}
    return (
        [component for component in exact if component.technology is first][:1]
        if name in known or len(known) == 1
        else []
    )


def _may(graph: Graph, component: Component, part: Part) -> bool:
    return not component.scopes or any(graph.find_similar(scope) is part for scope in component.scopes)


def _node(graph: Graph, component: Component) -> Part | None:
    """The deployed part that a component leads to, else one for its technology."""
    named_host = graph.find(first_label(component.host)) if component.host else None
    if named_host:
        return named_host
    same = [part for part in graph.parts if part.technology == component.technology.name]
    if len(same) > 1:
        return None
    part = same[0] if same else graph.part(component.technology.name)
    if not same:
        row = component.technology
        part.kind, part.technology, part.protocol, part.own = row.kind, row.name, row.protocol, False
    if not part.runs and component.evidence not in part.evidence:
        part.evidence.append(component.evidence)
    return part


def _components(tree: FileTree) -> list[Component]:
    found = []
    for path, document in [*_documents(tree), *helm_documents(tree)]:
        if document.text("kind") == "Component" and (document.text("apiVersion") or "").startswith("dapr.io"):
            component = _component(document, path)
            found += [component] if component else []
    return found


def _documents(tree: FileTree) -> Iterator[tuple[str, Located]]:
    for file in tree.files:
        if file.name.endswith((".yaml", ".yml")) and file.size < 100_000 and not is_aside(tree, file.path):
            text = tree.text(file.path) or ""
            if "dapr.io/" in text and "kind: Component" in text and "{{" not in text:
                yield from ((file.path, document) for document in yaml_documents(tree, file.path))


def _component(document: Located, path: str) -> Component | None:
    kind = document.at("spec", "type")
    block, _, last = (document.text("spec", "type") or "").partition(".")
    technology = named(_TECHNOLOGIES.get(last, ""))
    if technology is None or kind is None:
        return None
    hosts = [
        target.host
        for entry in document.elements("spec", "metadata")
        for target in targets(entry.text("value") or "")
        if re.search(r"host|url|brokers|connection", entry.text("name") or "", re.IGNORECASE)
    ]
    return Component(
        document.text("metadata", "name") or "",
        block,
        technology,
        tuple(str(scope.value) for scope in document.elements("scopes")),
        next((host for host in hosts if host.lower() not in LOCAL), None),
        Evidence(path=path, line=kind.line),
    )
