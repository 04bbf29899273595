"""How large is what kestra/Dockerfile adds, and does it run? The steps of its build stage, in a scratch folder instead of an image.

    python -m benchmarks.kestra_image        (needs uv and a package index)

Every RUN line of the build stage is executed as it stands, with the image's folders moved below a scratch folder and this machine's Python in the place of the one that uv
would fetch. Then the sample goes through all eight stages with that environment alone. Prints megabytes as `du` counts them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
_SKIPPED = ("pip install", "uv python install")


def main() -> None:
    uv = shutil.which("uv")
    if not uv:
        raise SystemExit("uv is not on the PATH: pip install uv")
    with tempfile.TemporaryDirectory(prefix="image-") as scratch:
        root = Path(scratch)
        source = _sources(root / "src")
        for step in _steps():
            subprocess.run(["sh", "-ec", _moved(step, root)], cwd=source, check=True)
        venv = root / "opt" / "repo-architect"
        print(f"{'what':<40}{'MB':>6}")
        print(f"{'package and its dependencies':<40}{_megabytes(venv):>6}")
        for package in sorted((venv / "lib").glob("python3.*/site-packages/*"), key=_megabytes, reverse=True)[
            :5
        ]:
            print(f"  {package.name:<38}{_megabytes(package):>6}")
        _run_sample(venv, root)


def _steps() -> list[str]:
    """The RUN lines between the first FROM and the second."""
    text = (ROOT / "kestra" / "Dockerfile").read_text().replace("\\\n", " ")
    build = text.split("\nFROM ")[1]
    steps = [line.removeprefix("RUN ") for line in build.splitlines() if line.startswith("RUN ")]
    return [step for step in steps if not step.startswith(_SKIPPED)]


def _moved(step: str, root: Path) -> str:
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    step = re.sub(r"--python 3\.\d+\.\d+", f"--python {python}", step)
    return re.sub(r"(?<![\w.])/(opt|dist)\b", rf"{root}/\1", step)


def _sources(into: Path) -> Path:
    """What the COPY lines take, from the last commit."""
    into.mkdir()
    names = ["pyproject.toml", "constraints.txt", "README.md", "LICENSE", "lib", "notebooks", "kestra"]
    packed = subprocess.run(
        ["git", "archive", "HEAD", *names], cwd=ROOT, check=True, capture_output=True
    ).stdout
    subprocess.run(["tar", "x"], cwd=into, input=packed, check=True)
    return into


def _megabytes(path: Path) -> int:
    done = subprocess.run(["du", "-sm", str(path)], check=True, capture_output=True, text=True)
    return int(done.stdout.split()[0])


def _run_sample(venv: Path, root: Path) -> None:
    home = root / "home"
    home.mkdir()
    environment = {"PATH": os.defpath, "HOME": str(home), "LANG": "C.UTF-8"}
    command = [
        str(venv / "bin" / "repo-architect"),
        "run",
        "sample",
        "--runs-dir",
        str(root / "runs"),
        "--quiet",
        "--strict",
    ]
    subprocess.run(command, check=True, env=environment, cwd=root)
    done = len(list((root / "runs").glob("*/stages/*.json")))
    print(f"{'stages done on the sample':<40}{done:>6}")


if __name__ == "__main__":
    main()
