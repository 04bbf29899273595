from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from repo_architect.cli import main as cli_main
from repo_architect.cli.main import EXIT_CODES
from repo_architect.diagram.diff import KINDS
from repo_architect.errors import ContractError, RunError, UsageError
from support.graphs import modules_of, shape_of

OLD = ("web/a.py -> core/a.py", "web/b.py -> core/b.py")
NEW = (*OLD, "core/a.py -> web/a.py")


def run_folder(folder: Path, imports: tuple[str, ...], name: str = "demo") -> Path:
    (folder / "stages").mkdir(parents=True)
    (folder / "repo_shape.json").write_bytes(shape_of(name).to_json())
    (folder / "modules.json").write_bytes(modules_of(*imports).to_json())
    return folder


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    return str(run_folder(tmp_path / "one", OLD)), str(run_folder(tmp_path / "two", NEW))


def invoke(*words: str):
    return CliRunner().invoke(cli_main.cli, ["diff", *words])


def archive(folder: Path, *names: str) -> Path:
    path = folder / "artifacts.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for name in names:
            data = (folder / name).read_bytes()
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return path


def test_it_prints_what_changed_with_the_line_that_shows_it(pair):
    result = invoke(*pair)
    assert result.exit_code == 0
    assert "+ core -> web  (core/a.py:3)\n! new cycle: core, web\n" in result.output


def test_json_and_mermaid(pair):
    assert json.loads(invoke(*pair, "--format", "json").stdout)["kinds"] == ["new-edge", "new-cycle"]
    assert invoke(*pair, "--format", "mermaid").output.startswith("flowchart LR\n")


@pytest.mark.parametrize(
    ("kind", "code"), [("new-cycle", 10), ("new-edge", 10), ("any", 10), ("removed-component", 0)]
)
def test_fail_on_exits_with_its_own_code_and_still_prints(pair, kind, code):
    result = invoke(*pair, "--fail-on", kind)
    assert result.exit_code == code
    assert "new cycle" in result.stdout
    assert (("there is: " in result.stderr) and kind in (*KINDS, "any")) == bool(code)


def test_the_program_itself_exits_with_that_code(pair, monkeypatch):
    monkeypatch.setattr("sys.argv", ["repo-architect", "diff", *pair, "--fail-on", "new-cycle"])
    with pytest.raises(SystemExit) as caught:
        cli_main.main()
    assert caught.value.code == 10
    assert "\n  10  " in EXIT_CODES


def test_nothing_changed_never_fails(pair):
    result = invoke(pair[0], pair[0], "--fail-on", "any")
    assert (result.exit_code, result.output) == (0, "The architecture did not change.\n")


def test_output_goes_to_a_file(pair, tmp_path):
    assert invoke(*pair, "-o", str(tmp_path / "out" / "d.txt")).output == ""
    assert "new cycle" in (tmp_path / "out" / "d.txt").read_text()


def test_ids_archives_and_shape_files_say_the_same(pair, tmp_path):
    packed = archive(Path(pair[1]), "modules.json", "repo_shape.json")
    outputs = {
        invoke(*pair).output,
        invoke("one", "two", "--runs-dir", str(tmp_path)).output,
        invoke(pair[0], str(packed)).output,
        invoke(f"{pair[0]}/repo_shape.json", f"{pair[1]}/repo_shape.json").output,
    }
    assert len(outputs) == 1
    assert "new cycle" in outputs.pop()


def test_two_repositories_are_told_apart(tmp_path):
    one, two = run_folder(tmp_path / "a", OLD), run_folder(tmp_path / "b", OLD, "other")
    assert "of two repositories" in invoke(str(one), str(two)).stderr


def test_what_cannot_be_read_says_what_to_do(pair, tmp_path):
    lone = tmp_path / "lone.json"
    lone.write_bytes((Path(pair[0]) / "repo_shape.json").read_bytes())
    torn = tmp_path / "torn.tar.gz"
    torn.write_bytes(b"no archive")
    other = tmp_path / "notes.txt"
    other.write_text("x")
    without = archive(Path(pair[0]), "repo_shape.json")
    for given, kind in (
        (lone, ContractError),
        (torn, ContractError),
        (without, ContractError),
        (other, UsageError),
        ("nowhere", RunError),
    ):
        result = invoke(pair[0], str(given), "--runs-dir", str(tmp_path))
        assert isinstance(result.exception, kind), given
        assert result.exception.fix
