"""Opening a pull request on GitHub and Gitea, and coming again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from repo_architect.contracts import PrInfo
from repo_architect.errors import ForgeError
from repo_architect.pull_request import propose
from repo_architect.run import Run
from support import git
from support.forge import TOKEN, Forge
from support.pull_requests import write_artifacts

BRANCH = "repo-architect/proposal"
FILES = [".github/workflows/ci.yml", "docs/architecture/README.md", "docs/architecture/diagram.svg"]


BOTH = pytest.mark.parametrize("forge", ["github", "gitea"], indirect=True)


@pytest.fixture
def opened(run: Run, forge: Forge) -> PrInfo:
    return propose(run, open_pr=True)


def on_branch(forge: Forge, full_name: str = "ada/shop", branch: str = BRANCH) -> list[str]:
    return git.git(forge.bare(full_name), "diff", "--name-only", f"{branch}~1", branch).splitlines()


def somebody_commits(forge: Forge, tmp_path: Path, branch: str, files: dict[str, str | bytes]) -> str:
    work = tmp_path / f"work-{branch.replace('/', '-')}"
    git.git(tmp_path, "clone", "-q", "-b", branch, str(forge.bare("ada/shop")), str(work))
    made = git.commit(work, files)
    git.git(work, "push", "-q", "origin", branch)
    return made


@BOTH
def test_one_commit_on_one_branch_becomes_a_draft(run: Run, forge: Forge, opened: PrInfo) -> None:
    run.write("pr_info.json", opened)
    [pull] = forge.pulls
    assert (opened.state, opened.number, opened.url) == ("opened", 1, f"{forge.server.url}/ada/shop/pull/1")
    assert opened.draft
    assert (
        pull["title"] == ("WIP: " if forge.kind == "gitea" else "") + "Document the architecture and add CI"
    )
    assert pull["draft"] == (forge.kind == "github")
    assert (pull["base"]["ref"], pull["head"]["ref"]) == ("main", BRANCH)
    assert on_branch(forge) == FILES
    assert opened.commit == git.head(forge.bare("ada/shop"), BRANCH)
    assert git.head(forge.bare("ada/shop"), f"{BRANCH}~1") == git.head(forge.bare("ada/shop"), "main")
    assert opened.head_repository == "ada/shop"


def test_the_blobs_are_those_that_were_announced(forge: Forge, opened: PrInfo) -> None:
    for file in opened.files:
        assert git.head(forge.bare("ada/shop"), f"{BRANCH}:{file.path}") == file.after


@BOTH
def test_not_a_draft_when_that_is_asked(run: Run, forge: Forge) -> None:
    assert not propose(run, open_pr=True, draft=False).draft
    assert not forge.pulls[0]["draft"]
    assert not forge.pulls[0]["title"].startswith("WIP")


@BOTH
def test_a_second_run_changes_nothing(run: Run, forge: Forge, opened: PrInfo) -> None:
    again = propose(run, open_pr=True)
    assert (again.state, again.number, again.commit) == ("unchanged", 1, opened.commit)
    assert not any(method == "PATCH" for method, _ in forge.calls)
    assert len(forge.pulls) == 1


def test_nothing_is_pushed_when_only_the_base_moved_elsewhere(
    run: Run, forge: Forge, opened: PrInfo, tmp_path: Path
) -> None:
    somebody_commits(forge, tmp_path, "main", {"other.py": "1"})
    assert propose(run, open_pr=True).commit == opened.commit


def test_what_changed_is_pushed_over_the_own_commit(run: Run, forge: Forge, opened: PrInfo) -> None:
    run.write("diagram.svg", "<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>\n")
    again = propose(run, open_pr=True)
    assert again.state == "updated"
    assert again.commit != opened.commit
    assert git.git(forge.bare("ada/shop"), "rev-list", "--count", f"main..{BRANCH}") == "1"


def test_the_base_that_took_a_file_is_followed(
    run: Run, forge: Forge, opened: PrInfo, tmp_path: Path
) -> None:
    svg = run.path("diagram.svg").read_bytes()
    readme = git.git(forge.bare("ada/shop"), "show", f"{BRANCH}:docs/architecture/README.md") + "\n"
    somebody_commits(
        forge, tmp_path, "main", {"docs/architecture/diagram.svg": svg, "docs/architecture/README.md": readme}
    )
    assert propose(run, open_pr=True).state == "updated"
    assert on_branch(forge) == [".github/workflows/ci.yml"]


@pytest.mark.parametrize("way", ["commit on top", "amended", "another branch altogether"])
def test_a_commit_of_somebody_else_is_left_as_it_is(
    run: Run, forge: Forge, opened: PrInfo, tmp_path: Path, way: str
) -> None:
    work = tmp_path / "work"
    git.git(tmp_path, "clone", "-q", "-b", BRANCH, str(forge.bare("ada/shop")), str(work))
    if way == "commit on top":
        git.commit(work, {"docs/architecture/README.md": "better\n"})
    elif way == "amended":
        (work / "docs/architecture/README.md").write_text("better\n")
        git.git(work, "commit", "-q", "-a", "--amend", "--no-edit")
    else:
        git.git(work, "reset", "-q", "--hard", "origin/main")
        git.commit(work, {"x": "y"})
    git.git(work, "push", "-q", "--force", "origin", BRANCH)
    theirs = git.head(work)
    run.write("diagram.svg", "<svg/>\n")
    again = propose(run, open_pr=True)
    assert again.state == "refused"
    assert "somebody else" in again.reason
    assert git.head(forge.bare("ada/shop"), BRANCH) == theirs


def test_a_branch_of_that_name_that_was_there_before_is_left_as_it_is(
    run: Run, forge: Forge, tmp_path: Path
) -> None:
    git.git(forge.bare("ada/shop"), "branch", BRANCH, "main")
    assert propose(run, open_pr=True).state == "refused"
    assert forge.pulls == []


def test_a_push_at_the_same_time_is_not_overwritten(
    run: Run, forge: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from repo_architect.pull_request.workspace import Workspace

    def somebody_is_faster(self: Workspace, *arguments: object) -> str:
        git.git(forge.bare("ada/shop"), "branch", BRANCH, "main")
        return made(self, *arguments)

    made: Callable[..., str] = Workspace.commit
    monkeypatch.setattr(Workspace, "commit", somebody_is_faster)
    refused = propose(run, open_pr=True)
    assert refused.state == "refused"
    assert "at the same time" in refused.reason
    assert git.head(forge.bare("ada/shop"), BRANCH) == git.head(forge.bare("ada/shop"), "main")


@BOTH
def test_closed_without_merging_is_a_no(run: Run, forge: Forge, opened: PrInfo) -> None:
    forge.pulls[0]["state"] = "closed"
    run.write("diagram.svg", "<svg/>\n")
    again = propose(run, open_pr=True)
    assert (again.state, again.number, again.url) == ("declined", 1, opened.url)
    assert git.head(forge.bare("ada/shop"), BRANCH) == opened.commit
    assert propose(run, open_pr=True, branch="repo-architect/again").state == "opened"


def test_after_a_merge_with_nothing_new_nothing_is_proposed(run: Run, forge: Forge, opened: PrInfo) -> None:
    bare = forge.bare("ada/shop")
    git.git(bare, "update-ref", "refs/heads/main", git.head(bare, BRANCH))
    forge.pulls[0].update(state="closed", merged=True)
    assert propose(run, open_pr=True).state == "nothing_to_propose"


@pytest.mark.parametrize("branch_is_left", [True, False])
def test_after_a_squash_merge_what_is_new_is_proposed_again(
    run: Run, forge: Forge, opened: PrInfo, tmp_path: Path, branch_is_left: bool
) -> None:
    bare = forge.bare("ada/shop")
    tree = git.git(bare, "rev-parse", f"{BRANCH}^{{tree}}")
    squashed = git.git(bare, "commit-tree", tree, "-p", "main", "-m", "squashed")
    git.git(bare, "update-ref", "refs/heads/main", squashed)
    if not branch_is_left:
        git.git(bare, "branch", "-q", "-D", BRANCH)
    forge.pulls[0].update(state="closed", merged=True)
    run.write("diagram.svg", "<svg><g/></svg>\n")
    again = propose(run, open_pr=True)
    assert (again.state, again.number) == ("opened", 2)
    assert on_branch(forge) == ["docs/architecture/diagram.svg"]
    assert {file.path: file.action for file in again.files}["docs/architecture/README.md"] == "keep"


def test_a_force_pushed_base_is_followed(run: Run, forge: Forge, opened: PrInfo, tmp_path: Path) -> None:
    other = git.make_repository(tmp_path / "other", {"new": "start"})
    git.git(other, "push", "-q", "--force", str(forge.bare("ada/shop")), "main")
    run.write("diagram.svg", "<svg/>\n")
    assert propose(run, open_pr=True).state == "updated"
    bare = forge.bare("ada/shop")
    assert git.head(bare, f"{BRANCH}~1") == git.head(other)


def test_another_base_is_proposed_to(run: Run, forge: Forge) -> None:
    git.git(forge.bare("ada/shop"), "branch", "next", "main~1")
    opened = propose(run, open_pr=True, base="next")
    assert forge.pulls[0]["base"]["ref"] == opened.base == "next"
    assert git.head(forge.bare("ada/shop"), f"{BRANCH}~1") == git.head(forge.bare("ada/shop"), "next")
    with pytest.raises(ForgeError, match="no branch nowhere"):
        propose(run, open_pr=True, base="nowhere")


def test_an_open_one_to_another_base_is_left_as_it_is(run: Run, forge: Forge, opened: PrInfo) -> None:
    git.git(forge.bare("ada/shop"), "branch", "next", "main~1")
    refused = propose(run, open_pr=True, base="next")
    assert (refused.state, refused.number) == ("refused", 1)
    assert "to main, not to next" in refused.reason
    assert git.head(forge.bare("ada/shop"), BRANCH) == opened.commit


def test_the_default_branch_is_what_the_forge_says(run: Run, forge: Forge) -> None:
    git.git(forge.bare("ada/shop"), "branch", "trunk", "main")
    forge.repositories["ada/shop"]["default_branch"] = "trunk"
    assert propose(run, open_pr=True).base == "trunk"


def test_a_body_that_somebody_edited_is_theirs(run: Run, forge: Forge, opened: PrInfo) -> None:
    forge.pulls[0]["body"] = "I wrote this instead."
    write_artifacts(run, run.clone, name="another")
    assert propose(run, open_pr=True).state == "updated"
    assert forge.pulls[0]["body"] == "I wrote this instead."


@BOTH
def test_a_body_of_ours_is_brought_up_to_date_and_a_ready_one_stays_ready(
    run: Run, forge: Forge, opened: PrInfo
) -> None:
    forge.pulls[0]["title"] = forge.pulls[0]["title"].removeprefix("WIP: ")
    forge.pulls[0]["body"] = forge.pulls[0]["body"].replace("\n", "\r\n")
    write_artifacts(run, run.clone, verdict="nothing_to_add")
    again = propose(run, open_pr=True)
    assert again.state == "updated"
    assert forge.pulls[0]["title"] == "Document the architecture"
    assert forge.pulls[0]["body"] == again.body


@pytest.mark.parametrize("kind_of_answer", ["known", "made meanwhile"])
@BOTH
def test_one_that_exists_already_is_brought_up_to_date(
    run: Run, forge: Forge, opened: PrInfo, kind_of_answer: str
) -> None:
    if kind_of_answer == "made meanwhile":
        forge.faults["GET", "/pulls"] = [(200, {}, [])]
    again = propose(run, open_pr=True)
    assert again.number == 1
    assert again.state in ("unchanged", "updated")
    assert len(forge.pulls) == 1


@BOTH
def test_many_other_pull_requests_do_not_hide_ours(run: Run, forge: Forge, opened: PrInfo) -> None:
    for number in range(2, 130):
        other = {
            **forge.pulls[0],
            "number": number,
            "head": {"ref": f"x{number}", "label": f"ada:x{number}", "repo": {"full_name": "ada/shop"}},
        }
        forge.pulls.append(other)  # fmt: skip
    assert propose(run, open_pr=True).number == 1


@BOTH
def test_a_branch_of_that_name_in_another_fork_is_not_ours(run: Run, forge: Forge, opened: PrInfo) -> None:
    forge.pulls[0]["head"]["repo"]["full_name"] = "eve/shop"
    forge.pulls[0]["head"]["label"] = f"eve:{BRANCH}"
    assert propose(run, open_pr=True).number == 2


@pytest.mark.parametrize("fork_exists", [False, True])
@BOTH
def test_without_the_right_to_write_it_comes_from_a_fork(run: Run, forge: Forge, fork_exists: bool) -> None:
    forge.repositories["ada/shop"]["permissions"] = {"push": False, "pull": True}
    forge.server.tokens[TOKEN] = "write /me/"
    if fork_exists:
        forge.add("me/shop", forge.bare("ada/shop"), parent={"full_name": "ada/shop"})
    opened = propose(run, open_pr=True)
    assert (opened.state, opened.head_repository) == ("opened", "me/shop")
    assert forge.pulls[0]["head"]["label"] == f"me:{BRANCH}"
    assert on_branch(forge, "me/shop") == FILES
    assert propose(run, open_pr=True).state == "unchanged"


def test_a_fork_that_is_behind_is_given_the_history(run: Run, forge: Forge, tmp_path: Path) -> None:
    forge.repositories["ada/shop"]["permissions"] = {"push": False, "pull": True}
    forge.server.tokens[TOKEN] = "write /me/"
    forge.add("me/shop", forge.bare("ada/shop"), parent={"full_name": "ada/shop"})
    for number in range(3):
        work = tmp_path / str(number)
        work.mkdir()
        somebody_commits(forge, work, "main", {f"{number}.py": "1"})
    assert propose(run, open_pr=True).state == "opened"
    assert git.head(forge.bare("me/shop"), f"{BRANCH}~1") == git.head(forge.bare("ada/shop"), "main")


def test_a_repository_of_that_name_that_is_no_fork_is_left_alone(run: Run, forge: Forge) -> None:
    forge.repositories["ada/shop"]["permissions"] = {"push": False, "pull": True}
    forge.add("me/shop", forge.bare("ada/shop"))
    with pytest.raises(ForgeError, match="no fork of ada/shop"):
        propose(run, open_pr=True)


def test_a_token_of_a_workflow_is_said_to_have_no_rights_and_may_push(run: Run, forge: Forge) -> None:
    forge.repositories["ada/shop"]["permissions"] = {"push": False, "pull": False}
    forge.login = None
    assert propose(run, open_pr=True).head_repository == "ada/shop"


@pytest.mark.parametrize(
    ("scopes", "outside"), [("repo", True), ("repo, read:org", True), ("repo, workflow", False), ("", False)]
)
def test_without_the_workflow_scope_the_ci_stays_outside(
    run: Run, forge: Forge, scopes: str, outside: bool
) -> None:
    forge.headers = {"X-OAuth-Scopes": scopes}
    opened = propose(run, open_pr=True)
    path = "docs/architecture/ci.yml" if outside else ".github/workflows/ci.yml"
    assert path in on_branch(forge)
    assert any(file.startswith(".github/workflows/") for file in on_branch(forge)) != outside
    assert ("`workflow` scope" in opened.body) == outside


SAYS = "refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission"


def reject(forge: Forge, said: str, when: str = "true") -> None:
    hook = forge.bare("ada/shop") / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nread old new ref\nif {when}; then echo '{said}' >&2; exit 1; fi\n")
    hook.chmod(0o755)


def test_a_push_refused_for_its_workflow_is_made_without(run: Run, forge: Forge) -> None:
    reject(forge, SAYS, when="git ls-tree -r --name-only $new | grep -q ^.github/workflows/")
    opened = propose(run, open_pr=True)
    assert opened.state == "opened"
    assert on_branch(forge) == [
        "docs/architecture/README.md",
        "docs/architecture/ci.yml",
        "docs/architecture/diagram.svg",
    ]
    assert propose(run, open_pr=True).state in ("unchanged", "updated")


def test_the_rules_of_a_repository_are_respected(run: Run, forge: Forge) -> None:
    reject(forge, "error: GH013: Repository rule violations found for refs/heads/x.")
    refused = propose(run, open_pr=True)
    assert refused.state == "refused"
    assert "rules of the repository" in refused.reason
    assert forge.pulls == []


def test_an_archived_repository_takes_none(run: Run, forge: Forge) -> None:
    forge.repositories["ada/shop"]["archived"] = True
    assert propose(run, open_pr=True).state == "refused"
    assert git.git(forge.bare("ada/shop"), "branch", "--list", BRANCH) == ""


@BOTH
def test_a_wrong_token_is_told_by_its_variable(
    run: Run, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TOKEN", "wrong-canary")
    with pytest.raises(ForgeError, match="did not accept the token in GIT_TOKEN") as caught:
        propose(run, open_pr=True)
    assert "wrong-canary" not in str(caught.value)


def test_a_token_that_may_only_read_is_told(run: Run, forge: Forge) -> None:
    forge.server.tokens[TOKEN] = "read"
    with pytest.raises(ForgeError, match="may not push") as caught:
        propose(run, open_pr=True)
    assert "write access" in caught.value.fix


def test_a_repository_that_is_not_seen_is_told(run: Run, forge: Forge) -> None:
    del forge.repositories["ada/shop"]
    with pytest.raises(ForgeError, match="not to be seen"):
        propose(run, open_pr=True)


def test_workflows_that_may_open_none_are_told_where_to_allow_it(run: Run, forge: Forge) -> None:
    forge.faults["POST", "/pulls"] = [
        (403, {}, {"message": "GitHub Actions is not permitted to create or approve pull requests."})
    ]
    refused = propose(run, open_pr=True)
    assert refused.state == "refused"
    assert "Settings" in refused.next_steps[0]


def test_where_drafts_are_not_supported_it_is_no_draft(run: Run, forge: Forge) -> None:
    forge.faults["POST", "/pulls"] = [
        (422, {}, {"message": "Draft pull requests are not supported in this repository."})
    ]
    assert not propose(run, open_pr=True).draft


def test_what_the_forge_says_against_it_is_told(run: Run, forge: Forge) -> None:
    forge.faults["POST", "/pulls"] = [
        (422, {}, {"message": "Validation Failed", "errors": [{"message": "base is \x1b[31minvalid"}]})
    ]
    with pytest.raises(ForgeError, match="base is") as caught:
        propose(run, open_pr=True)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "headers"),
    [(503, {}), (429, {"Retry-After": "2"}), (403, {"Retry-After": "1"}), (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "0"})],
)  # fmt: skip
def test_a_forge_that_asks_to_wait_is_waited_for(
    run: Run, forge: Forge, status: int, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("repo_architect.pull_request.forges.client.pause", waited.append)
    forge.faults["GET", "/repos/ada/shop"] = [(status, headers, {"message": "slow down"})]
    assert propose(run, open_pr=True).state == "opened"
    assert waited == [float(headers.get("Retry-After", 0.5 if status == 503 else 1))]


def test_a_forge_that_asks_to_wait_too_long_is_told(run: Run, forge: Forge) -> None:
    forge.faults["GET", "/repos/ada/shop"] = [(429, {"Retry-After": "3600"}, {})]
    with pytest.raises(ForgeError, match="wait 3600 seconds"):
        propose(run, open_pr=True)


@pytest.mark.parametrize(
    "answer",
    [None, [], {"message": "x"}, "text", {"full_name": None}, {"full_name": "ada/shop", "permissions": 3}],
)
def test_an_answer_that_makes_no_sense_is_a_forge_error(run: Run, forge: Forge, answer: object) -> None:
    forge.faults["GET", "/repos/ada/shop"] = [(200, {}, answer)]
    with pytest.raises(ForgeError):
        propose(run, open_pr=True)


def test_a_renamed_repository_is_followed_on_its_host_alone(run: Run, forge: Forge, origin: Path) -> None:
    forge.faults["GET", "/repos/ada/shop"] = [
        (301, {"Location": f"{forge.server.url}{forge.base}/repos/ada/store"}, {})
    ]
    forge.add("ada/store", origin)
    assert propose(run, open_pr=True).head_repository == "ada/store"
    forge.faults["GET", "/repos/ada/shop"] = [(301, {"Location": "http://127.0.0.2:1/x"}, {})]
    with pytest.raises(ForgeError, match="another host"):
        propose(run, open_pr=True)


def test_a_forge_that_is_not_there_is_told(run: Run, forge: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("repo_architect.pull_request.proposing.dialect_for", lambda _: unreachable())
    with pytest.raises(ForgeError, match="cannot be reached"):
        propose(run, open_pr=True)


def unreachable() -> object:
    from repo_architect.pull_request.forges import Dialect

    return Dialect("GitHub", "http://127.0.0.1:9/api/v3", "Bearer", "blob/{commit}/")


def test_the_token_stands_nowhere(run: Run, forge: Forge, capfd: pytest.CaptureFixture[str]) -> None:
    run.write("pr_info.json", propose(run, open_pr=True))
    held = [path for path in run.folder.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]
    served = [
        path for path in forge.root.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()
    ]
    assert (held, served) == ([], [])
    assert TOKEN not in "".join(capfd.readouterr())
    assert TOKEN not in str(forge.pulls)


def test_a_file_that_holds_the_token_is_not_sent(run: Run, forge: Forge) -> None:
    run.write("diagram.svg", f"<svg><title>{TOKEN}</title></svg>\n")
    refused = propose(run, open_pr=True)
    assert refused.state == "refused"
    assert "holds the token" in refused.reason
    assert git.git(forge.bare("ada/shop"), "branch", "--list", BRANCH) == ""


def test_nothing_is_sent_unless_asked(run: Run, forge: Forge) -> None:
    assert propose(run).state == "dry_run"
    assert forge.calls == []
    assert git.git(forge.bare("ada/shop"), "branch", "--list", BRANCH) == ""
