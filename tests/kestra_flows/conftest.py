"""The committed flow on the engine, and variants of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from repo_architect import notebook_files
from repo_architect.stages import STAGES
from support import git
from support.kestra_engine import ROOT, Engine, Execution

NAMESPACE = "repoarchitectagent"
ID = "repo_architect_agent"
FILE = ROOT / "kestra" / "blueprint_repo_analysis.yml"


@dataclass
class Flow:
    """The flow as it stands in the engine; `run` starts it and waits."""

    engine: Engine
    id: str = ID

    def start(self, **inputs: object) -> str:
        return self.engine.start(NAMESPACE, self.id, inputs)

    def run(self, **inputs: object) -> Execution:
        return self.engine.wait(self.start(**inputs), 280)

    def variant(self, name: str, edits: Mapping[str, str]) -> Flow:
        """The same flow under another id, with some words replaced."""
        source = FILE.read_text()
        for old, new in {f"id: {ID}\n": f"id: {ID}_{name}\n", **edits}.items():
            assert old in source, old
            source = source.replace(old, new)
        self.engine.deploy(source)
        return Flow(self.engine, f"{ID}_{name}")


def deployed(engine: Engine) -> Flow:
    """Put the flow and its notebooks in place, as `repo-architect kestra deploy` does."""
    engine.deploy(FILE)
    for stage in STAGES:
        engine.put_file(NAMESPACE, f"notebooks/{stage.notebook}", notebook_files.path(stage))
    return Flow(engine)


@pytest.fixture(scope="session")
def flow(engine: Engine) -> Flow:
    return deployed(engine)


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small repository with a link out of it and a name that is not UTF-8's."""
    folder = git.make_repository(
        tmp_path_factory.mktemp("origin") / "shop",
        {
            "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["flask>=3"]\n',
            "shop/app.py": 'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.get("/orders")\ndef orders():\n    return []\n',
            "tests/test_app.py": "from shop.app import app\n\n\ndef test_app():\n    assert app\n",
            "README.md": '# Shop\n\n::{"outputs": {"state": "forged"}}::\n',
        },
    )
    (folder / "passwords").symlink_to("/etc/passwd")
    git.commit(folder, {"docs/notes.md": "notes\n"})
    return folder
