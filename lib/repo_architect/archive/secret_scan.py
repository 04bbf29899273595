"""No secret leaves in an archive: patterns of secrets, and the very values this process was given."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from html import unescape

from repo_architect.errors import SecretFoundError
from repo_architect.secret_patterns import scan_text
from repo_architect.stages import STAGES

SHORTEST = 6
"""Shorter values of a secret variable are not looked for: they would be found by chance."""


def refuse_secrets(content: Mapping[str, bytes]) -> None:
    """Raise SecretFoundError for the first member with a secret: it names member, kind and line, never the value."""
    for name, data in content.items():
        for kind, line in find_secrets(data.decode("utf-8", "replace")):
            raise SecretFoundError(
                f"{name}, line {line}, holds what looks like a secret ({kind})",
                fix=f"see where it comes from in the repository, revoke it, and run the stages from the one that writes {name}; nothing was archived",
            )


def find_secrets(text: str, environment: Mapping[str, str] = os.environ) -> Iterator[tuple[str, int]]:
    """Kind and line of what looks like a secret in the text, as it stands and with HTML entities resolved."""
    yield from _given(text, environment)
    yield from scan_text(text)
    if "&" in text:
        yield from scan_text(unescape(text))


def _given(text: str, environment: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    for variable in sorted({name for stage in STAGES for name in stage.secrets}):
        value = environment.get(variable, "").strip()
        if len(value) >= SHORTEST and (at := text.find(value)) >= 0:
            yield f"the value of {variable}", text.count("\n", 0, at) + 1
