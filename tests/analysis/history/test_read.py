"""History of repositories that the test makes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from repo_architect.analysis import history


def git(root: Path, *arguments: str, author: str = "a@x", date: str = "2020-01-01T00:00:00+00:00") -> None:
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(root), "GIT_AUTHOR_NAME": "n", "GIT_AUTHOR_EMAIL": author, "GIT_COMMITTER_NAME": "n",
        "GIT_COMMITTER_EMAIL": author, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date,
    }  # fmt: skip
    subprocess.run(["git", "-C", str(root), *arguments], env=environment, check=True, capture_output=True)


def commit(root: Path, author: str, day: int, **files: str) -> None:
    for name, content in files.items():
        (root / name).write_text(content)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "m", author=author, date=f"2020-01-{day:02}T00:00:00+00:00")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "repo"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    return root


def test_commits_contributors_and_dates(root: Path) -> None:
    commit(root, "a@x", 1, a="1\n")
    commit(root, "A@x", 2, a="2\n")
    commit(root, "b@x", 3, b="1\n")
    found = history.read(root, shallow=False)
    assert (found.commits, found.contributors, found.reason) == (3, 2, None)
    assert (found.first_commit_at, found.last_commit_at) == (
        "2020-01-01T00:00:00+00:00",
        "2020-01-03T00:00:00+00:00",
    )


def test_hotspots_are_churn_times_complexity(root: Path) -> None:
    commit(root, "a@x", 1, churned="1\n2\n3\n", complex="1\n", data="1\n" * 50)
    commit(root, "a@x", 2, churned="4\n5\n6\n")
    branches = {"churned": 2, "complex": 30}
    found = history.read(root, shallow=False, complexity=branches.get)
    assert [(spot.path, spot.churn, spot.complexity) for spot in found.hotspots] == [
        ("complex", 1, 30),
        ("churned", 9, 2),
    ]


def test_a_renamed_file_keeps_its_churn_and_a_removed_one_is_no_hotspot(root: Path) -> None:
    lines = "".join(f"{number}\n" for number in range(20))
    commit(root, "a@x", 1, old=lines, gone="1\n" * 40)
    (root / "old").rename(root / "new name\té")
    (root / "gone").unlink()
    commit(root, "a@x", 2)
    (root / "new name\té").rename(root / "newest")
    commit(root, "a@x", 3)
    found = history.read(root, shallow=False, complexity=lambda _path: 3)
    assert [(spot.path, spot.churn) for spot in found.hotspots] == [("newest", 20)]
    assert history.read(root, shallow=False).hotspots == ()


@pytest.mark.parametrize("shallow", [True, False])
def test_a_shallow_clone_knows_nothing_and_says_so(root: Path, tmp_path: Path, shallow: bool) -> None:
    commit(root, "a@x", 1, a="1\n")
    commit(root, "a@x", 2, a="2\n")
    clone = tmp_path / "clone"
    clone.mkdir()
    git(clone, "clone", "-q", "--depth=1", root.as_uri(), ".")
    found = history.read(clone, shallow)
    assert (found.commits, found.contributors, found.hotspots) == (None, None, ())
    assert "shallow" in (found.reason or "")


def test_no_commits_and_no_repository_are_told_apart(root: Path, tmp_path: Path) -> None:
    assert history.read(root, shallow=False).reason == "there are no commits"
    plain = tmp_path / "plain"
    plain.mkdir()
    assert history.read(plain, shallow=False).reason == "not a git work tree"


def test_the_repository_s_configuration_runs_nothing(root: Path, tmp_path: Path) -> None:
    commit(root, "a@x", 1, a="1\n")
    (root / ".gitattributes").write_text("* diff=evil\n")
    commit(root, "a@x", 2, a="2\n")
    for key in (
        "diff.evil.textconv",
        "diff.evil.command",
        "diff.external",
        "core.pager",
        "pager.log",
        "core.fsmonitor",
    ):
        git(root, "config", key, f"touch {tmp_path / 'ran'}; cat")
    git(root, "config", "log.showSignature", "true")
    git(root, "config", "gpg.program", f"touch {tmp_path / 'ran'}")
    assert history.read(root, shallow=False).commits == 2
    assert not (tmp_path / "ran").exists()


def test_commits_are_counted_where_earlier_contents_are_missing(root: Path) -> None:
    commit(root, "a@x", 1, a="1\n")
    blob = subprocess.run(
        ["git", "-C", str(root), "rev-parse", "HEAD:a"], capture_output=True, text=True, check=True
    ).stdout.strip()
    commit(root, "b@x", 2, a="2\n")
    (root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    found = history.read(root, shallow=False, complexity=lambda _path: 3)
    assert (found.commits, found.contributors, found.hotspots) == (2, 2, ())
    assert "lacks" in (found.reason or "")
