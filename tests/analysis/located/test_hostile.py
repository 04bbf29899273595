"""Malformed text and bombs raise Malformed, quickly, and nothing else."""

from __future__ import annotations

import json
import random
import time
import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from repo_architect.analysis import located
from repo_architect.analysis.located import bounds

READERS: tuple[Callable[[str], Any], ...] = (
    located.toml, located.json, located.jsonc, located.yaml, located.yaml_documents, located.xml,
)  # fmt: skip
MANY = 300_000
LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + level)}: &{chr(98 + level)} [{','.join(['*' + chr(97 + level)] * 9)}]\n"
    for level in range(12)
)
MERGES = "a: &a {" + ",".join(f"k{n}: 1" for n in range(5000)) + "}\n" + "".join(
    f"m{n}:\n  <<: *a\n" for n in range(5000)
)  # fmt: skip


@pytest.mark.parametrize(
    ("reader", "text", "line"),
    [
        (located.toml, "a = 1\nb = \n", 2),
        (located.toml, "a = 1\na = 2\n", 2),
        (located.toml, "[a]\n[b]\n[a]\n", 3),
        (located.json, '{\n"a": 1\n"b": 2}', 3),
        (located.json, '{"a": 1}\n}', 2),
        (located.json, "[1,\n2,\n]", 3),
        (located.jsonc, '{"a": /* never ends', 1),
        (located.yaml, "a: 1\nb: [1\n", 3),
        (located.yaml, "a: 1\n  b: 2\n", 2),
        (located.yaml, "a: &a [*a]", 1),
        (located.yaml, "a: \x01", 1),
        (located.xml, "<a>\n<b>\n</a>", 3),
        (located.xml, "<a>\n</a>\n<b/>", 3),
        (located.xml, "", 1),
        (located.xml, '<!DOCTYPE a [\n<!ENTITY b "c">]><a>&b;</a>', 2),
        (located.xml, '<!DOCTYPE a [\n<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', 2),
    ],
)
def test_malformed_text_tells_its_line(reader: Callable[[str], Any], text: str, line: int) -> None:
    with pytest.raises(located.Malformed) as caught:
        reader(text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        (located.json, "[" * MANY),
        (located.json, '{"a":' * MANY),
        (located.json, "1" * MANY),
        (located.jsonc, "/* " * MANY),
        (located.toml, "a = " + "[" * MANY),
        (located.toml, "a = " + "{b=" * MANY),
        (located.toml, "a." * MANY + "b = 1"),
        (located.toml, "[" + "a." * MANY + "b]"),
        (located.toml, "a = 1" + "0" * MANY),
        (located.yaml, "[" * MANY),
        (located.yaml, "- " * MANY),
        (located.yaml, "? " * MANY),
        (located.yaml, LAUGHS),
        (located.yaml, MERGES),
        (located.xml, "<a>" * MANY),
        (located.xml, "<a " + "b" * MANY),
    ],
)
def test_bombs_are_refused_quickly(reader: Callable[[str], Any], text: str) -> None:
    began = time.process_time()
    with pytest.raises(located.Malformed):
        reader(text)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        (located.json, "[" + "[]," * 6000),
        (located.toml, "a = [" + "[]," * 6000),
        (located.yaml, "- a\n" * 6000),
        (located.xml, "<r>" + "<a/>" * 6000),
    ],
)
def test_too_many_values_are_refused(
    reader: Callable[[str], Any], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MAX_NODES", 5000)
    with pytest.raises(located.Malformed, match="more than 5000 values"):
        reader(text)


def test_what_is_read_can_be_made_plain_and_written() -> None:
    deep = "[" * 100 + "]" * 100
    for reader in (located.json, located.yaml):
        assert json.dumps(reader(deep).plain()) == deep
    lone = located.json('["\\ud800", {"\\udfff": 1}]').plain()
    json.dumps(lone, ensure_ascii=False).encode()


@pytest.mark.parametrize("seed", range(30))
def test_random_and_cut_text_raises_nothing_but_malformed(seed: int) -> None:
    chance = random.Random(seed)
    samples = [
        "[a]\nb = \"c\\n\"\nd = '''e'''\nf = [1, 2.5, {g = true}] # h\n[[i.j]]\nk = 2020-01-01T00:00:00Z\n",
        '{"a": [1, -2.5e3, true, null, "x\\u00e9"], /* c */ "b": {"c": {}}, // d\n}',
        "a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  - e\n? f\n: |\n  g\n--- !t 'h'\n",
        '<?xml version="1.0"?><!DOCTYPE a><a b="c&amp;"><![CDATA[d]]>e</a>',
    ]
    alphabet = "".join(samples) + "\x00\ud800\u2028\ufeff\U0001f600\r"
    for _ in range(60):
        text = list(chance.choice(samples))
        for _ in range(chance.randrange(6)):
            at = chance.randrange(len(text))
            text[at : at + chance.randrange(4)] = chance.choice(alphabet)
        cut = "".join(text)[: chance.randrange(len(text) + 40)]
        for reader in READERS:
            try:
                reader(cut)
            except located.Malformed as error:
                assert error.line >= 1


TOML_CASES = (
    "[a.b]\nx=1\n[a]\ny=1", "[a]\nb.c=1\n[a.b]", "a.b=1\na.c=2\n[a]", "[[a]]\n[a]", "a=[]\n[[a]]", "a={}\n[a.b]",
    "[a.b.c]\nx=1\n[a]\nb.d=1", "a.b=1\na.b.c=2", "[[p]]\nn=1\n[[p]]\nn=2\n[p.q]\nz={a=1,b.c=2}", "a=1 b=2", 'a="\\q"',
    "a='''", "a={b=1,}", "a={b=1\n}", '"""a"""=1', "a=1.", "a=+1", "a=1__0", "a=.5", "[ a . b ]\nx=1", 'a="\\uD800"',
    "''=1", "a=1e06", 'x="""a\\  \n  b"""', 'c="""a"""""', "d='''x'''''", "a=1979-05-27 07:32:00Z", "a=25:00:00",
    "x=[{a=1}]\n[[x.b]]", "a=0_1", "a=0x_1", "# \x01", "a=1\r\nb=2", "a=1\rb=2", "a=[1,\n2,#c\n]", "a=inf\nb=-nan", "a=01",
    'a="\\U0001F600\\t"', "a='\t'", "a=tru", "a=truex", "a.'b.c'.\"d\\ne\" = 0b101", "[a]b=1", "a=[,]", "a=[1 2]", "[[a]\n",
)  # fmt: skip


@pytest.mark.parametrize("text", TOML_CASES)
def test_toml_agrees_with_the_standard_library(text: str) -> None:
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(located.Malformed):
            located.toml(text)
    else:
        assert repr(_dates_as_text(expected)) == repr(_dates_as_text(located.toml(text).plain()))


def _dates_as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _dates_as_text(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_dates_as_text(below) for below in value]
    if isinstance(value, str) and value[:1].isdigit():
        return "date"
    return value if isinstance(value, str | int | float) else "date"
