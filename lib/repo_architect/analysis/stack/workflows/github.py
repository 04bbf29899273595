"""GitHub Actions, and what speaks its language: Gitea and Forgejo Actions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from repo_architect.analysis.located import Located
from repo_architect.analysis.stack.row import table
from repo_architect.analysis.stack.sources import Sources
from repo_architect.analysis.stack.version import key as version_key
from repo_architect.analysis.stack.workflows.expressions import Scope, matrix_of, table_of
from repo_architect.contracts.repo_shape import Job, Step, Workflow

_PLACES = (
    ("GitHub Actions", ".github/workflows/"),
    ("Gitea Actions", ".gitea/workflows/"),
    ("Forgejo Actions", ".forgejo/workflows/"),
)
_MAX_DEPTH = 4


def workflows(sources: Sources) -> Iterator[Workflow]:
    """Each workflow with its jobs, their steps, and the versions of runtimes they run on."""
    for system, folder in _PLACES:
        for file in sources.tree:
            if file.folder + "/" == folder and file.name.endswith((".yml", ".yaml")):
                document = sources.document(file.path)
                if document is not None and isinstance(document.value, dict):
                    yield _workflow(system, file.path, document, sources)


def _workflow(system: str, path: str, document: Located, sources: Sources) -> Workflow:
    env = table_of(document, "env")
    return Workflow(
        system=system,
        path=path,
        name=document.text("name"),
        triggers=tuple(sorted(_triggers(document))),
        jobs=tuple(_job(key, key.line, job, env, sources) for key, job in document.items("jobs")),
    )


def _triggers(document: Located) -> set[str]:
    on = document.at("on")
    if on is None:
        return set()
    names = [on.value] if isinstance(on.value, str) else [element.value for element in on.elements()]
    return {name for name in [*names, *map(str, on.keys())] if isinstance(name, str)}


def _job(key: str, line: int, job: Located, env: dict[str, str], sources: Sources) -> Job:
    scope = Scope(matrix=matrix_of(job), env={**env, **table_of(job, "env")})
    steps = tuple(_steps(job))
    versions: dict[str, list[str]] = defaultdict(list)
    for runtime, version in _versions(job, scope, sources, _MAX_DEPTH):
        versions[runtime].append(version)
    return Job(
        name=str(key),
        runs_on=_runs_on(job, scope),
        steps=steps,
        line=line,
        versions={name: tuple(sorted(set(found), key=_order)) for name, found in sorted(versions.items())},
    )


def _order(version: str) -> tuple[bool, tuple[int, ...], str]:
    return (not version[:1].isdigit(), version_key(version), version)


def _runs_on(job: Located, scope: Scope) -> str | None:
    value = job.at("runs-on")
    if value is None:
        return None
    written = value.at("labels") or value
    labels = [written] if written.written() is not None else list(written.elements())
    names = [name for label in labels for name in scope.values(label.written() or "")]
    return ", ".join(dict.fromkeys(names)) or value.written()


def _steps(job: Located) -> Iterator[Step]:
    called = job.text("uses")
    if called:
        yield Step(uses=called, line=job.key_line("uses"))
    for step in job.elements("steps"):
        if isinstance(step.value, dict):
            name, uses, run = step.written("name"), step.text("uses"), step.text("run")
            yield Step(
                name=name,
                uses=uses,
                run=run,
                line=step.key_line("run" if run else "uses") if run or uses else step.line,
            )


def _versions(job: Located, scope: Scope, sources: Sources, depth: int) -> Iterator[tuple[str, str]]:
    for step in job.elements("steps"):
        uses = step.text("uses")
        if uses is None:
            continue
        if uses.startswith("./") and depth:
            yield from _composite(uses, step, scope, sources, depth - 1)
        yield from _set_up(uses, step, scope)


def _composite(
    uses: str, step: Located, scope: Scope, sources: Sources, depth: int
) -> Iterator[tuple[str, str]]:
    folder = uses.removeprefix("./").rstrip("/")
    document = next(
        filter(None, (sources.document(f"{folder}/action.{end}") for end in ("yml", "yaml"))), None
    )
    if document is None:
        return
    inputs: dict[str, tuple[str, ...]] = {
        str(key): (text,)
        for key, value in document.items("inputs")
        if (text := value.written("default")) is not None
    }
    for key, text in table_of(step, "with").items():
        inputs[key] = scope.values(text)
    runs = document.at("runs")
    if runs is not None:
        yield from _versions(runs, Scope(inputs=inputs, env=scope.env), sources, depth)


def _set_up(uses: str, step: Located, scope: Scope) -> Iterator[tuple[str, str]]:
    action, _, ref = uses.partition("@")
    for row in table("setup_actions.yaml")["actions"]:
        if not re.fullmatch(row["action"], action):
            continue
        given = step.written("with", row["input"])
        listed = [element.written() or "" for element in step.elements("with", row["input"])]
        texts = [given] if given is not None else listed or ([ref] if row.get("ref") else [])
        for text in texts:
            for value in scope.values(text):
                for version in re.split(r"[\s,]+", value.strip()):
                    if re.fullmatch(r"[\w.^~<>=*+/-]+", version) and not re.fullmatch(
                        r"[0-9a-f]{40}", version
                    ):
                        yield row["runtime"], version.removeprefix("v") if version[1:2].isdigit() else version
