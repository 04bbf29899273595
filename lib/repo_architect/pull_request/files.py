"""Which files are proposed, and under which names: nothing that somebody else wrote is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from repo_architect.contracts import CiPlan, RepoShape, Summary
from repo_architect.pull_request.document import MARKER, page
from repo_architect.pull_request.tree import Tree
from repo_architect.run import Run

FOLDERS = ("docs/architecture", "docs/repo-architect")
WORKFLOWS = (".github/workflows/ci.yml", ".github/workflows/repo-architect-ci.yml")
_WORKFLOW_MARKER = b"# Written by RepoArchitectAgent"


@dataclass(frozen=True)
class Artifacts:
    """What the stages before left; None for what is not there."""

    shape: RepoShape
    summary: Summary | None
    mermaid: str | None
    svg: str | None
    plan: CiPlan | None
    workflow: str | None

    @classmethod
    def of(cls, run: Run) -> Artifacts:
        """Read them. Raises ContractError for one that is malformed, or when there is no repo_shape.json."""
        return cls(
            shape=run.read("repo_shape.json"),
            summary=run.read_if_there("summary.json"),
            mermaid=run.read_if_there("diagram.mmd"),
            svg=run.read_if_there("diagram.svg"),
            plan=run.read_if_there("ci_plan.json"),
            workflow=run.read_if_there("ci-generated.yml"),
        )

    @property
    def has_ci(self) -> bool:
        """Whether there is a workflow that adds something."""
        return bool(self.workflow and self.plan and self.plan.jobs and self.plan.verdict != "nothing_to_add")


@dataclass(frozen=True)
class Planned:
    """A file to propose: `artifact` is what it was made from, `purpose` a line for the reviewer."""

    path: str
    content: bytes
    artifact: str
    purpose: str


@dataclass(frozen=True)
class Plan:
    """The files, sorted by path, and what the reviewer should know of them."""

    files: tuple[Planned, ...]
    notes: tuple[str, ...] = ()


def plan_files(artifacts: Artifacts, base: Tree, *, may_write_workflows: bool) -> Plan:
    """The files to propose on top of `base`."""
    folder = next((folder for folder in FOLDERS if _is_free(folder, base)), None)
    files: list[Planned] = []
    notes: list[str] = []
    if folder:
        files += _documents(artifacts, folder)
    else:
        notes.append(f"`{FOLDERS[0]}` and `{FOLDERS[1]}` hold other files, so no documents are proposed.")
    if artifacts.has_ci:
        path, note = _workflow_path(base, folder, may_write_workflows)
        notes += [note] if note else []
        if path:
            content = (artifacts.workflow or "").encode()
            files.append(
                Planned(
                    path, content, "ci-generated.yml", "CI that installs, builds and tests what was found"
                )
            )
    return Plan(tuple(sorted(files, key=lambda file: file.path)), tuple(notes))


def _documents(artifacts: Artifacts, folder: str) -> Iterator[Planned]:
    up = "../" * (folder.count("/") + 1)
    text = page(artifacts.shape, artifacts.summary, artifacts.mermaid, up)
    made_from = "summary.md" if artifacts.summary else "repo_shape.json"
    yield Planned(
        f"{folder}/README.md", text.encode(), made_from, "summary, diagram and a table of the parts"
    )
    if artifacts.svg:
        yield Planned(
            f"{folder}/diagram.svg", artifacts.svg.encode(), "diagram.svg", "the architecture as a picture"
        )


def _is_free(folder: str, base: Tree) -> bool:
    """Whether a folder holds nothing of ours to lose: its page is written by a run, or neither name is taken."""
    written = base.content(f"{folder}/README.md")
    if written is not None:
        return written.startswith(MARKER.encode())
    return not any(
        base.has(name) for name in (f"{folder}/README.md", f"{folder}/diagram.svg")
    ) and base.can_hold(folder)


def _workflow_path(base: Tree, folder: str | None, may_write_workflows: bool) -> tuple[str | None, str]:
    target = next((path for path in WORKFLOWS if _is_ours(path, base)), None)
    if target is None:
        return None, f"`{WORKFLOWS[0]}` and `{WORKFLOWS[1]}` are taken, so no workflow is proposed."
    if may_write_workflows:
        return target, ""
    if folder is None:
        return None, "The token may not write workflows, so none is proposed."
    return f"{folder}/ci.yml", (
        f"The token may not write workflows (it lacks the `workflow` scope), so the CI stands outside"
        f" `.github/workflows`: move it to `{target}` to switch it on."
    )


def _is_ours(path: str, base: Tree) -> bool:
    written = base.content(path)
    return (
        written.startswith(_WORKFLOW_MARKER)
        if written is not None
        else not base.has(path) and base.can_hold(path)
    )
