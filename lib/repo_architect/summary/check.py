"""The check of a model's claims, without a model: evidence exists, names stand there, numbers agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from repo_architect.contracts import Evidence
from repo_architect.summary import secrets
from repo_architect.summary.known import Known, numbers, quantities, words
from repo_architect.summary.source import Source

Verdict = Literal["supported", "stale", "invented", "unverified"]

WINDOW = 4
GROUNDED = 0.6
MAX_CHARACTERS = 420

_SPAN = re.compile(r"(`+)(.+?)\1")
_MARKUP = re.compile(r"https?:|www\.|<[a-z/!]|\]\(|javascript:|!\[", re.IGNORECASE)
_SHELL = re.compile(r"\||&&|\$\(|\b(?:curl|wget|sudo|bash|sh|zsh|powershell|iex|eval|chmod|ssh|nc|rm)\b")
_IDENTIFIER = re.compile(r"[\w./-]*(?:[a-z][A-Z]|[A-Za-z]\d|\w_\w|\w/\w|\w\.\w|\d[A-Za-z])[\w./+-]*")
_CAPITALISED = re.compile(r"(?<![.!?]\s)(?<!^)(?<=[\s(\"'])[A-Z][\w+#.-]*\w|\b[A-Z][A-Z0-9]{1,}\b")
_PLAIN = frozenset((Path(__file__).parent / "plain_words.txt").read_text(encoding="utf-8").split())
"""Words that name nothing: a claim may use them anywhere."""


def check(text: str, evidence: Sequence[Evidence], known: Known, source: Source) -> Verdict:
    """The verdict on one claim.

    `invented`: a place, name, number or link that is nowhere. `stale`: the file is there, the line or the name at it
    is not. `unverified`: nothing is cited, too few of its words stand where it points, or it tells to run what the
    analysis does not know as a command.
    """
    if _MARKUP.search(text) or len(text) > MAX_CHARACTERS or secrets.kinds(text):
        return "invented"
    if not evidence or _orders_something_unknown(text, known):
        return "unverified"
    placed = _check_places(evidence, source)
    if placed != "supported":
        return placed
    near, whole = _cited(evidence, source, WINDOW), _cited(evidence, source, None)
    if not _numbers_agree(text, near, known):
        return "invented"
    named = _check_names(text, near, whole, known)
    if named != "supported":
        return named
    return "supported" if _grounded(text, near, known) else "unverified"


def _orders_something_unknown(text: str, known: Known) -> bool:
    """Whether it holds a command that the analysis does not know: that the README says so is not enough."""
    spans = [found.group(2).strip() for found in _SPAN.finditer(text)]
    if any((" " in span or _SHELL.search(span)) and not known.runs(span) for span in spans):
        return True
    return bool(_SHELL.search(_SPAN.sub(" ", text)))


def _check_places(evidence: Iterable[Evidence], source: Source) -> Verdict:
    for place in evidence:
        lines = source.lines(place.path)
        if lines is None:
            return "invented"
        if place.line > len(lines):
            return "stale"
    return "supported"


def _cited(evidence: Iterable[Evidence], source: Source, window: int | None) -> str:
    """The cited places and their paths as text: `window` lines either side, or the whole files."""
    parts = []
    for place in evidence:
        lines = source.lines(place.path) or ()
        begin, end = (
            (0, len(lines)) if window is None else (max(place.line - 1 - window, 0), place.line + window)
        )
        parts += [place.path, *lines[begin:end]]
    return "\n".join(parts)


def _numbers_agree(text: str, near: str, known: Known) -> bool:
    """Each number stands at the evidence or in the facts; one that counts something known must be right."""
    for number, noun in quantities(text):
        if noun in known.counts and number not in known.counts[noun]:
            return False
    there = set(numbers(near)) | set(re.findall(r"\d+(?:\.\d+)*", near))
    return all(number in known.numbers or number in there for number in numbers(text))


def _check_names(text: str, near: str, whole: str, known: Known) -> Verdict:
    here, anywhere = near.lower(), whole.lower()
    verdict: Verdict = "supported"
    for name in _names(text):
        lower = name.lower()
        if known.runs(name) or lower in known.words or _stands(lower, here):
            continue
        if not _stands(lower, anywhere):
            return "invented"
        verdict = "stale"
    return verdict


def _names(text: str) -> set[str]:
    """What a claim names: code spans, identifiers, paths, and words written with a capital."""
    spans = [found.group(2).strip() for found in _SPAN.finditer(text)]
    rest = _SPAN.sub(" ", text)
    names = {*spans, *_IDENTIFIER.findall(rest), *_CAPITALISED.findall(rest)}
    opening = re.match(r"\W*([A-Z][\w+#.-]*)", rest)
    if opening and opening.group(1).lower() not in _PLAIN and not opening.group(1).islower():
        names.add(opening.group(1).rstrip("."))
    stripped = {name.rstrip(".,;:)'\"").lstrip(",;:('\"") for name in names}
    return {
        name
        for name in stripped
        if len(name) > 1 and name.lower() not in _PLAIN and not re.fullmatch(r"[\d.]+", name)
    }


def _stands(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", text) is not None


def _grounded(text: str, near: str, known: Known) -> bool:
    """Whether most of the words that mean something stand at the evidence or in the facts."""
    telling = [word for word in words(_SPAN.sub(" ", text)) if len(word) > 2 and word not in _PLAIN]
    here = near.lower()
    hits = sum(word in known.words or _stem(word) in here for word in telling)
    return not telling or hits / len(telling) >= GROUNDED


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s)$", "", word) if len(word) > 5 else word
