"""Values too random to be anything else, given to a name that says it is a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.secret_patterns import entropy, is_made_up

KIND = "random value named as a secret"
NAMES = (
    "password",
    "passwd",
    "secret",
    "token",
    "api_key",
    "apikey",
    "api-key",
    "private_key",
    "access_key",
    "auth_key",
    "credential",
)
LEAST_ENTROPY = 3.7
MAX_LINE = 1000
_ASSIGNED = re.compile(
    r"(?P<name>[\w.-]*(?:passw(?:or)?d|secret|token|api[_-]?key|private_?key|access_?key|auth_?key|credential)[\w.-]*)"
    r"[\"'\]]?\s{0,10}(?::=|=>|[:=])\s{0,10}(?P<quote>[\"'`])(?P<value>[A-Za-z0-9+/=_.~!@#%^&-]{16,200})(?P=quote)",
    re.IGNORECASE,
)
_IN_ENV_FILE = re.compile(
    r"^[ \t]*(?:export[ \t]+)?(?P<name>\w*(?:PASSW(?:OR)?D|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL)\w*)[ \t]*=[ \t]*"
    r"(?P<value>[A-Za-z0-9+/=_.~!@#%^&-]{16,200})[ \t]*(?:#.*)?$",
    re.IGNORECASE,
)
_NOT_SECRET_NAME = re.compile(
    r"public|csrf_?(?:header|cookie|field|input|param)|token_?(?:url|uri|endpoint|type|name|path|header|limit|count|id\b)|"
    r"(?:_|-|\.)(?:name|url|uri|path|file|dir|id|type|field|header|label|title|text|prefix|regex|pattern|class|selector|icon|hash|sha256)$|"
    r"hint|placeholder|message|error|description|tokenizer",
    re.IGNORECASE,
)
_WORDS = re.compile(r"(?:[A-Za-z]?[a-z]+|[A-Z]+|\d{1,4})(?:[-_.:/@ ](?:[A-Za-z]?[a-z]+|[A-Z]+|\d{1,4}))*")
_CAMEL = re.compile(r"(?:[a-z]+|[A-Z][a-z]+|[A-Z]+(?=[A-Z][a-z]|$))+")
_HEX_OR_UUID = re.compile(r"(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})", re.IGNORECASE)


def scan(text: str, *, environment_file: bool) -> Iterator[tuple[str, int]]:
    """Kind and line of each random value assigned to the name of a secret."""
    for number, line in _named_lines(text):
        for pattern in (_ASSIGNED, _IN_ENV_FILE) if environment_file else (_ASSIGNED,):
            for found in pattern.finditer(line):
                if not _NOT_SECRET_NAME.search(found["name"]) and _is_random(found["value"]):
                    yield KIND, number


def _named_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines, with their numbers, that assign something and hold the name of a secret."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    starts: set[int] = set()
    for name in NAMES:
        at = lower.find(name)
        while at >= 0:
            starts.add(text.rfind("\n", 0, at) + 1)
            end = text.find("\n", at)
            at = lower.find(name, end) if end >= 0 else -1
    number, before = 1, 0
    for start in sorted(starts):
        number += text.count("\n", before, start)
        before = start
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        if len(line) <= MAX_LINE and ("=" in line or ":" in line):
            yield number, line


def _is_random(value: str) -> bool:
    if (
        is_made_up(value)
        or _WORDS.fullmatch(value)
        or _CAMEL.fullmatch(value)
        or _HEX_OR_UUID.fullmatch(value)
    ):
        return False
    if not any(character.isdigit() for character in value) or not any(
        character.isalpha() for character in value
    ):
        return False
    hexadecimal = re.fullmatch(r"[0-9a-fA-F]{32,}", value) is not None
    return entropy(value) >= (3.0 if hexadecimal else LEAST_ENTROPY)
