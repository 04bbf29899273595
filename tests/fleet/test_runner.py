from __future__ import annotations

import json
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from repo_architect.errors import RunError
from repo_architect.fleet import Entry, Fleet, FleetEvent, FleetPlan, FleetRecord, process, run
from repo_architect.run_lock import locked

FAKE = (sys.executable, str(Path(__file__).parents[1] / "support" / "fake_worker.py"))


@pytest.fixture(autouse=True)
def _fake_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "COMMAND", FAKE)
    monkeypatch.setenv("FAKE_WORKER_LOG", str(tmp_path / "log"))
    monkeypatch.setenv("FAKE_WORKER_MENDED", str(tmp_path / "mended"))


def entries(*names: str) -> list[Entry]:
    return [
        Entry(f"https://example.org/o/{name}", f"https://example.org/o/{name}", name, "o") for name in names
    ]


def go(tmp_path: Path, *names: str, **plan: object) -> tuple[FleetRecord, list[tuple[str, str]]]:
    events: list[tuple[str, str]] = []

    def hear(event: FleetEvent) -> None:
        events.append((event.kind, event.entry.title))

    fleet = Fleet.open(tmp_path / "runs" / "fleet")
    return run(fleet, entries(*names), FleetPlan(**plan), hear), events  # type: ignore[arg-type]


def states(record: FleetRecord) -> dict[str, str]:
    return {entry.title.removeprefix("o/"): entry.state for entry in record.listed}


def stages_run(tmp_path: Path) -> list[str]:
    log = tmp_path / "log"
    found = [line.removeprefix("begin ") for line in log.read_text().splitlines() if line.startswith("begin")]
    log.unlink()
    return found


@pytest.mark.parametrize("jobs", [1, 3])
def test_one_broken_repository_never_stops_the_rest(tmp_path: Path, jobs: int) -> None:
    record, _ = go(tmp_path, "bad", "a", "die", "b", "odd", "part", "c", jobs=jobs)
    assert states(record) == {
        "bad": "failed", "a": "success", "die": "failed", "b": "success", "odd": "failed", "part": "partial", "c": "success",
    }  # fmt: skip
    why = {entry.title: (entry.stage, entry.error) for entry in record.entries}
    assert why["o/bad"] == ("clone_repo", "there is no such repository")
    assert "by signal 9: out of luck" in (why["o/die"][1] or "")
    assert "KeyError: 'unforeseen'" in (why["o/odd"][1] or "")
    assert (
        json.loads((tmp_path / "runs/fleet/fleet.json").read_text())["entries"][0]["fix"]
        == "look at its address"
    )


def test_each_repository_is_a_run_in_a_folder_of_its_own(tmp_path: Path) -> None:
    go(tmp_path, "a", "b")
    for name in ("o-a", "o-b"):
        manifest = json.loads((tmp_path / "runs/fleet" / name / "manifest.json").read_text())
        assert (manifest["run"], manifest["state"]) == (name, "success")


def test_a_second_call_runs_only_what_failed_or_is_new(tmp_path: Path) -> None:
    go(tmp_path, "a", "bad", "part")
    stages_run(tmp_path)
    (tmp_path / "mended").touch()
    record, events = go(tmp_path, "a", "bad", "part", "new")
    ran = stages_run(tmp_path)
    assert states(record) == {"a": "success", "bad": "success", "part": "partial", "new": "success"}
    assert ("kept", "o/a") in events and not [line for line in ran if line.startswith("o-a ")]
    assert [line for line in ran if line.startswith("o-part ")] == ["o-part generate_summary"]
    assert len([line for line in ran if line.startswith("o-bad ")]) == 8


def test_other_parameters_run_a_done_repository_again_from_where_they_matter(tmp_path: Path) -> None:
    go(tmp_path, "a")
    stages_run(tmp_path)
    go(tmp_path, "a", parameters={"generate_report": {"as_of": "2026-01-01"}})
    assert stages_run(tmp_path)[0] == "o-a generate_report"


def test_no_more_repositories_run_at_once_than_asked_and_one_stage_of_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_WORKER_SECONDS", "0.05")
    go(tmp_path, *(f"r{number}" for number in range(6)), jobs=2)
    now: set[str] = set()
    most = 0
    for line in (tmp_path / "log").read_text().splitlines():
        what, _, stage = line.partition(" ")
        now = now | {stage} if what == "begin" else now - {stage}
        most = max(most, len(now))
    assert most == 2


def test_a_run_that_hangs_beyond_its_limit_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "GRACE", 1)
    record, _ = go(tmp_path, "slow", "a", run_timeout=1, jobs=1)
    assert states(record) == {"slow": "failed", "a": "success"}


def test_a_repository_taken_off_the_list_keeps_its_folder(tmp_path: Path) -> None:
    go(tmp_path, "a", "b")
    record, _ = go(tmp_path, "b")
    assert [entry.title for entry in record.listed] == ["o/b"]
    again, _ = go(tmp_path, "a", "b")
    assert [entry.folder for entry in again.listed] == ["o-a", "o-b"]


def test_two_calls_at_once_on_one_fleet_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "fleet"
    folder.mkdir(parents=True)
    with locked(folder), pytest.raises(RunError, match="another process"):
        go(tmp_path, "a")


def test_the_folder_of_a_run_is_no_fleet(tmp_path: Path) -> None:
    (tmp_path / "run" / "stages").mkdir(parents=True)
    with pytest.raises(RunError, match="of a run, not of a fleet"):
        Fleet.open(tmp_path / "run")


SCRIPT = """
import sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
from repo_architect.fleet import Entry, Fleet, FleetPlan, process, run, runner
process.COMMAND, runner.INTERRUPT_SECONDS = {fake!r}, 2
names = ["a", "slow1", "slow2", "b"]
given = [Entry("https://example.org/o/" + name, "https://example.org/o/" + name, name, "o") for name in names]
run(Fleet.open(Path({folder!r})), given, FleetPlan(jobs=2), lambda event: print(event.kind, event.entry.title, flush=True))
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_ctrl_c_or_a_kill_leaves_no_process_and_keeps_what_is_done(
    tmp_path: Path, how: signal.Signals
) -> None:
    folder = tmp_path / "fleet"
    script = textwrap.dedent(SCRIPT).format(
        tests=str(Path(__file__).parents[1]), fake=FAKE, folder=str(folder)
    )
    calling = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    _until(lambda: (tmp_path / "log").exists() and (tmp_path / "log").read_text().count("slow") == 2)
    children = _children(calling.pid)
    assert len(children) == 2
    calling.send_signal(how)
    calling.communicate(timeout=120)
    assert calling.returncode != 0
    _until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
    assert json.loads((folder / "o-a" / "manifest.json").read_text())["state"] == "success"
    assert not (folder / "o-b").exists()
    record = json.loads((folder / "fleet.json").read_text())
    assert record["entries"][0]["state"] == "success"
    if how == signal.SIGINT:
        assert {entry["state"] for entry in record["entries"][1:]} == {"pending"}


def _children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def _until(holds: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


def test_no_file_of_the_runner_is_left_open(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    go(tmp_path, "a", "bad")
    assert len(list(Path("/proc/self/fd").iterdir())) <= before + 2
