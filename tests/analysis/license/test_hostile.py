"""A licence file made to cost time costs little."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from repo_architect.analysis import license as licenses
from repo_architect.analysis.files import read_tree
from repo_architect.analysis.limits import Limits, Notes

SIZE = 100_000
PIECES = (
    "<!--", "--> <!--", "\n", " \n", "[", "[a](", "a-", "a", "(c) ", "copyright (c)\n", "mit\n", "# ", "* ", "_ ", "*a", "> ", "// a\n",
    "creative commons corporation ", "the text of the creative commons ", "for more information, please ", "unlicense", "all rights reserved",
    "version 1\n", "https://a\n", "end of terms and conditions", ") (", "'s ", "<style", "<a ", "&", "- - - ", "1. ", "license\n---\n", "associating cc0\n\n",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_repeated_text(tmp_path: Path, piece: str) -> None:
    text = piece * (SIZE // len(piece)) + "\nend."
    for name, head in (("LICENSE.html", ""), ("README.md", "# License\n"), ("package.json", '{"license": "')):
        (tmp_path / name).write_text(head + text)
        tree = read_tree(tmp_path, Limits(), Notes())
        began = time.process_time()
        licenses.find(tree)
        assert time.process_time() - began < 1.5
        (tmp_path / name).unlink()
