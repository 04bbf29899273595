"""summary.json: the summary as claims, each with its evidence and the verdict of the check."""

from __future__ import annotations

from typing import ClassVar, Literal

from repo_architect.contracts.model import Artifact, Evidence, Model


class Claim(Model):
    """A sentence or bullet. `verdict` is what the check said: supported by the evidence, or stale, invented, unverified."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    verdict: Literal["supported", "stale", "invented", "unverified"] = "supported"


class SummaryHotspot(Model):
    """A file to read first or to be careful with, and why."""

    path: str
    reason: str
    evidence: tuple[Evidence, ...] = ()


class Backend(Model):
    """Who wrote the prose: `deterministic`, or a model by name; `note` says why a model was not used or was refused."""

    name: str
    model: str | None = None
    note: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class Summary(Artifact):
    """Three sentences, five hotspots with reasons, three onboarding steps, key technologies.

    `rejected` keeps what a model claimed and the check refused.
    """

    file_name: ClassVar[str] = "summary.json"
    made_by: ClassVar[str] = "generate_summary"

    backend: Backend
    sentences: tuple[Claim, ...]
    hotspots: tuple[SummaryHotspot, ...] = ()
    onboarding: tuple[Claim, ...] = ()
    technologies: tuple[Claim, ...] = ()
    rejected: tuple[Claim, ...] = ()
