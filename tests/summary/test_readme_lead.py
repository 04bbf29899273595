"""The sentence in which a repository says what it is."""

from __future__ import annotations

import pytest

from repo_architect.summary.lead import find_lead
from repo_architect.summary.source import Source
from support import shapes


def _lead(tmp_path, text, name="README.md", **repository):
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    given = {
        **shapes._REPOSITORY,
        "description": None,
        "description_evidence": None,
        "readme": name,
        **repository,
    }
    return find_lead(shapes.bare_shape(repository=given), Source(tmp_path))


CASES = {
    "plain": ("# Tool\n\nTool sorts files by age. It is fast.\n", "Tool sorts files by age.", 3),
    "badges first": (
        "# T\n\n[![a](https://x/a.svg)](https://x) ![b](b.png)\n\nSorts the files of a folder by their age.\n",
        "Sorts the files of a folder by their age.", 5,
    ),
    "html and badges": (
        '<h1 align="center">T</h1>\n<p align="center"><a href="x"><img src="y"></a></p>\n\n**T** is a *small* tool for `files`.\n',
        "T is a small tool for files.", 4,
    ),
    "visit the docs": (
        "# T\n\nVisit the [documentation](https://x) for everything.\n\nT is a parser of old formats.\n", "T is a parser of old formats.", 5,
    ),
    "docs are": ("Documentation is available at https://x.example for all.\n\nA parser for the old formats.\n", "A parser for the old formats.", 3),
    "row of links": ("[Docs](a) • [Site](b) • [Chat room](c) • [Blog](d)\n\nA parser for the old formats.\n", "A parser for the old formats.", 3),
    "translations": ("English | [中文](README.zh.md) | [日本語](README.ja.md)\n\nA parser for the old formats.\n", "A parser for the old formats.", 3),
    "note": ("> **Note**: this has moved.\n\nWarning: this is alpha software, do not use.\n\nA parser for the old formats.\n", "A parser for the old formats.", 5),
    "greeting": ("# T\n\nWelcome to T! T is a parser for the old formats.\n", "T is a parser for the old formats.", 3),
    "second line": ("# T\n\nWelcome to T!\nIt parses the old formats.\n", "It parses the old formats.", 4),
    "name is": ("# Orchard\n\nGrow more with less work today.\n\nOrchard is a planner. It plans.\n", "Orchard is a planner.", 5),
    "abbreviation": ("Sorts files, e.g. Pictures, by age. More.\n", "Sorts files, e.g. Pictures, by age.", 1),
    "version": ("Runs on Python 3.11 and later versions. More.\n", "Runs on Python 3.11 and later versions.", 1),
    "front matter": ("---\ntitle: T\n---\n\nA parser for the old formats.\n", "A parser for the old formats.", 5),
    "list first": ("- one item of a list here\n- two items of a list here\n\nA parser for the old formats.\n", "A parser for the old formats.", 4),
    "code first": ("```\npip install the tool now\n```\n\nA parser for the old formats.\n", "A parser for the old formats.", 5),
    "comment": ("<!-- all contributors badge of the tool -->\n\nA parser for the old formats.\n", "A parser for the old formats.", 3),
    "crlf": ("# T\r\n\r\nA parser for the old formats.\r\n", "A parser for the old formats.", 3),
    "quote as tagline": ("# T\n\n> A parser for the old formats.\n\n## Install\n\nRun pip to get this thing now.\n", "A parser for the old formats.", 3),
    "tagline in html": ('<p align="center">\n<em>A parser for the old formats</em>\n</p>\n\n## Usage\n\nCall it with a file to parse.\n', "A parser for the old formats", 2),
    "wide script": ("# T\n\n这是一个用于解析旧格式的小工具。它很快。\n", "这是一个用于解析旧格式的小工具。", 3),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said", "line"), CASES.values(), ids=CASES)
def test_lead_is_the_first_sentence_that_says_what_it_is(tmp_path, text, said, line):
    lead = _lead(tmp_path, text)
    assert (lead.text, lead.evidence.path, lead.evidence.line) == (said, "README.md", line)


@pytest.mark.parametrize(
    ("name", "text", "said", "line"),
    [
        ("README.rst", "Tool\n====\n\n.. image:: x.png\n\n|badge| |other|\n\nTool is a `parser <https://x>`_ of **old** ``formats``. Fast.\n",
         "Tool is a parser of old formats.", 8),
        ("README.rst", "====\nTool\n====\nTool is a parser of old formats.\n", "Tool is a parser of old formats.", 4),
        ("README.adoc", "= Tool\n:toc:\n\nimage::x.png[]\n\nTool is a parser of old formats. Fast.\n", "Tool is a parser of old formats.", 6),
        ("README.txt", "A parser for the old formats. Fast.\n", "A parser for the old formats.", 1),
        ("README", "A parser for the old formats. Fast.\n", "A parser for the old formats.", 1),
    ],
)  # fmt: skip
def test_other_formats_are_read(tmp_path, name, text, said, line):
    lead = _lead(tmp_path, text, name=name)
    assert (lead.text, lead.evidence.line) == (said, line)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Only\n\n## Headings\n",
        "![logo](x.png)\n",
        "## Installation\n\nRun pip to install this thing.\n",
        "```\n" * 3,
    ],
)
def test_readme_without_a_lead_gives_the_manifests_description(tmp_path, text):
    lead = _lead(
        tmp_path,
        text,
        description="A parser of formats. More.",
        description_evidence={"path": "pyproject.toml", "line": 4},
    )
    assert (lead.text, str(lead.evidence)) == ("A parser of formats.", "pyproject.toml:4")


def test_nothing_to_quote_is_none(tmp_path):
    assert _lead(tmp_path, "# T\n") is None


def test_english_sister_is_quoted_where_the_readme_is_not_english(tmp_path):
    (tmp_path / "README.en.md").write_text("A parser for the old formats.\n")
    assert _lead(tmp_path, "这是一个用于解析旧格式的小工具。" * 30).evidence.path == "README.en.md"


def test_lead_with_a_secret_is_not_quoted(tmp_path):
    token = "gh" + "p_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"
    assert (
        _lead(tmp_path, f"Use the token {token} to log in here.\n\nA parser for the old formats.\n").text
        == "A parser for the old formats."
    )


@pytest.mark.parametrize(
    "text",
    [
        "A tool\u202e for \x00hostile\x1b[31m readers of text.\n", "x" * 100_000, "[" * 20_000, "> " * 5_000 + "deep\n", "*" * 20_000,
        "<" * 20_000, "`" * 20_000, "A " + "word " * 50_000, "---\n" + "a: b\n" * 20_000, "|a|b|\n|-|-|\n" * 5_000, "`<" * 20_000,
    ],
    ids=range(11),
)  # fmt: skip
@pytest.mark.parametrize("name", ["README.md", "README.rst"])
@pytest.mark.timeout(10)
def test_hostile_readme_costs_little_and_shows_nothing_unseen(tmp_path, text, name):
    lead = _lead(tmp_path, text, name=name)
    assert lead is None or (len(lead.text) <= 280 and not set(lead.text) & set("\u202e\x00\x1b\n"))


def test_link_out_of_the_tree_is_not_followed(tmp_path):
    outside, inside = tmp_path / "outside.md", tmp_path / "repo"
    inside.mkdir()
    outside.write_text("The secret diary of the machine's owner.\n")
    (inside / "README.md").symlink_to(outside)
    (inside / "docs").symlink_to(tmp_path)
    assert find_lead(shapes.bare_shape(), Source(inside)) is None
    assert Source(inside).lines("docs/outside.md") is None
    assert Source(inside).lines("../outside.md") is None
    assert Source(inside).lines(str(outside)) is None
