"""The eight stages as a table: what each reads and writes, how long it may take, which secrets it may see."""

from __future__ import annotations

from dataclasses import dataclass

from repo_architect.errors import UsageError


@dataclass(frozen=True)
class Stage:
    """A stage: one notebook, one Kestra task.

    `reads` and `writes` are artifacts of the run folder, `timeout` is in seconds, `secrets` are the environment
    variables that only this stage's kernel is given, `rooms` the packages whose code its result depends on.
    """

    number: int
    name: str
    purpose: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    rooms: tuple[str, ...]
    timeout: int = 900
    may_fail: bool = False
    secrets: tuple[str, ...] = ()

    @property
    def notebook(self) -> str:
        return f"{self.number:02d}_{self.name}.ipynb"


REPO = "repo/"
GIT_SECRETS = ("GITHUB_TOKEN", "GIT_TOKEN")
MODEL_SECRETS = ("OPENAI_API_KEY", "OUMI_API_KEY")

STAGES: tuple[Stage, ...] = (
    Stage(
        1, "clone_repo", "clone the repository",
        reads=(), writes=("clone.json", REPO), rooms=("clone",), timeout=300, secrets=GIT_SECRETS,
    ),
    Stage(
        2, "analyze_repo", "read it: languages, dependencies, frameworks, endpoints, modules, services",
        reads=("clone.json", REPO), writes=("repo_shape.json", "modules.json"), rooms=("analysis",),
    ),
    Stage(
        3, "generate_diagram", "draw its architecture",
        reads=("repo_shape.json", "modules.json"), writes=("diagram.mmd", "diagram.svg", "views.json"), rooms=("diagram",),
    ),
    Stage(
        4, "generate_ci", "write the GitHub Actions CI it should have",
        reads=("repo_shape.json",), writes=("ci_plan.json", "ci-generated.yml"), rooms=("ci",),
    ),
    Stage(
        5, "generate_summary", "summarise it",
        reads=("repo_shape.json", "modules.json", REPO), writes=("summary.md", "summary.json"),
        rooms=("summary",), timeout=120, may_fail=True, secrets=MODEL_SECRETS,
    ),
    Stage(
        6, "generate_report", "put it all in one report",
        reads=("clone.json", "repo_shape.json", "modules.json", "diagram.mmd", "diagram.svg", "views.json",
               "ci_plan.json", "ci-generated.yml", "summary.md", "summary.json"),
        writes=("report.html", "report.md"), rooms=("report",),
    ),
    Stage(
        7, "archive_results", "pack the artifacts",
        reads=("clone.json", "repo_shape.json", "modules.json", "diagram.mmd", "diagram.svg", "views.json",
               "ci_plan.json", "ci-generated.yml", "summary.md", "summary.json", "report.html", "report.md"),
        writes=("artifacts.tar.gz",), rooms=("archive",),
    ),
    Stage(
        8, "open_pr", "open a pull request, or show the one that would be opened",
        reads=("clone.json", "repo_shape.json", "diagram.mmd", "diagram.svg", "ci_plan.json", "ci-generated.yml",
               "summary.md", "summary.json"),
        writes=("pr_info.json",), rooms=("pull_request",), timeout=300, may_fail=True, secrets=GIT_SECRETS,
    ),
)  # fmt: skip

OPTIONAL = frozenset(name for stage in STAGES if stage.may_fail for name in stage.writes) | {"views.json"}
"""Artifacts that may be missing: the stage that writes them may fail, or runs of an earlier version have none."""

RUN_TIMEOUT = 1800


def stage(name: str) -> Stage:
    """The stage by its name, its number or its notebook's name. Raises UsageError for another."""
    for candidate in STAGES:
        if name in (candidate.name, str(candidate.number), f"{candidate.number:02d}", candidate.notebook):
            return candidate
    raise UsageError(
        f"there is no stage {name!r}",
        fix="the stages are " + ", ".join(candidate.name for candidate in STAGES),
    )


def writer_of(artifact: str) -> Stage:
    """The stage that writes an artifact. Raises UsageError for an unknown name."""
    for candidate in STAGES:
        if artifact in candidate.writes:
            return candidate
    raise UsageError(
        f"{artifact!r} is no artifact of a run",
        fix="the artifacts are " + ", ".join(name for candidate in STAGES for name in candidate.writes),
    )


def waits_for(stage: Stage) -> tuple[Stage, ...]:
    """The stages whose artifacts this one reads, in order; the pull request comes after the report."""
    needed = {writer_of(name).name for name in stage.reads}
    if stage.name == "open_pr":
        needed.add("archive_results")
    return tuple(candidate for candidate in STAGES if candidate.name in needed)
