"""A licence's text as words, without what differs from project to project: titles, copyright lines, markup, spelling."""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"(?:[\w/-](?:'s|(?<=s)')?)+")
_SPELLING = {
    "acknowledgment": "acknowledgement", "analogue": "analog", "artefact": "artifact", "authorisation": "authorization",
    "authorised": "authorized", "cancelled": "canceled", "catalogue": "catalog", "centre": "center", "copyright owner": "copyright holder",
    "favour": "favor", "fulfil": "fulfill", "fulfilment": "fulfillment", "initialise": "initialize", "judgment": "judgement",
    "labour": "labor", "licence": "license", "non-commercial": "noncommercial", "offence": "offense", "optimise": "optimize",
    "organisation": "organization", "organise": "organize", "per cent": "percent", "practise": "practice", "programme": "program",
    "realise": "realize", "recognise": "recognize", "sub license": "sublicense", "sub-license": "sublicense", "utilisation": "utilization",
    "whilst": "while", "wilful": "willful",
}  # fmt: skip
"""Words that SPDX's matching guidelines call the same."""
_SAME = re.compile(r"\b(?:" + "|".join(phrase.replace(" ", r"\s+") for phrase in _SPELLING) + r")\b")
_COPYRIGHT = re.compile(
    r"\A\s*(?:[_*\-\s]*(?:copyright|\(c\)|©).*(?:\n[ \t]+\d{4}.*)*\s*|[_*\-\s]*with reserved font name.*|all rights reserved\.?[ \t]*$)+",
    re.MULTILINE,
)
_ONLY_COPYRIGHT = re.compile(
    r"\s*(?:[_*\-\s]*(?:copyright|\(c\)|©).*(?:\n[ \t]+\d{4}.*)*\s*)+", re.IGNORECASE
)
_RIGHTS_PARAGRAPH = re.compile(
    r"\A(?=(?:(?!\n\n)[\s\S])*(?:copyright|\(c\)|©))(?:(?!\n\n)[\s\S])*all rights reserved(?:(?!\n\n)[\s\S])*"
)
_START = (re.compile(r"\A\s*version.*$", re.MULTILINE), re.compile(r"\A\s*https?://\S+\n"))
_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), replacement)
    for pattern, replacement in (
        (r"<!--[\s\S]*?-->", " "),
        (r"^\s*[=\-*]{3,}\s*$", " "),
        (r"^\s*#+", " "),
        (r"\[(.+?)\]\(.+?\)", r"\1"),
    )
)
_LATER: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), replacement)
    for pattern, replacement in (
        (r"^\s*(?:\d\.|[*-])(?: [*_]{0,2}\(?[\da-z]\)[*_]{0,2})?\s+([^\n])", r"- \1"),
        (r"http:", "https:"),
        (r"&", "and"),
        (r"(?<!^)[—–-]+(?!$)", "-"),
        (r"[`'\"‘“’”]", "'"),
        (r"(\w+)-\s*\n\s*(\w+)", r"\1-\2"),
        (r"[_*~]+(.*?)[_*~]+", r"\1"),
        (r"\n\n\s*(?:[*-]|\(?[\da-z]{1,2}[).])\s+", "\n\n- "),
        (r"\)\s+\(", ")("),
        (
            r"^\s*creative commons legal code\s*$|for more information, please see\s*\S+zero\S+|creative commons corporation[\s\S]*?\n\n(?=[\s\S]*associating cc0)",
            " ",
        ),
        (
            r"the\s+text\s+of\s+the\s+creative\s+commons[\s\S]*?public\s+domain\s+dedication\.|wiki\.creativecommons\.org",
            " ",
        ),
        (r"creative\s+commons\s+corporation[\s\S]*?(?=by\s+exercising\s+the\s+licensed\s+rights)", " "),
        (r"creative\s+commons\s+is\s+not\s+a\s+party\s+to\s+its\s+public\s+licenses\.[\s\S]*\Z", " "),
        (r"for more information, please[\s\S]*\S+unlicense\S+", " "),
        (r"^[*-](.*?)[*-]$", r"\1"),
        (r"\(including the next paragraph\)", " "),
    )
)
_LAST = (re.compile(r"^\s*>", re.MULTILINE), re.compile(r"\A\s*developed by:[\s\S]*?\n\n"))
_END = re.compile(r"^[\s#*_]*end of (?:the )?terms and conditions[\s#*_]*$", re.MULTILINE)
_COMMENT = re.compile(r"^\s*?(?:[/*]{1,2}|#|--|;)", re.MULTILINE)
_TAG = re.compile(r"<(?:script|style)[\s\S]*?</(?:script|style)>|<[^>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """Distinct words as 32-bit hashes, and how many characters there are when all is normalised."""

    words: frozenset[int]
    length: int


def normalize(text: str, titles: re.Pattern[str], *, markup: bool = False) -> str:
    """The text in lower case without what differs from project to project. `titles` match a title at its start."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if markup:
        text = html.unescape(_TAG.sub(" ", text))
    text = _uncommented(text)
    for pattern, replacement in _STEPS:
        text = pattern.sub(replacement, text)
    text = _from_start(text.lower().strip(), (titles, *_START[:1]))
    for pattern, replacement in _LATER[:6]:
        text = pattern.sub(replacement, text)
    text = _SAME.sub(lambda found: _SPELLING[" ".join(found[0].split())], text)
    for pattern, replacement in _LATER[6:]:
        text = pattern.sub(replacement, text)
    text = _from_start(text, (titles, *_START))
    text = _RIGHTS_PARAGRAPH.sub(" ", text.strip())
    text = _from_start(text, (_COPYRIGHT, titles))
    for pattern in _LAST:
        text = pattern.sub(" ", text)
    return " ".join(_END.split(text, maxsplit=1)[0].split())


def words_of(normal: str) -> list[str]:
    """The words of a normalised text, in order."""
    return _WORD.findall(normal)


def hashes(words: Iterable[str]) -> frozenset[int]:
    return frozenset(zlib.crc32(word.encode()) for word in words)


def read(text: str, titles: re.Pattern[str], *, markup: bool = False) -> Text:
    """A text ready to be compared."""
    normal = normalize(text, titles, markup=markup)
    return Text(hashes(words_of(normal)), len(normal))


def only_copyright(text: str) -> bool:
    """Whether a text says who holds the copyright and nothing else."""
    return _ONLY_COPYRIGHT.fullmatch(text.strip()) is not None


def _uncommented(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    return _COMMENT.sub("", text) if len(lines) > 1 and all(_COMMENT.match(line) for line in lines) else text


def _from_start(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """The text without whatever of the patterns it begins with, however often."""
    patterns = tuple(patterns)
    while True:
        before = text
        for pattern in patterns:
            text = pattern.sub("", text, count=1).lstrip()
        if text == before:
            return text
