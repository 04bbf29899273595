"""Paragraphs of a README with their lines: Markdown by its parser, other formats by blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

MAX_LINES = 400
MAX_LINE = 4_000
_TAG = re.compile(r"<!--.*?-->|<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as a reader sees it. `linked` is the share of its text inside links, 0 to 1.

    `kind` is `prose`, `quote` (a block quote) or `html` (prose inside HTML tags); `heading` is that of its section.
    """

    text: str
    line: int
    last_line: int
    heading: str
    kind: str
    linked: float


def paragraphs(path: str, lines: Sequence[str]) -> list[Paragraph]:
    """The paragraphs of prose among the first lines: no heading, list, table, code, image or badge."""
    head = [line[:MAX_LINE] for line in lines[:MAX_LINES]]
    suffix = path.lower().rpartition(".")[2]
    if suffix in ("rst", "adoc", "asciidoc"):
        return list(_marked_up(head))
    return list(_markdown("\n".join(head)))


def _markdown(text: str) -> Iterator[Paragraph]:
    heading, lists, quotes, notice = "", 0, 0, False
    tokens = _PARSER.parse(_without_front_matter(text))
    for before, token in zip([None, *tokens], tokens, strict=False):
        lists += token.nesting if token.type.startswith(("bullet_list", "ordered_list", "table")) else 0
        quotes += token.nesting if token.type.startswith("blockquote") else 0
        notice = bool(quotes) and (notice or token.content.startswith("[!"))
        if token.type == "inline" and before is not None and before.type == "heading_open" and not quotes:
            heading = _visible(token)[0]
        elif token.type == "inline" and not lists and not notice:
            yield from _paragraph(token, heading, "quote" if quotes else "prose")
        elif token.type == "html_block" and not lists:
            yield from _html(token, heading)


def _without_front_matter(text: str) -> str:
    """The text with YAML front matter blanked, so that lines keep their numbers."""
    match = re.match(r"---\n(?:.{0,4000}\n){0,100}?---\n", text)
    return "\n" * match.group().count("\n") + text[match.end() :] if match else text


def _paragraph(token: Token, heading: str, kind: str) -> Iterator[Paragraph]:
    text, linked = _visible(token)
    if text and token.map:
        yield Paragraph(text, token.map[0] + 1, token.map[1], heading, kind, linked / max(_letters(text), 1))


def _visible(token: Token) -> tuple[str, int]:
    """What a reader sees of inline text: no image, tag or link target; and how much of it is linked."""
    kept: list[str] = []
    depth = linked = 0
    for child in token.children or ():
        if child.type == "link_open":
            depth += 1
        elif child.type == "link_close":
            depth -= 1
        elif child.type in ("text", "code_inline"):
            kept.append(child.content)
            linked += _letters(child.content) if depth else 0
        elif child.type in ("softbreak", "hardbreak"):
            kept.append(" ")
    return re.sub(r"\s+", " ", "".join(kept)).strip(), linked


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _html(token: Token, heading: str) -> Iterator[Paragraph]:
    if re.match(r"\s*<(?:h[1-6]|table|ul|ol|details|picture|pre)\b", token.content, re.IGNORECASE):
        return
    without_links = re.sub(r"<a\b.*?</a>", "", token.content, flags=re.DOTALL | re.IGNORECASE)
    whole, free = (
        re.sub(r"\s+", " ", unescape(_TAG.sub(" ", text))).strip() for text in (token.content, without_links)
    )
    if whole and token.map:
        yield Paragraph(
            whole,
            token.map[0] + 1,
            token.map[1],
            heading,
            "html",
            1 - _letters(free) / max(_letters(whole), 1),
        )


_UNDERLINE = re.compile(r"([=\-~^\"'#*+.`_:])\1{2,}\s*$")
_DIRECTIVE = re.compile(
    r"(?:\.\.(?:\s|$)|:[\w-]+:|\|[^|]+\||image::|ifdef::|endif::|include::|//|\[|[*\-+•]\s|\d+\.\s|={1,6}\s|\|===|>)"
)


def _marked_up(lines: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs of reStructuredText or AsciiDoc: blocks at the margin that are no title or directive."""
    heading = ""
    for begin, block in _blocks(lines):
        title, body = _without_title(block)
        heading = title or heading
        if not body or body[0][:1] in (" ", "\t", "") or _DIRECTIVE.match(body[0]):
            continue
        text, linked = _without_roles(" ".join(line.strip() for line in body))
        if text:
            first = begin + len(block) - len(body)
            yield Paragraph(
                text,
                first,
                begin + len(block) - 1,
                heading,
                "prose",
                min(1.0, linked / max(_letters(text), 1)),
            )


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line.rstrip())
        elif block:
            yield number - len(block), block
            block = []


def _without_title(block: list[str]) -> tuple[str, list[str]]:
    """The title that a block opens with, empty where there is none, and the lines after it."""
    under = [index for index, line in enumerate(block) if _UNDERLINE.match(line)]
    if len(block) >= 2 and under:
        titles = [line for line in block[: under[-1]] if not _UNDERLINE.match(line)]
        return titles[0] if titles else "", block[under[-1] + 1 :]
    if re.match(r"={1,6}\s+\S", block[0]):
        return block[0].lstrip("= "), block[1:]
    return "", block


def _without_roles(text: str) -> tuple[str, int]:
    links = re.findall(r"`([^`<]+?)\s*<[^>`]+>`_{1,2}", text)
    text = re.sub(r"`([^`<]+?)\s*<[^>`]+>`_{1,2}", r"\1", text)
    text = re.sub(r"https?://\S+\[([^\]]*)\]", r"\1", text)
    text = re.sub(r":[\w:+-]+:`([^`]*)`", r"\1", text)
    text = re.sub(r"\|[^|\s][^|]*\|_?", "", text)
    text = re.sub(r"``([^`]*)``|`([^`]*)`_{0,2}", lambda found: found.group(1) or found.group(2) or "", text)
    text = re.sub(r"(\*\*|\*)(\S(?:.*?\S)?)\1", r"\2", text)
    text = re.sub(r"(\w)_(?=\s|[.,;:)]|$)", r"\1", text)
    return re.sub(r"\s+", " ", text).strip(), sum(map(_letters, links))
