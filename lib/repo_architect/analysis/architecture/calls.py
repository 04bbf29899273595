"""A detector: addresses, libraries of other systems, and Spring's annotations, with the lines they stand on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from repo_architect.analysis.architecture import conversations, dapr, orm, technologies
from repo_architect.analysis.architecture.constants import Constants
from repo_architect.analysis.architecture.facts import Address, Annotation, LibraryUse, Spoken
from repo_architect.analysis.architecture.jvm_reach import Reach
from repo_architect.analysis.architecture.quick import lines_with, words
from repo_architect.analysis.syntax import ParsedFile

_LANGUAGES = frozenset(
    {"C#", "Go", "Java", "JavaScript", "JSX", "Kotlin", "PHP", "Python", "Ruby", "Rust", "TSX", "TypeScript"}
)
_QUOTED = re.compile(rb"""(["'`])([^"'`\n\\]{2,300})\1""")
_ADDRESS = re.compile(
    rb"[a-z][a-z0-9+.:-]{1,30}://[^\s]+$|(?:(?:Server|Host|Data Source)=[\w.-]+)(?:[;,: ]|$)", re.IGNORECASE
)
_LEADS = (
    b"://",
    b"server",
    b"host",
    b"data source=",
    b"client(",
    b"addr",
    b"endpoint",
    b"connect",
    b"redis",
    b"dial",
    b"broker",
    b"channel",
    b"url(",
    b"getinstances(",
    b"choose(",
)
"""In lower case, what stands on every line that `_ADDRESS` or `_SPEAKS_OF_CONNECTION` finds something on."""
_HOST = re.compile(rb"[a-zA-Z][\w.-]{1,60}(?::\d{2,5})?$")
_SPEAKS_OF_CONNECTION = re.compile(
    rb"((?<![@\w])(?:get\w*service\w*url|service\w*url|getinstances|getnextserver\w*|choose)\(|@\w*client\(\s*(?:id|name|value)?|host\w*|addr\w*|endpoint\w*|connect\w*|redis\w*|dial\w*|server\w*|broker\w*|channel)\W{0,6}$",
    re.IGNORECASE,
)
_RUST_TESTS = re.compile(rb"^#\[cfg\((?:all\()?test\b", re.MULTILINE)
BEFORE = 60
"""Bytes of a line that are looked at before what stands on it."""
_JVM = ("Java", "Kotlin")
_JVM_ENDINGS = (".java", ".kt", ".kts")
_JOINED = re.compile(rb"\"(https?|lb)://\"\s*\+\s*((?:\w+\.)*[A-Z][A-Z0-9_]+)\b")
_JOINED_NAME = re.compile(r"<([\w.]+)>")
_ANNOTATION = re.compile(
    rb"@(?:[a-z]\w*\.)*(Enable\w+|FeignClient|HttpExchange|KafkaListener|RabbitListener|StreamListener|Input|Output|ServiceActivator|InboundChannelAdapter|MessagingGateway|EnableBinding|SpringBootApplication|SpringCloudApplication|JmsListener|SendTo)\b\s*(\((?:[^()\"]|\"[^\"\n]*\")*\))?"
)
_TYPE_NAMES = (
    "ReactiveKafkaProducerTemplate", "KafkaTemplate", "RabbitTemplate", "JavaMailSender", "AmqpTemplate", "RestTemplate", "WebClient",
    "JmsTemplate", "StreamBridge", "KafkaProducer", "KafkaConsumer", "SimpleMessageListenerContainer", "DirectMessageListenerContainer",
    "MessageListenerAdapter", "ListenerContainerLifecycleManager", "SpringAMQPMessageSource", "KafkaMessageListenerContainer",
    "inboundAdapter", "KafkaStreams", "ReactiveKafkaConsumerTemplate", "KafkaReceiver", "KafkaSender",
)  # fmt: skip
_TYPES = re.compile(rb"(" + words(_TYPE_NAMES) + rb")\b")
_SENT = re.compile(
    rb"\.(?:convertAndSend|convertSendAndReceive)\s*\(|(?:[tT]emplate|[bB]ridge|[pP]roducer|[sS]ource|[cC]hannels?|(?<=\w)\(\))\s*\.(?:output\w*\(\)\s*\.)?send\w*\s*\("
)
_SENDS = (b".send", b".convert")
_BUSES = (b"amqp", b"kafka", b"jms", b"cloud.stream", b"Rabbit", b"Kafka")
_LINE = rb"\n[^\S\n]*"
_IMPORTS = {
    "Python": re.compile(rb"\n[ \t]*(?:from|import)[ \t]+([\w.]+)"),
    "JavaScript": re.compile(
        rb"(?:from(?<!\wfrom)|require\((?<!\wrequire\()|import(?<!\wimport)\(?)\s*[\"']([^\"'\n]+)[\"']"
    ),
    "Go": re.compile(_LINE + rb"(?:import\s+)?(?:[\w.]+\s+)?\"([\w./~-]+\.[\w./~-]+)\"\s*$", re.MULTILINE),
    "Java": re.compile(_LINE + rb"import\s+(?:static\s+)?([\w.]+)"),
    "C#": re.compile(_LINE + rb"(?:global\s+)?using\s+(?:static\s+)?([\w.]+)\s*;"),
    "Rust": re.compile(_LINE + rb"(?:pub\s+)?use\s+([\w:]+)"),
    "Ruby": re.compile(_LINE + rb"require\s+[\"']([^\"'\n]+)[\"']"),
    "PHP": re.compile(_LINE + rb"use\s+([\w\\]+)"),
}
"""Imports as the text has them, after a newline has been put before it: a search for a letter is quicker than one for a line's start."""
for _same, _as in (
    ("JSX", "JavaScript"),
    ("TypeScript", "JavaScript"),
    ("TSX", "JavaScript"),
    ("Kotlin", "Java"),
):
    _IMPORTS[_same] = _IMPORTS[_as]


class Calls:
    """Seen by the one scan of the sources; `addresses`, `libraries` and `annotations` in order of path and line."""

    languages = _LANGUAGES

    def __init__(self) -> None:
        self.addresses: list[Address] = []
        self.libraries: list[LibraryUse] = []
        self.annotations: list[Annotation] = []
        self.spoken: list[Spoken] = []
        self.constants = Constants()
        self.reach = Reach()
        self.looked_again = False

    def see(self, file: ParsedFile) -> None:
        if file.language == "Rust" and (tests := _RUST_TESTS.search(file.source)):
            file = replace(file, source=file.source[: tests.start()])
        lines = _Lines(file)
        self.addresses.extend(_addresses(file, lines))
        found = list(_libraries(file, lines))
        self.libraries.extend(found)
        self.spoken.extend(_spoken(file, lines, found))
        if file.language in _JVM:
            self.annotations.extend(_annotations(file, lines))
            self.addresses.extend(_joined(file, lines))
            self.constants.see(file)
            self.reach.see(file)

    def asked(self) -> Iterator[Address]:
        """The addresses where they are asked for: one that a constant holds, where files speak of the constant."""
        for address in self.addresses:
            name = self.constants.named(address.context) if address.path.endswith(_JVM_ENDINGS) else None
            if name is None:
                yield from self._resolved(address)
                continue
            for line, call in self.constants.speakers(name, address.path, address.line):
                yield Address(address.value, line.path, line.line or 1, call, (address.evidence,))

    def _resolved(self, address: Address) -> Iterator[Address]:
        """The address with the constant that is its host replaced; none where that is not known."""
        match = _JOINED_NAME.search(address.value)
        constant = self.constants.value(match[1], address.path) if match else None
        if match is None:
            yield address
        elif constant:
            value = address.value.replace(match[0], constant.value)
            yield address._replace(value=value, also=(constant.evidence,))


class _Lines:
    """Lines of byte offsets, and whether an offset stands in a comment or a string of the syntax tree."""

    def __init__(self, file: ParsedFile) -> None:
        self.file = file

    @cached_property
    def starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(rb"\n", self.file.source))]

    def number(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def kind(self, start: int, end: int) -> str:
        node = self.file.root.descendant_for_byte_range(start, end)
        return node.type if node else ""

    def is_string(self, start: int, end: int) -> bool:
        """Whether a quoted text is a string of the code, not a part of a comment or of a longer string."""
        node = self.file.root.descendant_for_byte_range(start + 1, end - 1)
        kind = node.type if node else ""
        whole = node is not None and abs(node.start_byte - start) <= 4
        return whole and ("string" in kind or "template" in kind or kind in ("text", "encapsed_string"))

    def before(self, offset: int) -> bytes:
        first = max(offset - BEFORE, 0)
        newline = self.file.source.rfind(b"\n", first, offset)
        return self.file.source[newline + 1 if newline >= 0 else first : offset]


def _addresses(file: ParsedFile, lines: _Lines) -> Iterator[Address]:
    for first, last in lines_with(file.source, _LEADS):
        for match in _QUOTED.finditer(file.source, first, last):
            value = match[2]
            context = lines.before(match.start())
            if not _ADDRESS.match(value) and not (
                _HOST.match(value) and _SPEAKS_OF_CONNECTION.search(context)
            ):
                continue
            if lines.is_string(match.start(), match.end()):
                yield Address(
                    value.decode("utf-8", "replace"),
                    file.path,
                    lines.number(match.start()),
                    context.decode("utf-8", "replace"),
                )


def _joined(file: ParsedFile, lines: _Lines) -> Iterator[Address]:
    """`"http://" + USERS + "/all"` as an address whose host is a constant, to be resolved when all are known."""
    for match in _JOINED.finditer(file.source):
        if "comment" not in lines.kind(match.start(2), match.end(2)):
            value = f"{match[1].decode()}://<{match[2].decode()}>"
            context = lines.before(match.start()).decode("utf-8", "replace")
            yield Address(value, file.path, lines.number(match.start()), context)


def _libraries(file: ParsedFile, lines: _Lines) -> Iterator[LibraryUse]:
    seen: set[str] = set()
    for match in _IMPORTS[file.language].finditer(b"\n" + file.source):
        module = match[1].decode("utf-8", "replace")
        found = technologies.by_import(file.language, module)
        start, end = match.start(1) - 1, match.end(1) - 1
        if found and found.name not in seen and "comment" not in lines.kind(start, end):
            seen.add(found.name)
            yield LibraryUse(found.name, file.path, lines.number(start))


def _spoken(file: ParsedFile, lines: _Lines, libraries: list[LibraryUse]) -> Iterator[Spoken]:
    kinds = {use.technology: technologies.kind_of(use.technology) for use in libraries}
    found = [
        *conversations.stubs(file.source, file.path),
        *conversations.messages(file.source, file.path, kinds),
        *conversations.rows(file.source, file.path),
        *dapr.spoken(file.source, file.path),
        *orm.named_in_code(file.source, file.path, file.language),
    ]
    for entry, offset in found:
        if "comment" not in lines.kind(offset, offset + 2):
            yield entry._replace(line=lines.number(offset))


def _annotations(file: ParsedFile, lines: _Lines) -> Iterator[Annotation]:
    for match in _ANNOTATION.finditer(file.source):
        if "comment" not in lines.kind(match.start(1), match.end(1)):
            arguments = (match[2] or b"").decode("utf-8", "replace").strip("()")
            yield Annotation(match[1].decode(), arguments, file.path, lines.number(match.start()))
    sends = any(word in file.source for word in _SENDS) and any(word in file.source for word in _BUSES)
    sent = _SENT.search(file.source) if sends else None
    if sent and "comment" not in lines.kind(sent.end() - 2, sent.end() - 1):
        yield Annotation("sends", "", file.path, lines.number(sent.end()))
    seen: set[bytes] = set()
    for match in _TYPES.finditer(file.source):
        line = lines.before(match.start())
        if (
            match[1] not in seen
            and not line.lstrip().startswith(b"import")
            and "identifier" in lines.kind(match.start(), match.end())
        ):
            seen.add(match[1])
            yield Annotation(match[1].decode(), "", file.path, lines.number(match.start()))
