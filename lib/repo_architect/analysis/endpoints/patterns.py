"""Regular expressions of URLs, shown as paths."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"(?P<flags>\(\?[aiLmsux]+\))|\(\?P<(?P<name>\w+)>|(?P<bare>\(\?:)|(?P<look>\(\?<?[=!])|(?P<group>\()|(?P<close>\))"
    r"|(?P<anchor>\^|\$|\\[AZzbB])|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\]|\\[dDwWsS]|\.(?=[*+]))|\\(?P<escaped>.)"
    r"|(?P<quantifier>[?*+]\??|\{\d*,?\d*\})|(?P<text>.)",
    re.DOTALL,
)
MAX_LENGTH = 1_000


class _Group:
    """An open group: what stood before it, and what it is shown as."""

    def __init__(self, kind: str, name: str = "") -> None:
        self.kind, self.name = kind, name
        self.parts: list[str] = []


def plain(pattern: str) -> str:
    """A regular expression as a path: anchors left out, a named group as `<name>`, what may be left out left out."""
    if not re.search(r"[\\^$()\[\]*+?]", pattern):
        return pattern
    open_groups = [_Group("")]
    for token in _TOKEN.finditer(pattern[:MAX_LENGTH]):
        kind = token.lastgroup or ""
        here = open_groups[-1].parts
        if kind in ("name", "bare", "look", "group"):
            open_groups.append(_Group(kind, token["name"] or ""))
        elif kind == "close" and len(open_groups) > 1:
            closed = open_groups.pop()
            open_groups[-1].parts.append(_shown(closed))
        elif kind == "class":
            here.append("<value>")
        elif kind in ("escaped", "text"):
            here.append(token[kind])
        elif kind == "quantifier" and here:
            here[-1] = _repeated(here[-1], token.group())
    return _merged("".join(part.lstrip(_BARE) for group in open_groups for part in group.parts))


_BARE = "\0"
"""Marks the content of a group that captures nothing, until it is known whether it may be left out."""


def _shown(group: _Group) -> str:
    if group.kind == "look":
        return ""
    if group.kind == "name":
        return f"<{group.name}>"
    inside = "".join(part.lstrip(_BARE) for part in group.parts)
    if group.kind == "bare" and "|" not in inside:
        return _BARE + inside
    return "<value>"


def _repeated(part: str, sign: str) -> str:
    """A part that may be left out is, when nothing of it is captured; a slash and a parameter stay."""
    if sign[0] in "?*" and part.startswith(_BARE):
        return ""
    return "" if sign[0] == "*" and not part.startswith("<") else part


def _merged(path: str) -> str:
    """Neighbouring unnamed parameters as one."""
    return re.sub(r"(?:<value>)+", "<value>", path)
