"""The declarations of a file, in the order they can be run in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.go.functions import Functions
from repo_architect.analysis.syntax import ParsedFile

_MAJOR = re.compile(r"v\d+")


class Files(Functions):
    """The declarations of a file, in the order they can be run in."""

    def file_body(self, root: Node) -> Iterator[ir.Stmt]:
        self.declared = dict(_declared(self.file, root))
        types: dict[str, list[ir.Stmt]] = {}
        functions: list[ir.Stmt] = []
        rest: list[ir.Stmt] = []
        for node in root.named_children:
            if node.type == "method_declaration":
                types.setdefault(self.receiver(node), []).append(ir.Define(self.function(node)))
            elif node.type == "function_declaration":
                functions.append(ir.Define(self.function(node)))
            elif node.type == "type_declaration":
                for name, fields in self.structures(node):
                    types.setdefault(name, [])[:0] = fields
            else:
                rest.extend(self.statement(node))
        imports = [one for one in rest if isinstance(one, ir.Import)]
        yield from imports
        yield from (
            ir.Define(ir.Class(name, (), tuple(body), 1, fields=self.fields(self.declared.get(name))))
            for name, body in types.items()
            if name
        )
        yield from functions
        yield from (one for one in rest if not isinstance(one, ir.Import))

    def imports(self, node: Node) -> Iterator[ir.Stmt]:
        for spec in node.named_children:
            if spec.type == "import_spec_list":
                yield from self.imports(spec)
            elif spec.type == "import_spec":
                path, name = spec.child_by_field_name("path"), spec.child_by_field_name("name")
                specifier = self.text(path).strip('"`') if path is not None else ""
                package = specifier.rpartition("/")[2] if name is None else ""
                if _MAJOR.fullmatch(package) and package != "v1":
                    package = specifier.split("/")[-2] if "/" in specifier else package
                local = self.text(name) if name is not None else package.removesuffix(".git")
                local = local.removeprefix("go-") if name is None else local
                yield ir.Import(specifier, (("*", local.replace("-", "_")),))


def _declared(file: ParsedFile, root: Node) -> Iterator[tuple[str, Node]]:
    """The types of a file by their names."""
    for node in root.named_children:
        for spec in node.named_children if node.type == "type_declaration" else ():
            name, kind = spec.child_by_field_name("name"), spec.child_by_field_name("type")
            if name is not None and kind is not None:
                yield file.text(name), kind
