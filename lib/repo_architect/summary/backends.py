"""The models that can write the prose: a row each, configured by the environment alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from repo_architect.errors import UsageError

DETERMINISTIC = "deterministic"


@dataclass(frozen=True)
class Kind:
    """A row: the environment variables of a backend, and what stands in for those that are not set."""

    name: str
    key: str
    url: str
    model: str
    required: tuple[str, ...]
    default_model: str | None = None


@dataclass(frozen=True)
class Endpoint:
    """A server that speaks OpenAI's protocol. `url` None is the client's own default; `key` is never shown."""

    name: str
    url: str | None
    model: str
    key: str

    def __repr__(self) -> str:
        return f"Endpoint(name={self.name!r}, url={self.url!r}, model={self.model!r})"


# a server named for this very purpose comes before a key that may be in the environment for another
BACKENDS: tuple[Kind, ...] = (
    Kind("oumi", "OUMI_API_KEY", "OUMI_BASE_URL", "OUMI_MODEL", required=("OUMI_BASE_URL", "OUMI_MODEL")),
    Kind("openai", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", ("OPENAI_API_KEY",), "gpt-5-mini"),
)


def choose(name: str, environment: Mapping[str, str] = os.environ) -> tuple[Endpoint | None, str | None]:
    """The backend to use and a note; no backend means deterministic. Raises UsageError for an unknown name."""
    if name == DETERMINISTIC:
        return None, None
    if name == "auto":
        return next((found for kind in BACKENDS if (found := _configured(kind, environment))), None), None
    kind = next((kind for kind in BACKENDS if kind.name == name), None)
    if kind is None:
        known = ", ".join(("auto", DETERMINISTIC, *(kind.name for kind in BACKENDS)))
        raise UsageError(f"there is no summary backend {name!r}", fix=f"choose one of {known}")
    endpoint = _configured(kind, environment)
    missing = [variable for variable in kind.required if not environment.get(variable)]
    return endpoint, None if endpoint else f"{name} was asked for, but {' and '.join(missing)} is not set."


def _configured(kind: Kind, environment: Mapping[str, str]) -> Endpoint | None:
    if not all(environment.get(variable) for variable in kind.required):
        return None
    return Endpoint(
        name=kind.name,
        url=environment.get(kind.url) or None,
        model=environment.get(kind.model) or kind.default_model or "",
        key=environment.get(kind.key) or "not-needed",
    )
