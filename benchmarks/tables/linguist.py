"""Make the table of languages from a checkout of github-linguist/linguist.

python -m benchmarks.tables.linguist CHECKOUT        # writes lib/repo_architect/analysis/languages/linguist.json

Only facts are taken: names, types, groups, extensions, file names, interpreters, aliases, and the path patterns that
mark vendored code and documentation. How ambiguous files are told apart is written by ourselves (ambiguous.py).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

TARGET = Path(__file__).parents[2] / "lib/repo_architect/analysis/languages/linguist.json"


def main(checkout: str) -> None:
    source = Path(checkout) / "lib/linguist"
    languages = _read(source / "languages.yml")
    table = {
        "source": "https://github.com/github-linguist/linguist",
        "version": (source / "VERSION").read_text().strip(),
        "licence": "MIT, Copyright (c) 2017 GitHub, Inc.",
        "made_by": "python -m benchmarks.tables.linguist",
        "popular": sorted(_read(source / "popular.yml")),
        "generic": sorted(_read(source / "generic.yml")["extensions"]),
        "vendored": _read(source / "vendor.yml"),
        "documentation": _read(source / "documentation.yml"),
        "languages": {name: _row(row) for name, row in languages.items()},
    }
    TARGET.write_text(_one_language_a_line(table))


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


def _row(row: dict[str, Any]) -> dict[str, Any]:
    kept = {"type": row["type"]}
    for key in ("group", "extensions", "filenames", "interpreters", "aliases"):
        if row.get(key):
            kept[key] = row[key]
    return kept


def _one_language_a_line(table: dict[str, Any]) -> str:
    languages = table.pop("languages")
    head = json.dumps(table, indent=1, ensure_ascii=False)[:-2]
    rows = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(row, ensure_ascii=False)}" for name, row in languages.items()
    )
    return f'{head},\n "languages": {{\n{rows}\n }}\n}}\n'


if __name__ == "__main__":
    main(sys.argv[1])
