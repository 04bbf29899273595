"""Attributes of values."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from repo_architect.analysis.endpoints import frameworks
from repo_architect.analysis.endpoints.calls import initialize
from repo_architect.analysis.endpoints.classes import find_member
from repo_architect.analysis.endpoints.expressions import lazily
from repo_architect.analysis.endpoints.frameworks import descriptors, rest_framework
from repo_architect.analysis.endpoints.router import Router
from repo_architect.analysis.endpoints.strings import string_method
from repo_architect.analysis.endpoints.values import (
    UNKNOWN,
    Bound,
    ClassValue,
    Closure,
    External,
    Instance,
    Lazy,
    Mapping,
    ModuleValue,
    Native,
    Super,
    Value,
    View,
)

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter


def attribute(run: Interpreter, value: Value, name: str) -> Value:
    """The attribute; `UNKNOWN` when the value is not known to have it. Lazy values stay lazy unless they are cheap."""
    if isinstance(value, Lazy):
        if not value.ready():
            return lazily(run, value, name)
        value = run.force(value)
    reader = READERS.get(type(value))
    found = reader(run, value, name) if reader is not None else UNKNOWN
    return UNKNOWN if found is None else found


def _of_external(run: Interpreter, value: External, name: str) -> Value:
    if name == "default":
        return value
    whole = f"{value.name}.{name}"
    generated = descriptors.attribute(run, whole)
    return External(whole) if generated is None else generated


def _of_class(run: Interpreter, value: ClassValue, name: str) -> Value:
    member = find_member(run, value, name)
    return frameworks.class_attribute(value, name) if member is None else member


def _of_mapping(_: Interpreter, value: Mapping, name: str) -> Value:
    return value[name] if name in value else frameworks.mapping_method(value, name)


def _of_closure(_: Interpreter, value: Closure, name: str) -> Value:
    if name == "bind":
        return Native(lambda _, __: value)
    return value if name in ("call", "apply", "default") else UNKNOWN


def _of_instance(run: Interpreter, value: Instance, name: str) -> Value:
    if name in value.attributes:
        return value.attributes[name]
    return _bound(run, find_member(run, value.cls, name), value)


def _of_router(run: Interpreter, value: Router, name: str) -> Value:
    if name in value.attributes:
        own = value.attributes[name]
        if isinstance(own, Closure) and own.this is None:
            return Closure(own.function, own.scope, value, own.owner)
        return own
    if value.cls is not None:
        member = find_member(run, value.cls, name)
        if member is not None:
            return _bound(run, member, value)
    if name in value.kind.methods:
        return Bound(value, name)
    if value.kind.fluent and name not in frameworks.SELF_ATTRIBUTES:
        return Native(lambda _, __: value)
    return frameworks.router_attribute(value, name)


def _of_super(run: Interpreter, value: Super, name: str) -> Value:
    if name in ("__init__", "constructor"):
        return Native(lambda _, arguments: initialize(run, value.this, value.owner, arguments))
    for base in map(run.force, value.owner.bases):
        member = find_member(run, base, name) if isinstance(base, ClassValue) else None
        if member is not None:
            return _bound(run, member, value.this)
    if isinstance(value.this, Router) and name in value.this.kind.methods:
        return Bound(value.this, name)
    return frameworks.router_attribute(value.this, name) if isinstance(value.this, Router) else UNKNOWN


def _of_view(_: Interpreter, value: View, name: str) -> Value:
    return rest_framework.mapping(value) if name == "mapping" else UNKNOWN


def _bound(run: Interpreter, member: Value, this: Value) -> Value:
    if not isinstance(member, Closure):
        return member
    bound = Closure(member.function, member.scope, this, member.owner)
    if any(
        getattr(found, "id", "") in ("property", "cached_property") for found in member.function.decorators
    ):
        return run.call(bound, frameworks.no_arguments(member.scope.module.path, member.function.line))
    return bound


READERS: dict[type, Callable[[Interpreter, Any, str], Value]] = {
    ClassValue: _of_class,
    Closure: _of_closure,
    External: _of_external,
    Instance: _of_instance,
    list: lambda _, value, name: string_method(value, name),
    Mapping: _of_mapping,
    ModuleValue: lambda _, value, name: value.module.member(name),
    Router: _of_router,
    str: lambda _, value, name: string_method(value, name),
    Super: _of_super,
    View: _of_view,
}
