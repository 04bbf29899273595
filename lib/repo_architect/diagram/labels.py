"""Names that fit: cleaned of what cannot be shown, cut, and told apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

CUT = "..."
_UNSHOWABLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def clean(text: str) -> str:
    """One line of printable text: control, format and private characters become U+FFFD, white space one blank."""
    shown = "".join("\ufffd" if _hidden(character) else character for character in text)
    return " ".join(shown.split()) or "?"


def clean_line(text: str) -> str:
    """As `clean`, white space kept as it is."""
    return "".join(
        "\ufffd" if _hidden(character) or character in "\n\r\v\f" else character for character in text
    )


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in _UNSHOWABLE and not character.isspace()


def cut(text: str, length: int) -> str:
    """At most `length` characters: a path keeps its first folder and its end, a dotted name its end, a sentence its beginning."""
    if len(text) <= length:
        return text
    kept = max(1, length - len(CUT))
    if "/" not in text and text.count(".") > 1 and " " not in text:
        return _tail(text, length)
    if "/" not in text:
        return text[:kept].rstrip() + CUT
    head, *folders = text.split("/")
    whole = (f"{head}/{CUT}/{'/'.join(folders[at:])}" for at in range(1, len(folders)))
    return next((shown for shown in whole if head and len(shown) <= length), None) or _tail(text, length)


def _tail(text: str, length: int) -> str:
    """The end of a path or a dotted name, from the beginning of a part where that does not lose much."""
    kept = max(1, length - len(CUT))
    tail = text[-kept:]
    slash, dot = tail.find("/"), tail.find(".")
    if 0 <= slash < kept // 2:
        return CUT + tail[slash:]
    return CUT + (tail[dot + 1 :] if 0 <= dot < kept // 2 else tail)


def distinct(names: Mapping[str, str], length: int) -> dict[str, str]:
    """Labels by key, each cut to `length` and no two alike; equal ones get a number, in order of key."""
    labels: dict[str, str] = {}
    taken: set[str] = set()
    for key in sorted(names):
        label = cut(clean(names[key]), length)
        number = 1
        while label in taken:
            number += 1
            mark = f" {number}"
            label = cut(clean(names[key]), length - len(mark)) + mark
        taken.add(label)
        labels[key] = label
    return labels


def stable_ids(keys: list[str], prefix: str = "n") -> dict[str, str]:
    """An id for each key that depends on the key, not on its neighbours: n and up to three digits."""
    import hashlib

    ids: dict[str, str] = {}
    taken: set[int] = set()
    for key in sorted(keys):
        number = int.from_bytes(hashlib.sha256(key.encode("utf-8", "replace")).digest()[:4]) % 990 + 10
        while number in taken:
            number = number + 1 if number < 999 else 10
        taken.add(number)
        ids[key] = f"{prefix}{number}"
    return ids
