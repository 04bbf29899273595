"""Files made to cost time cost little, whatever rule they are made for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from repo_architect.analysis import languages
from repo_architect.analysis.files import read_tree
from repo_architect.analysis.languages import ambiguous, generated, lines
from repo_architect.analysis.languages.attributes import Attributes
from repo_architect.analysis.limits import Limits, Notes

PIECES = (
    "a", " ", "\n", "\t\n", "/* ", "/*\n", '"""', "'''\n", "<!--\n", "# ", "-*-", "vim: ", " : ", " a=b", "vim: :  ", "(", "{", "\\", "#!", "<meta ",
    "*", "a b (", "a b(){", "[", "^", "use ", "@", "1.2.3.4 ", ":\n", "<?", "$a(", "import ", "/* a */ b\n", "var _i ", "func ",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_repeated_text_in_every_ambiguous_file(tmp_path: Path, piece: str) -> None:
    data = (piece * (200_000 // len(piece))).encode()
    slowest = ("", 0.0)
    for extension, rules in ambiguous.RULES.items():
        began = time.process_time()
        ambiguous.tell_apart(rules, data[: 128 * 1024])
        slowest = max(slowest, (extension, time.process_time() - began), key=lambda found: found[1])
    assert slowest[1] < 1, slowest


@pytest.mark.parametrize("piece", PIECES)
def test_repeated_text_in_every_checked_file(piece: str) -> None:
    data = (piece * (400_000 // len(piece))).encode()
    for extension in generated.CHECKS:
        began = time.process_time()
        generated.is_generated("a" + extension, data[: 128 * 1024])
        assert time.process_time() - began < 0.5, extension
    for language in ("Python", "JavaScript", "Vue", "Lua"):
        began = time.process_time()
        lines.count(language, data)
        assert time.process_time() - began < 2, language


@pytest.mark.parametrize("piece", PIECES)
def test_repeated_text_in_a_file_of_unknown_language(tmp_path: Path, piece: str) -> None:
    for name in ("unknown", "a.py", "a.js"):
        (tmp_path / name).write_text(piece * (1_000_000 // len(piece)))
    tree = read_tree(tmp_path, Limits(), Notes())
    began = time.process_time()
    languages.detect(tree)
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "pattern",
    ["*a" * 60 + "b", "**/" * 40 + "b", "**/a*" * 30, "[a" * 50, "?" * 200, "**/" * 4 + "a*" * 30 + "b"],
)
def test_patterns_made_to_cost_time(pattern: str) -> None:
    given = Attributes([("", f"{pattern} linguist-vendored\n")])
    began = time.process_time()
    for path in ("a" * 200, "a/" * 60 + "a" * 100, "/".join(["aaaa"] * 50)):
        given.of(path)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("pattern", "matched", "not_matched"),
    [
        ("*.py", ("a.py", "b/c/d.py"), ("a.pyc", "py")),
        ("/*.py", ("a.py",), ("b/a.py",)),
        ("a/*.py", ("a/b.py",), ("a/c/b.py", "x/a/b.py")),
        ("**/a/*.py", ("a/b.py", "x/y/a/b.py"), ("a/c/b.py",)),
        ("a/**", ("a/b", "a/b/c"), ("a", "b/a/c")),
        ("a/**/z.c", ("a/z.c", "a/b/c/z.c"), ("z.c",)),
        ("**/gen_*.py", ("gen_x/gen_a.py", "gen_a.py"), ("gen_x/a.py",)),
        ("*a*b", ("aab", "xaxbxb"), ("ba", "a/b")),
        ("x?z[0-9]", ("xyz1", "d/xyz2"), ("xyza", "x/z1")),
        ("[!a]b", ("cb",), ("ab",)),
        ("a\\*b", ("a*b",), ("axb",)),
    ],
)
def test_patterns_match_as_git_s_do(
    pattern: str, matched: tuple[str, ...], not_matched: tuple[str, ...]
) -> None:
    given = Attributes([("", f"{pattern} linguist-generated\n")])
    assert [path for path in (*matched, *not_matched) if given.of(path)] == list(matched)
