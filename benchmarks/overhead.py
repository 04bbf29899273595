"""What notebooks, papermill and kernels cost on top of the stage functions.

usage: python -m benchmarks.overhead [REPOSITORY] [--rounds N] [--short] [--hold]

Prints CPU and wall seconds of: the eight stage functions called one after another in one process; `repo-architect run`;
`repo-architect resume` with nothing to do; the command's own start-up. It exits with 1 when a command failed, and with --hold also when a bound is broken: on a shared machine
one round can be off by a second.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.cpu import Spent, spent

BOUND_ON_TOP = 9.0
BOUND_RESUME = 1.0


def main() -> int:
    arguments = _arguments()
    rounds = 1 if arguments.short else arguments.rounds
    with tempfile.TemporaryDirectory() as folder:
        measured = {
            name: _median(rounds, run) for name, run in _commands(arguments.repository, Path(folder)).items()
        }
    _print(measured)
    on_top = measured["repo-architect run"].cpu - measured["bare stage functions"].cpu
    resume = measured["repo-architect resume"].cpu - measured["start-up"].cpu
    print(f"\nrun less bare functions: {on_top:.2f} CPU s (bound {BOUND_ON_TOP})")
    print(f"resume with nothing to do, less start-up: {resume:.2f} CPU s (bound {BOUND_RESUME})")
    failed = [name for name, one in measured.items() if one.code]
    if failed:
        print("failed: " + ", ".join(failed))
    broken = on_top > BOUND_ON_TOP or resume > BOUND_RESUME
    return int(bool(failed) or (arguments.hold and broken))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repository", nargs="?", default="sample")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--short", action="store_true", help="one round")
    parser.add_argument("--hold", action="store_true", help="a broken bound is a failure")
    return parser.parse_args()


def _commands(repository: str, folder: Path) -> dict[str, Callable[[int], list[str]]]:
    command = str(Path(sys.executable).with_name("repo-architect"))
    runs = ["--runs-dir", str(folder / "runs")]
    return {
        "bare stage functions": lambda _: [
            sys.executable,
            "-m",
            "benchmarks.bare_stages",
            repository,
            str(folder / "bare"),
        ],
        "repo-architect run": lambda number: [command, "run", repository, "--run-id", f"r{number}", *runs],
        "repo-architect resume": lambda number: [command, "resume", f"r{number}", *runs],
        "start-up": lambda _: [command, "stages"],
    }


def _median(rounds: int, command: Callable[[int], list[str]]) -> Spent:
    found = [spent(command(number)) for number in range(rounds)]
    return Spent(
        statistics.median(one.cpu for one in found),
        statistics.median(one.wall for one in found),
        max(one.code for one in found),
    )


def _print(measured: dict[str, Spent]) -> None:
    print(f"{'':<24}{'CPU s':>8}{'wall s':>8}  exit")
    for name, one in measured.items():
        print(f"{name:<24}{one.cpu:>8.2f}{one.wall:>8.2f}  {one.code}")


if __name__ == "__main__":
    sys.exit(main())
