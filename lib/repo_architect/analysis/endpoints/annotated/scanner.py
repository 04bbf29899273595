"""Classes with their annotations, out of the text of a Java, Kotlin, Groovy or C# file.

One pass over tokens with the depth of braces: comments and strings are skipped, annotations wait for the class or
method that follows, parameters and bodies of methods are passed over.
"""

from __future__ import annotations

import re

from repo_architect.analysis.endpoints.annotated import calls
from repo_architect.analysis.endpoints.annotated.facts import ClassFact, MethodFact, Note, Unit, split

_TOKEN = re.compile(
    r"//[^\n]*|/\*[\s\S]*?\*/|\"\"\"[\s\S]*?\"\"\"|\$?@?\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
    r"|@(?:\w+:)?(?P<note>[A-Za-z_][\w.]*)|(?P<open>\{)|(?P<close>\})|(?P<end>;)|(?P<bracket>\[)"
    r"|\b(?P<kind>class|interface|record|object)\s+(?P<name>[A-Za-z_]\w*)"
    r"|(?P<method>[A-Za-z_](?<![A-Za-z_]{2})\w*+)\s*(?:<[^<>()]*>)?\s*\("
)
_CONSTANT = re.compile(
    r"\b(?:static\s+final|final\s+static|const|const\s+val|public\s+const|val)\s+(?:[Ss]tring\s+)?([A-Z]\w*)\s*(?::\s*String\s*)?=\s*"
    r"((?:\"(?:\\.|[^\"\\\n])*\"|[\w.]+)(?:\s*\+\s*(?:\"(?:\\.|[^\"\\\n])*\"|[\w.]+))*)"
)
_HEADER = re.compile(r"[^{};]*\{")
_KOTLIN_HEADER = re.compile(r"\s*(?::\s*(?P<bases>[^{}=@]*?))?\s*\{")
_BASE = re.compile(r"\b([A-Z]\w*)\b")
FRAMEWORKS = {
    "aspnet": "Microsoft.AspNetCore", "dropwizard": "io.dropwizard", "jaxrs": "ws.rs", "micronaut": "io.micronaut", "mvc": "System.Web",
    "quarkus": "io.quarkus", "spring": "org.springframework",
}  # fmt: skip


def scan_unit(path: str, language: str, text: str) -> Unit:
    """The file's classes, constants and routes added by calls."""
    return Unit(
        path,
        language,
        _Scanner(path, language, text).scan(),
        dict(_CONSTANT.findall(text)),
        frozenset(name for name, sign in FRAMEWORKS.items() if sign in text),
        tuple(calls.routes(language, text)),
        calls.conventions(language, text),
        calls.mapped(text),
    )


class _Scanner:
    def __init__(self, path: str, language: str, text: str) -> None:
        self.path, self.language, self.text = path, language, text
        self.found: list[ClassFact] = []
        self.open: list[tuple[int, ClassFact]] = []
        self.depth = 0
        self.pending: list[Note] = []

    def scan(self) -> list[ClassFact]:
        position = 0
        while (token := _TOKEN.search(self.text, position)) is not None:
            position = token.end()
            group = token.lastgroup
            if group in ("name", "note", "method", "bracket", "open", "close", "end"):
                position = self._handlers[group](self, token)
        return self.found

    def line(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1

    def balanced(self, start: int) -> int:
        """The end of the bracket that opens at `start`."""
        depth = 0
        for token in _BRACKETS.finditer(self.text, start):
            sign = token.group()
            depth += (sign in ("(", "[", "{")) - (sign in (")", "]", "}"))
            if depth == 0:
                return token.end()
        return len(self.text)

    def in_class(self) -> bool:
        return not self.open or self.depth == self.open[-1][0]

    def note(self, token: re.Match[str]) -> int:
        name, end = token["note"].rpartition(".")[2], token.end()
        if name == "interface":
            declared = re.compile(r"\s+([A-Z]\w*)\s*\{").match(self.text, end)
            return (
                self.declare(declared.group(1), "annotation", (), token.start(), declared.end())
                if declared
                else end
            )
        arguments = ""
        if self.text[end : end + 1] == "(" or (
            self.language != "Kotlin" and re.compile(r"\s*\(").match(self.text, end)
        ):
            start = self.text.index("(", end)
            end = self.balanced(start)
            arguments = self.text[start + 1 : end - 1]
        if self.in_class():
            self.pending.append(Note(name, arguments, self.line(token.start())))
        return end

    def bracket(self, token: re.Match[str]) -> int:
        """C#'s attributes: `[HttpGet("x"), Authorize]`."""
        before = self.text[: token.start()].rstrip()[-1:]
        if self.language != "C#" or not self.in_class() or before not in ("", "{", "}", ";", "]", "/", ">"):
            return token.end()
        end = self.balanced(token.start())
        for part in split(self.text[token.end() : end - 1], ","):
            name, _, arguments = part.partition("(")
            self.pending.append(
                Note(name.strip().rpartition(".")[2], arguments.rpartition(")")[0], self.line(token.start()))
            )
        return end

    def name(self, token: re.Match[str]) -> int:
        if self.text[token.start() - 1 : token.start()] in (".", ":"):
            return token.end()
        end = token.end()
        if self.language == "Kotlin":
            return self.kotlin_class(token, end)
        header = _HEADER.match(self.text, end)
        if header is None:
            return end
        bases = tuple(_BASE.findall(re.sub(r"<[^<>]*>|\([^()]*\)", "", header.group())))
        return self.declare(token["name"], token["kind"], bases, token.start(), header.end())

    def kotlin_class(self, token: re.Match[str], end: int) -> int:
        parameters = re.compile(
            r"\s*(?:<[^<>]*>)?\s*(?:(?:private|internal|protected)?\s*(?:@\w+(?:\([^()]*\))?\s*)*constructor\s*)?\("
        ).match(self.text, end)
        end = self.balanced(parameters.end() - 1) if parameters else end
        header = _KOTLIN_HEADER.match(self.text, end)
        if header is None:
            self.pending = []
            return end
        bases = tuple(_BASE.findall(re.sub(r"<[^<>]*>|\([^()]*\)", "", header["bases"] or "")))
        return self.declare(token["name"], token["kind"], bases, token.start(), header.end())

    def declare(self, name: str, kind: str, bases: tuple[str, ...], start: int, end: int) -> int:
        one = ClassFact(name, kind, self.path, self.line(start), tuple(self.pending), bases, [])
        self.found.append(one)
        self.pending = []
        self.depth += 1
        self.open.append((self.depth, one))
        return end

    def method(self, token: re.Match[str]) -> int:
        start = token.end() - 1
        if not self.open or not self.in_class():
            return token.end()
        head = self.text[self.text.rfind("\n", 0, token.start()) + 1 : token.start()]
        end = self.balanced(start)
        action = re.search(r"\bpublic\b.*(?:Result|Task)\b", head) is not None
        public = self.language == "C#" and action and "=" not in head and " static " not in head
        if self.pending or public:
            method = MethodFact(
                token["method"],
                self.line(token.start()),
                tuple(self.pending),
                public,
                self.text[start + 1 : end - 1],
                self.returned(head, end),
            )
            self.open[-1][1].methods.append(method)
            self.pending = []
        return end

    def returned(self, head: str, end: int) -> str:
        """The simple name of the type that a method gives back, of `Class<X>` that of `X`."""
        if self.language == "Kotlin":
            after = re.compile(r"\s*:\s*([\w.<>?]+)").match(self.text, end)
            head = after.group(1) if after else ""
        names: list[str] = re.findall(r"[A-Z]\w*", head)
        return names[-1] if names else ""

    def opened(self, token: re.Match[str]) -> int:
        self.depth += 1
        return token.end()

    def closed(self, token: re.Match[str]) -> int:
        self.depth -= 1
        while self.open and self.open[-1][0] > self.depth:
            self.open.pop()
        self.pending = []
        return token.end()

    def ended(self, token: re.Match[str]) -> int:
        if self.in_class():
            self.pending = []
        return token.end()

    _handlers = {  # noqa: RUF012
        "bracket": bracket, "close": closed, "end": ended, "method": method, "name": name, "note": note, "open": opened,
    }  # fmt: skip


_BRACKETS = re.compile(
    r"//[^\n]*|/\*[\s\S]*?\*/|\"\"\"[\s\S]*?\"\"\"|\$?@?\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])'|[()\[\]{}]"
)
