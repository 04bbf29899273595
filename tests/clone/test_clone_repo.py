"""What comes of a clone that works."""

from __future__ import annotations

from pathlib import Path

import pytest

from repo_architect.clone import clone_repo, facts_frame
from repo_architect.errors import CloneError
from repo_architect.run import Run
from support import git


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    folder = git.make_repository(tmp_path / "shop", {"app.py": "print(1)\n", "docs/a.md": "a\n"})
    git.git(folder, "tag", "-a", "v1.0", "-m", "one")
    git.commit(folder, {"app.py": "print(2)\n"})
    git.git(folder, "checkout", "-q", "-b", "feature/x")
    git.commit(folder, {"feature.py": "x = 1\n"})
    git.git(folder, "checkout", "-q", "main")
    return folder


def left_behind(run: Run) -> list[str]:
    return sorted(
        path.name for path in run.folder.iterdir() if path.name not in ("repo", "stages", "clone.json")
    )


def test_a_local_path_is_cloned_one_commit_deep(run: Run, origin: Path) -> None:
    clone = clone_repo(run, str(origin))
    assert (clone.commit, clone.branch, clone.default_branch, clone.ref) == (
        git.head(origin),
        "main",
        "main",
        None,
    )
    assert clone.shallow
    assert git.git(run.folder / "repo", "rev-list", "--count", "HEAD") == "1"
    assert (clone.protocol, clone.url, clone.name) == ("path", str(origin), "shop")
    assert (clone.host, clone.owner, clone.web_url) == (None, None, None)
    assert (clone.file_count, clone.size_bytes) == (2, len("print(2)\n") + len("a\n"))
    assert clone.committed_at == "2024-02-03T04:05:06+01:00"
    assert (run.folder / "repo" / "app.py").read_text() == "print(2)\n"
    assert left_behind(run) == []


def test_what_is_returned_holds_its_contract(run: Run, origin: Path) -> None:
    run.write("clone.json", clone_repo(run, str(origin)))
    assert run.clone.commit == git.head(origin)


def test_full_history_brings_every_commit_and_tag(run: Run, origin: Path) -> None:
    clone = clone_repo(run, str(origin), full_history=True)
    assert not clone.shallow
    assert git.git(run.folder / "repo", "rev-list", "--count", "HEAD") == "2"
    assert git.git(run.folder / "repo", "tag") == "v1.0"


@pytest.mark.parametrize("full_history", [False, True])
@pytest.mark.parametrize(
    ("ref", "stands_for", "branch"),
    [
        ("main", "main", "main"),
        ("feature/x", "feature/x", "feature/x"),
        ("refs/heads/feature/x", "feature/x", "feature/x"),
        ("v1.0", "v1.0^{commit}", None),
        ("refs/tags/v1.0", "v1.0^{commit}", None),
        ("HEAD", "main", None),
    ],
)
def test_a_ref_is_a_branch_or_a_tag(
    run: Run, origin: Path, *, ref: str, stands_for: str, branch: str | None, full_history: bool
) -> None:
    clone = clone_repo(run, str(origin), ref, full_history=full_history)
    assert (clone.commit, clone.branch, clone.ref) == (git.head(origin, stands_for), branch, ref)
    assert git.head(run.folder / "repo") == clone.commit


@pytest.mark.parametrize("length", [40, 12, 7])
@pytest.mark.parametrize("protocol_version", ["0", "2"])
def test_a_ref_is_a_commit_in_full_or_abbreviated(
    run: Run,
    origin: Path,
    *,
    length: int,
    protocol_version: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    old = git.head(origin, "main~1")
    (tmp_path / "gitconfig").write_text(f"[protocol]\n\tversion = {protocol_version}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    clone = clone_repo(run, str(origin), old[:length])
    assert (clone.commit, clone.branch) == (old, None)
    assert (run.folder / "repo" / "app.py").read_text() == "print(1)\n"


def test_a_server_that_gives_no_commit_by_name_costs_a_note(
    run: Run, origin: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "gitconfig").write_text("[protocol]\n\tversion = 0\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    clone = clone_repo(run, str(origin), git.head(origin, "main~1"))
    assert any("gives no commit by its name" in note for note in clone.notes)


def test_a_branch_goes_before_a_tag_of_the_same_name(run: Run, origin: Path) -> None:
    git.git(origin, "tag", "feature/x", "main~1")
    assert clone_repo(run, str(origin), "feature/x").commit == git.head(origin, "refs/heads/feature/x")


def test_an_earlier_clone_is_replaced(run: Run, origin: Path, tmp_path: Path) -> None:
    other = git.make_repository(tmp_path / "other", {"only.txt": "x"})
    clone_repo(run, str(origin))
    clone_repo(run, str(other))
    assert sorted(path.name for path in (run.folder / "repo").iterdir()) == [".git", "only.txt"]
    assert left_behind(run) == []


def test_a_failed_clone_keeps_the_earlier_one(run: Run, origin: Path) -> None:
    clone_repo(run, str(origin))
    with pytest.raises(CloneError):
        clone_repo(run, str(origin), "no-such-branch")
    assert (run.folder / "repo" / "app.py").exists()
    assert left_behind(run) == []


def test_what_a_killed_try_left_is_removed(run: Run, origin: Path) -> None:
    (run.folder / ".repo-partial-abc" / "repo").mkdir(parents=True)
    clone_repo(run, str(origin))
    assert left_behind(run) == []


def test_uncommitted_changes_are_not_seen_and_a_note_says_so(run: Run, origin: Path) -> None:
    (origin / "new.py").write_text("x")
    clone = clone_repo(run, str(origin))
    assert not (run.folder / "repo" / "new.py").exists()
    assert any("uncommitted" in note for note in clone.notes)


def test_a_bare_repository_and_one_with_a_detached_head_are_cloned(
    run: Run, origin: Path, tmp_path: Path
) -> None:
    assert clone_repo(run, str(git.bare(origin, tmp_path / "bare.git"))).name == "bare"
    git.git(origin, "checkout", "-q", "--detach", "main~1")
    clone = clone_repo(run, str(origin))
    assert (clone.commit, clone.branch, clone.default_branch) == (git.head(origin), None, None)


def test_a_path_may_hold_any_character(run: Run, tmp_path: Path) -> None:
    folder = git.make_repository(tmp_path / "a b%20#?é", {"x": "1"})
    assert clone_repo(run, str(folder)).name == "a b%20#?é"


def test_a_relative_path_and_a_tilde_are_understood(
    run: Run, origin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(origin.parent)
    assert clone_repo(run, "shop").url == str(origin)
    monkeypatch.setenv("HOME", str(origin.parent))
    assert clone_repo(run, "~/shop").url == str(origin)


def test_the_sample_ships_with_the_package(run: Run) -> None:
    clone = clone_repo(run, "sample")
    assert (clone.protocol, clone.url, clone.name) == ("sample", "sample", "sample")
    assert clone.file_count > 5


def test_git_is_not_led_elsewhere_by_the_environment(
    run: Run, origin: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = git.make_repository(tmp_path / "other")
    for name, value in (
        ("GIT_DIR", other / ".git"), ("GIT_WORK_TREE", other), ("GIT_INDEX_FILE", tmp_path / "index"),
        ("GIT_OBJECT_DIRECTORY", tmp_path / "objects"), ("GIT_CONFIG_PARAMETERS", "'core.bare=true'"),
    ):  # fmt: skip
        monkeypatch.setenv(name, str(value))
    assert clone_repo(run, str(origin)).file_count == 2
    assert sorted(path.name for path in other.iterdir()) == [".git", "README.md"]


def test_nothing_of_the_users_or_the_repositorys_is_run(
    run: Run, origin: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    hook = f"#!/bin/sh\ntouch {ran}\n"
    for folder in (tmp_path / "hooks", tmp_path / "template" / "hooks"):
        folder.mkdir(parents=True)
        for name in ("post-checkout", "post-merge", "reference-transaction"):
            (folder / name).write_text(hook)
            (folder / name).chmod(0o755)
    (tmp_path / "gitconfig").write_text(
        f"[core]\n\thooksPath = {tmp_path}/hooks\n\tfsmonitor = touch {ran}\n[init]\n\ttemplateDir = {tmp_path}/template\n"
        f'[filter "lfs"]\n\tsmudge = touch {ran}\n\tprocess = touch {ran}\n\trequired = true\n'
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    git.commit(origin, {".gitattributes": "*.bin filter=lfs\n", "a.bin": "x"})
    clone_repo(run, str(origin))
    assert not ran.exists()
    assert not (run.folder / "repo" / ".git" / "hooks").exists()


def test_links_are_kept_and_not_followed(run: Run, origin: Path) -> None:
    (origin / "out").symlink_to("/etc/passwd")
    (origin / "loop").symlink_to("loop")
    git.commit(origin, {})
    clone = clone_repo(run, str(origin))
    assert (run.folder / "repo" / "out").readlink() == Path("/etc/passwd")
    assert clone.file_count == 4


def test_the_facts_are_a_table(run: Run, origin: Path) -> None:
    frame = facts_frame(clone_repo(run, str(origin)))
    facts = dict(zip(frame["fact"], frame["value"], strict=False))
    assert list(frame.columns) == ["fact", "value"]
    assert facts["history"] == "one commit (shallow)"
    assert facts["commit"] == git.head(origin)
