"""stages/<stage>.json, one record a stage, and manifest.json, folded from them."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, JsonValue

from repo_architect.contracts.model import Artifact, Model

State = Literal["pending", "running", "success", "failed", "skipped"]


class StageRecord(Artifact):
    """What one stage did. Hashes are sha256 in hex; times are ISO 8601, UTC; `seconds` is wall time.

    `notebook` hashes the code of the notebook that ran, `library` the code of the package that stage uses, `parameters` their canonical JSON,
    `inputs` and `outputs` map an artifact's name to its hash.
    """

    file_name: ClassVar[str] = "stages/<stage>.json"
    made_by: ClassVar[str] = "every stage"

    stage: str
    state: State
    started_at: str
    seconds: float | None = None
    notebook: str | None = None
    library: str
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    inputs: dict[str, str] = Field(default_factory=dict)
    outputs: dict[str, str] = Field(default_factory=dict)
    versions: dict[str, str] = Field(default_factory=dict)
    error: str | None = None
    fix: str | None = None
    facts: dict[str, JsonValue] = Field(default_factory=dict)


class ManifestArtifact(Model):
    name: str
    bytes: int
    sha256: str
    made_by: str


class ManifestStage(Model):
    stage: str
    state: State
    seconds: float | None
    may_fail: bool
    error: str | None = None


class RunManifest(Artifact):
    """The run as a whole: `state` is success, partial (a stage that may fail did), failed or running."""

    file_name: ClassVar[str] = "manifest.json"
    made_by: ClassVar[str] = "repo-architect"

    run: str
    repository: str | None
    commit: str | None
    state: Literal["success", "partial", "failed", "running"]
    seconds: float
    stages: tuple[ManifestStage, ...]
    artifacts: tuple[ManifestArtifact, ...]
