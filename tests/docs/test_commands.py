"""Every `repo-architect …` that is written down can be called: the command exists, and so does each option."""

from __future__ import annotations

import click
import pytest

from repo_architect.cli.main import cli
from support.documents import DOCUMENTS, ROOT, commands

WRITTEN = [*DOCUMENTS, *sorted((ROOT / "kestra").iterdir())]


def cases() -> list[object]:
    found = [(where, words) for path in WRITTEN if path.is_file() for where, words in commands(path)]
    return [pytest.param(words, id=f"{where} {' '.join(words)}"[:100]) for where, words in found]


@pytest.mark.parametrize("words", cases())
def test_the_command_exists_with_its_options(words: list[str]) -> None:
    command: click.Command = cli
    left = list(words)
    while left and isinstance(command, click.Group) and not left[0].startswith("-"):
        context = click.Context(command)
        found = command.get_command(context, left[0])
        assert found is not None, f"no command {left[0]!r}"
        command = found
        left.pop(0)
    known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    known |= {"--help", "-h"}
    for word in left:
        if word.startswith("-") and word != "-":
            assert word.split("=")[0] in known, f"{command.name} has no {word}"


def test_there_are_commands_to_check() -> None:
    assert len(cases()) > 20
