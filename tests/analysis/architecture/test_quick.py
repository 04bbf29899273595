"""Quick looks find what the plain expression finds, and hints leave no line out that matters."""

from __future__ import annotations

import re

import pytest

from repo_architect.analysis.architecture import calls
from repo_architect.analysis.architecture.quick import lines_with, words


@pytest.mark.parametrize(
    ("text", "found"),
    [(b"Send", True), (b"x.Send", True), (b"reSend", False), (b"@Send", True), (b"9Send", False), (b"SendAll", True), (b"reSend Send", True)],
)  # fmt: skip
def test_words_begin_where_a_word_begins(text, found):
    assert bool(re.search(words(["Send", r"Get\w+", "@Other"]), text)) is found
    assert bool(re.search(rb"(?<!\w)(?:Send|Get\w+|@Other)", text)) is found


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (b"", []),
        (b"one\ntwo HOST a host\nthree\nhost", [b"two HOST a host", b"host"]),
        (b"port\nhost", [b"port", b"host"]),
        (b"\n\nnothing\n", []),
    ],
)
def test_lines_are_found_by_what_stands_on_them(text, lines):
    assert [text[first:last] for first, last in lines_with(text, [b"host", b"port"])] == lines


@pytest.mark.parametrize(
    "line",
    [
        'x = "http://a/b"', 'x = "Server=db;"', 'x = "Host=db;"', 'x = "Data Source=db;"', 'host = "db"', 'addr: "db"', 'endpoint("db")',
        'connect("db")', 'redisUrl = "db"', 'dial("db")', 'server = "db"', 'broker = "db"', 'channel("db")', '@FeignClient(name = "db")',
        'getServiceUrl("db")', 'serviceInstanceUrl("db")', 'client.getInstances("db")', 'getNextServerFrom("db")', 'balancer.choose("db")',
    ],
)  # fmt: skip
def test_hints_leave_no_address_out(line):
    source = line.encode()
    value = calls._QUOTED.search(source)
    speaks = calls._ADDRESS.match(value[2]) or calls._SPEAKS_OF_CONNECTION.search(source[: value.start()])

    assert speaks
    assert list(lines_with(source, calls._LEADS)) == [(0, len(source))]
