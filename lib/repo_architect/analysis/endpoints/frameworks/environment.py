"""Functions of standard libraries. Of a variable of the environment the default stands for the value, and its name for
an unknown one."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.router import Kind
from repo_architect.analysis.endpoints.values import Arguments, Hidden, Native, Value

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter


MAX_ITEMS = 2_000


def _read(run: Interpreter, arguments: Arguments) -> Value:
    default = arguments.get(1, "default")
    return default if default is not None else Hidden(run.text(arguments.get(0, "key")))


def _default(_: Interpreter, arguments: Arguments) -> Value:
    default = arguments.get(0, "default")
    return default if default is not None else Hidden()


def _same(run: Interpreter, arguments: Arguments) -> Value:
    return run.force(arguments.get(0))


def _substituted(run: Interpreter, arguments: Arguments) -> Value:
    """`re.sub` as if nothing matched: a pattern of the repository is not run, it might never end."""
    return run.force(arguments.get(2, "string"))


def _path_join(run: Interpreter, arguments: Arguments) -> Value:
    return posixpath.normpath("/".join(run.text(part) for part in arguments.positional))


def _file_path(_: Interpreter, arguments: Arguments) -> Value:
    """The folder of `fileURLToPath(import.meta.url)` and the like."""
    return arguments.site


def _folder(run: Interpreter, arguments: Arguments) -> Value:
    return run.text(arguments.get(0)).rpartition("/")[0] or "."


def _chained(run: Interpreter, arguments: Arguments) -> Value:
    """Lists set one after another: `chain(a, b)`."""
    lists = [run.force(given) for given in arguments.positional]
    return [item for one in lists if isinstance(one, list) for item in one][:MAX_ITEMS]


def _chained_items(run: Interpreter, arguments: Arguments) -> Value:
    """`chain.from_iterable(lists)`, `sum(lists, [])`."""
    lists = run.force(arguments.get(0))
    return _chained(run, replace(arguments, positional=lists if isinstance(lists, list) else []))


def _reduced(run: Interpreter, arguments: Arguments) -> Value:
    """`reduce(add, lists)`."""
    return _chained_items(run, replace(arguments, positional=arguments.positional[1:]))


def _partial(_: Interpreter, arguments: Arguments) -> Value:
    """`partial(f, …)`: called as `f` with these arguments first, and named as `f` is."""
    function, first = arguments.get(0), arguments.positional[1:]

    def call(run: Interpreter, given: Arguments) -> Value:
        keywords = {**arguments.keywords, **given.keywords}
        return run.call(function, Arguments([*first, *given.positional], keywords, given.line, given.site))

    return Native(call, function)


KINDS: dict[str, Kind] = {}
FUNCTIONS = {
    "builtins.String": _same,
    "builtins.list": _same,
    "builtins.reversed": _same,
    "builtins.set": _same,
    "builtins.sorted": _same,
    "builtins.str": _same,
    "builtins.sum": _chained_items,
    "builtins.tuple": _same,
    "decouple.config": _read,
    "functools.partial": _partial,
    "functools.reduce": _reduced,
    "itertools.chain": _chained,
    "itertools.chain.from_iterable": _chained_items,
    "os.environ.get": _read,
    "os.getenv": _read,
    **{f"{module}.{name}": _path_join for module in ("path", "node:path") for name in ("join", "resolve")},
    "path.Join": _path_join,
    **{f"{module}.dirname": _folder for module in ("path", "node:path")},
    **{f"{module}.fileURLToPath": _file_path for module in ("url", "node:url")},
    "pydantic.Field": _default,
    "re.sub": _substituted,
    "typing.cast": lambda run, arguments: run.force(arguments.get(1)),
}
