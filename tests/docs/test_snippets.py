"""Every YAML snippet of docs/kestra.md goes through Kestra's own validator, or is said to be something else.

The word behind ```yaml says what a snippet is:
    flow       a whole flow
    fragment   keys of a flow, or a list of tasks: put into a small flow
    plugin     a fragment that uses an official plugin, which the engine has not: that, and nothing else, is what it may object to
    settings   Kestra's configuration: every key is one that Kestra's libraries declare
    compose    part of a compose file: what the Compose specification says of its form
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.documents import ROOT, Block, blocks
from support.kestra_engine import Engine, EngineError, why_absent
from support.kestra_fixture import WEBHOOK_KEY
from support.kestra_settings import undeclared

DOCUMENT = ROOT / "docs" / "kestra.md"
KINDS = {"flow", "fragment", "plugin", "settings", "compose"}
_KEYS = {
    "inputs",
    "tasks",
    "triggers",
    "errors",
    "finally",
    "variables",
    "concurrency",
    "outputs",
    "labels",
    "retry",
    "sla",
    "checks",
}


def snippets(*kinds: str) -> list[Any]:
    found = [
        block
        for block in blocks(DOCUMENT)
        if block.words[:1] == ("yaml",) and block.words[1:2] and block.words[1] in kinds
    ]
    return [pytest.param(block, id=str(block)) for block in found]


def whole(block: Block) -> str:
    """The fragment in a flow: a list is its tasks, missing inputs that it names are added."""
    read = yaml.safe_load(block.text)
    fragment: dict[str, Any] = {"tasks": read} if isinstance(read, list) else read
    assert set(fragment) <= _KEYS, f"{block}: not keys of a flow: {set(fragment) - _KEYS}"
    flow = {"id": "snippet", "namespace": "docs", **fragment}
    flow.setdefault("tasks", [{"id": "nothing", "type": "io.kestra.plugin.core.log.Log", "message": "."}])
    return yaml.safe_dump(flow, sort_keys=False)


def test_every_yaml_snippet_says_what_it_is() -> None:
    for block in blocks(DOCUMENT):
        if block.words[:1] in (("yaml",), ("yml",)):
            assert len(block.words) == 2, block
            assert block.words[1] in KINDS, block


@pytest.mark.kestra
@pytest.mark.parametrize("block", snippets("flow"))
def test_a_flow_is_accepted(engine: Engine, block: Block) -> None:
    assert engine.validate(block.text) == []


@pytest.mark.kestra
@pytest.mark.parametrize("block", snippets("fragment"))
def test_a_fragment_is_accepted_in_a_flow(engine: Engine, block: Block) -> None:
    assert engine.validate(whole(block)) == []


@pytest.mark.kestra
@pytest.mark.parametrize(
    "block",
    [one for one in snippets("fragment") if "type: io.kestra.plugin.core.trigger" not in one.values[0].text],
)
def test_tasks_of_a_fragment_run(engine: Engine, block: Block) -> None:
    flow = yaml.safe_load(whole(block)) | {"id": f"snippet_{block.line}"}
    engine.deploy(yaml.safe_dump(flow, sort_keys=False))
    given = {"repo_url": "https://github.com/our-organisation/$(exit 1)"}
    done = engine.run("docs", flow["id"], {one["id"]: given[one["id"]] for one in flow.get("inputs", ())})
    assert done.state == "SUCCESS", engine.log_text(done.id)
    assert set(done.states.values()) == {"SUCCESS"}


@pytest.mark.kestra
def test_the_condition_skips_the_task_of_others(engine: Engine) -> None:
    block = next(block for block in blocks(DOCUMENT) if "id: only_for_ours" in block.text)
    engine.deploy(
        yaml.safe_dump(yaml.safe_load(whole(block)) | {"id": "condition_of_the_page"}, sort_keys=False)
    )
    done = engine.run("docs", "condition_of_the_page", {"repo_url": "https://github.com/others/a"})
    assert done.states == {"only_for_ours": "SKIPPED"}


@pytest.mark.kestra
@pytest.mark.parametrize("block", snippets("plugin"))
def test_only_the_official_plugin_is_unknown(engine: Engine, block: Block) -> None:
    """The type is told to be unknown; with a known type in its place, and none of its properties, all is well."""
    flow = yaml.safe_load(whole(block))
    try:
        said = " ".join(engine.validate(whole(block)))
    except EngineError as error:
        said = str(error)
    kinds = [
        kind
        for kind in re.findall(r"type: ([\w.]+)", block.text)
        if not kind.startswith("io.kestra.plugin.core.")
    ]
    unknown = [kind for kind in kinds if kind in said]
    assert unknown, f"the engine has it, so this is a fragment: {said}"
    assert engine.validate(yaml.safe_dump(_without(flow, set(kinds)), sort_keys=False)) == []


def _without(node: Any, kinds: set[str]) -> Any:
    """Tasks of these types made log tasks of the same id and the same conditions."""
    if isinstance(node, list):
        return [_without(one, kinds) for one in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") in kinds:
        general = ("id", "runIf", "allowFailure", "timeout", "retry", "description")
        kept = {key: node[key] for key in general if key in node}
        return {**kept, "type": "io.kestra.plugin.core.log.Log", "message": "."}
    return {key: _without(value, kinds) for key, value in node.items()}


@pytest.mark.kestra
def test_the_flow_that_tells_of_failures_does(engine: Engine) -> None:
    text = next(block.text for block in blocks(DOCUMENT) if "id: tell_of_failures" in block.text)
    engine.deploy(text.replace("flowId: repo_architect_agent", "flowId: fails_for_the_page"))
    engine.deploy(
        "id: fails_for_the_page\nnamespace: repoarchitectagent\ntasks: [{id: f, type: io.kestra.plugin.core.execution.Fail}]"
    )
    failed = engine.run("repoarchitectagent", "fails_for_the_page")
    deadline = time.monotonic() + 120
    while not engine.executions("tell_of_failures") and time.monotonic() < deadline:
        time.sleep(0.2)
    [told] = engine.executions("tell_of_failures")
    assert f"fails_for_the_page ended as FAILED: {failed.id}" in engine.log_text(engine.wait(told["id"]).id)


@pytest.mark.kestra
def test_a_schedule_hands_a_secret_to_a_secret_input(engine: Engine) -> None:
    block = next(block for block in blocks(DOCUMENT) if "id: nightly" in block.text)
    flow = yaml.safe_load(whole(block).replace("GITHUB_TOKEN", "WEBHOOK_KEY")) | {"id": "nightly_of_the_page"}
    flow["tasks"] = [
        {
            "id": "say",
            "type": "io.kestra.plugin.core.log.Log",
            "message": "{{ inputs.github_token | length }} {{ inputs.github_token }}",
        }
    ]
    engine.deploy(yaml.safe_dump(flow, sort_keys=False))
    where = {"namespace": "docs", "flow": "nightly_of_the_page", "trigger": "nightly"}
    deadline = time.monotonic() + 120
    while engine.call("trigger", **where) == "Optional.empty" and time.monotonic() < deadline:
        time.sleep(0.2)
    engine.call("backfill", **where, start="2026-03-01T12:00:00Z", end="2026-03-02T12:00:00Z")
    while not engine.executions("nightly_of_the_page") and time.monotonic() < deadline:
        time.sleep(0.2)
    [started] = engine.executions("nightly_of_the_page")
    done = engine.wait(started["id"])
    assert done.state == "SUCCESS"
    assert f"{len(WEBHOOK_KEY)} ******" in engine.log_text(done.id)


@pytest.mark.kestra
@pytest.mark.skipif(bool(why_absent()), reason=str(why_absent()))
@pytest.mark.parametrize("block", snippets("settings"))
def test_settings_are_declared_by_kestra(block: Block) -> None:
    assert undeclared(yaml.safe_load(block.text)) == []


@pytest.mark.parametrize("block", snippets("compose"))
def test_compose_snippets_follow_the_specification(tmp_path: Path, block: Block) -> None:
    file = tmp_path / "compose.yml"
    file.write_text(block.text)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.kestra
def test_a_wrong_snippet_is_told(engine: Engine) -> None:
    wrong = Block(
        DOCUMENT, 0, ("yaml", "fragment"), "- {id: a, type: io.kestra.plugin.core.log.Log, massage: x}"
    )
    assert engine.validate(whole(wrong))
