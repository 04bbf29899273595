"""The children of Kestra's fleet flow: what its loop says of each, and the archives beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from repo_architect.compare.sources import ARCHIVE_ENDING, Failure, Source
from repo_architect.errors import ContractError
from repo_architect.report.text import one_line

_LONGEST = 500
# `error: …` of a command, or `STAGE failed: …` of a task, with what to do in the next line
_OURS = re.compile(
    r"^(?:error|(?P<stage>\w+) failed): (?P<said>[^\n→]*)(?:\s*→ (?P<fix>[^\n]*))?", re.MULTILINE
)


def read_children(path: Path) -> list[Source]:
    """The runs that a loop's outputs tell of, in order of its iterations.

    `path` is a JSON list of `{item: {iteration}, outputs: {repository, state, execution, archive, failure}}`: `repository` is an item of
    `repo-architect fleet --list`, `failure` what the child's error log holds. The archive of iteration 3 is `3.tar.gz` beside it.
    Raises ContractError.
    """
    try:
        children = json.loads(path.read_text(encoding="utf-8"))
        ordered = sorted(children, key=lambda child: int(child["item"]["iteration"]))
        return [_source(child, path.parent) for child in ordered]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ContractError(
            f"{path.name} does not tell of a loop's children: {type(error).__name__}: {error}",
            fix="give it the outputs of the loop as in kestra/fleet.yml",
        ) from None


def _source(child: Mapping[str, Any], folder: Path) -> Source:
    told = child.get("outputs") or {}
    asked = _json(told.get("repository") or child["item"].get("value"))
    entry = asked if isinstance(asked, dict) else {}
    archive = folder / f"{int(child['item']['iteration'])}{ARCHIVE_ENDING}"
    failure = _failure(told) if told.get("state") not in ("SUCCESS", "WARNING") else None
    return Source(
        archive if archive.is_file() else None,
        title=str(entry.get("title", "")),
        repository=str(entry.get("repository", "")),
        ref=str(entry.get("ref", "")),
        failure=failure,
        folder=str(entry.get("folder", "")) or archive.name.removesuffix(ARCHIVE_ENDING),
    )


def _failure(told: Mapping[str, Any]) -> Failure:
    """Our own words with what to do where the log has them, else the first thing that the log says."""
    execution = (
        f"look at the execution {told['execution']}" if told.get("execution") else "look at the loop's log"
    )
    found = _json(told.get("failure"))
    if isinstance(found, dict) and found.get("error"):
        return Failure(found.get("stage"), str(found["error"]), str(found.get("fix") or execution))
    entries = [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []
    log = "\n".join(str(entry.get("message", "")) for entry in entries)
    ours = _OURS.search(log)
    stage = next((str(entry["taskId"]) for entry in entries if entry.get("taskId")), None)
    if ours:
        return Failure(ours["stage"] or stage, _short(ours["said"]), _short(ours["fix"] or execution))
    if entries:
        return Failure(stage, _short(log.partition("\n")[0]), execution)
    return Failure(
        None, f"the execution ended as {told.get('state') or 'refused before it began'}", execution
    )


def _short(text: str) -> str:
    return one_line(text)[:_LONGEST]


def _json(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return None
