"""What code says of talking: stubs and services of gRPC, sending and hearing of messages, reading and writing of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from repo_architect.analysis.architecture.facts import Spoken

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
_HEARS = re.compile(
    rb"(?<!\w)(KafkaConsumer|AIOKafkaConsumer|ConsumerBuilder|NewConsumerGroup|ConsumerGroup|NewConsumer|NewReader|StreamConsumer|basic_consume|BasicConsume\w*|basicConsume"
    rb"|EventingBasicConsumer|AsyncEventingBasicConsumer|channel\.consume|ch\.consume|ch\.Consume|Consume|QueueSubscribe|receiveMessage|ReceiveMessage|receive_message|receive_messages"
    rb"|ReceiveMessageCommand|xreadgroup|xread|XReadGroup|XRead|xReadGroup|blpop|brpop|lpop|rpop|BLPop|BRPop|LPop|RPop|ListLeftPop\w*|ListRightPop\w*|psubscribe|pubsub|createReceiver|CreateProcessor"
    rb"|CreateReceiver|get_queue_receiver|SubscribeAsync|@?KafkaListener|@?RabbitListener|@?SqsListener|@Incoming)\s*(?:<[^>\n]*>)?\s*\(|\.(consumer|subscribe|Subscribe)\s*(?:<[^>\n]*>)?\s*\("
)
_SENDS = re.compile(
    rb"(?<!\w)(KafkaProducer|AIOKafkaProducer|ProducerBuilder|NewSyncProducer|NewAsyncProducer|NewProducer|NewWriter|FutureProducer|basic_publish|BasicPublish\w*|basicPublish|sendToQueue"
    rb"|channel\.publish|PublishWithContext|sendMessage|SendMessage|send_message|SendMessageCommand|xadd|XAdd|xAdd|lpush|rpush|LPush|RPush|lPush|rPush|ListLeftPush\w*|ListRightPush\w*"
    rb"|createSender|CreateSender|get_queue_sender|PublishAsync|@Outgoing)\s*(?:<[^>\n]*>)?\s*\(|\.(producer|publish|Publish|hset|hSet|HSet|HashSet\w*|setex|set)\s*\(|@KafkaClient\b"
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
    for how, pattern in (("reads", _READS), ("writes", _WRITES)):
        match = pattern.search(source)
        if match:
            yield Spoken(how, "SQL", path, 0), match.start()
