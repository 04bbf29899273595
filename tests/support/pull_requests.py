"""The artifacts that a pull request is made from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from repo_architect.contracts import CiPlan, Clone, Evidence, RepoShape, Summary
from repo_architect.contracts.ci_plan import Decision, PlannedJob, PlannedStep
from repo_architect.contracts.repo_shape import Architecture, ArchitectureNode, Repository
from repo_architect.contracts.summary import Backend, Claim
from repo_architect.run import Run
from support import git

WORKFLOW = (
    "# Written by RepoArchitectAgent. Each step says which file and line it rests on.\nname: CI\non: [push]\n"
)


def clone_of(repository: Path, **fields: Any) -> Clone:
    return Clone(
        **{
            "url": str(repository), "protocol": "path", "host": None, "owner": None, "name": repository.stem, "ref": None,
            "commit": git.head(repository), "branch": "main", "default_branch": "main", "committed_at": "2024-02-03T04:05:06+01:00",
            "shallow": True, "size_bytes": 1, "file_count": 1, **fields,
        }
    )  # fmt: skip


def write_artifacts(run: Run, clone: Clone, *, name: str = "shop", verdict: str = "new") -> None:
    """What the stages before leave."""
    where = (Evidence(path="app/main.py", line=3),)
    run.write("clone.json", clone)
    run.write(
        "repo_shape.json",
        RepoShape(
            repository=Repository(
                name=name, owner="ada", host=None, url=clone.url, commit=clone.commit, branch="main", committed_at=clone.committed_at,
                shallow=True, size_bytes=1, file_count=1,
            ),
            architecture=Architecture(nodes=(ArchitectureNode(id="a", name=name, kind="service", technology="Flask", path="app", evidence=where),)),
        ),
    )  # fmt: skip
    run.write("diagram.mmd", "flowchart LR\n  a[shop]\n")
    run.write("diagram.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>\n")
    run.write("summary.md", "A shop.\n")
    run.write(
        "summary.json",
        Summary(backend=Backend(name="deterministic"), sentences=(Claim(text="A shop.", evidence=where),)),
    )
    step = PlannedStep(name="Test", run="pytest", reason="pytest is configured", evidence=where)
    run.write(
        "ci_plan.json",
        CiPlan(
            verdict=verdict,
            jobs=(PlannedJob(id="test", name="Test", component=None, runs_on="ubuntu-24.04", timeout_minutes=10, steps=(step,)),),
            decisions=(Decision(subject="Python", choice="3.11", reason="requires-python", evidence=where),),
        ),
    )  # fmt: skip
    run.write("ci-generated.yml", WORKFLOW)
