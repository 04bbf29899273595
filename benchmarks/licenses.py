"""Licences against licensee's own fixtures: how many of them are named as licensee names them.

python -m benchmarks.licenses LICENSEE_CHECKOUT

Peers are measured when they are installed: spdx-matcher, which looks at one file's text.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from repo_architect.analysis import license as licenses
from repo_architect.analysis.files import FileTree, read_tree
from repo_architect.analysis.license import names, table
from repo_architect.analysis.limits import Limits, Notes

PSEUDO = {"other": "NOASSERTION", "no-license": "NONE", None: None}


def main(checkout: str) -> None:
    cases = list(_cases(Path(checkout) / "spec/fixtures"))
    print(f"{'':14} | {'right':>7} | {'CPU ms a case':>13} | wrong")
    for name, find in _peers():
        began = time.process_time()
        answers = [(tree.root.name, find(tree), expected) for tree, expected in cases]
        milliseconds = 1000 * (time.process_time() - began) / len(cases)
        wrong = [
            f"{case}: {answer}, not {expected}" for case, answer, expected in answers if answer != expected
        ]
        print(
            f"{name:14} | {len(cases) - len(wrong):>3}/{len(cases)} | {milliseconds:>13.1f} | {'; '.join(wrong[:5])}"
        )


def _cases(fixtures: Path) -> Iterator[tuple[FileTree, str | None]]:
    ids = {known.key: known.spdx for known in table.licenses()}
    for name, row in yaml.safe_load((fixtures / "fixtures.yml").read_text()).items():
        expected = PSEUDO[row["key"]] if row["key"] in PSEUDO else ids[row["key"]]
        yield read_tree(fixtures / name, Limits(), Notes()), expected


def _peers() -> Iterator[tuple[str, Callable[[FileTree], str | None]]]:
    yield "ours", _ours
    try:
        import spdx_matcher
    except ImportError:
        return
    yield "spdx-matcher", lambda tree: _spdx_matcher(spdx_matcher, tree)


def _ours(tree: FileTree) -> str | None:
    found = licenses.find(tree)
    return found.spdx if found else None


def _spdx_matcher(peer: Any, tree: FileTree) -> str | None:
    path = max((file.path for file in tree), key=names.score, default=None)
    text = tree.text(path) if path and names.score(path) else None
    if text is None:
        return None
    found = sorted(peer.analyse_license_text(text)[0]["licenses"])
    return found[0] if len(found) == 1 else "NOASSERTION"


if __name__ == "__main__":
    main(sys.argv[1])
