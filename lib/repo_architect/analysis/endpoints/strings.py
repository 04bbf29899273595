"""Methods of text and lists that paths are made with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.values import UNKNOWN, Arguments, Native, Value

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter

MAX_ITEMS = 500
TEXT_METHODS: dict[str, Callable[..., Any]] = {
    "endswith": str.endswith,
    "lower": str.lower,
    "lstrip": str.lstrip,
    "removeprefix": str.removeprefix,
    "removesuffix": str.removesuffix,
    "replace": lambda text, old, new, *_: text.replace(old, new),
    "rstrip": str.rstrip,
    "startswith": str.startswith,
    "strip": str.strip,
    "title": str.title,
    "toLowerCase": str.lower,
    "toString": str,
    "toUpperCase": str.upper,
    "trim": str.strip,
    "upper": str.upper,
}


def string_method(value: str | list[Any], name: str) -> Value:
    """A method of text or of a list, `UNKNOWN` for one that is not modelled."""
    if isinstance(value, list):
        return Native(lambda run, arguments: _list_call(run, value, name, arguments))
    return Native(lambda run, arguments: _text_call(run, value, name, arguments))


def _text_call(run: Interpreter, value: str, name: str, arguments: Arguments) -> Value:
    if name in BUILDERS and (arguments.positional or arguments.keywords):
        return BUILDERS[name](run, value, arguments)
    method = TEXT_METHODS.get(name)
    given = [run.force(part) for part in arguments.positional]
    if method is None or not all(isinstance(part, str) for part in given):
        return UNKNOWN
    try:
        return method(value, *given)
    except TypeError:
        return UNKNOWN


def _formatted(run: Interpreter, value: str, arguments: Arguments) -> Value:
    for index, part in enumerate(arguments.positional):
        value = value.replace("{}", run.text(part), 1).replace(f"{{{index}}}", run.text(part))
    for name, part in arguments.keywords.items():
        value = value.replace(f"{{{name}}}", run.text(part))
    return value


def _percent(run: Interpreter, value: str, arguments: Arguments) -> Value:
    given = run.force(arguments.positional[0])
    for part in given if isinstance(given, list) else [given]:
        value = value.replace("%s", run.text(part), 1)
    return value.replace("%s", paths.hole())


def _joined(run: Interpreter, value: str, arguments: Arguments) -> Value:
    return value.join(run.texts(arguments.positional[0]))


def _concatenated(run: Interpreter, value: str, arguments: Arguments) -> Value:
    return value + "".join(run.text(part) for part in arguments.positional)


BUILDERS = {"%": _percent, "concat": _concatenated, "format": _formatted, "join": _joined}


def _list_call(run: Interpreter, value: list[Any], name: str, arguments: Arguments) -> Value:
    given = arguments.positional
    if name in ("append", "push") and not (arguments.site.endswith(".rs") and name == "append"):
        value.extend(given)
    elif name in ("append", "extend") and given:
        value.extend(_listed(run, given[0]))
    elif name == "concat" and given:
        return [*value, *_listed(run, given[0])]
    elif name in ("concat", "join"):
        return run.text(given[0] if given else "," if name == "join" else "").join(run.texts(value))
    elif name in ("forEach", "map", "flatMap") and given:
        return _mapped(run, value, name, arguments)
    elif name in ("filter", "slice", "reverse", "sort", "flat"):
        return value
    return UNKNOWN


def _listed(run: Interpreter, value: Value) -> list[Any]:
    value = run.force(value)
    return value if isinstance(value, list) else []


def _mapped(run: Interpreter, value: list[Any], name: str, arguments: Arguments) -> list[Any]:
    results = [
        run.call(arguments.positional[0], Arguments([item, index], {}, arguments.line, arguments.site))
        for index, item in enumerate(value[:MAX_ITEMS])
    ]
    if name == "flatMap":
        return [part for found in results for part in (found if isinstance(found, list) else [found])]
    return results
