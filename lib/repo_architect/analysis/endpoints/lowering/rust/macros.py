"""Macros that make texts and lists."""

from __future__ import annotations

import re

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.rust.base import Base
from repo_architect.analysis.endpoints.lowering.text import unescape

_ARGUMENT = re.compile(r"\"(?:[^\"\\]|\\.)*\"|(?:\w+::)*[A-Za-z_]\w*")
_HOLE = re.compile(r"(?<!\{)\{(\w*)(?::[^{}]*)?\}(?!\})")


class Macros(Base):
    """Macros that make texts and lists."""

    def macro(self, node: Node) -> ir.Expr:
        """`routes![a, b::c]` as a list of names, `concat!` and `format!` as text; another macro is not known."""
        name = self.text(node.named_children[0])
        if name == "concat":
            return ir.Join(tuple(self.literal_or_name(found) for found in self.macro_arguments(node)))
        if name == "format":
            return self.formatted(self.macro_arguments(node))
        if name.rpartition("::")[2] not in ("routes", "vec"):
            return ir.Unknown(name)
        paths = re.findall(r"[A-Za-z_]\w*(?:\s*::\s*\w+)*", self.text(node.named_children[-1]))
        return ir.Sequence(tuple(self.path(found.replace(" ", "")) for found in paths))

    def macro_arguments(self, node: Node) -> list[str]:
        return _ARGUMENT.findall(self.text(node.named_children[-1])[1:-1])

    def literal_or_name(self, written: str) -> ir.Expr:
        return ir.Literal(unescape(written[1:-1])) if written.startswith('"') else self.path(written)

    def formatted(self, given: list[str]) -> ir.Expr:
        """The text of `format!`, `{}` and `{name}` in it by what they stand for; `{{` is a brace."""
        if not given or not given[0].startswith('"'):
            return ir.Unknown("format")
        others = iter(given[1:])
        literal, *rest = _HOLE.split(unescape(given[0][1:-1]))
        parts: list[ir.Expr] = [ir.Literal(_braces(literal))]
        for hole, after in zip(rest[::2], rest[1::2], strict=True):
            named = hole or next(others, "")
            parts += [self.literal_or_name(named) if named else ir.Unknown(), ir.Literal(_braces(after))]
        return ir.Join(tuple(parts))


def _braces(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}")
