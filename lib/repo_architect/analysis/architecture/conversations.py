"""What code says of talking: stubs and services of gRPC, sending and hearing of messages, reading and writing of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from repo_architect.analysis.architecture.facts import Spoken
from repo_architect.analysis.architecture.quick import words

_GENERATED = re.compile(
    r"(_pb2(_grpc)?\.py|\.pb\.(go|cc|h)|_pb\.(js|ts|d\.ts)|_grpc_pb\.\w+|Grpc\.java|_services_pb\.rb|\.g\.cs)$|(^|/)(genproto|generated|gen)/"
)
# what follows the name of a service; it begins with letters that are seldom, so that a search is quick
_STUB = re.compile(
    rb"(?:CoroutineStub\(|Stub\(|Grpc\.new\w*Stub\(|Client(?:::(?:new|connect|with_\w+)\(|\(|>)|::(?:NewStub\(|Stub\.new))"
)
_SERVICE = re.compile(
    rb"(?:Server(?:\(|::(?:new|with_\w+)\()|Servicer_to_server|(?:Coroutine)?ImplBase\b|Base\b|\.service\b|::(?:Async|Callback)?Service\b)"
)
_OFFERS = (
    b"Server(",
    b"Server::",
    b"Servicer_to_server",
    b"ImplBase",
    b".service",
    b"::Service",
    b"::AsyncService",
    b"::CallbackService",
)
_NAME = re.compile(
    rb"(?:\b(?P<twice>\w+)\.(?P=twice)|\b(?:add_|Register(?=[A-Z])|New(?=[A-Z]))?(?P<name>\w+))$"
)
_HEARD = (
    "KafkaConsumer", "AIOKafkaConsumer", "ConsumerBuilder", "NewConsumerGroup", "ConsumerGroup", "NewConsumer", "NewReader", "StreamConsumer",
    "basic_consume", r"BasicConsume\w*", "basicConsume", "EventingBasicConsumer", "AsyncEventingBasicConsumer", r"channel\.consume",
    r"ch\.consume", r"ch\.Consume", "Consume", "QueueSubscribe", "receiveMessage", "ReceiveMessage", "receive_message", "receive_messages",
    "ReceiveMessageCommand", "xreadgroup", "xread", "XReadGroup", "XRead", "xReadGroup", "blpop", "brpop", "lpop", "rpop", "BLPop", "BRPop",
    "LPop", "RPop", r"ListLeftPop\w*", r"ListRightPop\w*", "psubscribe", "pubsub", "createReceiver", "CreateProcessor", "CreateReceiver",
    "get_queue_receiver", "SubscribeAsync", "KafkaListener", "@KafkaListener", "RabbitListener", "@RabbitListener", "SqsListener",
    "@SqsListener", "@Incoming",
)  # fmt: skip
_SENT = (
    "KafkaProducer", "AIOKafkaProducer", "ProducerBuilder", "NewSyncProducer", "NewAsyncProducer", "NewProducer", "NewWriter",
    "FutureProducer", "basic_publish", r"BasicPublish\w*", "basicPublish", "sendToQueue", r"channel\.publish", "PublishWithContext",
    "sendMessage", "SendMessage", "send_message", "SendMessageCommand", "xadd", "XAdd", "xAdd", "lpush", "rpush", "LPush", "RPush", "lPush",
    "rPush", r"ListLeftPush\w*", r"ListRightPush\w*", "createSender", "CreateSender", "get_queue_sender", "PublishAsync", "@Outgoing",
)  # fmt: skip
_CALLED = rb"\s*(?:<[^>\n]*>)?\s*\("
_HEARS = re.compile(rb"(?:" + words(_HEARD) + rb"|\.(?:consumer|subscribe|Subscribe))" + _CALLED)
_SENDS = re.compile(
    words(_SENT)
    + _CALLED
    + rb"|\.(?:producer|publish|Publish|hset|hSet|HSet|HashSet\w*|setex|set)\s*\(|@KafkaClient\b"
)
_READS = re.compile(rb"\bSELECT\b[^;\"'`]{1,200}?\bFROM\b")
_WRITES = re.compile(rb"\bINSERT\s+INTO\b|\bUPDATE\s+\w+\s+SET\b")
_BUSES = frozenset({"broker", "queue", "cache"})
PATTERNS = {"hears": _HEARS, "sends": _SENDS}


def stubs(source: bytes, path: str) -> Iterator[tuple[Spoken, int]]:
    """Services of gRPC that the code asks (`asks`) or offers (`offers`), with the offset of each first mention."""
    if _GENERATED.search(path):
        return
    for how, pattern in (("asks", _STUB), ("offers", _SERVICE)):
        if how == "offers" and not (any(word in source for word in _OFFERS) or path.endswith(".cs")):
            continue
        if how == "asks" and b"Stub" not in source and b"Client" not in source:
            continue
        seen: set[bytes] = set()
        for match in pattern.finditer(source):
            name = _NAME.search(source, max(0, match.start() - 100), match.start())
            # Base alone ends many names: it counts in C#'s `Cart.CartBase`
            word = (name["twice"] or (name["name"] if match[0] != b"Base" else b"")) if name else b""
            if word and word not in seen:
                seen.add(word)
                yield Spoken(how, word.decode("utf-8", "replace"), path, 0), match.start()


def messages(source: bytes, path: str, kinds: Mapping[str, str]) -> Iterator[tuple[Spoken, int]]:
    """Sending and hearing in a file that imports brokers; `kinds` gives the kind of each technology imported."""
    names = [name for name, kind in kinds.items() if kind in _BUSES]
    if not names:
        return
    for how, pattern in PATTERNS.items():
        match = pattern.search(source)
        if match:
            yield from ((Spoken(how, name, path, 0), match.start()) for name in names)


def rows(source: bytes, path: str) -> Iterator[tuple[Spoken, int]]:
    """SQL in the code that reads rows, or writes them."""
    for how, verbs, pattern in (("reads", (b"SELECT",), _READS), ("writes", (b"INSERT", b"UPDATE"), _WRITES)):
        match = pattern.search(source) if any(verb in source for verb in verbs) else None
        if match:
            yield Spoken(how, "SQL", path, 0), match.start()
