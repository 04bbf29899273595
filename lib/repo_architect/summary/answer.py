"""What a model is asked to answer with, and how it is read: never trusted, always validated."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from repo_architect.contracts import Evidence

_PLACE = re.compile(r"\s*(?P<path>.+?)(?::|#L)(?P<line>\d{1,7})(?:\s*-\s*L?\d+)?\s*")


class UnreadableError(ValueError):
    """The answer is not JSON, or not of the form asked for."""


def _places(given: Any) -> Any:
    return [place for item in given if (place := _place(item))] if isinstance(given, list) else given


def _place(item: Any) -> Any:
    """`path:line` as an Evidence; other forms as they are, for the model to refuse."""
    if not isinstance(item, str):
        return item
    found = _PLACE.fullmatch(item)
    return {"path": found["path"], "line": max(int(found["line"]), 1)} if found else None


class Statement(BaseModel):
    """A claim and the places, `path:line`, that show it."""

    model_config = ConfigDict(extra="ignore")

    text: Annotated[str, Field(min_length=1, max_length=2000)]
    evidence: Annotated[list[Evidence], BeforeValidator(_places), Field(max_length=50)] = []


class Spot(BaseModel):
    model_config = ConfigDict(extra="ignore")

    path: Annotated[str, Field(min_length=1, max_length=1000)]
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    evidence: Annotated[list[Evidence], BeforeValidator(_places), Field(max_length=50)] = []


class Answer(BaseModel):
    model_config = ConfigDict(extra="ignore")

    sentences: Annotated[list[Statement], Field(min_length=1, max_length=20)]
    hotspots: Annotated[list[Spot], Field(max_length=50)] = []
    onboarding: Annotated[list[Statement], Field(max_length=50)] = []
    technologies: Annotated[list[Statement], Field(max_length=100)] = []


def read(text: str | None) -> Answer:
    """The answer in the text, with or without a fence or words around the JSON. Raises UnreadableError."""
    found = re.search(r"\{.*\}", text or "", re.DOTALL)
    if not found:
        raise UnreadableError("the answer holds no JSON object")
    try:
        return Answer.model_validate(json.loads(found.group()))
    except (ValueError, RecursionError) as error:
        what = _first(error) if isinstance(error, ValidationError) else "is not valid JSON"
        raise UnreadableError(f"the answer {what}") from None


def _first(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return f"is wrong at {'.'.join(map(str, problem['loc']))[:80] or 'the top'}: {problem['msg'][:120]}"


_STATEMENT = {
    "type": "object",
    "properties": {"text": {"type": "string"}, "evidence": {"type": "array", "items": {"type": "string"}}},
    "required": ["text", "evidence"],
    "additionalProperties": False,
}
_SPOT = {
    "type": "object",
    "properties": {
        "path": {"type": "string"},
        "reason": {"type": "string"},
        "evidence": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["path", "reason", "evidence"],
    "additionalProperties": False,
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "sentences": {"type": "array", "items": _STATEMENT},
        "hotspots": {"type": "array", "items": _SPOT},
        "onboarding": {"type": "array", "items": _STATEMENT},
        "technologies": {"type": "array", "items": _STATEMENT},
    },
    "required": ["sentences", "hotspots", "onboarding", "technologies"],
    "additionalProperties": False,
}
"""JSON Schema of the answer in the subset that servers' strict modes accept; evidence is `path:line`."""
