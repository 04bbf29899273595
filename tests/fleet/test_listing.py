from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from repo_architect.errors import UsageError
from repo_architect.fleet import listing, read_list

TWO = [("https://github.com/pallets/flask", ""), ("https://github.com/encode/httpx", "0.28.0")]


def listed(path: Path) -> list[tuple[str, str]]:
    return [(entry.address, entry.ref) for entry in read_list(str(path))]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "# ours\nhttps://github.com/pallets/flask   # the web\n\nhttps://github.com/encode/httpx 0.28.0\r\n"),
        ("a", "https://github.com/pallets/flask\nhttps://github.com/encode/httpx 0.28.0"),
        ("a.csv", "team,url,branch\nx,https://github.com/pallets/flask,\ny,https://github.com/encode/httpx,0.28.0\n"),
        ("a", "url,ref\nhttps://github.com/pallets/flask,\nhttps://github.com/encode/httpx,0.28.0\n"),
        ("a.csv", "https://github.com/pallets/flask\nhttps://github.com/encode/httpx,0.28.0\n"),
        ("a.yml", "repositories:\n- https://github.com/pallets/flask\n- url: https://github.com/encode/httpx\n  ref: 0.28.0\n"),
        ("a", "- https://github.com/pallets/flask\n- {repo: https://github.com/encode/httpx, tag: 0.28.0}\n"),
        ("a.json", '[\n\t"https://github.com/pallets/flask",\n\t{"url": "https://github.com/encode/httpx", "ref": "0.28.0"}\n]'),
        ("a.json", '["https://github.com/pallets/flask", "https://github.com/encode/httpx 0.28.0", ""]'),
        ("a.txt", "\ufeffhttps://github.com/pallets/flask\nhttps://github.com/encode/httpx 0.28.0\n"),
    ],
)  # fmt: skip
def test_formats_say_the_same(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert listed(tmp_path / name) == TWO


def test_standard_input_is_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    given = json.dumps([TWO[0][0]]).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert [entry.address for entry in read_list("-")] == [TWO[0][0]]


def test_paths_are_relative_to_the_list_and_may_be_missing(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "a.txt").write_text("mine\n./gone\n'a b/c' main\n".replace("'a b/c'", "'./a b'"))
    assert listed(tmp_path / "a.txt") == [
        (str(tmp_path / "mine"), ""), (str(tmp_path / "gone"), ""), (str(tmp_path / "a b"), "main"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "again", ["https://github.com/pallets/flask.git", "https://github.com/pallets/flask/"]
)
def test_the_same_repository_twice_is_one(tmp_path: Path, again: str) -> None:
    (tmp_path / "a.txt").write_text(
        f"https://github.com/pallets/flask\n{again}\nhttps://github.com/pallets/flask v1\n"
    )
    assert [ref for _, ref in listed(tmp_path / "a.txt")] == ["", "v1"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.txt", "https://github.com/a/b\nwhat is this\n\nnonsense\n", ["line 2: 3 words", "line 4: 'nonsense' is neither"]),
        ("a.txt", "https://me:pass@github.com/a/b\n", ["line 1", "carries a name or password"]),
        ("a.txt", "ftp://github.com/a/b\n", ["line 1", "ftp:// is no protocol"]),
        ("a.txt", "ext::sh -c\n", ["line 1", "run a program"]),
        ("a.txt", "'https://github.com/a/b\n", ["line 1", "quotation"]),
        ("a.txt", "https://github.com/a/b --upload-pack=x\n", ["line 1", "is no revision"]),
        ("a.csv", "url,ref\n,main\nhttps://github.com/a/b,\n", ["line 2", "is empty"]),
        ("a.yml", "- https://github.com/a/b\n- {ref: main}\n- [x]\n", ["line 2, item 2: there is no url", "line 3, item 3"]),
        ("a.yml", "a: [\n", ["line 2"]),
        ("a.json", '{"name": "x"}', ["line 1", "under `repositories`"]),
    ],
)  # fmt: skip
def test_bad_lines_are_told_by_number_and_nothing_else_is_hidden(
    tmp_path: Path, name: str, text: str, said: list[str]
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(UsageError) as raised:
        read_list(str(tmp_path / name))
    assert all(part in raised.value.message for part in said), raised.value.message
    assert "pass@" not in raised.value.message
    assert raised.value.exit_code == 2


def test_what_is_no_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "binary.txt").write_bytes(b"https://a/b\n\xff\xfe")
    with pytest.raises(UsageError, match="line 2"):
        read_list(str(tmp_path / "binary.txt"))
    with pytest.raises(UsageError, match="cannot be read"):
        read_list(str(tmp_path / "none.txt"))
    monkeypatch.setattr(listing, "MOST", 1)
    (tmp_path / "long.txt").write_text("https://a.org/o/b\nhttps://a.org/o/c\n")
    with pytest.raises(UsageError, match="at most 1"):
        read_list(str(tmp_path / "long.txt"))


def test_yaml_bombs_and_aliases_are_no_repositories(tmp_path: Path) -> None:
    lines = ["a: &a [x]"] + [f"b{number}: &b{number} [*a, *a, *a]" for number in range(50)]
    (tmp_path / "a.yml").write_text("\n".join([*lines, "repositories: [https://github.com/a/b]"]))
    assert listed(tmp_path / "a.yml") == [("https://github.com/a/b", "")]


def test_local_paths_can_be_turned_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPO_ARCHITECT_LOCAL_PATHS", "0")
    (tmp_path / "a.txt").write_text("/etc\n")
    with pytest.raises(UsageError, match="line 1: local paths are turned off"):
        read_list(str(tmp_path / "a.txt"))
