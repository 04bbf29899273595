"""`resources` and `resource` of Rails: the routes they stand for, and the scope of their block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.dsl.found import Found
from repo_architect.analysis.endpoints.dsl.ruby.scopes import Resource, Scope, below, text, with_options
from repo_architect.analysis.endpoints.dsl.ruby.script import Call

MANY = ("index", "create", "new", "show", "edit", "update", "destroy")
ONE = MANY[1:]
_METHODS: dict[str, tuple[str, ...]] = {
    "index": ("GET",), "create": ("POST",), "new": ("GET",), "show": ("GET",), "edit": ("GET",),
    "update": ("PATCH", "PUT"), "destroy": ("DELETE",),
}  # fmt: skip
_IRREGULAR = {"people": "person", "men": "man", "women": "woman", "children": "child", "mice": "mouse",
              "movies": "movie", "news": "news", "series": "series", "species": "species"}  # fmt: skip
_ENDINGS = (
    ("uses", "us"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("ies", "y"), ("ss", "ss"), ("us", "us"), ("s", ""),
)  # fmt: skip


def declared(scope: Scope, call: Call, name: str) -> Resource:
    """The paths of a resource of this name."""
    given = call.pairs.get("path")
    segment = given if isinstance(given, str) else name
    collection = below(scope.path, segment)
    one_below = below(scope.shallow_path if scope.shallow and scope.resource else scope.path, segment)
    new = paths.join(collection, "/" + _named(scope, call, "new"))
    controller = text(call.pairs.get("controller"))
    if call.word == "resource":
        return Resource(collection, one_below, one_below, new, controller or _plural(name))
    parameter = text(call.pairs.get("param")) or "id"
    nested = f":{single(name)}_{parameter}"
    return Resource(
        collection,
        paths.join(one_below, f"/:{parameter}"),
        paths.join(one_below, f"/{nested}"),
        new,
        controller or name,
    )


def routes(scope: Scope, call: Call, resource: Resource) -> Iterator[Found]:
    """The routes that `resources` makes by itself."""
    edit = paths.join(resource.member, "/" + _named(scope, call, "edit"))
    places = {"index": resource.collection, "create": resource.collection, "new": resource.new, "edit": edit}
    module = "".join(f"{part}/" for part in (scope.module, text(call.pairs.get("module"))) if part)
    for action in _actions(scope, call):
        for method in _METHODS[action]:
            path = places.get(action, resource.member) or "/"
            yield Found(
                method, path, "Rails", f"{module}{resource.controller}#{action}", call.line, scope.engine
            )


def inside(scope: Scope, call: Call, resource: Resource) -> Scope:
    """The scope of a resource's block."""
    inner = with_options(scope, call)
    module = "/".join(part for part in (scope.module, text(call.pairs.get("module"))) if part)
    return replace(
        inner,
        path=resource.nested,
        resource=resource,
        controller=resource.controller,
        module=module,
        defaults={},
    )


def _actions(scope: Scope, call: Call) -> list[str]:
    actions = MANY if call.word == "resources" else ONE
    given = scope.defaults if not {"only", "except"} & call.pairs.keys() else call.pairs
    only, without = _listed(given.get("only")), _listed(given.get("except"))
    return [one for one in actions if (only is None or one in only) and one not in (without or ())]


def _listed(value: Any) -> list[str] | None:
    """The names of a list or of one; None when nothing is said or known."""
    if isinstance(value, str):
        return [value]
    return [text(one) for one in value] if isinstance(value, list) else None


def _named(scope: Scope, call: Call, action: str) -> str:
    """The word for an action in paths: `path_names: { new: "neu" }`."""
    own = call.pairs.get("path_names")
    names = {**scope.names, **(own if isinstance(own, dict) else {})}
    return text(names.get(action)) or action


def single(name: str) -> str:
    """The singular of a plural, as far as Rails' rules of thumb go."""
    word = name.strip("/").rpartition("/")[2]
    head, joint, last = word.rpartition("_")
    for plural, one in ((last, _IRREGULAR[last]),) if last in _IRREGULAR else _ENDINGS:
        if last.endswith(plural):
            return head + joint + last[: len(last) - len(plural)] + one
    return word


def _plural(name: str) -> str:
    return name if name.endswith("s") else f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
