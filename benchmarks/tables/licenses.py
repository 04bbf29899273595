"""Make the fingerprints of licences from a checkout of licensee/licensee.

python -m benchmarks.tables.licenses CHECKOUT        # writes lib/repo_architect/analysis/license/licenses.json

Of each licence that GitHub names only facts are kept: its id, its titles, the hashes of its distinct words, its length,
and how many passages SPDX says may vary. No text is.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from array import array
from pathlib import Path
from typing import Any

import yaml

from repo_architect.analysis.license import table, text

TARGET = Path(__file__).parents[2] / "lib/repo_architect/analysis/license/licenses.json"
FIELD = re.compile(r"\[(\w+)\]")
FIELDS = frozenset({"fullname", "login", "email", "project", "description", "year", "projecturl"})


def main(checkout: str) -> None:
    vendor = Path(checkout) / "vendor"
    read = [_read(path) for path in sorted((vendor / "choosealicense.com/_licenses").glob("*.txt"))]
    titles = table.title_pattern(title for meta, _body in read for title in meta["titles"])
    rows = [_row(meta, body, titles, vendor / "license-list-XML/src") for meta, body in read]
    head = {
        "source": "https://github.com/github/choosealicense.com and https://github.com/spdx/license-list-XML, by licensee",
        "version": _version(Path(checkout)),
        "licence": "CC-BY-3.0; the facts kept are no text of it",
        "made_by": "python -m benchmarks.tables.licenses",
    }
    shown = json.dumps(head, indent=1)[:-2]
    lines = ",\n".join(f"  {json.dumps(row)}" for row in rows)
    TARGET.write_text(f'{shown},\n "licenses": [\n{lines}\n ]\n}}\n')


def _version(checkout: Path) -> str:
    found = re.search(r"VERSION = '([^']+)'", (checkout / "lib/licensee/version.rb").read_text())
    return found[1] if found else "unknown"


def _read(path: Path) -> tuple[dict[str, Any], str]:
    _, front, body = path.read_text().split("---\n", 2)
    meta = yaml.safe_load(front)
    key = path.stem
    without_version = re.split(r"\s+v?\d\.\d", meta["title"], maxsplit=1)[0]
    titles = [meta["title"], without_version, key.replace("-", " ", 1), key]
    if meta.get("nickname"):
        titles.append(meta["nickname"])
    return {"key": key, "spdx": meta["spdx-id"], "titles": list(dict.fromkeys(titles))}, body


def _row(meta: dict[str, Any], body: str, titles: re.Pattern[str], spdx: Path) -> dict[str, Any]:
    normal = text.normalize(body, titles)
    fields = [name for name in FIELD.findall(normal) if name in FIELDS]
    words = text.hashes(set(text.words_of(normal)) - set(fields))
    return {
        **meta,
        "length": len(normal),
        "fields": len(set(fields)),
        "varying": max(len(fields), _varying(spdx / f"{meta['spdx']}.xml")),
        "words": base64.b64encode(array("I", sorted(words)).tobytes()).decode(),
    }


def _varying(path: Path) -> int:
    found = re.search(r"<text>(.*)</text>", path.read_text(), re.DOTALL)
    body = found[1] if found else ""
    for tag in ("copyrightText", "titleText", "optional"):
        body = re.sub(rf"<{tag}\b.*?</{tag}>", "", body, flags=re.DOTALL)
    return len(re.findall(r"<alt .*?>", body, re.DOTALL))


if __name__ == "__main__":
    main(sys.argv[1])
