"""Generated modules of protocol buffers: programs that read a service's methods and their options.

`Service.DESCRIPTOR.methods`, `method.GetOptions().Extensions[options_pb2.rpc]` give what the service's .proto file
says; the generated module itself is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from repo_architect.analysis.endpoints.descriptions.options import Method, methods
from repo_architect.analysis.endpoints.values import UNKNOWN, Arguments, External, Mapping, Native, Value

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter

GENERATED = "_pb2"


def is_generated(specifier: str, name: str) -> bool:
    """Whether an import is of a generated module or of something in one."""
    return specifier.endswith(GENERATED) or name.endswith(GENERATED)


def attribute(run: Interpreter, name: str) -> Value | None:
    """What an attribute of a generated module is, by its dotted name; None for one of no meaning here."""
    holder, _, last = name.rpartition(".")
    if last != "DESCRIPTOR" or GENERATED + "." not in holder:
        return None
    module, _, service = holder.rpartition(".")
    found = _methods(run, module.removesuffix(GENERATED).replace(".", "/"), service)
    by_name = Mapping({one["name"]: one for one in found})
    return Mapping({"methods": found, "methods_by_name": by_name, "name": service}) if found else UNKNOWN


def call(run: Interpreter, name: str, arguments: Arguments) -> Value | None:
    """Calls of what a generated module has: an object stands for its class."""
    if GENERATED + "." not in name:
        return None
    module, _, last = name.rpartition(".")
    if last in ("GetRequestClass", "GetResponseClass"):
        method = run.force(arguments.get(0))
        request = method.get("request") if isinstance(method, Mapping) and last == "GetRequestClass" else None
        return External(f"{module.rpartition('.')[0]}.{request}") if request else UNKNOWN
    return External(name)


def _methods(run: Interpreter, stem: str, service: str) -> list[Any]:
    """The methods of a service in the .proto file that the generated module was made from."""
    parts = stem.split("/")
    for start in range(len(parts)):
        ending = "/".join(parts[start:]) + ".proto"
        for path in run.world.protos:
            if path == ending or path.endswith("/" + ending):
                found = [one for one in methods(run.world.text(path)) if one.service == service]
                if found:
                    return [_method(one) for one in found]
    return []


def _method(one: Method) -> Mapping:
    options = Mapping({"Extensions": _value(one.options)})
    return Mapping(
        {"name": one.name, "request": one.request, "GetOptions": Native(lambda _, __: options)},
    )


def _value(value: Any) -> Value:
    if isinstance(value, dict):
        return Mapping({key: _value(given) for key, given in value.items()})
    return [_value(item) for item in value] if isinstance(value, list) else value
