from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug import Response

from repo_architect.kestra_client import fetching, finding, following
from support.kestra_server import PASSWORD, TOKEN, KestraServer, execution, refused, task

Command = Callable[..., Any]
URL = "https://example.org/o/n"
pytestmark = pytest.mark.usefixtures("deployed")


def ends_as(kestra: KestraServer, current: str, *tasks: dict[str, Any]) -> None:
    kestra.executions["e1"] = [execution("e1", current, list(tasks))]


def test_a_run_starts_an_execution_and_tells_id_and_link(kestra: KestraServer, command: Command) -> None:
    ended = command("run", URL, "--ref", "main", "-p", "open_pr=true")
    assert ended.code == 0, ended.err
    assert ended.out == "e1\n"
    assert f"{kestra.url}/ui/main/executions/repoarchitectagent/repo_architect_agent/e1" in ended.err
    assert kestra.started == [{"repo_url": URL, "ref": "main", "open_pr": "true"}]


def test_without_open_pr_none_is_opened_and_no_token_is_sent(
    kestra: KestraServer, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    command("run", URL)
    assert kestra.started == [{"repo_url": URL, "open_pr": "false"}]


def test_with_open_pr_the_token_of_the_environment_goes_into_its_input(
    kestra: KestraServer, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    command("run", URL, "--open-pr", "--wait")
    assert kestra.started == [{"repo_url": URL, "open_pr": "true", "github_token": TOKEN}]


def test_a_private_repository_gets_the_token_and_no_pull_request(
    kestra: KestraServer, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    monkeypatch.setenv("GIT_TOKEN", PASSWORD)
    command("run", URL, "--private")
    assert kestra.started == [{"repo_url": URL, "open_pr": "false", "github_token": TOKEN}]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([URL, "--open-pr"], 2, "set GITHUB_TOKEN"),
        ([URL, "--private"], 2, "set GITHUB_TOKEN"),
        ([URL, "-p", f"github_token={TOKEN}"], 2, "github_token is a secret"),
        ([URL, "-p", "boxes=3"], 2, "its inputs are repo_url, ref, open_pr"),
        ([URL, "-p", f"{TOKEN}"], 2, "NAME=VALUE"),
        ([URL, "--output", "x"], 2, "need --wait"),
        ([URL, "--strict"], 2, "need --wait"),
        ([URL, "--timeout", "5"], 2, "need --wait"),
        ([f"https://me:{PASSWORD}@example.org/o/n"], 3, "GITHUB_TOKEN"),
        ([URL, "--namespace", "other"], 9, "repo-architect kestra deploy"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_starts(
    kestra: KestraServer, command: Command, words: list[str], code: int, message: str
) -> None:
    ended = command("run", *words)
    assert (ended.code, kestra.started) == (code, [])
    assert message in ended.err


def test_a_refused_input_tells_what_kestra_says(kestra: KestraServer, command: Command) -> None:
    kestra.fault("POST .*executions", refused(422, "Invalid entity", "Invalid input for `repo_url`"))
    ended = command("run", URL)
    assert ended.code == 9
    assert "Invalid input for `repo_url`" in ended.err


def test_an_execution_is_never_started_twice(kestra: KestraServer, command: Command) -> None:
    kestra.fault("POST .*executions", refused(503, "starting"))
    assert command("run", URL).code == 9
    assert kestra.count("POST .*executions") == 1


def test_waiting_tells_each_change_of_a_task_once(kestra: KestraServer, command: Command) -> None:
    kestra.executions["e1"] = [
        execution("e1", "CREATED"),
        execution("e1", "RUNNING", [task("clone_repo", "RUNNING", end=None)]),
        execution("e1", "RUNNING", [task("clone_repo", "RUNNING", end=None)]),
        execution("e1", "RUNNING", [task("clone_repo"), task("analyze_repo", "RUNNING", 1, None)]),
        execution(
            "e1", "SUCCESS", [task("clone_repo"), task("analyze_repo", "SUCCESS", 1, 3.5, attempts=[{}, {}])]
        ),
    ]
    ended = command("run", URL, "--wait")
    lines = [line.split() for line in ended.err.splitlines()[1:]]
    assert lines == [
        ["clone_repo", "RUNNING"],
        ["clone_repo", "SUCCESS", "1.0", "s"],
        ["analyze_repo", "RUNNING"],
        ["analyze_repo", "SUCCESS", "2.5", "s", "(attempt", "2)"],
        ["SUCCESS", "after", "9.0", "s"],
    ]


@pytest.mark.parametrize(
    ("current", "words", "code"),
    [
        ("SUCCESS", [], 0), ("SUCCESS", ["--strict"], 0), ("WARNING", [], 0), ("WARNING", ["--strict"], 4),
        ("FAILED", [], 4), ("KILLED", [], 4), ("CANCELLED", [], 4),
    ],
)  # fmt: skip
def test_the_exit_code_tells_how_it_ended(
    kestra: KestraServer, command: Command, current: str, words: list[str], code: int
) -> None:
    ends_as(kestra, current)
    assert command("run", URL, "--wait", *words).code == code


def test_a_failure_shows_the_last_lines_of_the_failed_task_only(
    kestra: KestraServer, command: Command
) -> None:
    ends_as(kestra, "FAILED", task("clone_repo", "FAILED"), task("clean_up"))
    line = {
        "namespace": "n",
        "flowId": "f",
        "executionId": "e1",
        "level": "ERROR",
        "timestamp": "2026-01-01T00:00:00Z",
    }
    kestra.logs["e1"] = [
        {
            **line,
            "taskId": "clone_repo",
            "taskRunId": "run-clone_repo",
            "message": f"refused\x1b]0;x\x07 {PASSWORD}",
        },
        {
            **line,
            "level": "DEBUG",
            "taskId": "clone_repo",
            "taskRunId": "run-clone_repo",
            "message": "at io.kestra.Worker",
        },
        {**line, "taskId": "clean_up", "taskRunId": "run-clean_up", "message": "swept"},
    ]
    ended = command("run", URL, "--wait")
    assert "clone_repo failed:\n  ERROR clone_repo        refused" in ended.err
    assert "swept" not in ended.err
    assert "io.kestra.Worker" not in ended.err
    assert "\x1b" not in ended.err
    assert "repo-architect kestra show e1 --logs" in ended.err


def test_a_stage_that_may_fail_and_did_tells_why_and_its_group_does_not(
    kestra: KestraServer, command: Command
) -> None:
    group, member = (
        task("generate", "WARNING"),
        task("generate_summary", "WARNING", parentTaskRunId="run-generate"),
    )
    ends_as(kestra, "WARNING", group, member)
    line = {"namespace": "n", "flowId": "f", "level": "ERROR", "taskId": "generate_summary"}
    kestra.logs["e1"] = [{**line, "taskRunId": "run-generate_summary", "message": "no model"}]
    ended = command("run", URL, "--wait")
    assert ended.code == 0
    assert "generate_summary failed:\n  ERROR generate_summary  no model" in ended.err
    assert "generate failed" not in ended.err
    told = json.loads(command("show", "e1", "--format", "json").out)
    assert told["errors"] == {"generate_summary": ["ERROR generate_summary  no model"]}


def test_log_lines_that_come_late_are_waited_for(
    kestra: KestraServer, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "LOG_PAUSE", 0.01)
    ends_as(kestra, "FAILED", task("clone_repo", "FAILED"))
    late = {
        "namespace": "n",
        "flowId": "f",
        "level": "ERROR",
        "taskId": "clone_repo",
        "taskRunId": "run-clone_repo",
        "message": "no such host",
    }
    kestra.fault("GET .*logs/e1", Response("[]", content_type="application/json"), times=2)
    kestra.logs["e1"] = [late]
    assert "no such host" in command("run", URL, "--wait").err


def test_a_dropped_connection_does_not_end_the_wait(kestra: KestraServer, command: Command) -> None:
    kestra.executions["e1"] = [execution("e1", "RUNNING"), execution("e1", "SUCCESS")]
    kestra.fault("GET .*executions/e1$", refused(502, "gateway"), times=6)
    assert command("run", URL, "--wait").code == 0


def test_an_execution_that_is_not_stored_yet_is_waited_for(kestra: KestraServer, command: Command) -> None:
    kestra.fault("GET .*executions/e1$", refused(404, "Not Found"), times=3)
    assert command("run", URL, "--wait").code == 0


def test_a_server_that_stays_away_is_given_up(
    kestra: KestraServer, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "PATIENCE", 0)
    kestra.fault("GET .*executions/e1$", refused(502, "gateway"), times=99)
    assert command("run", URL, "--wait").code == 9


def test_a_time_limit_leaves_it_running_and_says_how_to_go_on(kestra: KestraServer, command: Command) -> None:
    ends_as(kestra, "RUNNING")
    ended = command("run", URL, "--wait", "--timeout", "1")
    assert ended.code == 9
    assert "goes on in Kestra" in ended.err
    assert "repo-architect kestra show e1" in ended.err
    assert kestra.killed == []


def test_ctrl_c_leaves_it_running_and_says_how_to_go_on(
    kestra: KestraServer, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    ends_as(kestra, "RUNNING")
    monkeypatch.setattr(following.time, "sleep", interrupted)
    ended = command("run", URL, "--wait")
    assert ended.code == 130
    assert "repo-architect kestra show e1" in ended.err
    assert kestra.killed == []


def test_ctrl_c_elsewhere_speaks_of_kestra(
    kestra: KestraServer, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(following, "look", interrupted)
    ended = command("show", "e1")
    assert ended.code == 130
    assert "repo-architect kestra list" in ended.err


def test_the_value_of_a_task_cannot_steer_the_terminal(kestra: KestraServer, command: Command) -> None:
    ends_as(kestra, "SUCCESS", task("one", value="a\x1b]0;x\x07\nb"))
    told = command("show", "e1").out
    assert "one[a]0;x b]" in told


def with_files(kestra: KestraServer, **files: bytes) -> None:
    ends_as(kestra, "SUCCESS", task("generate_report"), task("archive_results", start=2, end=3))
    named = {name: f"kestra:///{index}" for index, name in enumerate(files)}
    kestra.storage = {uri: files[name] for name, uri in named.items()}
    kestra.task_outputs["e1"] = {
        "run-generate_report": {"outputFiles": named, "exitCode": 0},
        "run-archive_results": {"vars": {}},
    }


def test_artifacts_are_fetched_by_name(kestra: KestraServer, command: Command, tmp_path: Path) -> None:
    with_files(
        kestra,
        **{"run/report.html": b"<p>", "run/notebooks/01_clone_repo.ipynb": b"{}", "run/clone.tar.zst": b"x"},
    )
    ended = command("run", URL, "--wait", "--output", str(tmp_path / "out"))
    assert ended.code == 0, ended.err
    found = {
        str(path.relative_to(tmp_path / "out")): path.read_bytes()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert found == {"report.html": b"<p>", "notebooks/01_clone_repo.ipynb": b"{}"}
    assert "clone.tar" not in ended.err


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/evil",
        "run/../../evil",
        "a\\b",
        "C:evil",
        "a\x1b[31m",
        "x" * 300,
        "run/",
        "/".join("abcdefghij"),
    ],
)
def test_a_name_that_leads_elsewhere_is_not_written(
    kestra: KestraServer, command: Command, tmp_path: Path, name: str
) -> None:
    with_files(kestra, **{name: b"x"})
    ended = command("run", URL, "--wait", "--output", str(tmp_path / "deep/out"))
    assert ended.code == 0
    assert "cannot be trusted" in ended.err or "can be trusted" in ended.err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_link_in_the_folder_is_not_followed(kestra: KestraServer, command: Command, tmp_path: Path) -> None:
    with_files(kestra, **{"run/notebooks/a": b"x"})
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out/notebooks").symlink_to(tmp_path / "elsewhere")
    assert command("run", URL, "--wait", "--output", str(tmp_path / "out")).code == 6
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_that_is_too_large_is_left_and_leaves_nothing(
    kestra: KestraServer, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST_FILE", 1 << 20)
    with_files(kestra, **{"run/big": b"x" * (1 << 21), "run/small": b"y"})
    ended = command("run", URL, "--wait", "--output", str(tmp_path))
    assert "left: big: larger than 1 MB" in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def test_a_fetch_that_breaks_off_is_tried_again(
    kestra: KestraServer, command: Command, tmp_path: Path
) -> None:
    with_files(kestra, **{"run/a": b"whole"})
    kestra.fault(
        "/file$",
        lambda _: Response(
            iter([b"wh"]), headers={"Content-Length": "5"}, content_type="application/octet-stream"
        ),
    )
    ended = command("run", URL, "--wait", "--output", str(tmp_path))
    assert ended.code == 0, ended.err
    assert (tmp_path / "a").read_bytes() == b"whole"


def test_a_file_that_is_gone_is_told(kestra: KestraServer, command: Command, tmp_path: Path) -> None:
    with_files(kestra, **{"run/a": b"x"})
    kestra.storage.clear()
    assert "left: a: it is gone" in command("run", URL, "--wait", "--output", str(tmp_path)).err


def test_show_tells_tasks_errors_outputs_and_files(kestra: KestraServer, command: Command) -> None:
    with_files(kestra, **{"run/report.html": b"<p>"})
    kestra.outputs["e1"] = {"report": "kestra:///0", "pull_request": "https://example.org/pull/1"}
    told = json.loads(command("show", "e1", "--format", "json", "--logs").out)
    assert (told["state"], told["seconds"], told["repository"]) == ("SUCCESS", 9.0, URL)
    assert [one["id"] for one in told["tasks"]] == ["generate_report", "archive_results"]
    assert told["outputs"]["pull_request"] == "https://example.org/pull/1"
    assert told["files"] == ["run/report.html"]
    assert told["logs"] == []
    text = command("show", "e1").out
    assert "pull_request: https://example.org/pull/1" in text
    assert "generate_report" in text


def test_show_fetches_later(kestra: KestraServer, command: Command, tmp_path: Path) -> None:
    with_files(kestra, **{"run/a": b"x"})
    assert command("show", "e1", "--output", str(tmp_path)).code == 0
    assert (tmp_path / "a").read_bytes() == b"x"


@pytest.mark.parametrize(("name", "code"), [("nothing", 9), ("../flows", 2)])
def test_show_of_what_is_not_there(kestra: KestraServer, command: Command, name: str, code: int) -> None:
    assert command("show", name).code == code


def test_show_of_an_unknown_execution_says_where_to_find_some(command: Command) -> None:
    assert "there is no execution nothing" in command("show", "nothing").err


def test_list_reads_as_many_pages_as_it_needs(kestra: KestraServer, command: Command) -> None:
    for number in range(250):
        inputs = {"repo_url": f"https://example.org/o/{'wanted' if number % 100 == 99 else 'other'}"}
        kestra.executions[f"x{number}"] = [
            execution(f"x{number}", "SUCCESS" if number % 2 else "FAILED", inputs=inputs)
        ]
    told = json.loads(command("list", "--repository", "O/Wanted", "--format", "json").out)
    assert [one["id"] for one in told] == ["x99", "x199"]
    assert kestra.count("executions/search") == 3
    assert len(command("list", "--state", "failed", "--limit", "7").out.splitlines()) == 7


def test_list_of_nothing_says_so(command: Command) -> None:
    assert "no executions" in command("list").err


def test_cancel_asks_kestra_to_stop(kestra: KestraServer, command: Command) -> None:
    ends_as(kestra, "RUNNING")
    assert command("cancel", "e1").code == 0
    assert kestra.killed == ["e1"]


def test_cancel_of_what_is_over_is_refused(kestra: KestraServer, command: Command) -> None:
    ends_as(kestra, "SUCCESS")
    assert command("cancel", "e1").code == 9
    assert kestra.killed == []
