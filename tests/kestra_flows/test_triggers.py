"""What starts the flow by itself, and how many of it run at once."""

from __future__ import annotations

import textwrap
import time
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from support.kestra_engine import Engine, EngineError
from support.kestra_fixture import WEBHOOK_KEY

from .conftest import FILE, ID, NAMESPACE, Flow

pytestmark = pytest.mark.kestra
FOLDER = Path(FILE).parent


def post(flow: Flow, body: str, key: str = WEBHOOK_KEY) -> dict:
    return flow.engine.call("webhook", namespace=NAMESPACE, flow=flow.id, key=key, body=body)


@pytest.fixture
def hooked(flow: Flow) -> Flow:
    """A flow that does next to nothing after its trigger, with everything else as committed."""
    source = yaml.safe_load(FILE.read_text())
    source["id"] = f"{ID}_hooked"
    source["tasks"] = [
        {
            "id": "clone_repo",
            "type": "io.kestra.plugin.core.debug.Return",
            "format": "{{ inputs.repo_url }} {{ inputs.ref }}",
        }
    ]
    del source["outputs"], source["finally"]
    flow.engine.deploy(yaml.safe_dump(source))
    return Flow(flow.engine, source["id"])


def test_a_webhook_starts_the_flow_with_what_its_body_says(hooked: Flow) -> None:
    said = post(hooked, '{"repo_url": "https://github.com/pallets/flask", "ref": "main"}')
    done = hooked.engine.wait(said["body"]["id"])
    assert done.state == "SUCCESS", hooked.engine.log_text(done.id)
    assert done.task_outputs["clone_repo"]["value"] == "https://github.com/pallets/flask main"


def test_the_revision_may_be_left_out(hooked: Flow) -> None:
    said = post(hooked, '{"repo_url": "https://github.com/pallets/flask"}')
    assert hooked.engine.wait(said["body"]["id"]).state == "SUCCESS"


@pytest.mark.parametrize(
    "body",
    [
        "{}", "[]", '"text"', "null", '{"repo_url": null}', '{"repo_url": 7}', '{"repo_url": ["https://example.org/a/b"]}', '{"repo_url": "file:///etc"}',
        '{"repo_url": "https://example.org/$(id)"}', '{"repo_url": "https://example.org/a/b", "ref": "--upload-pack=id"}', '{"url": "https://example.org/a/b"}',
    ],
)  # fmt: skip
def test_a_body_without_a_proper_address_starts_nothing(hooked: Flow, body: str) -> None:
    before = len(hooked.engine.executions(hooked.id))
    try:
        post(hooked, body)
    except EngineError as error:
        assert "404" not in str(error)
    time.sleep(0.3)
    assert len(hooked.engine.executions(hooked.id)) == before


@pytest.mark.parametrize("key", ["", "another", "{{ secret('WEBHOOK_KEY') }}"])
def test_another_key_finds_no_webhook(hooked: Flow, key: str) -> None:
    with pytest.raises(EngineError, match="404"):
        post(hooked, '{"repo_url": "https://github.com/pallets/flask"}', key)


def test_the_schedule_is_off_as_committed_and_midnight_starts_it_once_on(flow: Flow) -> None:
    source = yaml.safe_load(FILE.read_text())
    daily = next(trigger for trigger in source["triggers"] if trigger["id"] == "daily")
    assert (daily["cron"], daily["disabled"]) == ("0 0 * * *", True)
    source["id"] = f"{ID}_daily"
    source["tasks"] = [
        {"id": "clone_repo", "type": "io.kestra.plugin.core.debug.Return", "format": "{{ trigger.date }}"}
    ]
    del source["outputs"], source["finally"]
    del daily["disabled"]
    flow.engine.deploy(yaml.safe_dump(source))
    where = {"namespace": NAMESPACE, "flow": source["id"], "trigger": "daily"}
    deadline = time.monotonic() + 30
    while flow.engine.call("trigger", **where) == "Optional.empty" and time.monotonic() < deadline:
        time.sleep(0.2)
    flow.engine.call("backfill", **where, start="2026-03-01T12:00:00Z", end="2026-03-02T12:00:00Z")
    while not flow.engine.executions(source["id"]) and time.monotonic() < deadline + 30:
        time.sleep(0.2)
    [started] = flow.engine.executions(source["id"])
    done = flow.engine.wait(started["id"])
    assert (started["trigger"], done.state) == ("daily", "SUCCESS")
    assert done.task_outputs["clone_repo"]["value"].startswith("2026-03-02T00:00")


def test_ten_at_once_keep_to_the_limit_and_all_end(engine: Engine) -> None:
    committed = yaml.safe_load(FILE.read_text())["concurrency"]
    source = {
        "id": "burst", "namespace": NAMESPACE, "concurrency": committed,
        "tasks": [{"id": "work", "type": "io.kestra.plugin.core.flow.Sleep", "duration": "PT1S"}],
    }  # fmt: skip
    engine.deploy(yaml.safe_dump(source))
    done = [engine.wait(each) for each in [engine.start(NAMESPACE, "burst") for _ in range(10)]]
    assert {each.state for each in done} == {"SUCCESS"}
    spans = [_span(each.task("work").started, each.task("work").ended or "") for each in done]
    at_once = max(sum(begun <= moment < ended for begun, ended in spans) for moment, _ in spans)
    assert 2 <= at_once <= committed["limit"]


def _span(begun: str, ended: str) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(begun), datetime.fromisoformat(ended)


def test_alerts_are_off_as_committed_and_sent_on_failure_and_success_once_on(
    engine: Engine, flow: Flow
) -> None:
    text = (FOLDER / "alerts.yml").read_text()
    source = yaml.safe_load(text)
    assert all(trigger["disabled"] for trigger in source["triggers"])
    watched = {
        "ends_well": "io.kestra.plugin.core.log.Log",
        "ends_badly": "io.kestra.plugin.core.execution.Fail",
    }
    for name, kind in watched.items():
        engine.deploy(
            textwrap.dedent(f"""\
            id: {name}
            namespace: {NAMESPACE}
            tasks: [{{id: task, type: {kind}{", message: well" if name == "ends_well" else ""}}}]
        """)
        )
    # the plugin cannot be had here: a log task stands in for SlackExecution
    source["tasks"] = [
        {
            "id": "send",
            "type": "io.kestra.plugin.core.log.Log",
            "message": "{{ trigger.executionId }} {{ trigger.state }}",
        }
    ]
    for trigger, name in zip(source["triggers"], ("ends_badly", "ends_well"), strict=True):
        del trigger["disabled"]
        trigger["dependsOn"][0]["flowId"] = name
    engine.deploy(yaml.safe_dump(source))
    ended = [engine.run(NAMESPACE, name) for name in watched]
    deadline = time.monotonic() + 30
    while len(engine.executions("alerts")) < 2 and time.monotonic() < deadline:
        time.sleep(0.2)
    sent = [engine.log_text(engine.wait(each["id"]).id) for each in engine.executions("alerts")]
    assert len(sent) == 2
    assert all(any(one.id in text for text in sent) for one in ended)
