"""What a secret looks like: a row a kind. Shared by the stages that look for secrets and those that must let none out.

Only what is certain by its form is here: a prefix that an issuer gives, a key in its armour, a password in an address.
Values that documentation makes up (EXAMPLE, xxxx, your-token) are no secrets.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LEAST_ENTROPY = 2.5
"""Bits a character; what has less is a row of the same few letters."""


@dataclass(frozen=True)
class Pattern:
    """A kind of secret: text that must be there for the regular expression to be tried, and the expression, whose
    group `value`, else all of it, is the secret.
    """

    kind: str
    hints: tuple[str, ...]
    expression: re.Pattern[str]


def _row(kind: str, hints: str, expression: str) -> Pattern:
    return Pattern(kind, tuple(hints.split()), re.compile(expression))


PATTERNS: tuple[Pattern, ...] = (
    _row("private key", "PRIVATE", (
        r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[rn]|[\"'+,])*(?:[A-Za-z-]++: [^\n\\]*+(?:\s|\\[rn])++){0,5}"
        r"(?P<value>[A-Za-z0-9+/=]{24,})"
    )),
    _row("AWS access key", "AKIA ASIA", r"(?<![A-Za-z0-9/+=])(?P<value>(?:AKIA|ASIA)[A-Z2-7]{16})(?![A-Za-z0-9/+=])"),
    _row("AWS secret key", "aws AWS", (
        r"(?:key|KEY|Key)[\"']?\s{0,9}[:=]\s{0,9}[\"']?"
        r"(?P<value>(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*\d)[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])"
    )),
    _row("GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_", r"\b(?P<value>gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{60,255})\b"),
    _row("GitLab token", "glpat- gldt- glrt- glptt-", r"\b(?P<value>gl(?:pat|dt|rt|ptt)-[A-Za-z0-9_-]{20,})"),
    _row("Slack token", "xox", r"(?P<value>xox(?<!\wxox)[abeprs]-(?:\d{6,}-)?[0-9A-Za-z-]{16,})"),
    _row("Slack webhook", "hooks.slack.com", r"hooks\.slack\.com/(?:services|workflows)/(?P<value>T\w{7,}/\w{8,}/\w{20,})"),
    _row("Stripe key", "_live_", r"\b(?P<value>[rs]k_live_[0-9A-Za-z]{16,})\b"),
    _row("Google API key", "AIza", r"(?<![A-Za-z0-9_-])(?P<value>AIza[0-9A-Za-z_-]{35})(?![A-Za-z0-9_-])"),
    _row("Google OAuth secret", "GOCSPX-", r"\b(?P<value>GOCSPX-[A-Za-z0-9_-]{28})(?![A-Za-z0-9_-])"),
    _row("OpenAI key", "sk-", r"(?P<value>sk-(?<![A-Za-z0-9_-]sk-)(?:(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,200}T3BlbkFJ[A-Za-z0-9_-]{20,}|[A-Za-z0-9]{48}))(?![A-Za-z0-9_-])"),
    _row("Anthropic key", "sk-ant-", r"\b(?P<value>sk-ant-[a-z0-9]+-[A-Za-z0-9_-]{80,})"),
    _row("npm token", "npm_", r"(?P<value>npm_(?<!\wnpm_)[A-Za-z0-9]{36})\b"),
    _row("npm token", "_authToken", r"_authToken\s*=\s*(?P<value>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"),
    _row("PyPI token", "pypi-", r"\b(?P<value>pypi-AgEI[A-Za-z0-9_-]{50,})"),
    _row("Docker Hub token", "dckr_pat_", r"\b(?P<value>dckr_pat_[A-Za-z0-9_-]{27})"),
    _row("Hugging Face token", "hf_", r"(?P<value>hf_(?<!\whf_)[A-Za-z]{34})\b"),
    _row("DigitalOcean token", "dop_v1_ doo_v1_", r"\b(?P<value>do[op]_v1_[a-f0-9]{64})\b"),
    _row("SendGrid key", "SG.", r"(?P<value>SG\.(?<!\wSG\.)[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43})"),
    _row("Twilio key", "SK", r"(?P<value>SK(?<!\wSK)[0-9a-f]{32})\b"),
    _row("Shopify token", "shpat_ shpss_ shpca_ shppa_", r"\b(?P<value>shp(?:at|ss|ca|pa)_[a-fA-F0-9]{32})\b"),
    _row("Telegram token", ":AA", r"(?<![\w:])(?P<value>\d{8,10}:AA[A-Za-z0-9_-]{33})(?![A-Za-z0-9_-])"),
    _row("Vault token", "hvs. hvb.", r"\b(?P<value>hv[bs]\.[A-Za-z0-9_-]{90,})"),
    _row("Azure storage key", "AccountKey=", r"AccountKey=(?P<value>[A-Za-z0-9+/]{86}==)"),
    _row("JSON web token", "eyJ", r"(?P<value>eyJ(?<![A-Za-z0-9_-]eyJ)[A-Za-z0-9_-]{12,}\.eyJ[A-Za-z0-9_-]{12,}\.[A-Za-z0-9_-]{20,})"),
    _row("password in an address", "://", (
        r"://[^\s:/@\"'<>{}$%()\[\]`]{0,80}:(?P<value>[^\s:/@\"'<>{}$%()\[\]`*]{6,120})"
        r"@(?!localhost|127\.|0\.0\.0\.0|example\.|[\w.-]*\.(?:example|invalid|local|test)\b)[A-Za-z0-9-]+\.[A-Za-z0-9.-]+"
    )),
)  # fmt: skip

COMMON = " \netaoinsrlcdpmu.hfg\"'=,()y/-;:b_v{}TESAR*IN0CLO~"
"""Letters of source text, the most frequent first; those that are not here are rarer than all of them."""


def _rarest(hint: str) -> int:
    """Where the letter of a hint stands that the fewest texts hold."""
    return max(range(len(hint)), key=lambda place: COMMON.find(hint[place]) % len(COMMON))


def _any_of(hints: Iterable[str]) -> re.Pattern[str]:
    """Finds the rarest letter of each of these hints, where it stands in the hint."""
    by_letter: dict[str, list[str]] = {}
    for hint in hints:
        end = _rarest(hint) + 1
        around = f"(?<={re.escape(hint[:end])})(?={re.escape(hint[end:])})"
        by_letter.setdefault(re.escape(hint[end - 1]), []).append(around)
    return re.compile("|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items()))


_HINTED = _any_of(hint for pattern in PATTERNS for hint in pattern.hints)
_TRIED = tuple((frozenset(hint[_rarest(hint)] for hint in pattern.hints), pattern) for pattern in PATTERNS)
"""Each pattern with the letters of which `_HINTED` finds one in every text that holds a hint of it."""

MADE_UP = re.compile(
    r"example|sample|placeholder|dummy|fake|redacted|change_?-?me|your|insert|replace|password|passwd|secret|mypass|foobar|"
    r"x{4}|\*{3}|\.{3}|0{6}|1{6}|123456|abcdef|qwerty|deadbeef|todo",
    re.IGNORECASE,
)
"""What values say that somebody made up to show where a secret goes."""
JOINED_WORDS = re.compile(r"[a-z]+(?:[-_][a-z]+)+")
"""`my-token`: nothing that an issuer would give."""
KNOWN_EXAMPLES = re.compile(r"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9\.eyJzdWIiOiIxMjM0NTY3ODkwI")
"""The token that everybody shows."""


def scan_text(text: str) -> Iterator[tuple[str, int]]:
    """Kind and line (from 1) of each thing in the text that is a secret by its form, in order of kind; never the value."""
    found = frozenset(_HINTED.findall(text))
    for letters, pattern in _TRIED if found else ():
        if not found.isdisjoint(letters) and any(hint in text for hint in pattern.hints):
            yield from _matches(pattern, text)


def _matches(pattern: Pattern, text: str) -> Iterator[tuple[str, int]]:
    for found in pattern.expression.finditer(text):
        if not is_made_up(found["value"]):
            yield pattern.kind, text.count("\n", 0, found.start()) + 1


def is_made_up(value: str) -> bool:
    """Whether a value is there only to show where a secret goes."""
    shown = value[:200]
    if MADE_UP.search(shown) or JOINED_WORDS.fullmatch(shown) or KNOWN_EXAMPLES.match(shown):
        return True
    return entropy(shown) < LEAST_ENTROPY


def entropy(text: str) -> float:
    """Shannon entropy in bits a character."""
    size = len(text)
    return -sum(count / size * math.log2(count / size) for count in Counter(text).values()) if size else 0.0
