"""What the Kestra flow costs on top of the same run from the command line.

usage: python -m benchmarks.kestra_overhead [URL ...] [--rounds N]     (needs make kestra-engine; URL: sample, https://… or file://…)

Prints CPU seconds (the tasks with all their children; the engine's own apart), wall seconds and tasks, for `repo-architect run` and for an execution of
the flow on Kestra's engine, one worker.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from benchmarks.cpu import spent  # noqa: E402
from repo_architect import notebook_files  # noqa: E402
from repo_architect.stages import STAGES  # noqa: E402
from support import kestra_engine  # noqa: E402
from support.kestra_fixture import ENVIRONMENT, SECRETS  # noqa: E402

NAMESPACE, FLOW = "repoarchitectagent", "repo_architect_agent"


@dataclass(frozen=True)
class Row:
    """Seconds; `engine` is the CPU time of Kestra's own process."""

    cpu: float
    engine: float
    wall: float


def main() -> int:
    arguments = _arguments()
    why = kestra_engine.why_absent()
    if why:
        print(why)
        return 1
    print(f"{'repository':<40} {'way':<22} {'CPU s':>7} {'engine':>7} {'wall s':>7}")
    for url in arguments.url:  # before the engine is started: what counts the CPU time waits for every child
        _print(url, "repo-architect run", [_command_line(url) for _ in range(arguments.rounds)])
    with kestra_engine.Engine(ENVIRONMENT, SECRETS) as engine:
        engine.deploy(ROOT / "kestra" / "blueprint_repo_analysis.yml")
        for stage in STAGES:
            engine.put_file(NAMESPACE, f"notebooks/{stage.notebook}", notebook_files.path(stage))
        engine.run(NAMESPACE, FLOW, {"repo_url": "sample"}, timeout=900)  # the first execution loads classes
        for url in arguments.url:
            _print(url, "flow, one worker", [_flow(engine, url) for _ in range(arguments.rounds)])
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", nargs="*", default=["sample"])
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _command_line(url: str) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(ENVIRONMENT)
        command = [str(Path(sys.executable).with_name("repo-architect")), "run", url, "--runs-dir", folder]
        taken = spent([*command, "-q"])
    if taken.code:
        raise SystemExit(f"{' '.join(command)} ended with {taken.code}")
    return Row(taken.cpu, 0.0, taken.wall)


def _flow(engine: kestra_engine.Engine, url: str) -> Row:
    own, children = _ticks(engine.pid)
    begun = time.monotonic()
    done = engine.run(NAMESPACE, FLOW, {"repo_url": url}, timeout=900)
    wall = time.monotonic() - begun
    if done.state != "SUCCESS":
        raise SystemExit(f"{url}: {done.state}\n{engine.log_text(done.id)}")
    own_after, children_after = _ticks(engine.pid)
    return Row(children_after - children, own_after - own, wall)


def _ticks(pid: int) -> tuple[float, float]:
    """CPU seconds of a process, and of its children that ended and all of theirs."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system, children_user, children_system = (int(text) for text in fields[11:15])
    second = os.sysconf("SC_CLK_TCK")
    return (user + system) / second, (children_user + children_system) / second


def _print(url: str, way: str, rows: list[Row]) -> None:
    cpu, engine, wall = (
        statistics.median(getattr(row, name) for row in rows) for name in ("cpu", "engine", "wall")
    )
    print(f"{url[-40:]:<40} {way:<22} {cpu:7.1f} {engine:7.1f} {wall:7.1f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
