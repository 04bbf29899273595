"""What a commit holds is counted from git's objects, whatever the names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from repo_architect.clone import clone_repo, facts_frame
from repo_architect.run import Run
from support import git

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12345\n"


def test_submodules_are_reported_and_not_followed(run: Run, tmp_path: Path) -> None:
    library = git.make_repository(tmp_path / "library")
    origin = git.make_repository(tmp_path / "origin")
    git.git(
        origin,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(library),
        "vendor/library",
    )
    git.commit(origin, {})
    clone = clone_repo(run, str(origin))
    [found] = clone.submodules
    assert (found.path, found.url, found.commit) == ("vendor/library", str(library), git.head(library))
    assert list((run.folder / "repo" / "vendor" / "library").iterdir()) == []
    assert "vendor/library" in dict(facts_frame(clone).to_numpy())["submodules"]


@pytest.mark.parametrize(
    ("modules", "url", "noted"),
    [
        (None, None, True),
        ("not a config file [", None, True),
        ('[submodule "a"]\n\tpath = lib\n', None, False),
        (
            '[submodule "a"]\n\tpath = lib\n\turl = https://me:hunter2@example.com/a\n',
            "https://example.com/a",
            False,
        ),
        (
            '[submodule "a"]\n\tpath = lib\n\turl = ssh://git:hunter2@example.com/a\n',
            "ssh://git@example.com/a",
            False,
        ),
        ('[submodule "a"]\n\tpath = lib\n\turl = ../a\n', "../a", False),
        ('[include]\n\tpath = /etc/passwd\n[submodule "a"]\n\tpath = lib\n\turl = u\n', "u", False),
    ],
)
def test_a_submodules_address_comes_from_gitmodules(
    run: Run, tmp_path: Path, modules: str | None, url: str | None, noted: bool
) -> None:
    origin = git.make_repository(tmp_path / "origin", {} if modules is None else {".gitmodules": modules})
    git.git(origin, "update-index", "--add", "--cacheinfo", f"160000,{git.head(origin)},lib")
    git.git(origin, "commit", "-q", "-m", "link")
    clone = clone_repo(run, str(origin))
    assert [module.url for module in clone.submodules] == [url]
    assert any(".gitmodules" in note for note in clone.notes) == noted


def test_lfs_pointers_are_reported_by_their_content(run: Run, tmp_path: Path) -> None:
    files = {
        "b.bin": POINTER,
        "a/same.bin": POINTER,
        "text.md": f"about pointers:\n{POINTER}",
        "small.bin": POINTER[:60],
        "large.bin": POINTER + "x" * 2000,
    }
    origin = git.make_repository(tmp_path / "origin", files)
    assert clone_repo(run, str(origin)).lfs_pointers == ("a/same.bin", "b.bin")


NAMES = [
    b"new\nline.txt", b'quote".txt', b"-rf", b"--help", "emoji \U0001f600".encode(), b"latin\xe9.txt", b"tab\t.txt", b"back\\slash", b" ", b"$(id)", b"a'b",
    b"\x1b[31m",
]  # fmt: skip


def test_any_name_that_git_allows_is_cloned(run: Run, tmp_path: Path) -> None:
    origin = git.make_repository(tmp_path / "origin")
    git.commit_tree(origin, {name: POINTER.encode() for name in NAMES})
    clone = clone_repo(run, str(origin))
    assert clone.file_count == len(NAMES)
    written = {os.fsencode(path.name) for path in (run.folder / "repo").iterdir()}
    assert written == {*NAMES, b".git"}
    run.write("clone.json", clone)
    assert "latin\\xe9.txt" in run.clone.lfs_pointers


def test_names_too_long_for_the_file_system_cost_a_note(run: Run, tmp_path: Path) -> None:
    origin = git.make_repository(tmp_path / "origin")
    made = git.commit_tree(origin, {b"x" * 300: b"1", b"y" * 400: b"2", b"ok.txt": b"3"})
    clone = clone_repo(run, str(origin))
    assert [path.name for path in (run.folder / "repo").iterdir() if path.name != ".git"] == ["ok.txt"]
    assert any(note.startswith("2 files have names that cannot be written") for note in clone.notes)
    assert clone.commit == git.head(run.folder / "repo") == made


def test_a_commit_without_files_is_cloned(run: Run, tmp_path: Path) -> None:
    clone = clone_repo(run, str(git.make_repository(tmp_path / "origin", {})))
    assert (clone.file_count, clone.size_bytes) == (0, 0)
