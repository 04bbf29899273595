"""Ruby: require, require_relative, load and autoload of literal paths, and the constants named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.modules.extract.queries import plain, symbols
from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.syntax import ParsedFile

QUERY = """
(call !receiver method: (identifier) @import
  (#any-of? @import "require" "require_relative" "load" "autoload"))
(class name: (_) @define)
(module name: (_) @define)
(assignment left: (constant) @inner)
(constant) @use
(scope_resolution) @qualified
"""
EXPANDED = re.compile(
    r"File\.(?:expand_path|join)\(\s*['\"]([^'\"]+)['\"],\s*(__FILE__|__dir__|File\.dirname\(__FILE__\))\s*\)"
)


def facts(file: ParsedFile) -> FileFacts:
    """The facts of a Ruby file, constants written with dots."""
    found = symbols(file, QUERY, _statement)
    whole = _whole(file)
    uses = tuple(
        use._replace(name=use.name.replace("::", ".").strip(".")) for use in found.uses if use.name in whole
    )
    return found._replace(uses=uses, defines=tuple(name.replace("::", ".") for name in found.defines))


def _whole(file: ParsedFile) -> set[str]:
    """Constants that are written for themselves, and not only before the `::` of others."""
    captured = (
        node
        for captures in file.matches(QUERY)
        for node in [*captures.get("use", ()), *captures.get("qualified", ())]
    )
    return {
        plain(file, node)
        for node in captured
        if node.parent is None or node.parent.type != "scope_resolution"
    }


def _statement(file: ParsedFile, method: Node) -> Iterator[Import]:
    call = method.parent
    arguments = call.child_by_field_name("arguments") if call is not None else None
    if arguments is None or not arguments.named_children:
        return
    last, word = arguments.named_children[-1], file.text(method)
    expanded = EXPANDED.match(file.text(last))
    if expanded:
        up = expanded[1].removeprefix("../") if expanded[2] == "__FILE__" else expanded[1]
        yield Import(file.line(method), f"./{up}", (), "import")
    elif last.type == "string" and "#{" not in file.text(last):
        path = file.text(last).strip("'\"")
        yield Import(file.line(method), f"./{path}" if word == "require_relative" else path, (), "import")
