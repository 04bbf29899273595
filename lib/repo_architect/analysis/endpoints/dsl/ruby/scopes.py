"""What the blocks around a route of Rails add to it, as Rails' own mapper has it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.dsl.ruby.script import Call


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource's paths: of all, of one, and of what is nested in one."""

    collection: str
    member: str
    nested: str
    new: str
    controller: str


@dataclass(frozen=True, slots=True)
class Scope:
    """`drawn` says whether words draw routes here; `shallow_path` is the path without the resources around; `defaults` are options that resources inherit."""

    path: str = ""
    shallow_path: str = ""
    module: str = ""
    controller: str = ""
    resource: Resource | None = None
    shallow: bool = False
    defaults: dict[Any, Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    engine: str = ""
    drawn: bool = False


def below(path: str, more: str) -> str:
    """A path below another; what is optional in it, such as `(:locale)`, is left out."""
    plain = optional_removed(more).strip("/")
    return paths.join(path, "/" + plain) if plain else path


def optional_removed(path: str) -> str:
    """A path without what stands in parentheses."""
    kept, depth = [], 0
    for letter in path:
        depth += letter == "("
        if not depth:
            kept.append(letter)
        depth -= letter == ")" and depth > 0
    return "".join(kept)


def text(value: Any) -> str:
    """A text or symbol, empty when it is neither."""
    return value if isinstance(value, str) else ""


def scoped(scope: Scope, call: Call) -> Scope:
    """Within `scope`, with a path of its arguments or of `path:`."""
    given = "/".join(one for one in call.arguments if isinstance(one, str)) or text(call.pairs.get("path"))
    inner = with_options(scope, call)
    outside = scope.resource is None
    return replace(
        inner,
        path=below(scope.path, given),
        shallow_path=below(
            scope.shallow_path, text(call.pairs.get("shallow_path")) or (given if outside else "")
        ),
        module=_module(scope.module, text(call.pairs.get("module"))),
    )


def namespaced(scope: Scope, call: Call) -> Scope:
    """Within `namespace`: its name is path and module, unless these are given."""
    name = text(call.arguments[0]) if call.arguments else ""
    path, module = call.pairs.get("path", name), call.pairs.get("module", name)
    return replace(
        with_options(scope, call),
        path=below(scope.path, text(path)),
        shallow_path=below(scope.shallow_path, text(call.pairs.get("shallow_path", path))),
        module=_module(scope.module, text(module)),
        resource=None,
    )


def with_options(scope: Scope, call: Call) -> Scope:
    """The scope with the options that what is in it inherits."""
    names = call.pairs.get("path_names")
    shallow = call.pairs.get("shallow")
    passed = {key: one for key, one in call.pairs.items() if key in ("only", "except")}
    return replace(
        scope,
        controller=text(call.pairs.get("controller")) or scope.controller,
        shallow=shallow if isinstance(shallow, bool) else scope.shallow,
        defaults={**scope.defaults, **passed},
        names={**scope.names, **(names if isinstance(names, dict) else {})},
    )


def _module(module: str, name: str) -> str:
    return "/".join(part.strip("/") for part in (module, name) if part.strip("/"))
