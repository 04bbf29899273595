"""The engine that the flow tests stand on does what Kestra does, and says so when it does not."""

from __future__ import annotations

import textwrap

import pytest

from support.kestra_engine import Engine, EngineError
from support.kestra_fixture import WEBHOOK_KEY

pytestmark = pytest.mark.kestra

FLOW = textwrap.dedent("""\
    id: engine_test
    namespace: tests
    inputs:
      - {id: word, type: STRING, defaults: none}
      - {id: code, type: INT, defaults: 0}
    tasks:
      - id: task
        type: io.kestra.plugin.scripts.shell.Commands
        taskRunner: {type: io.kestra.plugin.core.runner.Process}
        env: {WORD: "{{ inputs.word }}", CODE: "{{ inputs.code }}"}
        outputFiles: [word.txt]
        commands:
          - printf %s "$WORD" > word.txt
          - 'echo "::{\\"outputs\\": {\\"word\\": \\"seen\\"}, \\"metrics\\": [{\\"name\\": \\"files\\", \\"type\\": \\"counter\\", \\"value\\": 3}]}::"'
          - exit "$CODE"
    outputs:
      - {id: word, type: FILE, value: "{{ outputs.task.outputFiles['word.txt'] }}"}
    triggers:
      - {id: hook, type: io.kestra.plugin.core.trigger.Webhook, key: "{{ secret('WEBHOOK_KEY') }}", inputs: {word: "{{ trigger.body.word }}"}}
""")


def test_a_flow_runs_and_its_outputs_metrics_and_files_are_kept(engine: Engine) -> None:
    engine.deploy(FLOW)
    done = engine.run("tests", "engine_test", {"word": "hello"})
    assert done.state == "SUCCESS", engine.log_text(done.id)
    assert engine.read(done.outputs["word"]) == b"hello"
    assert done.task_outputs["task"]["vars"] == {"word": "seen"}
    assert engine.metrics(done.id)["task", "files"] == 3


def test_a_task_that_fails_keeps_the_files_and_outputs_it_made(engine: Engine) -> None:
    engine.deploy(FLOW)
    done = engine.run("tests", "engine_test", {"code": 3})
    assert (done.state, done.task("task").state) == ("FAILED", "FAILED")
    assert engine.read(done.task_outputs["task"]["outputFiles"]["word.txt"]) == b"none"


def test_an_unknown_type_is_refused_with_the_validator_s_words(engine: Engine) -> None:
    with pytest.raises(EngineError, match="Invalid type"):
        engine.deploy("id: a\nnamespace: tests\ntasks: [{id: x, type: io.kestra.plugin.core.Nothing}]")


def test_a_webhook_needs_its_key(engine: Engine) -> None:
    engine.deploy(FLOW)
    with pytest.raises(EngineError, match="404"):
        engine.call("webhook", namespace="tests", flow="engine_test", key="another", body="{}")
    said = engine.call(
        "webhook", namespace="tests", flow="engine_test", key=WEBHOOK_KEY, body='{"word": "w"}'
    )
    done = engine.wait(said["body"]["id"])
    assert engine.read(done.outputs["word"]) == b"w"
