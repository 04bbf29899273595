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
_HOLDER = r"[_*\-\s]*+(?:copyright|\(c\)|©).*+(?:\n[ \t]++\d{4}.*+)*+"
_COPYRIGHT = re.compile(
    rf"\A\s*+(?:{_HOLDER}\s*+|[_*\-\s]*+with reserved font name.*+|all rights reserved\.?[ \t]*$)++",
    re.MULTILINE,
)
_ONLY_COPYRIGHT = re.compile(rf"\s*+(?:{_HOLDER}\s*+)++", re.IGNORECASE)
_START = (re.compile(r"\A\s*version.*$", re.MULTILINE), re.compile(r"\A\s*https?://\S+\n"))
_BLANK_LINES = re.compile(r"\n\s*\n")

Step = tuple[re.Pattern[str], str]


def _steps(*pairs: tuple[str, str]) -> tuple[Step, ...]:
    return tuple((re.compile(pattern, re.MULTILINE), replacement) for pattern, replacement in pairs)


_AS_WRITTEN = _steps(
    (r"^\s*[=\-*]{3,}\s*$", " "),
    (r"^\s*#+", " "),
    (r"\[([^\[\]\n]+)\]\([^()\n]+\)", r"\1"),
)
_IN_LOWER_CASE = _steps(
    (r"^\s*(?:\d\.|[*-])(?: [*_]{0,2}\(?[\da-z]\)[*_]{0,2})?\s+(?=[^\n])", "- "),
    (r"http:", "https:"),
    (r"&", "and"),
    (r"(?<!^)[—–-]+(?!$)", "-"),
    (r"[`'\"‘“’”]", "'"),
    (r"(?<=\w)-\s*\n\s*(?=\w)", "-"),
)
_SPELLED_ALIKE = _steps(
    (r"[_*~]+([^_*~\n]+)[_*~]+", r"\1"),
    (r"\n\n\s*(?:[*-]|\(?[\da-z]{1,2}[).])\s+", "\n\n- "),
    (r"\)\s+\(", ")("),
    (
        r"^\s*creative commons legal code\s*$|for more information, please see\s*\S+zero\S+|wiki\.creativecommons\.org",
        " ",
    ),
    (r"^[*-](.*?)[*-]$", r"\1"),
    (r"\(including the next paragraph\)", " "),
)
_CUTS = tuple(
    (needed, re.compile(first), re.compile(last))
    for needed, first, last in (
        ("associating cc0", r"creative commons corporation", r"\n\n"),
        (
            "creative commons",
            r"the\s+text\s+of\s+the\s+creative\s+commons",
            r"(?<=public\sdomain\sdedication\.)",
        ),
        (
            "creative commons corporation",
            r"creative\s+commons\s+corporation",
            r"(?=by\s+exercising\s+the\s+licensed\s+rights)",
        ),
        (
            "creative commons is not a party",
            r"creative\s+commons\s+is\s+not\s+a\s+party\s+to\s+its\s+public\s+licenses\.",
            r"\Z",
        ),
        ("unlicense", r"for more information, please", r"unlicense\S+"),
    )
)
"""What some copies of a text have and others have not: where it is, how it begins and ends."""
_NOT_SHOWN = (re.compile(r"(?i)<(?:style|script)\b"), re.compile(r"(?i)</(?:style|script)\s*>"))
_HTML_COMMENT = (re.compile("<!--"), re.compile("-->"))
_BLOCK_QUOTE = re.compile(r"^[ \t]*>", re.MULTILINE)
_DEVELOPED_BY = re.compile(r"\A\s*developed by:[\s\S]*?\n\n")
_END = re.compile(r"^[\s#*_]*end of (?:the )?terms and conditions[\s#*_]*$", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?:[/*]{1,2}|#|--|;)", re.MULTILINE)
_TAG = re.compile(r"<(?:[a-zA-Z/!?][^<>]*)>")
MOST_TITLES = 20
"""A text begins with no more titles and copyright lines than this."""


@dataclass(frozen=True)
class Text:
    """Distinct words as 32-bit hashes, and how many characters there are when all is normalised."""

    words: frozenset[int]
    length: int


def normalize(text: str, titles: re.Pattern[str], *, markup: bool = False) -> str:
    """The text in lower case without what differs from project to project. `titles` match a title at its start."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if markup:
        text = html.unescape(_TAG.sub(" ", _without(text, *_NOT_SHOWN)))
    text = _uncommented(_BLANK_LINES.sub("\n\n", _without(text, *_HTML_COMMENT)))
    text = _stepwise(text, _AS_WRITTEN).lower().strip()
    text = _stepwise(_from_start(text, titles, _START[0]), _IN_LOWER_CASE)
    text = _stepwise(_SAME.sub(lambda found: _SPELLING[" ".join(found[0].split())], text), _SPELLED_ALIKE)
    for needed, first, last in _CUTS:
        if needed in text:
            text = _without(text, first, last)
    text = _without_claim(_from_start(text, titles, *_START))
    text = _BLOCK_QUOTE.sub(" ", _from_start(text, _COPYRIGHT, titles))
    text = _DEVELOPED_BY.sub(" ", text)
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


def _stepwise(text: str, steps: Iterable[Step]) -> str:
    for pattern, replacement in steps:
        text = pattern.sub(replacement, text)
    return text


def _without(text: str, first: re.Pattern[str], last: re.Pattern[str]) -> str:
    """The text without what stands between two marks; an opening one without a closing one stays. Reads it once."""
    pieces: list[str] = []
    here = 0
    while (opens := first.search(text, here)) and (closes := last.search(text, opens.end())):
        pieces += (text[here : opens.start()], " ")
        here = max(closes.end(), opens.end())
    return "".join(pieces) + text[here:]


def _without_claim(text: str) -> str:
    """The text without its first paragraph where that claims the copyright and all rights."""
    paragraph, _, rest = text.partition("\n\n")
    claims = "all rights reserved" in paragraph and any(
        mark in paragraph for mark in ("copyright", "(c)", "©")
    )
    return rest.lstrip() if claims and rest else text


def _from_start(text: str, *patterns: re.Pattern[str]) -> str:
    """The text without whatever of the patterns it begins with, however often."""
    for _ in range(MOST_TITLES):
        before = text
        for pattern in patterns:
            text = pattern.sub("", text, count=1).lstrip()
        if text == before:
            break
    return text
