"""What a script imports and exports."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.javascript.statements import Statements

_CLASSES = frozenset({"class_declaration", "abstract_class_declaration", "class"})


class Modules(Statements):
    """What a script imports and exports."""

    def import_(self, node: Node) -> Iterator[ir.Stmt]:
        source = node.child_by_field_name("source")
        clause = next((child for child in node.named_children if child.type.startswith("import_")), None)
        if clause is not None and clause.type == "import_require_clause":
            name, source = clause.named_children[0], clause.child_by_field_name("source")
            if source is not None:
                yield ir.Import(self.string_of(source), (("*", self.text(name)),))
        elif source is not None and clause is not None:
            yield ir.Import(self.string_of(source), tuple(self.imported(clause)))

    def imported(self, clause: Node) -> Iterator[tuple[str, str | None]]:
        for child in clause.named_children:
            if child.type == "identifier":
                yield "default", self.text(child)
            elif child.type == "namespace_import":
                yield "*", self.text(child.named_children[0])
            else:
                yield from self.specifiers(child)

    def specifiers(self, node: Node) -> Iterator[tuple[str, str | None]]:
        for child in node.named_children:
            name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
            if name is not None:
                yield self.text(name).strip("\"'"), self.text(alias or name).strip("\"'")

    def export(self, node: Node) -> Iterator[ir.Stmt]:
        source, declaration = node.child_by_field_name("source"), node.child_by_field_name("declaration")
        if source is not None:
            yield from self.reexport(node, self.string_of(source))
        elif declaration is not None:
            yield from self.exported(node, declaration)
        elif (value := node.child_by_field_name("value")) is not None:
            yield ir.Assign(ir.Name("<default>"), self.expression(value), export="default")
        else:
            clause = next((child for child in node.named_children if child.type == "export_clause"), None)
            for name, alias in self.specifiers(clause) if clause is not None else ():
                self.exports.append(ir.Assign(ir.Name("<export>"), ir.Name(name), export=alias))

    def reexport(self, node: Node, source: str) -> Iterator[ir.Stmt]:
        for child in node.named_children:
            if child.type == "export_clause":
                yield ir.Import(source, tuple(self.specifiers(child)), reexport=True)
                return
            if child.type == "namespace_export":
                yield ir.Import(source, (("*", self.text(child.named_children[0])),), reexport=True)
                return
        yield ir.Import(source, (("*", None),), reexport=True)

    def exported(self, node: Node, declaration: Node) -> Iterator[ir.Stmt]:
        if declaration.type in ("lexical_declaration", "variable_declaration"):
            yield from self.variables(declaration, exported=True)
            return
        if declaration.type == "enum_declaration":
            yield from self.enum(declaration, exported=True)
            return
        default = any(child.type == "default" for child in node.children)
        if declaration.type in _CLASSES:
            value: ir.Function | ir.Class = self.class_(declaration, self.decorators(node))
        elif declaration.type in ("function_declaration", "generator_function_declaration"):
            value = self.function(declaration)
        else:
            return
        yield ir.Define(value, export="default" if default else value.name)
