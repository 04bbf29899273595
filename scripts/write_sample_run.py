"""Run every stage on the sample repository, in this process, and keep the artifacts that ship with the package."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from benchmarks.bare_stages import run_all

import repo_architect.sample
from repo_architect.run import Run

KEPT = Path(repo_architect.sample.__file__).parent / "run"


def main() -> None:
    with tempfile.TemporaryDirectory() as runs:
        os.environ["REPO_ARCHITECT_FORGE_FACTS"] = "0"
        run = Run.start("made", runs)
        run_all(run, "sample")
        shutil.rmtree(KEPT, ignore_errors=True)
        KEPT.mkdir()
        for path in sorted(run.folder.iterdir()):
            if path.is_file() and path.name != "artifacts.tar.gz" and not path.name.startswith("."):
                shutil.copy(path, KEPT / path.name)
    shutil.rmtree(KEPT / "stages", ignore_errors=True)


if __name__ == "__main__":
    main()
