"""The flows and notebooks that a deployment puts in place, as files: from a checkout or from the wheel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from repo_architect import notebook_files
from repo_architect.errors import RunError
from repo_architect.stages import STAGES

_PACKAGE = Path(__file__).parents[1]
ALERTS = "alerts"
"""The flow that needs Kestra's Slack plugin: put in place only when it is asked for."""


@dataclass(frozen=True)
class Flow:
    """A flow: its id and namespace, and its YAML as written."""

    id: str
    namespace: str
    source: str


def folder() -> Path:
    """The flows: beside the package in a checkout, inside it when installed from a wheel."""
    beside = _PACKAGE.parents[1] / "kestra"
    checkout = (_PACKAGE.parents[1] / "pyproject.toml").is_file() and beside.is_dir()
    return beside if checkout else _PACKAGE / "_kestra"


def flows(where: Path | None = None) -> list[Flow]:
    """Every YAML file that is a flow (id, namespace, tasks); a flow that starts another comes after it.

    Raises RunError when there is none.
    """
    place = where or folder()
    found = [
        flow for path in sorted(place.glob("*.yml")) if (flow := parse(path.read_text(encoding="utf-8")))
    ]
    if not found:
        raise RunError(
            f"there is no flow in {place}", fix="install the package again: its wheel carries the flows"
        )
    return sorted(found, key=lambda flow: (_started_by(flow, found), flow.id))


def parse(source: str) -> Flow | None:
    """A flow from its YAML, None for YAML that is something else."""
    try:
        told = yaml.safe_load(source)
    except yaml.YAMLError:
        return None
    if not isinstance(told, dict) or not {"id", "namespace", "tasks"} <= told.keys():
        return None
    return Flow(str(told["id"]), str(told["namespace"]), source)


def notebooks() -> dict[str, bytes]:
    """The stage notebooks by the path that they have among a namespace's files."""
    return {f"notebooks/{stage.notebook}": notebook_files.path(stage).read_bytes() for stage in STAGES}


def _started_by(flow: Flow, all_flows: list[Flow]) -> int:
    return sum(f"flowId: {other.id}" in flow.source for other in all_flows if other.id != flow.id)
