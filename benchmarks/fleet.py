"""What a fleet costs: seconds, CPU and memory of many small repositories, some of them broken, on the command line and on Kestra's engine.

usage: python -m benchmarks.fleet [--number 30] [--broken 3] [--jobs 2] [--engine] [--only-engine]

Prints wall seconds, CPU seconds of all processes, and the highest sum of their memory (PSS, which counts shared pages once), sampled twice a second. It exits with
1 when the good repositories are not all done or the broken ones not all told. --engine runs kestra/fleet.yml as well (make kestra-engine).
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
FILES = {
    "pyproject.toml": '[project]\nname = "service-{number}"\nrequires-python = ">=3.9"\ndependencies = ["fastapi>=0.1{number:02d}"]\n',
    "service/app.py": 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/items")\ndef items():\n    return []\n',
    "README.md": "# Service {number}\n",
}  # fmt: skip


@dataclass
class Cost:
    """Wall and CPU seconds, the peak of memory in MB and of processes, and how many repositories are done and failed."""

    wall: float
    cpu: float
    memory: float
    processes: int
    done: int
    failed: int


def main() -> int:
    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="fleet-") as folder:
        addresses = _repositories(Path(folder) / "origins", given.number, given.broken)
        ways: dict[str, Callable[[], Cost]] = {
            f"repo-architect fleet --jobs {given.jobs}": lambda: _command(
                Path(folder), addresses, given.jobs
            ),
            "the same again, nothing to do but the broken": lambda: _command(
                Path(folder), addresses, given.jobs
            ),
        }
        if given.only_engine:
            ways = {}
        if given.engine or given.only_engine:
            ways["kestra/fleet.yml on Kestra's engine"] = lambda: _engine(addresses)
        costs = {name: way() for name, way in ways.items()}
    _print(costs)
    good = given.number - given.broken
    return int(any((cost.done, cost.failed) != (good, given.broken) for cost in costs.values()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--number", type=int, default=30)
    parser.add_argument("--broken", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--engine", action="store_true")
    parser.add_argument("--only-engine", action="store_true")
    return parser.parse_args()


def _repositories(folder: Path, number: int, broken: int) -> list[str]:
    """Addresses of small repositories, the first ones broken: one is not there, one is empty, one is no repository …"""
    from support import git

    addresses = []
    for index in range(number):
        origin = folder / f"service-{index:02d}"
        if index >= broken:
            git.make_repository(
                origin,
                {
                    path: text.replace("{number}", str(index)).replace("{number:02d}", f"{index:02d}")
                    for path, text in FILES.items()
                },
            )
        elif index % 3 == 1:
            origin.mkdir(parents=True)
        elif index % 3 == 2:
            origin.mkdir(parents=True)
            git.git(origin, "init", "-q")
        addresses.append(f"file://{origin}")
    return addresses


def _command(folder: Path, addresses: list[str], jobs: int) -> Cost:
    (folder / "list.txt").write_text("\n".join(addresses))
    command = [
        str(Path(sys.executable).with_name("repo-architect")), "fleet", str(folder / "list.txt"), "--jobs", str(jobs),
        "--runs-dir", str(folder / "runs"), "--allow-failures", "--quiet",
    ]  # fmt: skip
    with _Watch() as watch:
        subprocess.run(command, env=_environment(), check=True)
    return watch.cost((folder / "runs" / "list" / "fleet.csv").read_text())


def _engine(addresses: list[str]) -> Cost:
    from repo_architect import notebook_files
    from repo_architect.stages import STAGES
    from support.kestra_engine import Engine
    from support.kestra_fixture import ENVIRONMENT, SECRETS

    with Engine({**ENVIRONMENT, **_environment()}, SECRETS) as engine:
        for flow in ("blueprint_repo_analysis.yml", "fleet.yml"):
            engine.deploy(ROOT / "kestra" / flow)
        for stage in STAGES:
            engine.put_file("repoarchitectagent", f"notebooks/{stage.notebook}", notebook_files.path(stage))
        with _Watch() as watch:
            done = engine.run("repoarchitectagent", "repo_architect_fleet", {"repositories": addresses}, 3600)
        return watch.cost(engine.read(done.outputs["csv"]).decode())


def _environment() -> dict[str, str]:
    return {
        **os.environ, "REPO_ARCHITECT_ALLOW_PROTOCOLS": "file", "REPO_ARCHITECT_FORGE_FACTS": "0",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }  # fmt: skip


class _Watch:
    """Time, CPU and memory of everything that descends from this process while inside."""

    def __enter__(self) -> _Watch:
        self.memory, self.processes, self._ended = 0.0, 0, threading.Event()
        self._cpu: dict[tuple[int, str], float] = {}
        self._thread = threading.Thread(target=self._look)
        self._before = self._sampled()
        waited = resource.getrusage(resource.RUSAGE_CHILDREN)
        self._waited = waited.ru_utime + waited.ru_stime
        self._begun = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall = time.monotonic() - self._begun
        self._ended.set()
        self._thread.join()
        # what was waited for is known exactly; of what still runs, as an engine, the samples tell
        waited = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu = max(self._sampled() - self._before, waited.ru_utime + waited.ru_stime - self._waited)

    def cost(self, table: str) -> Cost:
        states = [row["state"] for row in csv.DictReader(io.StringIO(table, newline=""))]
        return Cost(
            self.wall, self.cpu, self.memory, self.processes, states.count("success"), states.count("failed")
        )

    def _look(self) -> None:
        while not self._ended.wait(0.5):
            self._sampled()

    def _sampled(self) -> float:
        """CPU seconds so far: of each process its own and that of the children that it waited for; a process that ended keeps its last."""
        memory, found = 0.0, _descendants(os.getpid())
        for pid in found:
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            except OSError:
                continue
            self._cpu[pid, fields[19]] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            memory += (
                next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
                / 1000
            )
        self.memory, self.processes = max(self.memory, memory), max(self.processes, len(found))
        return sum(self._cpu.values())


def _descendants(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(
                int(stat.parent.name)
            )
        except (OSError, IndexError):
            continue
    found, waiting = [], [root]
    while waiting:
        inside = parents.get(waiting.pop(), [])
        found += inside
        waiting += inside
    return found


def _print(costs: dict[str, Cost]) -> None:
    print(f"{'':<46}{'wall s':>8}{'CPU s':>8}{'MB':>7}{'procs':>7}{'done':>6}{'failed':>8}")
    for name, cost in costs.items():
        print(
            f"{name:<46}{cost.wall:8.1f}{cost.cpu:8.1f}{cost.memory:7.0f}{cost.processes:7}{cost.done:6}{cost.failed:8}"
        )


if __name__ == "__main__":
    sys.exit(main())
