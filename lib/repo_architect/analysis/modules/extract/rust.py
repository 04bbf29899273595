"""Rust: `mod`, `use`, `extern crate`, paths in code and in documentation tests. Specifiers are paths as seen from the file's own module."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.modules.extract import rust_macros
from repo_architect.analysis.modules.extract.queries import plain, statements_only
from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.syntax import ParsedFile

QUERY = f"""
{rust_macros.PATTERNS}
(mod_item name: (identifier) @name !body) @mod
(use_declaration argument: (_) @tree) @use
(extern_crate_declaration name: (identifier) @crate) @extern
(scoped_identifier path: [(identifier) (crate) (super) (self)]) @path
(scoped_type_identifier path: [(identifier) (crate) (super) (self)]) @path
(token_tree [(crate) (identifier)] @token . "::")
"""
DOC_FILE = re.compile(rb"doc\s{0,9}=\s{0,9}include_str!\(\s{0,9}\"([^\"\n]+)\"")
SCOPED = frozenset({"scoped_identifier", "scoped_type_identifier"})
MAX_NESTING = 20
DOC_USE = re.compile(rb"^[ \t]*//[/!][ \t]*(?:#[ \t]*)?use[ \t]+([A-Za-z_]\w*::)", re.MULTILINE)


def facts(file: ParsedFile) -> FileFacts:
    """The facts of a Rust file. `mod x;` has the specifier `mod x`, or `mod x=path` where an attribute says so;
    documentation that is included from a file has `doc path`, and what an example in a comment uses `example path`."""
    return statements_only(file, [*_imports(rust_macros.unwrapped(file, QUERY)), *_doc_tests(file)])


def _imports(file: ParsedFile) -> Iterator[Import]:
    for captures in file.matches(QUERY):
        if "mod" in captures:
            yield _module(file, captures["mod"][0], captures["name"][0])
        elif "use" in captures:
            yield from _used(file, captures["use"][0], captures["tree"][0])
        elif "extern" in captures:
            yield Import(file.line(captures["extern"][0]), plain(file, captures["crate"][0]), (), "import")
        elif "path" in captures:
            yield from _path(file, captures["path"][0])
        elif "token" in captures:
            yield from _token(file, captures["token"][0])


def _module(file: ParsedFile, item: Node, name: Node) -> Import:
    above = item.prev_named_sibling
    while above is not None and above.type == "attribute_item":
        text = file.text(above)
        if text.startswith("#[path"):
            written = text.split('"')[1] if text.count('"') > 1 else ""
            return Import(file.line(item), f"mod {file.text(name)}={written}", (), "include")
        above = above.prev_named_sibling
    inline = _inline(file, item)
    return Import(file.line(item), "mod " + "::".join([*inline, file.text(name)]), (), "include")


def _used(file: ParsedFile, statement: Node, tree: Node) -> Iterator[Import]:
    public = any(child.type == "visibility_modifier" for child in statement.named_children)
    inline = _inline(file, statement)
    for path in _leaves(file, tree):
        yield Import(file.line(statement), _seen(path, inline), (), "reexport" if public else "import")


def _leaves(file: ParsedFile, tree: Node) -> Iterator[str]:
    """Full paths of a use tree."""
    pending = [("", tree, 0)]
    while pending:
        prefix, node, depth = pending.pop()
        if depth > MAX_NESTING:
            continue
        if node.type in {"use_list", "scoped_use_list"}:
            head = node.child_by_field_name("path")
            inner = prefix + (plain(file, head) + "::" if head is not None else "")
            items = node.child_by_field_name("list") if node.type == "scoped_use_list" else node
            pending.extend((inner, child, depth + 1) for child in (items.named_children if items else ()))
        elif node.type == "use_as_clause":
            path = node.child_by_field_name("path")
            yield prefix + (plain(file, path) if path is not None else "")
        elif node.type == "self" and prefix:
            yield prefix.removesuffix("::")
        elif "comment" not in node.type:
            yield prefix + plain(file, node)


def _path(file: ParsedFile, node: Node) -> Iterator[Import]:
    """The whole of a path written in code."""
    while (above := node.parent) is not None and above.type in SCOPED and above.start_byte == node.start_byte:
        node = above
    if above is not None and above.type not in {
        "use_declaration",
        "use_list",
        "scoped_use_list",
        "use_as_clause",
        "use_wildcard",
    }:
        yield Import(file.line(node), _seen(plain(file, node), _inline(file, node)), (), "import")


def _token(file: ParsedFile, node: Node) -> Iterator[Import]:
    """A path within a macro's arguments, which are tokens only."""
    before = node.prev_sibling
    if before is not None and before.type == "::":
        return
    words = [file.text(node)]
    after = node.next_sibling
    while after is not None and after.type == "::" and after.next_sibling is not None:
        if after.next_sibling.type not in {"identifier", "self", "super"}:
            break
        words.append(file.text(after.next_sibling))
        after = after.next_sibling.next_sibling
    if len(words) > 1:
        yield Import(file.line(node), _seen("::".join(words), _inline(file, node)), (), "import")


def _doc_tests(file: ParsedFile) -> Iterator[Import]:
    """`use` statements of examples in documentation comments, which `cargo test` compiles."""
    for found in DOC_USE.finditer(file.source):
        line = file.source.count(b"\n", 0, found.start(1)) + 1
        yield Import(line, "example " + found[1].decode(), (), "import")
    for found in DOC_FILE.finditer(file.source):
        line = file.source.count(b"\n", 0, found.start(1)) + 1
        yield Import(line, "doc " + found[1].decode("utf-8", "replace"), (), "import")


def _inline(file: ParsedFile, node: Node) -> list[str]:
    """Names of the inline modules around a node, outermost first."""
    names: list[str] = []
    above = node.parent
    while above is not None:
        name = above.child_by_field_name("name") if above.type == "mod_item" else None
        if name is not None:
            names.insert(0, file.text(name))
        above = above.parent
    return names


def _seen(path: str, inline: list[str]) -> str:
    """A path written in inline modules, as seen from the file's module."""
    parts = path.partition("<")[0].strip(":").split("::")
    here = list(inline)
    if parts[0] == "self":
        parts = parts[1:]
    elif parts[0] != "super":
        return "::".join(parts)
    while parts and parts[0] == "super" and here:
        here.pop()
        parts = parts[1:]
    if parts and parts[0] == "super":
        return "::".join(parts)
    return "::".join(["self", *here, *parts])
