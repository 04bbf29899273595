"""Functions and the routes that their attributes tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.rust.base import Base

_ROUTE = re.compile(
    r"^(?:\w+::)*(get|post|put|patch|delete|head|options|route)\s*\(\s*(?:([A-Z]\w*)\s*,\s*)?(?:uri\s*=\s*)?r?#*\"([^\"]*)\"(.*)\)$",
    re.DOTALL,
)
_UTOIPA = re.compile(r"^(?:utoipa::)?path\s*\((.*)\)$", re.DOTALL)
_UTOIPA_PATH = re.compile(r"\bpath\s*=\s*\"([^\"]*)\"")
_VERB = re.compile(r"\b(get|post|put|patch|delete|head|options|trace)\b")
_METHOD = re.compile(r"method\s*=\s*\"?(\w+)\"?")


class Functions(Base):
    """Functions and the routes that their attributes tell."""

    def function(self, node: Node, attributes: list[Node]) -> ir.Function:
        name = node.child_by_field_name("name")
        decorators = tuple(found for attribute in attributes for found in self.route_attribute(attribute))
        return ir.Function(
            self.text(name) if name is not None else "",
            tuple(self.parameters(node.child_by_field_name("parameters"))),
            () if decorators else self.block(node.child_by_field_name("body")),
            self.line(node),
            decorators,
            routes=not decorators,
        )

    def route_attribute(self, node: Node) -> Iterator[ir.Expr]:
        inner = node.named_children[0] if node.named_children else node
        found = _ROUTE.match(self.text(inner))
        if found is not None:
            verb, first, path, rest = found.groups()
            methods = [verb] if verb != "route" else [first] if first else _METHOD.findall(rest) or ["any"]
            listed = ir.Sequence(tuple(ir.Literal(method) for method in methods))
            given = (listed, ir.Literal(path), ir.Literal(self.framework))
            yield ir.Call(ir.Name("<rust>"), given, (), self.line(node))

        documented = _UTOIPA.match(self.text(inner))
        where = _UTOIPA_PATH.search(documented.group(1)) if documented else None
        if documented is not None and where is not None:
            verbs = (
                _VERB.findall(documented.group(1)[: where.start()]) or _VERB.findall(documented.group(1))[:1]
            )
            listed = ir.Sequence(tuple(ir.Literal(verb) for verb in verbs))
            given = (listed, ir.Literal(where.group(1)), ir.Literal("axum"))
            yield ir.Call(ir.Name("<rust>"), given, (), self.line(node))
