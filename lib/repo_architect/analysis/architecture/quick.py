"""Quick looks at text: patterns that are searched for by their first letter, and lines by what must stand on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def words(choices: Iterable[str]) -> bytes:
    r"""A pattern for regular expressions, none of which begins inside of a word: the same as `(?<!\w)(?:a|b…)`.

    It is grouped by first letter, which the engine then looks for before it tries anything; `choices` are expressions
    that begin with a letter or `@`.
    """
    by_letter: dict[str, list[str]] = {}
    for choice in choices:
        by_letter.setdefault(choice[0], []).append(choice[1:])
    grouped = (rf"{first}(?<!\w{first})(?:{'|'.join(rest)})" for first, rest in by_letter.items())
    return f"(?:{'|'.join(grouped)})".encode()


def lines_with(source: bytes, hints: Iterable[bytes]) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends that holds one of these hints, which are in lower case; in order."""
    lower = source.lower()
    starts: set[int] = set()
    for hint in hints:
        at = lower.find(hint)
        while at >= 0:
            starts.add(lower.rfind(b"\n", 0, at) + 1)
            end = lower.find(b"\n", at)
            at = lower.find(hint, end) if end >= 0 else -1
    for start in sorted(starts):
        end = lower.find(b"\n", start)
        yield start, end if end >= 0 else len(lower)
