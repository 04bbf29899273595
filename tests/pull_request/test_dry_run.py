"""What a run proposes when nothing is sent."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from repo_architect.errors import UsageError
from repo_architect.pull_request import frame, propose
from repo_architect.run import Run
from support import git
from support.pull_requests import clone_of, write_artifacts


def local_run(run: Run, origin: Path, **options: str) -> Run:
    write_artifacts(run, clone_of(origin), **options)
    git.git(run.folder, "clone", "-q", str(origin), "repo")
    return run


PATHS = [".github/workflows/ci.yml", "docs/architecture/README.md", "docs/architecture/diagram.svg"]


def test_everything_is_new_in_a_repository_that_has_none_of_it(run: Run, origin: Path) -> None:
    proposal = propose(local_run(run, origin))
    run.write("pr_info.json", proposal)
    assert proposal.state == "dry_run"
    assert [(file.path, file.action, file.before) for file in proposal.files] == [
        (path, "add", None) for path in PATHS
    ]
    assert (proposal.base, proposal.branch, proposal.url, proposal.number) == (
        "main",
        "repo-architect/proposal",
        None,
        None,
    )
    assert list(frame(proposal)["path"]) == PATHS
    assert [path.name for path in run.folder.iterdir() if path.name.startswith(".")] == []


def test_the_blob_ids_are_those_that_git_will_give(run: Run, origin: Path) -> None:
    proposal = propose(local_run(run, origin))
    workflow = next(file for file in proposal.files if file.artifact == "ci-generated.yml")
    assert workflow.after == git.git(origin, "hash-object", str(run.path("ci-generated.yml")))


def test_nothing_is_proposed_when_the_repository_has_it_all(run: Run, origin: Path) -> None:
    local_run(run, origin)
    files = {file.path: _content(run, file.path) for file in propose(run).files}
    git.commit(run.repo, files)
    proposal = propose(run)
    assert proposal.state == "nothing_to_propose"
    assert {file.action for file in proposal.files} == {"keep"}


def _content(run: Run, path: str) -> bytes:
    from repo_architect.git_command import Git
    from repo_architect.git_environment import child_environment
    from repo_architect.pull_request.files import Artifacts, plan_files
    from repo_architect.pull_request.tree import Tree

    tree = Tree(Git(child_environment(("file",)), time.monotonic() + 60), run.repo / ".git", "HEAD")
    plan = plan_files(Artifacts.of(run), tree, may_write_workflows=True)
    return next(file.content for file in plan.files if file.path == path)


def test_only_what_differs_is_named_in_the_body(run: Run, origin: Path) -> None:
    local_run(run, origin)
    documents = ("docs/architecture/README.md", "docs/architecture/diagram.svg")
    git.commit(run.repo, {path: _content(run, path) for path in documents})
    proposal = propose(run)
    assert {file.path for file in proposal.files if file.action == "keep"} == set(documents)
    assert "diagram.svg" not in proposal.body
    assert ".github/workflows/ci.yml" in proposal.body


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ({"docs/architecture/README.md": "ours by hand\n"}, {"docs/repo-architect/README.md", "docs/repo-architect/diagram.svg", ".github/workflows/ci.yml"}),
        ({"docs/architecture/diagram.svg": "<svg/>"}, {"docs/repo-architect/README.md", "docs/repo-architect/diagram.svg", ".github/workflows/ci.yml"}),
        ({".github/workflows/ci.yml": "name: mine\n"}, {*PATHS[1:], ".github/workflows/repo-architect-ci.yml"}),
        ({".github/workflows/ci.yml": "name: mine\n", ".github/workflows/repo-architect-ci.yml": "x"}, set(PATHS[1:])),
        ({"docs": "a file\n"}, {".github/workflows/ci.yml"}),
        ({".github": "a file\n"}, set(PATHS[1:])),
        ({"docs/architecture/README.md": "x", "docs/repo-architect/README.md": "x"}, {".github/workflows/ci.yml"}),
        ({"docs/architecture/README.md": "<!-- written by RepoArchitectAgent; run it again rather than edit this file -->\nold\n"}, set(PATHS)),
        ({".github/workflows/ci.yml": "# Written by RepoArchitectAgent. Old\n"}, set(PATHS)),
    ],
)  # fmt: skip
def test_nothing_of_others_is_overwritten(
    run: Run, origin: Path, there: dict[str, str], expected: set[str]
) -> None:
    local_run(run, origin)
    git.commit(run.repo, there)
    proposal = propose(run)
    assert {file.path for file in proposal.files} == expected
    theirs = {file.path for file in proposal.files if file.action == "change"}
    assert theirs == {path for path, text in there.items() if "RepoArchitectAgent" in text}


def test_a_link_in_the_way_is_not_followed(run: Run, origin: Path) -> None:
    local_run(run, origin)
    (run.repo / "docs").symlink_to("/etc")
    git.commit(run.repo, {})
    assert [file.path for file in propose(run).files] == [".github/workflows/ci.yml"]


@pytest.mark.parametrize(
    ("verdict", "with_ci"), [("new", True), ("improve", True), ("nothing_to_add", False)]
)
def test_ci_is_proposed_only_where_it_adds_something(
    run: Run, origin: Path, verdict: str, with_ci: bool
) -> None:
    proposal = propose(local_run(run, origin, verdict=verdict))
    assert any(file.artifact == "ci-generated.yml" for file in proposal.files) == with_ci
    assert ("CI" in proposal.title) == with_ci


def test_without_summary_diagram_or_ci_the_rest_is_proposed(run: Run, origin: Path) -> None:
    local_run(run, origin)
    for name in (
        "summary.json",
        "summary.md",
        "diagram.mmd",
        "diagram.svg",
        "ci_plan.json",
        "ci-generated.yml",
    ):
        run.path(name).unlink()
    proposal = propose(run)
    assert [file.path for file in proposal.files] == ["docs/architecture/README.md"]
    assert proposal.title == "Document the architecture"


def test_without_the_clone_the_base_is_fetched(run: Run, origin: Path) -> None:
    git.commit(origin, {".github/workflows/ci.yml": "name: mine\n"})
    write_artifacts(run, clone_of(origin))
    assert ".github/workflows/repo-architect-ci.yml" in [file.path for file in propose(run).files]


def test_a_base_that_cannot_be_had_is_said_to_be_taken_as_empty(
    run: Run, origin: Path, tmp_path: Path
) -> None:
    write_artifacts(run, clone_of(origin, url=str(tmp_path / "gone")))
    proposal = propose(run)
    assert proposal.state == "dry_run"
    assert "taken to be empty" in proposal.reason


def test_the_same_artifacts_give_the_same_proposal(run: Run, origin: Path) -> None:
    local_run(run, origin)
    assert propose(run) == propose(run)


def test_a_local_path_has_no_forge_to_open_it_on(run: Run, origin: Path) -> None:
    proposal = propose(local_run(run, origin), open_pr=True)
    assert proposal.state == "refused"
    assert "local path" in proposal.reason
    laid_out = {
        path.relative_to(run.folder / "proposal").as_posix()
        for path in (run.folder / "proposal").rglob("*.*")
        if path.is_file()
    }
    assert laid_out == set(PATHS)
    assert "proposal/" in proposal.next_steps[0]


@pytest.mark.parametrize(
    ("environ", "step"),
    [({}, "set GITHUB_TOKEN, then: repo-architect resume one --open-pr"), ({"GITHUB_TOKEN": "t"}, "to open it: repo-architect resume one --open-pr")],
)  # fmt: skip
def test_the_next_step_says_how_to_open_it(
    run: Run, origin: Path, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], step: str
) -> None:
    local_run(run, origin)
    write_artifacts(
        run,
        clone_of(origin, host="github.com", owner="ada", name="shop", web_url="https://github.com/ada/shop"),
    )
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    proposal = propose(run, open_pr=False)
    assert proposal.state == "dry_run"
    assert step in proposal.next_steps[0]


def test_without_a_token_nothing_is_sent_though_asked(run: Run, origin: Path) -> None:
    local_run(run, origin)
    write_artifacts(
        run,
        clone_of(origin, host="github.com", owner="ada", name="shop", web_url="https://github.com/ada/shop"),
    )
    proposal = propose(run, open_pr=True)
    assert (proposal.state, proposal.reason.split(" (")[0]) == (
        "dry_run",
        "there is no token for github.com in the environment",
    )
    assert "GITHUB_TOKEN" in proposal.next_steps[0]


@pytest.mark.parametrize("name", ["-x", "a..b", "a b", "a\nb", "x~1", "refs:x", "a.lock", "/a", "a/", ".a"])
@pytest.mark.parametrize("which", ["branch", "base"])
def test_what_can_be_no_branch_is_refused(run: Run, origin: Path, name: str, which: str) -> None:
    local_run(run, origin)
    with pytest.raises(UsageError, match="can be no branch"):
        propose(run, **{which: name})


def test_the_proposal_is_not_pushed_to_its_own_base(run: Run, origin: Path) -> None:
    with pytest.raises(UsageError, match="cannot be main"):
        propose(local_run(run, origin), branch="main")


def test_the_evidence_is_linked_in_body_and_page(run: Run, origin: Path) -> None:
    local_run(run, origin)
    write_artifacts(
        run,
        clone_of(origin, host="github.com", owner="ada", name="shop", web_url="https://github.com/ada/shop"),
    )
    address = f"https://github.com/ada/shop/blob/{git.head(origin)}/app/main.py#L3"
    body = propose(run).body
    assert f"| pytest is configured | [`app/main.py:3`]({address}) | `pytest` |" in body
    assert "GITHUB_TOKEN" in body
    page = _content(run, "docs/architecture/README.md").decode()
    assert "A shop. ([`app/main.py:3`](../../app/main.py#L3))" in page
    assert "```mermaid\nflowchart LR\n  a[shop]\n```" in page
