"""manifest.json: the run as a whole, folded from the records of its stages."""

from __future__ import annotations

import hashlib
from typing import Literal

from repo_architect import atomic
from repo_architect.contracts import RunManifest
from repo_architect.contracts.records import ManifestArtifact, ManifestStage
from repo_architect.errors import ContractError
from repo_architect.run import Run
from repo_architect.stages import STAGES


def fold(run: Run, seconds: float) -> RunManifest:
    """Write and return the manifest. `seconds` is the wall time of what was just run."""
    folded = read(run, seconds)
    atomic.write(run.folder / "manifest.json", folded.to_json())
    return folded


def read(run: Run, seconds: float = 0.0) -> RunManifest:
    """The manifest as the records have it now."""
    stages = tuple(_stage(run, stage.name, stage.may_fail) for stage in STAGES)
    try:
        clone = run.read("clone.json") if run.has("clone.json") else None
    except ContractError:
        clone = None
    return RunManifest(
        run=run.id,
        repository=clone.url if clone else None,
        commit=clone.commit if clone else None,
        state=_state(stages),
        seconds=round(seconds, 3),
        stages=stages,
        artifacts=_artifacts(run),
    )


def _stage(run: Run, name: str, may_fail: bool) -> ManifestStage:
    record = run.record(name)
    if record is None:
        return ManifestStage(stage=name, state="pending", seconds=None, may_fail=may_fail)
    return ManifestStage(
        stage=name, state=record.state, seconds=record.seconds, may_fail=may_fail, error=record.error
    )


def _state(stages: tuple[ManifestStage, ...]) -> Literal["success", "partial", "failed", "running"]:
    if any(stage.state == "failed" and not stage.may_fail for stage in stages):
        return "failed"
    if any(stage.state in ("pending", "running") for stage in stages):
        return "running"
    return "partial" if any(stage.state == "failed" for stage in stages) else "success"


def _artifacts(run: Run) -> tuple[ManifestArtifact, ...]:
    found = []
    for stage in STAGES:
        for name in stage.writes:
            path = run.folder / name
            if path.is_file():
                data = path.read_bytes()
                found.append(
                    ManifestArtifact(
                        name=name,
                        bytes=len(data),
                        sha256=hashlib.sha256(data).hexdigest(),
                        made_by=stage.name,
                    )
                )
    return tuple(found)
