"""The sentence in which a repository says what it is, quoted from its README or a manifest, with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from repo_architect.contracts import Evidence, RepoShape
from repo_architect.summary import secrets
from repo_architect.summary.readme import Paragraph, paragraphs
from repo_architect.summary.source import Source
from repo_architect.summary.words import clean, cut, sentences

MAX_CHARACTERS = 280
README_NAMES = ("README.md", "README.markdown", "README.rst", "README.adoc", "README.txt", "README", "Readme.md",
                "readme.md", "docs/README.md", ".github/README.md", "index.md", "docs/index.md")  # fmt: skip
ENGLISH_NAMES = (
    "README.en.md",
    "README_EN.md",
    "README-en.md",
    "README.en-US.md",
    "README_en.md",
    "README-EN.md",
)

# openings of paragraphs that are about something else than what the project is
_ELSEWHERE = re.compile(
    r"""^(?:
      (?:please\s+)?(?:visit|see|check\s+out|read|refer\s+to|go\s+to|head\s+(?:over\s+)?to|browse|view|find|follow|join|click|try)\b
    | (?:the\s+)?(?:full\s+|official\s+|complete\s+)?(?:docs|documentation|website|homepage|demo|changelog|source\s+code|download|blog)\b\s*(?:is|are|can|:|at\b|$)
    | (?:for|to)\s+(?:more|full|further|detailed|complete|the\s+latest|learn|get\s+started)\b
    | (?:note|warning|important|attention|caution|notice|tip|disclaimer|update|news|announcement|heads[\s-]up|new|breaking|todo)\b\s*[:!—–-]
    | (?:we(?:'re|\s+are)\s+(?:hiring|looking)|looking\s+for|sponsor|support\s+(?:us|this|the)|supported\s+by|donate|star\s+(?:us|this)|thanks?\b|like\s+this\s+project|if\s+you)
    | (?:english|中文|简体中文|繁體中文|日本語|한국어|español|français|deutsch|português|русский|translations?|languages?|read\s+this\s+in)\b\s*(?:[|/:·•,]|$)
    | (?:table\s+of\s+contents|contents|copyright|license[d]?|version|build|status|author|install(?:ation)?|usage|quick\s*start|getting\s+started)\b\s*(?:[:©]|\(c\)|$)
    | \[!(?:note|warning|important|tip|caution)\]
    | (?:complete|full|more|further|additional)\s+(?:information|details|docs|documentation)\b
    | [\w-]+(?:\s+\w+)?\s+(?:docs?|documentation|guide):
    | [^.:]{0,40}:\s*\S+\.(?:md|rst|html|txt)\.?$
    | you\s+(?:probably|can|may|might|should|need|must|will)\b
    | (?:this\s+(?:readme|document|file|branch|page|repo(?:sitory)?\s+(?:has\s+moved|is\s+(?:archived|deprecated|no\s+longer))))
    | (?:npm|pip|pip3|brew|cargo|go|docker|git|yarn|pnpm|curl)\s+(?:i|install|add|get|run|clone|pull)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_GREETING = re.compile(r"^(?:welcome\b|hi\b|hello\b|hey\b|thank)", re.IGNORECASE)
_STOP_HEADING = re.compile(
    r"^\W*(?:\w+\s+){0,2}(?:install|usage|using|getting started|quick ?start|licen[sc]e|contribut|sponsor|requirements|prerequisite|changelog|"
    r"support|community|download|build|deploy|development|table of contents|contents|credits|acknowledg|security|faq|team|authors?)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True)
class Lead:
    """What a repository says it is: `text` is quoted, `of` names what is quoted."""

    text: str
    of: str
    evidence: Evidence


def find_lead(shape: RepoShape, source: Source) -> Lead | None:
    """The README's lead, else the manifest's description, else a tagline; None when nothing says it."""
    found = _readme(shape, source)
    path, parts = found or ("", [])
    prose = [part for part in _opening(parts) if part.kind != "html" and _says_something(part)]
    name = shape.repository.name
    return (
        _quoted(path, _defining(prose, name), source, name)
        or _quoted(path, next(iter(prose), None), source, name)
        or _described(shape)
        or _quoted(
            path, next((part for part in _opening(parts) if _says_something(part)), None), source, name
        )
    )


def readme_path(shape: RepoShape, source: Source) -> str | None:
    """The README to quote: the analysis's, or the usual names; its English sister when it is not in English."""
    given = [shape.repository.readme] if shape.repository.readme else []
    path = next((name for name in (*given, *README_NAMES) if source.lines(name)), None)
    if path and len(_WIDE.findall("\n".join(source.lines(path) or ())[:4000])) > 200:
        return next((name for name in ENGLISH_NAMES if source.lines(name)), path)
    return path


def _readme(shape: RepoShape, source: Source) -> tuple[str, list[Paragraph]] | None:
    path = readme_path(shape, source)
    return (path, paragraphs(path, source.lines(path) or ())) if path else None


def _opening(parts: list[Paragraph]) -> list[Paragraph]:
    """What stands before the first section on something else, such as installation."""
    kept = []
    for part in parts:
        if _STOP_HEADING.match(part.heading):
            break
        kept.append(part)
    return kept[:25]


def _says_something(part: Paragraph) -> bool:
    text = part.text
    wide = len(_WIDE.findall(text))
    return (
        (len(_WORD.findall(text)) >= 4 or wide >= 8)
        and not _ELSEWHERE.match(text.lstrip("*_#>•·-–—✨🚀⚠️📢👉🎉💡🔥 "))
        and part.linked <= 0.7
        and not (text.endswith(":") and len(_WORD.findall(text)) < 7)
        and not secrets.kinds(text)
    )


def _defining(prose: list[Paragraph], name: str) -> Paragraph | None:
    """The paragraph that opens `<name> is a …`: the surest sign."""
    says = re.compile(
        rf"^(?:the\s+)?{re.escape(name[:100])}\b[^.!?]{{0,60}}?\s(?:is|are|provides|helps|lets|allows|makes)\b",
        re.IGNORECASE,
    )
    return next((part for part in prose[:8] if says.match(part.text)), None)


def _quoted(path: str, part: Paragraph | None, source: Source, name: str) -> Lead | None:
    if part is None:
        return None
    said = sentences(clean(part.text), name)
    first = next((one for one in said if not _GREETING.match(one) and len(one) > 12), said[0] if said else "")
    text = cut(first, MAX_CHARACTERS)
    text = text[:-1] + "…" if text.endswith(":") else text
    return (
        Lead(text, path, Evidence(path=path, line=_line_of(first, part, source.lines(path) or ())))
        if text
        else None
    )


def _line_of(sentence: str, part: Paragraph, lines: tuple[str, ...]) -> int:
    """The line of the paragraph on which the sentence's first words stand."""
    words = [word.lower() for word in _WORD.findall(sentence)[:3]]
    for line in range(part.line, min(part.last_line, len(lines)) + 1):
        here = lines[line - 1].lower()
        if words and all(word in here for word in words):
            return line
    return part.line


def _described(shape: RepoShape) -> Lead | None:
    repository = shape.repository
    if repository.description and repository.description_evidence:
        return _stated(repository.description, repository.description_evidence)
    only = [part for part in shape.components if part.description and part.evidence]
    return (
        _stated(only[0].description or "", only[0].evidence[0])
        if len(shape.components) == 1 and only
        else None
    )


def _stated(text: str, evidence: Evidence) -> Lead | None:
    said = sentences(clean(text))
    if not said or secrets.kinds(said[0]):
        return None
    return Lead(cut(said[0], MAX_CHARACTERS), evidence.path, evidence)
