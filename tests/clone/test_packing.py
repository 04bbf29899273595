"""A packed clone comes back as it was, and a hostile one writes nothing outside."""

from __future__ import annotations

import io
import os
import stat
import tarfile
from pathlib import Path

import pytest

from repo_architect.clone import packing
from repo_architect.errors import ContractError
from support import git


def contents(folder: Path) -> dict[bytes, object]:
    """Everything below a folder: bytes and mode of files, targets of links, None for folders."""
    found: dict[bytes, object] = {}
    for root, folders, files in os.walk(os.fsencode(folder)):
        for name in (*folders, *files):
            path = os.path.join(root, name)  # noqa: PTH118 - bytes
            status = os.lstat(path)
            relative = os.path.relpath(path, os.fsencode(folder))
            if stat.S_ISLNK(status.st_mode):
                found[relative] = os.readlink(path)  # noqa: PTH115 - bytes
            elif stat.S_ISDIR(status.st_mode):
                found[relative] = None
            else:
                with open(path, "rb") as stream:  # noqa: PTH123 - bytes
                    found[relative] = (stream.read(), bool(status.st_mode & 0o100))
    return found


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = git.make_repository(
        tmp_path / "repo", {"a.txt": "a\n", "run.sh": "#!/bin/sh\n", "deep/er/b.txt": "b\n"}
    )
    (folder / "run.sh").chmod(0o755)
    (folder / "empty").mkdir()
    (folder / ("n" * 200)).write_text("a long name")
    (folder / "absolute").symlink_to("/etc/passwd")
    (folder / "upwards").symlink_to("../../..")
    (folder / "aaa-link").symlink_to("deep")
    (folder / "dangling").symlink_to("x" * 300)
    with open(os.fsencode(folder) + b"/\xff\xfe name\n", "wb") as stream:  # noqa: PTH123
        stream.write(b"not UTF-8")
    return folder


def test_the_same_tree_comes_back_with_git_s_folder_links_modes_and_odd_names(
    tree: Path, tmp_path: Path
) -> None:
    size = packing.pack(tree, tmp_path / packing.NAME)
    packing.unpack(tmp_path / packing.NAME, tmp_path / "back")
    assert size == (tmp_path / packing.NAME).stat().st_size
    assert contents(tmp_path / "back") == contents(tree)
    assert git.git(tmp_path / "back", "status", "--porcelain") == git.git(tree, "status", "--porcelain")


def test_a_clone_that_is_there_is_replaced(tree: Path, tmp_path: Path) -> None:
    packing.pack(tree, tmp_path / packing.NAME)
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "old.txt").write_text("old")
    packing.unpack(tmp_path / packing.NAME, tmp_path / "back")
    assert contents(tmp_path / "back") == contents(tree)


def hostile(tmp_path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    path = tmp_path / "hostile.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for member, data in members:
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, target
    return made


@pytest.mark.parametrize(
    "members",
    [
        [(member("../out.txt"), b"x")],
        [(member("/tmp/out.txt"), b"x")],
        [(member("a/../../out.txt"), b"x")],
        [(member("device", tarfile.CHRTYPE), b"")],
        [(member("pipe", tarfile.FIFOTYPE), b"")],
        [(member("hard", tarfile.LNKTYPE, "/etc/passwd"), b"")],
        [(member("twice"), b"1"), (member("twice"), b"2")],
        [(member("file"), b"1"), (member("file/below"), b"2")],
    ],
    ids=["upwards", "absolute", "up again", "device", "pipe", "hard link", "twice", "below a file"],
)
def test_what_pack_would_not_write_is_refused_and_nothing_is_left(
    tmp_path: Path, members: list[tuple[tarfile.TarInfo, bytes]]
) -> None:
    source = hostile(tmp_path, *members)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ContractError):
        packing.unpack(source, tmp_path / "back")
    assert sorted(tmp_path.iterdir()) == before
    assert not (tmp_path.parent / "out.txt").exists()


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    """A link first, then a file below its name: the file gets a real folder, and the link then finds its place taken."""
    victim = tmp_path / "victim"
    victim.mkdir()
    source = hostile(
        tmp_path, (member("door", tarfile.SYMTYPE, str(victim)), b""), (member("door/file"), b"x")
    )
    with pytest.raises(ContractError):
        packing.unpack(source, tmp_path / "back")
    assert not list(victim.iterdir())


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b", b"no archive at all"])
def test_a_damaged_file_is_an_error_of_its_own(tmp_path: Path, data: bytes) -> None:
    (tmp_path / packing.NAME).write_bytes(data)
    with pytest.raises(ContractError, match="no packed clone"):
        packing.unpack(tmp_path / packing.NAME, tmp_path / "back")


@pytest.mark.parametrize("limits", [packing.Limits(members=3), packing.Limits(bytes=10)])
def test_too_much_is_refused_both_ways(tree: Path, tmp_path: Path, limits: packing.Limits) -> None:
    packing.pack(tree, tmp_path / packing.NAME)
    with pytest.raises(ContractError, match="more than"):
        packing.unpack(tmp_path / packing.NAME, tmp_path / "back", limits)
    with pytest.raises(ContractError, match="more than"):
        packing.pack(tree, tmp_path / "again.tar.gz", limits)
    assert not (tmp_path / "again.tar.gz").exists()
