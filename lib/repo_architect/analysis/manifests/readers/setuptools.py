"""setup.cfg, and setup.py read as a syntax tree: its code never runs."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from repo_architect.analysis.located import Malformed
from repo_architect.analysis.manifests import scopes
from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.analysis.manifests.readers import requirements
from repo_architect.contracts.repo_shape import Scope

_LISTS: dict[str, Scope] = {
    "install_requires": "runtime",
    "setup_requires": "build",
    "tests_require": "test",
    "requires": "runtime",
}
_MAX_DEPTH = 20

Entry = tuple[str, int]


# -- setup.cfg ------------------------------------------------------------------------------------------------


def read_cfg(source: Source) -> Iterator[Declared | Locked]:
    for section, key, entries in _options(source):
        scope, group = (_LISTS.get(key) if section == "options" else None), None
        if section == "options.extras_require":
            scope, group = scopes.of_name(key, "optional"), f"extra:{key}"
        for text, line in entries if scope else ():
            found = requirements.parse(text, scope, line, group) if scope else None
            if found:
                yield found


def identify_cfg(source: Source) -> Identity | None:
    fields = {
        key: entries[0] for section, key, entries in _options(source) if section == "metadata" and entries
    }
    if not fields:
        return None
    name, line = fields.get("name", (None, 1))
    version, _ = fields.get("version", (None, 1))
    described, described_line = fields.get("description", (None, None))
    has_scripts = any(section == "options.entry_points" for section, _, _ in _options(source))
    literal = None if version is None or version.startswith(("attr:", "file:")) else version
    return Identity(
        name,
        line,
        literal,
        described,
        described_line,
        traits=frozenset({"command"} if has_scripts else ()) | {"built"},
    )


def _options(source: Source) -> Iterator[tuple[str, str, list[Entry]]]:
    """Sections' options with the lines of their values, as configparser reads them."""
    section, key = "", ""
    entries: list[Entry] = []
    for number, raw in source.lines():
        line = re.sub(r"(^|\s)[#;].*$", "", raw)
        header = re.match(r"\[([^\]]+)\]", line)
        option = re.match(r"([^\s=:][^=:]*?)\s*[=:]\s*(.*)", line)
        if header or option:
            if key:
                yield section, key, entries
            key, entries = "", []
        if header:
            section = header[1].strip()
        elif option:
            key = option[1].strip()
            entries = [(option[2].strip(), number)] if option[2].strip() else []
        elif line.strip() and key:
            entries.append((line.strip(), number))
    if key:
        yield section, key, entries


# -- setup.py -------------------------------------------------------------------------------------------------


def read_py(source: Source) -> Iterator[Declared | Locked]:
    call, names = _setup_call(source.text)
    if call is None:
        return
    for keyword in call.keywords:
        scope = _LISTS.get(keyword.arg or "")
        if scope:
            yield from _requirements(keyword.value, names, scope)
        elif keyword.arg == "extras_require":
            for name, value in _table(keyword.value, names):
                yield from _requirements(value, names, scopes.of_name(name, "optional"), f"extra:{name}")


def identify_py(source: Source) -> Identity | None:
    call, names = _setup_call(source.text)
    if call is None:
        return None
    fields = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    values = {key: _string(fields.get(key), names) for key in ("name", "version", "description")}
    described = fields.get("description")
    return Identity(
        name=values["name"],
        line=fields["name"].lineno if "name" in fields else call.lineno,
        version=values["version"],
        description=values["description"],
        description_line=described.lineno if described else None,
        traits=frozenset(
            {"built"} | ({"command"} if "entry_points" in fields or "scripts" in fields else set())
        ),
    )


def _setup_call(text: str) -> tuple[ast.Call | None, dict[str, ast.expr]]:
    """The call of `setup(…)` and the module's plain assignments. Raises Malformed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Malformed("not Python 3", getattr(error, "lineno", None) or 1) from None
    names: dict[str, ast.expr] = {}
    call = None
    for node in ast.walk(module):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            names[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            names[node.target.id] = node.value
        elif isinstance(node, ast.Call) and call is None and _called(node) == "setup":
            call = node
    return (_with_spread(call, names) if call else None), names


def _with_spread(call: ast.Call, names: dict[str, ast.expr]) -> ast.Call:
    """`setup(**options)`: the options of a dict that the module builds."""
    spread = [
        ast.keyword(arg=name, value=value, lineno=value.lineno, col_offset=0)
        for keyword in call.keywords
        if keyword.arg is None
        for name, value in _table(keyword.value, names)
    ]
    call.keywords.extend(spread)
    return call


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _requirements(
    node: ast.expr, names: dict[str, ast.expr], scope: Scope, group: str | None = None
) -> Iterator[Declared]:
    for text, first in _strings(node, names):
        for offset, part in enumerate(text.splitlines()):
            found = requirements.parse(part, scope, first + offset, group) if part.strip() else None
            if found:
                yield found


def _strings(node: ast.expr | None, names: dict[str, ast.expr], depth: int = 0) -> Iterator[Entry]:
    """Strings of a literal list, of names bound to one, and of sums of them."""
    if node is None or depth > _MAX_DEPTH:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value, node.lineno
    elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        for element in node.elts:
            yield from _strings(
                element.value if isinstance(element, ast.Starred) else element, names, depth + 1
            )
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from _strings(node.left, names, depth + 1)
        yield from _strings(node.right, names, depth + 1)
    elif isinstance(node, ast.Name):
        yield from _strings(names.get(node.id), names, depth + 1)
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        yield from _strings(dict(_table(node.value, names)).get(str(node.slice.value)), names, depth + 1)
    elif isinstance(node, ast.Call) and _called(node) in ("list", "sorted", "set", "tuple") and node.args:
        yield from _strings(node.args[0], names, depth + 1)


def _table(
    node: ast.expr | None, names: dict[str, ast.expr], depth: int = 0
) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.Name) and depth < _MAX_DEPTH:
        yield from _table(names.get(node.id), names, depth + 1)
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, value
    elif isinstance(node, ast.Call) and _called(node) == "dict":
        yield from ((keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg)


def _string(node: ast.expr | None, names: dict[str, ast.expr]) -> str | None:
    found = next(_strings(node, names), None)
    return found[0] if found else None
