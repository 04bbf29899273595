"""The images: pinned, built from files that exist, from locked packages, and run by a user without rights."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
_SHELL_WORDS = {"set", "cd", "mkdir", "cp", "mv", "rm", "ls", "cat", "echo", "printf", "test", "[", "if", "then", "fi", "else", "export", "trap", "exit", "true", ":"}  # fmt: skip


def instructions() -> list[tuple[str, str]]:
    """(word, rest) of each instruction, continuation lines joined, comments left out."""
    text = (ROOT / "kestra/Dockerfile").read_text()
    kept = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    lines = kept.replace("\\\n", " ").splitlines()
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines if line.strip()]


def stages() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    name = ""
    for word, rest in instructions():
        if word == "FROM":
            name = rest.split(" AS ")[1]
            found[name] = []
        if name:
            found[name].append((word, rest))
    return found


def test_every_base_image_has_a_version() -> None:
    bases = [rest.split(" AS ")[0] for word, rest in instructions() if word == "FROM"]
    assert bases
    for base in bases:
        assert re.search(r":(v?\d+\.\d+|\$\{KESTRA_VERSION})", base), base


@pytest.mark.parametrize("stage", ["worker", "task"])
def test_an_image_that_runs_has_a_user_without_rights(stage: str) -> None:
    users = [rest for word, rest in stages()[stage] if word == "USER"]
    assert users[-1] not in {"root", "0"}


def test_nothing_is_fetched_but_by_package_managers_with_a_version() -> None:
    for word, rest in instructions():
        assert word != "ADD"
        assert not re.search(r"\b(curl|wget)\b", rest), rest
        for package in re.findall(r"pip install --no-cache-dir (\S+)", rest):
            assert "==" in package


def test_packages_are_those_that_are_locked_and_no_extra_of_development() -> None:
    install = next(rest for _, rest in stages()["build"] if "uv pip install" in rest)
    assert "--constraint constraints.txt" in install
    assert "--only-binary :all:" in install
    extras = re.search(r"whl\)\[([a-z,]+)]", install)
    assert extras
    assert set(extras[1].split(",")).isdisjoint({"test", "lab", "engine"})


def test_what_is_copied_exists_and_is_let_into_the_build() -> None:
    allowed = {
        line[1:]
        for line in (ROOT / "kestra/Dockerfile.dockerignore").read_text().splitlines()
        if line[:1] == "!"
    }
    for word, rest in instructions():
        if word == "COPY" and "--from" not in rest:
            for source in rest.split()[:-1]:
                assert (ROOT / source).exists(), source
                assert source in allowed, source


def test_no_environment_file_enters_the_build() -> None:
    lines = (ROOT / "kestra/Dockerfile.dockerignore").read_text().splitlines()
    assert lines.index("kestra/*.env") > lines.index("!kestra")
    assert lines.index("kestra/.env") > lines.index("!kestra")


def test_no_environment_file_enters_the_wheel() -> None:
    """A folder named there is packed whole, whatever .gitignore says."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    carried = {name for name in build["force-include"] if name.startswith("kestra")}
    assert carried == {f"kestra/{path.name}" for path in (ROOT / "kestra").glob("*.yml")}


def test_package_lists_are_removed_in_the_layer_that_fetched_them() -> None:
    for _, rest in instructions():
        if "apt-get update" in rest:
            assert "--no-install-recommends" in rest
            assert "rm -rf /var/lib/apt/lists/*" in rest


def flow_commands() -> list[str]:
    """Every command of a shell task in the flows."""
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if str(node.get("type", "")).endswith("shell.Commands"):
                found.extend(str(one) for one in [*node.get("beforeCommands", []), *node.get("commands", [])])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    for path in sorted((ROOT / "kestra").glob("*.yml")):
        read = yaml.safe_load(path.read_text())
        if "tasks" in read:
            walk(read)
    return found


@pytest.mark.parametrize("stage", ["worker", "task"])
def test_the_image_has_what_the_commands_of_the_flows_need(stage: str) -> None:
    linked = next(rest for word, rest in stages()[stage] if word == "RUN" and "ln -s" in rest)
    present = {Path(word).name for word in shlex.split(linked) if word.startswith("/opt/")} | _SHELL_WORDS
    commands = flow_commands()
    assert commands
    for command in commands:
        for line in filter(None, (line.strip() for line in command.splitlines())):
            assert shlex.split(line, comments=True)[0] in present, line


@pytest.mark.parametrize("stage", ["worker", "task"])
def test_the_image_has_the_programs_that_cloning_calls(stage: str) -> None:
    installed = next(rest for word, rest in stages()[stage] if "apt-get install" in rest).split()
    assert {"git", "openssh-client", "ca-certificates"} <= set(installed)
