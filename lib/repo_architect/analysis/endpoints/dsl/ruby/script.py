"""A file of Ruby read as a program that only calls words: branches are all taken, loops over literals unrolled.

What a word means is said by a `Words` (Rails, Sinatra). Nothing is executed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from tree_sitter import Node

from repo_architect.analysis.endpoints.dsl.found import Found
from repo_architect.analysis.endpoints.dsl.ruby.values import UNKNOWN, Names, hash_of, value
from repo_architect.analysis.syntax import ParsedFile

STEPS, DEPTH = 20_000, 60
"""Statements that are read of a file, and how deep they are nested."""
_LOOPS = frozenset({"each", "each_pair", "each_with_index", "map", "flat_map"})
_STATEMENTS = frozenset(
    {
        "program", "body_statement", "block_body", "then", "else", "elsif", "begin", "if", "unless", "if_modifier",
        "unless_modifier", "case", "when", "parenthesized_statements", "ensure", "rescue", "conditional", "do_block",
        "block", "return", "argument_list", "lambda", "binary",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Call:
    """A call: its word, what it is called on, arguments, pairs, and where."""

    word: str
    receiver: str
    arguments: list[Any]
    pairs: dict[Any, Any]
    line: int
    block: Node | None
    names: Names


class Words(Protocol):
    """What the words of a framework mean. A scope is what the blocks around add to a route."""

    found: list[Found]

    def start(self) -> Any:
        """The scope of the file."""

    def within(self, scope: Any, _name: str, /) -> Any:
        """The scope in a class or module of this name."""

    def call(self, _script: Script, scope: Any, call: Call, /) -> Iterable[Any]:
        """Say the routes of a call; the scopes in which its block is read."""


@dataclass(slots=True)
class Script:
    file: ParsedFile
    words: Words
    methods: dict[str, Node] = field(default_factory=dict)
    steps: int = STEPS
    depth: int = 0

    def run_all(self) -> None:
        """Read the whole file; methods at the top are read where they are called."""
        self.methods = {
            self.file.text(name): node
            for node in _outermost(self.file.root)
            if node.type == "method" and (name := node.child_by_field_name("name")) is not None
        }
        self.run(self.file.root, self.words.start(), {})

    def run(self, node: Node, scope: Any, names: Names) -> None:
        """Read a statement, or those of a block."""
        self.steps -= 1
        if self.steps < 0 or self.depth > DEPTH:
            return
        self.depth += 1
        self._run(node, scope, names)
        self.depth -= 1

    def _run(self, node: Node, scope: Any, names: Names) -> None:
        if node.type == "call":
            self._call(node, scope, names)
        elif node.type == "identifier":
            self._called(Call(self.file.text(node), "", [], {}, self.file.line(node), None, names), scope)
        elif node.type in ("assignment", "operator_assignment"):
            self._assigned(node, scope, names)
        elif node.type in ("class", "module"):
            self._defined(node, scope)
        elif node.type == "singleton_method":
            self._body(node, scope, {})
        elif node.type in _STATEMENTS:
            condition = node.child_by_field_name("condition")
            for child in node.named_children:
                if child != condition:
                    self.run(child, scope, names)

    def _assigned(self, node: Node, scope: Any, names: Names) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        if left.type in ("identifier", "constant"):
            names[self.file.text(left)] = value(self.file, right, names)
        if right.type == "call":
            self.run(right, self.words.within(scope, self.file.text(left)), names)

    def _defined(self, node: Node, scope: Any) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            self._body(node, self.words.within(scope, self.file.text(name)), {})

    def _body(self, node: Node, scope: Any, names: Names) -> None:
        body = node.child_by_field_name("body")
        if body is not None:
            self.run(body, scope, names)

    def _call(self, node: Node, scope: Any, names: Names) -> None:
        method, receiver = node.child_by_field_name("method"), node.child_by_field_name("receiver")
        arguments, block = node.child_by_field_name("arguments"), node.child_by_field_name("block")
        word = self.file.text(method) if method is not None else "call"
        if word in _LOOPS and receiver is not None and block is not None:
            for values in _turns(value(self.file, receiver, names)):
                self.block(block, scope, names, values)
            return
        given = (
            [one for one in arguments.named_children if one.type != "comment"]
            if arguments is not None
            else []
        )
        pairs = hash_of(self.file, given, names)
        plain = [value(self.file, one, names) for one in given if one.type not in _PAIRED]
        if plain and isinstance(plain[-1], dict):
            pairs = {**plain.pop(), **pairs}
        on = self.file.text(receiver)[:200] if receiver is not None else ""
        self._called(Call(word, on, plain, pairs, self.file.line(node), block, names), scope)
        for inner in (receiver, *given):
            if inner is not None and inner.type in ("call", "lambda") and word not in ("lambda", "proc"):
                self._inner(inner, scope, names)

    def _inner(self, node: Node, scope: Any, names: Names) -> None:
        """A call within a call: one with a block, or of a class, such as `Rack::URLMap.new` below `run`."""
        receiver = node.child_by_field_name("receiver")
        is_class = receiver is not None and receiver.type in ("constant", "scope_resolution")
        if node.type == "call" and (is_class or node.child_by_field_name("block") is not None):
            self.run(node, scope, names)

    def _called(self, call: Call, scope: Any) -> None:
        own = self.methods.get(call.word) if not call.receiver else None
        if own is not None:
            self._body(own, scope, _bound(self.file, own, call))
            return
        for inner in self.words.call(self, scope, call):
            if call.block is not None:
                self.block(call.block, inner, call.names, [])

    def block(self, block: Node, scope: Any, names: Names, values: list[Any]) -> None:
        """Read a block with its parameters bound to these values, to nothing known beyond them."""
        parameters = block.child_by_field_name("parameters")
        given = [self.file.text(one) for one in parameters.named_children] if parameters is not None else []
        bound = {name: values[index] if index < len(values) else UNKNOWN for index, name in enumerate(given)}
        self._body(block, scope, {**names, **bound})


_PAIRED = ("pair", "hash_splat_argument", "block_argument", "splat_argument")


def _outermost(root: Node) -> Iterator[Node]:
    """Definitions of a file that stand at its top or in blocks and classes there."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if node.type in _STATEMENTS or node.type in ("class", "module", "call"):
            waiting.extend(node.named_children)


def _turns(over: Any) -> list[list[Any]]:
    """The values of each turn of a loop; one turn with nothing known when what is looped over is not."""
    if isinstance(over, dict):
        return [[key, one] for key, one in over.items()]
    if isinstance(over, list):
        return [one if isinstance(one, list) else [one] for one in over]
    return [[]]


def _bound(file: ParsedFile, method: Node, call: Call) -> Names:
    parameters = method.child_by_field_name("parameters")
    names = [file.text(one) for one in parameters.named_children] if parameters is not None else []
    return dict(zip(names, call.arguments, strict=False))
