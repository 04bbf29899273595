"""Brokers of Spring applications: by their settings, libraries, listeners and templates; which way messages go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from repo_architect.analysis.architecture.addresses import first_label, is_machine, targets
from repo_architect.analysis.architecture.calls import Calls
from repo_architect.analysis.architecture.documents import supports
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.architecture.spring_application import Application
from repo_architect.analysis.architecture.technologies import Technology, named
from repo_architect.contracts import Evidence


@dataclass(frozen=True)
class _Broker:
    """What speaks of a broker: keys of settings, names of libraries, types and annotations of the code."""

    technology: str
    key: re.Pattern[str]
    client: re.Pattern[str]
    """Libraries that talk to it by themselves; those of binders have to be told what to bind."""
    library: re.Pattern[str]
    types: tuple[str, ...]


_BROKERS = (
    _Broker("RabbitMQ", re.compile(r"spring\.rabbitmq\.(host|addresses)$"),
            re.compile(r"^(spring-(boot-starter-amqp|rabbit|amqp)|amqp-client|spring-integration-amqp|axon-amqp|spring-cloud-(starter-)?bus-amqp)$"),
            re.compile(r"^spring-cloud-[\w-]*(rabbit|amqp)[\w-]*$"),
            ("RabbitListener", "RabbitTemplate", "AmqpTemplate")),
    _Broker("Kafka", re.compile(r"spring\.(cloud\.stream\.)?kafka\.[\w.\-]*(bootstrap-?servers|brokers)(\[\d+\])?$"),
            re.compile(r"^(spring-kafka|kafka-clients|kafka-streams|reactor-kafka|spring-boot-starter-kafka|spring-integration-kafka|spring-cloud-(starter-)?bus-kafka)$"),
            re.compile(r"^spring-cloud-[\w-]*kafka[\w-]*$"),
            ("KafkaListener", "KafkaTemplate", "KafkaProducer", "KafkaConsumer", "ReactiveKafkaProducerTemplate", "ReactiveKafkaConsumerTemplate", "KafkaReceiver", "KafkaSender")),
    _Broker("ActiveMQ", re.compile(r"spring\.(activemq|artemis)\.(broker-?url|host)$"),
            re.compile(r"^spring-boot-starter-(activemq|artemis)$|^activemq-(spring|broker|client|all)$"), re.compile(r"^spring-cloud-[\w-]*jms[\w-]*$"),
            ("JmsListener", "JmsTemplate")),
)  # fmt: skip
_LISTENS = (
    "RabbitListener", "KafkaListener", "KafkaConsumer", "JmsListener", "StreamListener", "Input", "SimpleMessageListenerContainer", "DirectMessageListenerContainer", "MessageListenerAdapter", "ListenerContainerLifecycleManager",
    "SpringAMQPMessageSource", "KafkaMessageListenerContainer", "ReactiveKafkaConsumerTemplate", "KafkaReceiver", "inboundAdapter", "ServiceActivator", "EnableTurbineStream", "EnableZipkinStreamServer",
)  # fmt: skip
_SENDS = (
    "sends",
    "Output",
    "StreamBridge",
    "InboundChannelAdapter",
    "SendTo",
    "MessagingGateway",
    "KafkaSender",
)
_BINDING = re.compile(r"spring\.cloud\.stream\.bindings\.\"?[\w-]+-(in|out)-\d+\"?\.", re.IGNORECASE)
_BUS = re.compile(r"^spring-cloud-(starter-)?bus-")
_BINDER = re.compile(r"^spring-cloud-(starter-)?stream\b")


def add_brokers(graph: Graph, app: Application, apps: list[Application], calls: Calls) -> None:
    """Ties to the brokers that an application is told of or has code for."""
    for broker in _BROKERS:
        technology = named(broker.technology)
        notes = [note for note in app.annotations if note.name in broker.types]
        where = [setting for setting in app.settings if broker.key.search(setting.key)]
        uses = [note.evidence for note in notes]
        # a library alone proves nothing: it has to be told where the broker is, or to be used
        if where or _talks(app) or _is_there(graph, broker, apps):
            told = bool(where or notes or _talks(app))
            uses += _libraries(app, broker) if told else _used(app, broker, calls)
        if uses and technology:
            part = _part(graph, app, technology, where)
            part.evidence.extend([] if part.evidence else uses)
            label = technology.protocol
            proof = [*uses, *(setting.evidence for setting in where)]
            graph.tie(app.part, part, label.lower(), label, proof, strength=4, reverse=_only_hears(app))


def _used(app: Application, broker: _Broker, calls: Calls) -> list[Evidence]:
    """The lines that name a client in its own build, where its code imports it, or where the client is a bus that works by itself."""
    inside = "" if app.folder == "." else f"{app.folder}/"
    imported = [
        Evidence(path=use.path, line=use.line)
        for use in calls.libraries
        if use.technology == broker.technology and use.path.startswith(inside) and not supports(use.path)
    ]
    lines = app.named(broker.client)
    bus = [line for line in lines if line in app.named(_BUS)]
    return [*lines, *imported[:1]] if lines and imported else bus


def _libraries(app: Application, broker: _Broker) -> list[Evidence]:
    return [
        line
        for name, line in app.artifacts.items()
        if broker.library.search(name) or broker.client.search(name)
    ]


def _is_there(graph: Graph, broker: _Broker, apps: list[Application]) -> bool:
    """Whether a broker is deployed, or code of any application uses it."""
    used = any(note.name in broker.types for app in apps for note in app.annotations)
    return used or any(part.technology == broker.technology for part in graph.parts)


def _talks(app: Application) -> bool:
    """Whether an application's own code or bindings send or hear over whatever binder it has."""
    bound = any(_BINDING.match(setting.key) for setting in app.settings)
    streams = any(_BINDER.match(name) for name in app.artifacts)
    return streams and (
        bound
        or any(note.name in ("StreamBridge", "StreamListener", "EnableBinding") for note in app.annotations)
    )


def _only_hears(app: Application) -> bool:
    ways = {match[1].lower() for setting in app.settings if (match := _BINDING.match(setting.key))}
    names = {note.name for note in app.annotations}
    hears = bool(names.intersection(_LISTENS)) or "in" in ways
    return hears and not names.intersection(_SENDS) and "out" not in ways


def _part(graph: Graph, app: Application, technology: Technology, where: Iterable[Setting]) -> Part:
    same = [part for part in graph.parts if part.technology == technology.name]
    for setting in where:
        for target in targets(app.resolve(setting.value)):
            if not is_machine(target.host) and (found := graph.find(first_label(target.host))):
                return found
            here = [part for part in same if part in graph.listening(target.port)]
            if len(here) == 1:
                return here[0]
    if same:
        return same[0]
    part = graph.part(technology.name)
    part.kind, part.technology, part.protocol = technology.kind, technology.name, technology.protocol
    part.own = False
    return part
