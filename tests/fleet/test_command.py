from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from repo_architect.cli import main as command
from repo_architect.fleet import process

FAKE = (sys.executable, str(Path(__file__).parents[1] / "support" / "fake_worker.py"))


@pytest.fixture(autouse=True)
def _fake_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "COMMAND", FAKE)
    monkeypatch.setenv("FAKE_WORKER_LOG", str(tmp_path / "log"))
    monkeypatch.setenv("FAKE_WORKER_MENDED", str(tmp_path / "mended"))
    monkeypatch.chdir(tmp_path)


def call(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["repo-architect", *words])
    with pytest.raises(SystemExit) as ended:
        command.main()
    return int(ended.value.code or 0)


def write(path: Path, *names: str) -> str:
    path.write_text("\n".join(f"https://example.org/o/{name}" for name in names))
    return str(path)


def test_exit_codes_say_how_the_fleet_went(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mixed, good = write(tmp_path / "mixed.txt", "a", "bad"), write(tmp_path / "good.txt", "a")
    (tmp_path / "wrong.txt").write_text("https://example.org/o/a\nno address at all\n")
    assert call(monkeypatch, "fleet", mixed, "--runs-dir", "runs") == 4
    said = capsys.readouterr()
    assert "1 of 2 repositories failed" in said.err and "there is no such repository" in said.err
    assert call(monkeypatch, "fleet", mixed, "--runs-dir", "runs", "--allow-failures") == 0
    assert call(monkeypatch, "fleet", good, "--runs-dir", "runs") == 0
    assert call(monkeypatch, "fleet", "wrong.txt", "--runs-dir", "runs") == 2
    assert "line 2" in capsys.readouterr().err
    assert not (tmp_path / "runs" / "wrong").exists()
    assert call(monkeypatch, "fleet") == 2
    assert call(monkeypatch, "fleet", good, "--as-of", "soon") == 2


def test_the_comparison_is_beside_the_runs_and_can_be_made_again_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = write(tmp_path / "ours.txt", "a", "bad")
    call(monkeypatch, "fleet", listed, "--runs-dir", "runs", "--quiet")
    folder = tmp_path / "runs" / "ours"
    for name in ("fleet.html", "fleet.csv", "fleet.parquet"):
        (folder / name).unlink()
    (tmp_path / "log").unlink()
    assert call(monkeypatch, "fleet", listed, "--runs-dir", "runs", "--only-compare", "--allow-failures") == 0
    assert not (tmp_path / "log").exists()
    assert "there is no such repository" in (folder / "fleet.csv").read_text()
    assert (folder / "fleet.html").exists() and (folder / "fleet.parquet").exists()
    assert call(monkeypatch, "compare", str(folder), "--out", str(tmp_path / "elsewhere"), "--bundle") == 0
    assert {path.name for path in (tmp_path / "elsewhere").iterdir()} == {
        "fleet.html",
        "fleet.csv",
        "fleet.parquet",
        "fleet.zip",
    }


def test_a_list_can_be_seen_before_it_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = write(tmp_path / "x.txt", "a", "b"), write(tmp_path / "y.txt", "b", "c")
    assert call(monkeypatch, "fleet", *files, "--list") == 0
    assert [item["folder"] for item in json.loads(capsys.readouterr().out)] == ["o-a", "o-b", "o-c"]
    assert call(monkeypatch, "fleet", *files, "--list", "--addresses", "https://example.org/o/[ab]") == 2
    assert "o/c: the address" in capsys.readouterr().err
    assert not (tmp_path / "log").exists()
