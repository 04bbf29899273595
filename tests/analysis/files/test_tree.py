"""Reading a hostile folder: nothing is followed, nothing hangs, every name can be printed."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from pathlib import Path

import pytest

from repo_architect.analysis.files import FileTree, read_tree
from repo_architect.analysis.limits import Limits, Notes


def read(root: Path, **limits: int) -> FileTree:
    return read_tree(root, Limits(**limits), Notes())  # type: ignore[arg-type]


def paths(tree: FileTree) -> list[str]:
    return [file.path for file in tree]


def reasons(tree: FileTree) -> dict[str, int]:
    return {limit.reason: limit.count for limit in tree.notes.limits()}


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def git(root: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@t", "-C", str(root), *arguments],
        check=True,
        capture_output=True,
    )


def test_awkward_names_are_printable_unique_and_readable(tmp_path: Path) -> None:
    names = [
        b"a\nb",
        b"a\\nb",
        b'"q"',
        b"-rf",
        "é😀👩‍💻.py".encode(),
        b"\xff\xfe.txt",
        b"esc\x1b[31m",
        "\u202egpj.exe".encode(),
        b" ",
    ]
    for number, name in enumerate(names):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(str(number))
    tree = read(tmp_path)
    assert len(tree) == len(names)
    assert all("\n" not in path and "\x1b" not in path and "\u202e" not in path for path in paths(tree))
    assert len({path.encode() for path in paths(tree)}) == len(names)
    assert sorted(tree.text(path) or "" for path in paths(tree)) == sorted(map(str, range(len(names))))
    assert "é😀👩‍💻.py" in tree
    assert "\\xff\\xfe.txt" in tree


def test_links_are_told_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(outside, "secret.txt")
    root = tmp_path / "repo"
    write(root, "a/real.txt")
    (root / "loop").symlink_to(".")
    (root / "a" / "up").symlink_to("../..")
    (root / "out").symlink_to(outside)
    (root / "file").symlink_to("/etc/passwd")
    (root / "dangling").symlink_to("nowhere")
    tree = read(root)
    assert paths(tree) == ["a/real.txt"]
    assert tree.links == {
        "a/up": "../..", "dangling": "nowhere", "file": "/etc/passwd", "loop": ".", "out": str(outside),
    }  # fmt: skip
    assert tree.bytes("file") is None


def test_a_folder_that_becomes_a_link_is_not_read_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(outside, "x.txt")
    root = tmp_path / "repo"
    write(root, "a/x.txt")
    tree = read(root)
    (root / "a").rename(root / "b")
    (root / "a").symlink_to(outside)
    assert tree.bytes("a/x.txt") is None
    assert reasons(tree) == {"unreadable": 1}


def test_a_tracked_file_behind_a_link_is_not_listed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(outside, "x.txt")
    root = tmp_path / "repo"
    write(root, "a/x.txt", "b.txt")
    git(root, "init", "-q")
    git(root, "add", "-A")
    (root / "a" / "x.txt").unlink()
    (root / "a").rmdir()
    (root / "a").symlink_to(outside)
    assert paths(read(root)) == ["b.txt"]


def test_pipes_and_sockets_are_noted(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(tmp_path)
        try:
            listening.bind("socket")
        finally:
            os.chdir(here)
        tree = read(tmp_path)
    assert paths(tree) == ["a.txt"]
    assert reasons(tree) == {"special": 2}


def test_a_file_that_becomes_a_pipe_does_not_hang(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    tree = read(tmp_path)
    (tmp_path / "a.txt").unlink()
    os.mkfifo(tmp_path / "a.txt")
    assert tree.bytes("a.txt") is None


@pytest.mark.parametrize("tracked", [False, True])
def test_of_too_many_files_those_nearest_the_root_are_kept(tmp_path: Path, tracked: bool) -> None:
    write(tmp_path, "z.txt", "a/b.txt", "a/c.txt", "a/b/d.txt", "m/y.txt")
    if tracked:
        git(tmp_path, "init", "-q")
    tree = read(tmp_path, max_files=3)
    assert paths(tree) == ["a/b.txt", "a/c.txt", "z.txt"]
    assert "too_many" in reasons(tree)


@pytest.mark.parametrize("tracked", [False, True])
def test_folders_too_deep_are_noted(tmp_path: Path, tracked: bool) -> None:
    write(tmp_path, "a/b/c/d.txt", "a/b.txt")
    if tracked:
        git(tmp_path, "init", "-q")
    tree = read(tmp_path, max_depth=2)
    assert paths(tree) == ["a/b.txt"]
    assert reasons(tree) == {"too_deep": 1}


def test_a_work_tree_leaves_out_what_git_ignores(tmp_path: Path) -> None:
    write(tmp_path, "kept.py", "new.py", "build/out.js", "tracked.log", "x.log", ".hidden/y.py")
    (tmp_path / ".gitignore").write_text("build/\n*.log\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "kept.py", ".gitignore")
    git(tmp_path, "add", "-f", "tracked.log")
    assert paths(read(tmp_path)) == [".gitignore", ".hidden/y.py", "kept.py", "new.py", "tracked.log"]


def test_the_repository_s_own_configuration_runs_nothing(tmp_path: Path) -> None:
    root = tmp_path / "repo"
    write(root, "a.py")
    git(root, "init", "-q")
    git(root, "config", "core.fsmonitor", f"touch {tmp_path / 'ran'}; false")
    git(root, "config", "core.pager", f"touch {tmp_path / 'ran'}")
    assert paths(read(root)) == ["a.py"]
    assert not (tmp_path / "ran").exists()


def test_a_broken_git_folder_is_walked(tmp_path: Path) -> None:
    write(tmp_path, "a.py", ".git/HEAD")
    assert paths(read(tmp_path)) == ["a.py"]


def test_a_folder_without_git_inside_a_work_tree_stands_alone(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    write(tmp_path, ".gitignore", "inner/.git/HEAD", "inner/a.py")
    (tmp_path / ".gitignore").write_text("inner\n")
    assert paths(read(tmp_path / "inner")) == ["a.py"]


def test_submodules_are_noted(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "nested/b.py")
    git(tmp_path, "init", "-q")
    git(tmp_path / "nested", "init", "-q")
    tree = read(tmp_path)
    assert paths(tree) == ["a.py"]
    assert reasons(tree) == {"submodule": 1}


def test_a_file_of_200_megabytes_costs_nothing(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as stream:
        stream.truncate(200_000_000)
    tree = read(tmp_path)
    began = time.process_time()
    assert tree.text("big.txt") is None
    assert tree.head("big.txt", 4) == b"\0\0\0\0"
    assert time.process_time() - began < 0.1
    assert reasons(tree) == {"too_large": 1}


def test_names_that_differ_only_in_case_are_both_there(tmp_path: Path) -> None:
    write(tmp_path, "README", "readme")
    assert paths(read(tmp_path)) == ["README", "readme"]


def test_fifty_thousand_files_are_listed_quickly(tmp_path: Path) -> None:
    for folder in range(50):
        (tmp_path / f"d{folder}").mkdir()
        for number in range(1000):
            os.close(os.open(f"{tmp_path}/d{folder}/{number}", os.O_CREAT | os.O_WRONLY))
    began = time.process_time()
    assert len(read(tmp_path)) == 50_000
    assert time.process_time() - began < 3


def test_text_is_decoded_whatever_its_encoding(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("\ufeffé".encode())
    (tmp_path / "b").write_bytes("é".encode("utf-16"))
    (tmp_path / "c").write_bytes(b"\xe9")
    tree = read(tmp_path)
    assert [tree.text(name) for name in "abc"] == ["é", "é", "é"]


def test_the_files_below_a_folder_are_told_from_those_beside_it(tmp_path: Path) -> None:
    write(tmp_path, "a/x", "a/b/y", "a-b/z", "a.c", "ab")
    assert [file.path for file in read(tmp_path).below("a")] == ["a/b/y", "a/x"]
    assert read(tmp_path).below("none") == ()
