"""The compose files: valid, pinned, without a password, and configured with what Kestra's engine knows."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.kestra_engine import Engine, why_absent
from support.kestra_settings import WEBSERVER_ONLY, flat, undeclared

KESTRA = Path(__file__).parents[2] / "kestra"
FILES = ("compose.yml", "compose.cluster.yml")
ROLES = {"webserver", "executor", "scheduler", "controller", "worker"}


def services(name: str) -> dict[str, dict[str, Any]]:
    return yaml.safe_load((KESTRA / name).read_text())["services"]


def configuration(service: dict[str, Any]) -> dict[str, Any]:
    """KESTRA_CONFIGURATION as Kestra reads it: Compose turns $$ to $."""
    text = (
        service["environment"]["KESTRA_CONFIGURATION"]
        .replace("$$", "\0")
        .replace("${KESTRA_PORT:-8080}", "8080")
    )
    return yaml.safe_load(text.replace("\0", "$"))


def configured() -> list[Any]:
    """Every service with a configuration of Kestra."""
    return [
        pytest.param(service, id=f"{name}:{one}")
        for name in FILES
        for one, service in services(name).items()
        if "KESTRA_CONFIGURATION" in service["environment"]
    ]


@pytest.mark.parametrize("name", FILES)
def test_the_file_follows_the_compose_specification(name: str) -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        str(KESTRA / name),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", FILES)
def test_every_image_has_a_version(name: str) -> None:
    for service in services(name).values():
        assert re.search(r":v?\d+\.\d+(\.\d+)?$", service["image"]), service["image"]


def test_one_version_of_kestra_everywhere() -> None:
    dockerfile = (KESTRA / "Dockerfile").read_text()
    version = re.search(r"^ARG KESTRA_VERSION=(v2\.0\.\d+)$", dockerfile, re.MULTILINE)
    assert version
    own = [service for name in FILES for service in services(name).values() if "build" in service]
    assert {service["build"]["args"]["KESTRA_VERSION"] for service in own} == {version[1]}
    assert {service["image"] for service in own} == {f"repo-architect-worker:{version[1]}"}


@pytest.mark.parametrize("name", FILES)
def test_compose_refuses_to_start_without_each_secret(name: str) -> None:
    text = (KESTRA / name).read_text()
    values = {
        value
        for one in services(name).values()
        for key, value in one["environment"].items()
        if _is_secret(key)
    }
    assert values
    assert all(re.fullmatch(r"\$\{[A-Z_]+:\?.+}", value) for value in values), values
    assert not re.search(r"(?i)password: *[\"']?[a-z0-9]", text), "a password is written in the file"


def _is_secret(key: str) -> bool:
    return any(word in key for word in ("PASSWORD", "KEY", "TOKEN", "USERNAME"))


@pytest.mark.parametrize("service", configured())
def test_no_secret_where_a_flow_may_read_it(service: dict[str, Any]) -> None:
    """`{{ envs.x }}` gives a flow every variable that begins with KESTRA_."""
    assert [key for key in service["environment"] if key.startswith("KESTRA_")] == ["KESTRA_CONFIGURATION"]
    secrets = {
        key: value
        for key, value in flat(configuration(service)).items()
        if re.search("password|secret-key", key)
    }
    for key, value in secrets.items():
        assert key == "datasources.h2.password" or re.fullmatch(r"\$\{[A-Z_]+}", value), key
        assert not value or value[2:-1] in service["environment"]


def test_workers_know_neither_the_database_nor_the_account_of_the_interface() -> None:
    worker = services("compose.cluster.yml")["worker"]
    assert set(worker["environment"]) == {"ENCRYPTION_KEY", "KESTRA_CONFIGURATION"}
    assert "datasources" not in configuration(worker)
    assert "data" not in worker["networks"]


def test_the_cluster_has_each_component_once_and_several_workers() -> None:
    found = services("compose.cluster.yml")
    assert {service["command"][1] for name, service in found.items() if name != "postgres"} == ROLES
    assert found["worker"]["deploy"]["replicas"] > 1
    endpoint = configuration(found["worker"])["kestra"]["worker"]["controllers"]["static"]["endpoints"][0]
    assert endpoint["host"] in found
    assert str(endpoint["port"]) in found[endpoint["host"]]["expose"]


@pytest.mark.parametrize("name", FILES)
def test_only_this_machine_reaches_the_interface_until_the_user_says_otherwise(name: str) -> None:
    ports = [port for service in services(name).values() for port in service.get("ports", ())]
    assert ports == ["127.0.0.1:${KESTRA_PORT:-8080}:8080"]


@pytest.mark.parametrize("name", FILES)
def test_every_service_is_watched_and_named_volumes_are_declared(name: str) -> None:
    whole = yaml.safe_load((KESTRA / name).read_text())
    assert all("healthcheck" in service for service in whole["services"].values())
    used = {volume.split(":")[0] for service in whole["services"].values() for volume in service["volumes"]}
    assert used == set(whole["volumes"])


def test_the_example_names_every_variable_that_compose_asks_for_and_holds_no_value() -> None:
    text = (KESTRA / ".env.example").read_text()
    asked = {
        found for name in FILES for found in re.findall(r"\$\{([A-Z_]+):\?", (KESTRA / name).read_text())
    }
    assert asked == set(re.findall(r"^([A-Z_]+)=$", text, re.MULTILINE))
    assert not re.search(r"^[A-Z_]+=.", text, re.MULTILINE)


def test_filled_in_copies_of_the_example_are_never_committed() -> None:
    for name in (".env", "secrets.env"):
        done = subprocess.run(["git", "check-ignore", "-q", f"kestra/{name}"], cwd=KESTRA.parent, check=False)
        assert done.returncode == 0, name


@pytest.mark.kestra
@pytest.mark.skipif(bool(why_absent()), reason=str(why_absent()))
@pytest.mark.parametrize("service", configured())
def test_every_setting_is_one_that_the_engine_declares(service: dict[str, Any]) -> None:
    assert undeclared(configuration(service)) == []


_SECRET_FLOW = """
id: keeps_a_secret
namespace: install
inputs:
  - {id: token, type: SECRET}
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "got {{ inputs.token }}"
"""


@pytest.mark.kestra
@pytest.mark.skipif(bool(why_absent()), reason=str(why_absent()))
def test_the_configuration_for_a_try_runs_on_the_engine(tmp_path: Path) -> None:
    """The whole of it but the web server's part: the H2 file, the storage, and the key by a placeholder."""
    settings = {
        key: str(value).replace("/app/", f"{tmp_path}/")
        for key, value in flat(configuration(services("compose.yml")["kestra"])).items()
        if not WEBSERVER_ONLY.match(key)
    }
    for name in ("storage", "work", "data"):
        (tmp_path / name).mkdir()
    key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
    with Engine({"ENCRYPTION_KEY": key}, settings=settings) as engine:
        engine.deploy(_SECRET_FLOW)
        done = engine.run("install", "keeps_a_secret", {"token": "canary-4711"})
        assert done.state == "SUCCESS", engine.log_text(done.id)
        assert "canary-4711" not in engine.log_text(done.id)
        assert "canary-4711" not in json.dumps(done.raw)
    assert list((tmp_path / "data").glob("kestra.mv.db")), "the database is no file of the volume"
