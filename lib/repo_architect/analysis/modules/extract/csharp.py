"""C#: namespaces, using directives, type declarations, and the types named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.modules.extract.queries import (
    METHOD,
    VISIBLE,
    declarations,
    inside,
    plain,
    reparsed,
    symbols,
)
from repo_architect.analysis.modules.facts import FileFacts, Import, Use
from repo_architect.analysis.syntax import ParsedFile

DIRECTIVE = re.compile(rb"^[ \t]*#[^\n]*", re.MULTILINE)
BRANCH = re.compile(rb"^[ \t]*#[ \t]*(?:else|elif)\b[^#]*", re.MULTILINE)
_KINDS = ("class", "interface", "struct", "record", "enum", "delegate")
TYPES = frozenset(f"{kind}_declaration" for kind in _KINDS)
SPACES = frozenset({"namespace_declaration"})
_BODIES = [
    f"({owner}_declaration body: (declaration_list %s))"
    for owner in ("class", "struct", "record", "interface")
]
QUERY = (
    """
(namespace_declaration name: (_) @namespace)
(file_scoped_namespace_declaration name: (_) @namespace)
(using_directive) @import
"""
    + declarations(_KINDS, *_BODIES)
    + """
(type_parameter name: (identifier) @inner)
(method_declaration name: (identifier) @extension
  parameters: (parameter_list . (parameter (modifier) @this (#eq? @this "this"))))
(invocation_expression function: (member_access_expression name: [
 (identifier) @called
 (generic_name . (identifier) @called)
]))
(_ type: (identifier) @use)
(_ returns: (identifier) @use)
(base_list (identifier) @use)
(constant_pattern (identifier) @use)
(is_expression right: (identifier) @use)
(as_expression right: (identifier) @use)
(type_argument_list (identifier) @use)
(nullable_type (identifier) @use)
(array_type (identifier) @use)
(attribute name: (identifier) @use)
(member_access_expression expression: (identifier) @use)
(_ type: (qualified_name) @qualified)
(base_list (qualified_name) @qualified)
"""
)


GENERIC = (
    """
[
"""
    + "\n".join(f"({kind}_declaration name: (identifier) @name)" for kind in _KINDS)
    + """
]
(generic_name (identifier) @name (type_argument_list) @takes)
"""
)


def facts(file: ParsedFile) -> FileFacts:
    """The facts of a C# file.

    Extension methods, and what is called as one may be, have names like `.Add`; generic types like ``List`1``: one
    name may stand for types of several arities.
    """
    file = _without_directives(file)
    found = symbols(file, QUERY, _statement)
    declared, taken = _generics(file)
    defines = {name for name in found.defines if declared.get(name, {0}) & {0} or name[:1] == METHOD}
    defines |= {f"{name}`{n}" for name in found.defines for n in declared.get(name, ()) if n}
    own = {f"{name}`{n}" for name, arities in declared.items() for n in arities}
    uses = {use for use in found.uses if use.name[:1].isupper() or use.name[:1] == METHOD}
    uses |= {Use(name, line) for name, line in taken.items() if name not in own and name[:1].isupper()}
    apart = {(space, name) for space, name in _spaces(file) if name in defines and space != found.namespace}
    return found._replace(
        defines=tuple(sorted(defines)), uses=tuple(sorted(uses)), apart=tuple(sorted(apart))
    )


def _without_directives(file: ParsedFile) -> ParsedFile:
    """A file that `#if` breaks, with directives blanked and all branches kept, or the first ones where that breaks it as well."""
    if not file.root.has_error or not DIRECTIVE.search(file.source):
        return file
    first = BRANCH.sub(lambda branch: VISIBLE.sub(b" ", branch[0]), file.source)
    for source in (file.source, first):
        file = reparsed(file, DIRECTIVE.sub(lambda line: b" " * len(line[0]), source))
        if not file.root.has_error:
            break
    return file


def _spaces(file: ParsedFile) -> Iterator[tuple[str, str]]:
    """The namespace and the marked name of each type declared outside of others, in a file with braces of namespaces."""
    if not any(child.type == "namespace_declaration" for child in file.root.named_children):
        return
    for captures in file.matches(GENERIC):
        name = captures["name"][0]
        declared = name.parent
        if "takes" in captures or declared is None or inside(declared, TYPES) is not None:
            continue
        lists = [child for child in declared.children if child.type == "type_parameter_list"]
        yield _space(file, declared), file.text(name) + (f"`{_arity(lists[0])}" if lists else "")


def _space(file: ParsedFile, node: Node) -> str:
    names: list[str] = []
    above = inside(node, SPACES)
    while above is not None:
        name = above.child_by_field_name("name")
        names.insert(0, plain(file, name) if name is not None else "")
        above = inside(above, SPACES)
    return ".".join(names)


def _generics(file: ParsedFile) -> tuple[dict[str, set[int]], dict[str, int]]:
    """How many parameters the types declared here have, by name; and the generic types named, with first lines."""
    declared: dict[str, set[int]] = {}
    taken: dict[str, int] = {}
    for captures in file.matches(GENERIC):
        node = captures["name"][0]
        name, line = file.text(node), file.line(node)
        if "takes" in captures:
            marked = f"{name}`{_arity(captures['takes'][0])}"
            taken[marked] = min(taken.get(marked, line), line)
        elif node.parent is not None:
            lists = [child for child in node.parent.children if child.type == "type_parameter_list"]
            declared.setdefault(name, set()).add(_arity(lists[0]) if lists else 0)
    return declared, taken


def _arity(parameters: Node) -> int:
    return 1 + sum(child.type == "," for child in parameters.children)


def _statement(file: ParsedFile, directive: Node) -> Iterator[Import]:
    parts = [child for child in directive.named_children if child.type in {"identifier", "qualified_name"}]
    if not parts:
        return
    words = {child.type for child in directive.children}
    alias = directive.child_by_field_name("name")
    if alias is not None:
        names: tuple[str, ...] = (f"as {file.text(alias)}",)
    elif "static" in words:
        names = ()
    else:
        names = ("* global",) if "global" in words else ("*",)
    yield Import(file.line(directive), plain(file, parts[-1]), names, "import")
