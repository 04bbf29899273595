"""Reads of configuration: the default stands for the value, and the variable's name for an unknown one."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.router import Kind
from repo_architect.analysis.endpoints.values import Arguments, Hidden, Value

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter


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


KINDS: dict[str, Kind] = {}
FUNCTIONS = {
    "builtins.String": _same,
    "builtins.list": _same,
    "builtins.reversed": _same,
    "builtins.set": _same,
    "builtins.sorted": _same,
    "builtins.str": _same,
    "builtins.tuple": _same,
    "decouple.config": _read,
    "os.environ.get": _read,
    "os.getenv": _read,
    **{f"{module}.{name}": _path_join for module in ("path", "node:path") for name in ("join", "resolve")},
    **{f"{module}.dirname": _folder for module in ("path", "node:path")},
    **{f"{module}.fileURLToPath": _file_path for module in ("url", "node:url")},
    "pydantic.Field": _default,
    "re.sub": _substituted,
    "typing.cast": lambda run, arguments: run.force(arguments.get(1)),
}
