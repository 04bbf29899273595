"""The words of Sinatra: verbs with a block, `namespace`, `route`; `map` and `run` of Rack's `config.ru`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.dsl.found import Found
from repo_architect.analysis.endpoints.dsl.ruby.joined import MAPPED
from repo_architect.analysis.endpoints.dsl.ruby.script import Call, Script
from repo_architect.analysis.endpoints.dsl.ruby.values import Constant, Pattern

VERBS = frozenset({"get", "post", "put", "patch", "delete", "options", "head", "link", "unlink"})
_ROUTES_OF = ("", "app", "base")
"""What verbs are called on: the class itself, or the application that an extension is given."""


@dataclass(frozen=True, slots=True)
class Scope:
    path: str = ""
    owner: str = ""


class Sinatra:
    """Reads classes and files of Sinatra; in a rackup file, which application is below which path."""

    def __init__(self, rackup: bool) -> None:
        self.found: list[Found] = []
        self.rackup = rackup

    def start(self) -> Scope:
        return Scope()

    def within(self, scope: Scope, name: str) -> Scope:
        return replace(scope, owner=f"{scope.owner}::{name}".strip(":"))

    def call(self, _: Script, scope: Scope, call: Call) -> Iterable[Scope]:
        if call.word in VERBS and call.receiver in _ROUTES_OF:
            return self._routes(scope, call, [call.word], call.arguments)
        if call.word == "route" and call.receiver in _ROUTES_OF:
            verbs = [one for one in call.arguments if isinstance(one, str) and one.lower() in VERBS]
            return self._routes(scope, call, verbs, call.arguments[len(verbs) :])
        if call.word in ("namespace", "map") and call.receiver in _ROUTES_OF and call.arguments:
            path = _written(call.arguments[0])
            return [] if path is None else [replace(scope, path=_below(scope.path, path))]
        if self.rackup:
            self._mapped(scope, call)
        return [scope]

    def _routes(self, scope: Scope, call: Call, verbs: list[str], given: list[Any]) -> list[Scope]:
        """Routes of a call with a block; the block answers requests and is not read."""
        paths_given = [_written(one) for one in given[:1]]
        if not paths_given or call.block is None:
            return [] if paths_given else [scope]
        for path in paths_given:
            for verb in verbs if path is not None else ():
                whole = _below(scope.path, path or "") or "/"
                self.found.append(Found(verb.upper(), whole, "Sinatra", None, call.line, scope.owner))
        return []

    def _mapped(self, scope: Scope, call: Call) -> None:
        """`run App` or `use App` within `map`, and `Rack::URLMap.new("/x" => App)`."""
        pairs = [(key, one) for key, one in call.pairs.items() if isinstance(key, str)]
        if call.receiver == "Rack::URLMap":
            for path, one in pairs:
                self._below(_below(scope.path, path), one, call.line)
        elif call.word in ("run", "use") and call.arguments:
            self._below(scope.path, call.arguments[0], call.line)

    def _below(self, path: str, application: Any, line: int) -> None:
        if isinstance(application, Constant) and path.strip("/"):
            self.found.append(Found(MAPPED, path, "Sinatra", application.name, line))


def _written(value: Any) -> str | None:
    """A path as it is written, None when it is not."""
    if isinstance(value, Pattern):
        return value.text
    return value if isinstance(value, str) else None


def _below(prefix: str, path: str) -> str:
    return paths.join(prefix, path)
