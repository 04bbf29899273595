"""The main path: write the summary from facts, and with a model's words where one is configured."""

from __future__ import annotations

from pathlib import Path

from repo_architect.contracts import Modules, RepoShape, Summary
from repo_architect.contracts.summary import Backend
from repo_architect.summary import backends
from repo_architect.summary.hotspots import find_hotspots
from repo_architect.summary.onboarding import onboarding_steps
from repo_architect.summary.sentences import three_sentences
from repo_architect.summary.source import Source
from repo_architect.summary.technologies import key_technologies


def summarize(
    shape: RepoShape, modules: Modules, repo: Path, *, backend: str = "auto", timeout: float = 60
) -> Summary:
    """Summarise the repository whose files are below `repo`.

    `backend` is `deterministic`, a row of `backends.BACKENDS`, or `auto`: the first that the environment
    configures, else deterministic. `timeout` bounds the whole talk with the model, in seconds. Whatever a model
    says is checked against facts and files, and what fails is kept in `rejected`. When the model cannot be had
    the summary is the deterministic one, with the reason in `backend.note`. Raises UsageError for a backend
    that does not exist.
    """
    source = Source(repo)
    plain = from_facts(shape, modules, source)
    chosen, note = backends.choose(backend)
    if chosen is None:
        return plain.model_copy(update={"backend": Backend(name=backends.DETERMINISTIC, note=note)})
    from repo_architect.summary.with_model import with_model

    return with_model(chosen, plain, shape, modules, source, timeout=timeout)


def from_facts(shape: RepoShape, modules: Modules, source: Source) -> Summary:
    """The summary made from the analysis alone; the same input gives the same bytes."""
    hotspots = find_hotspots(shape, modules)
    return Summary(
        backend=Backend(name=backends.DETERMINISTIC),
        sentences=three_sentences(shape, source),
        hotspots=hotspots,
        onboarding=onboarding_steps(shape, modules, source, hotspots),
        technologies=key_technologies(shape),
    )
