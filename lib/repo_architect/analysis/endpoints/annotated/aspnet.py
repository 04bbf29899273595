"""ASP.NET: attribute routes on controllers, the conventional route, minimal interfaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.annotated.facts import ClassFact, Index, MethodFact, Note
from repo_architect.analysis.endpoints.router import Route, Site

VERBS = {f"Http{verb.title()}": verb for verb in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")}
_BASES = re.compile(r"Controller(?:Base)?$")
_NOT_ACTIONS = frozenset({"NonAction"})


def routes(index: Index) -> Iterator[tuple[str, Route]]:
    """(path, route) of controllers, then of calls."""
    for unit in index.units:
        if unit.language != "C#":
            continue
        for one in unit.classes:
            if one.kind == "class" and (
                one.note("ApiController") or any(_BASES.search(base) for base in one.bases)
            ):
                yield from _controller(index, one)
                yield from _conventional(index, one)
        for method, path, handler, line in unit.calls:
            yield path, Route(method, path, handler, Site(unit.path, line), "ASP.NET")


def _controller(index: Index, one: ClassFact) -> Iterator[tuple[str, Route]]:
    prefixes = [
        text
        for here in index.inherited(one)
        for note in here.notes
        if note.name in ("Route", "RoutePrefix")
        for text in _template(index, note, here.path)
    ]
    for method in one.methods:
        if any(note.name in _NOT_ACTIONS for note in method.notes):
            continue
        written = list(_actions(index, method, one.path))
        if not written and method.public and any("[action]" in prefix for prefix in prefixes):
            written = [("ANY", None, method.line)]
        for verb, template, line in written:
            for prefix in prefixes or [""]:
                path = _whole(one, method, prefix, template)
                if path is not None:
                    yield (
                        path,
                        Route(verb, path, f"{one.name}.{method.name}", Site(one.path, line), "ASP.NET"),
                    )


def _conventional(index: Index, one: ClassFact) -> Iterator[tuple[str, Route]]:
    """Actions without a route of their own, by the templates that the application maps."""
    templates = dict.fromkeys(template for unit in index.units for template in unit.conventions)
    if one.note("Route", "RoutePrefix", "ApiController"):
        return
    for method in one.methods:
        names = {note.name for note in method.notes}
        routed = names & {"Route", *_NOT_ACTIONS} or any(
            note.name in VERBS and note.arguments for note in method.notes
        )
        for template in templates if method.public and not routed else ():
            path = _by_convention(template, one.name.removesuffix("Controller"), method)
            for verb in [VERBS[name] for name in sorted(names & set(VERBS))] or ["ANY"]:
                yield (
                    path,
                    Route(verb, path, f"{one.name}.{method.name}", Site(one.path, method.line), "ASP.NET"),
                )


def _by_convention(template: str, controller: str, method: MethodFact) -> str:
    """The template's path; a parameter that may be left out stays only when the action takes it."""
    path = re.sub(r"\{controller[^}]*\}", controller, template)
    path = re.sub(r"\{action[^}]*\}", method.name, path)
    optional = re.findall(r"/?\{(\w+)(?::\w+)?\?\}", path)
    for name in optional:
        kept = f"/{{{name}}}" if re.search(rf"\b{name}\b", method.parameters) else ""
        path = re.sub(rf"/?\{{{name}(?::\w+)?\?\}}", kept, path)
    return "/" + path.lstrip("/")


def _actions(index: Index, method: MethodFact, path: str) -> Iterator[tuple[str, str | None, int]]:
    """(verb, template, line): templates of verbs, or of [Route] for verbs without one."""
    shared: list[tuple[str | None, int]] = [
        (text, note.line)
        for note in method.notes
        if note.name == "Route"
        for text in _template(index, note, path)
    ]
    verbs: list[Note] = [note for note in method.notes if note.name in VERBS]
    accepted = [
        verb
        for note in method.notes
        if note.name == "AcceptVerbs"
        for verb in index.arguments(note, path).get("", [])
    ]
    shared += [
        (text, note.line)
        for note in method.notes
        if note.name == "AcceptVerbs"
        for text in index.arguments(note, path).get("Route", [])
    ]
    for note in verbs:
        templates = _template(index, note, path)
        given: list[str | None] = [*templates] or [one for one, _ in shared] or [None]
        for template in given:
            yield VERBS[note.name], template, note.line
    for verb in accepted:
        for template, line in shared or [(None, method.line)]:
            yield verb.upper(), template, line
    if not verbs and not accepted:
        for template, line in shared:
            yield "ANY", template, line


def _template(index: Index, note: Note, path: str) -> list[str]:
    return index.arguments(note, path).get("", [])[:1]


def _whole(one: ClassFact, method: MethodFact, prefix: str, template: str | None) -> str | None:
    """The path of an action; None where neither class nor method gives one and nothing is known of conventions."""
    controller = one.name.removesuffix("Controller")
    if template is not None and template.startswith(("/", "~/")):
        path = template.lstrip("~")
    elif prefix or template:
        path = paths.join(prefix, template or "")
    else:
        return None
    area = next((note.arguments.strip().strip('"') for note in one.notes if note.name == "Area"), "{area}")
    for token, value in (("[controller]", controller), ("[action]", method.name), ("[area]", area)):
        path = path.replace(token, value)
    return "/" + path.lstrip("/")
