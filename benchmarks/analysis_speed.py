"""CPU, wall and memory of the analysis and the drawing of checkouts, each step told apart.

usage: python -m benchmarks.analysis_speed [--rounds N] [--check] CHECKOUT...
Each round is a fresh process that imports the analysis, analyses the checkout, draws it and makes the views inside its boxes; of the rounds
(3) the median is printed, CPU with all processes started. `peer` is GitHub's Linguist 9.6 on the same repository, CPU seconds for the
languages alone. With --check the exit code is 1 where a bound is passed: those of BOUNDS by name, else 60 CPU seconds and 1,000 MB.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from statistics import median

BOUNDS = {"mealie": (2.0, 600), "vercel": (12.0, 600), "gson": (10.0, 600)}
"""CPU seconds of `analyze`, and megabytes."""
ALL = (60.0, 1000)
"""CPU seconds of analysis and drawing together, and megabytes, of any repository."""
LINGUIST = {"mealie": 2.8, "vercel": 8.9}
STEPS = ("import", "analyze", "draw")
Row = dict[str, float]


def main() -> int:
    parser = ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--once", action="store_true", help="measure in this process and print JSON")
    parser.add_argument("checkouts", nargs="+", type=Path)
    options = parser.parse_args()
    if options.once:
        print(json.dumps(measured(options.checkouts[0])))
        return 0
    print(
        f"{'CPU s (wall s)':24s} {'files':>6}"
        + "".join(f"{step:>16s}" for step in STEPS)
        + f"{'MB':>6} {'peer':>6}"
    )
    passed = []
    for checkout in options.checkouts:
        rounds = [once(checkout) for _ in range(options.rounds)]
        row = {name: median(found[name] for found in rounds) for name in rounds[0]}
        show(checkout.name, row)
        passed += [checkout.name] if is_over(checkout.name, row) else []
    print(f"past a bound: {', '.join(passed) or 'none'}")
    return int(options.check and bool(passed))


def once(checkout: Path) -> Row:
    """A round in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.analysis_speed", "--once", str(checkout)]
    row: Row = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return row


def measured(checkout: Path) -> Row:
    """CPU and wall seconds of each step, megabytes at most, and the number of files."""
    row: Row = {}
    clock = Clock(row)
    from repo_architect import diagram
    from repo_architect.analysis import analyze, identify

    clock.lap("import")
    result = analyze(checkout.resolve(), identify(checkout.resolve()))
    result.shape.to_json(), result.modules.to_json()
    clock.lap("analyze")
    diagram.explore(result.shape, result.modules, diagram.draw(result.shape, result.modules))
    clock.lap("draw")
    row["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row["files"] = result.shape.repository.file_count
    return row


class Clock:
    """Writes what each lap took: `step` in CPU seconds, `step wall` in seconds."""

    def __init__(self, row: Row) -> None:
        self.row = row
        # the interpreter's own start is a part of the first lap
        self.cpu, self.wall = 0.0, time.monotonic()

    def lap(self, step: str) -> None:
        usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        cpu, wall = sum(usage.ru_utime + usage.ru_stime for usage in usages), time.monotonic()
        self.row[step], self.row[f"{step} wall"] = cpu - self.cpu, wall - self.wall
        self.cpu, self.wall = cpu, wall


def show(name: str, row: Row) -> None:
    steps = "".join(f"{row[step]:8.2f} ({row[f'{step} wall']:5.2f})" for step in STEPS)
    peer = f"{LINGUIST[name]:6.1f}" if name in LINGUIST else "     -"
    print(f"{name[:24]:24s} {row['files']:6.0f}  {steps}{row['megabytes']:6.0f} {peer}", flush=True)


def is_over(name: str, row: Row) -> bool:
    seconds, megabytes = BOUNDS.get(name, ALL)
    spent = row["analyze"] if name in BOUNDS else row["analyze"] + row["draw"]
    return spent > seconds or row["megabytes"] > megabytes


if __name__ == "__main__":
    sys.exit(main())
