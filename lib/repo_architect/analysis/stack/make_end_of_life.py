"""Write the table of end-of-life dates from a checkout of endoflife.date's data.

python -m repo_architect.analysis.stack.make_end_of_life CHECKOUT > tables/end_of_life.yaml
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

PRODUCTS = {
    "python": "python",
    "node": "nodejs",
    "go": "go",
    "java": "eclipse-temurin",
    "rust": "rust",
    "ruby": "ruby",
    "php": "php",
    "dotnet": "dotnet",
    "elixir": "elixir",
    "erlang": "erlang",
    "deno": "deno",
    "bun": "bun",
    "kotlin": "kotlin",
    "scala": "scala",
    "perl": "perl",
    "julia": "julia",
}
"""Runtimes as repo_shape.json names them, and their page at endoflife.date."""


def main(checkout: str) -> None:
    """Print the table, with the commit and day of the data."""
    sys.stdout.write("\n".join(_lines(Path(checkout))) + "\n")


def _lines(checkout: Path) -> Iterator[str]:
    described = subprocess.run(
        ["git", "-C", str(checkout), "log", "-1", "--format=%H %cs"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    yield "# Made by repo_architect.analysis.stack.make_end_of_life; do not edit."
    yield "source: https://github.com/endoflife-date/endoflife.date"
    yield f"commit: {described[0]}"
    yield f"date: {described[1]}"
    yield "licence: MIT"
    yield "# runtime: {cycle: last day of support, null while none is announced}"
    yield "cycles:"
    for runtime, product in PRODUCTS.items():
        text = _show(checkout, f"products/{product}.md")
        yield f"  {runtime}:"
        for release in yaml.safe_load(text.split("---")[1])["releases"]:
            yield f'    "{release["releaseCycle"]}": {_day(release)}'


def _show(checkout: Path, path: str) -> str:
    return subprocess.run(
        ["git", "-C", str(checkout), "show", f"HEAD:{path}"], capture_output=True, text=True, check=True
    ).stdout


def _day(release: dict[str, Any]) -> str:
    last = release.get("eol")
    if isinstance(last, date):
        return last.isoformat()
    return "ended" if last is True else "null"


if __name__ == "__main__":
    main(sys.argv[1])
