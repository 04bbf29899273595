"""Functions, methods and types, which are classes here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.go.base import Base

_HANDLES = re.compile(
    rb"http\.ResponseWriter|\*gin\.Context|echo\.Context|\*fiber\.Ctx|fiber\.Ctx|\*http\.Request"
)
_FUNCTION_TYPE = re.compile(rb"\bfunc\([^()]*\)")


class Functions(Base):
    """Functions, methods and types, which are classes here."""

    def function(self, node: Node) -> ir.Function:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        given = node.child_by_field_name("parameters")
        parameters = [*self.parameters(node.child_by_field_name("receiver")), *self.parameters(given)]
        signature = self.file.source[given.start_byte : given.end_byte] if given is not None else b""
        handles = _HANDLES.search(_FUNCTION_TYPE.sub(b"", signature)) is not None
        return ir.Function(
            self.text(name) if name is not None else "",
            tuple(parameters),
            () if handles else self.block(body),
            self.line(node),
            routes=not handles,
        )

    def parameters(self, node: Node | None) -> Iterator[ir.Parameter]:
        for child in node.named_children if node is not None else ():
            annotation = self.type_of(child.child_by_field_name("type"))
            for name in child.children_by_field_name("name"):
                yield ir.Parameter(self.text(name), annotation=annotation)

    def receiver(self, node: Node) -> str:
        receiver = node.child_by_field_name("receiver")
        found = (
            re.search(r"\*?\s*(\w+)\s*(?:\[[^\]]*\])?\s*\)$", self.text(receiver))
            if receiver is not None
            else None
        )
        return found.group(1) if found else ""

    def structures(self, node: Node) -> Iterator[tuple[str, list[ir.Stmt]]]:
        """(name, fields) of each struct: a field of a framework's type is taken to hold one."""
        for spec in node.named_children:
            name, kind = spec.child_by_field_name("name"), spec.child_by_field_name("type")
            if name is None or kind is None or kind.type != "struct_type":
                continue
            fields: list[ir.Stmt] = []
            for declared in kind.named_children[0].named_children if kind.named_children else ():
                annotation = self.type_of(declared.child_by_field_name("type"))
                if isinstance(annotation, ir.Attribute):
                    made = ir.Call(ir.Name("<assume>"), (annotation,), (), self.line(declared))
                    names = declared.children_by_field_name("name")
                    fields.extend(ir.Assign(ir.Name(self.text(one)), made) for one in names)
                    if not names:
                        fields.append(ir.Assign(ir.Name(annotation.name), made))
            yield self.text(name), fields
