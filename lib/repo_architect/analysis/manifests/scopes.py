"""Which scope the name of a group, extra, file or configuration stands for."""

from __future__ import annotations

import re

from repo_architect.contracts.repo_shape import Scope

_WORDS: dict[str, Scope] = {
    **dict.fromkeys(("test", "tests", "testing", "unittest", "unittests", "pytest", "e2e", "integration", "coverage", "spec"), "test"),
    **dict.fromkeys(
        (
            "dev", "develop", "development", "devel", "lint", "linting", "linter", "linters", "format", "formatting",
            "doc", "docs", "documentation", "typing", "types", "typecheck", "mypy", "ci", "tools", "tooling",
            "debug", "local", "benchmark", "benchmarks", "bench", "style", "quality", "check", "precommit", "rubocop",
        ),
        "development",
    ),
    **dict.fromkeys(("build", "packaging", "release", "publish"), "build"),
    **dict.fromkeys(("peer",), "peer"),
    **dict.fromkeys(("optional", "extras", "extra"), "optional"),
}  # fmt: skip


def of_word(word: str) -> Scope | None:
    """The scope of a single word such as `test`, None where it stands for none."""
    return _WORDS.get(word.lower())


def of_name(name: str, default: Scope) -> Scope:
    """The scope a group's name stands for: `dev`, `docs-build`, `test_extras`; `default` where it says nothing."""
    words = re.split(r"[^a-z0-9]+", name.lower())
    found = {_WORDS[word] for word in words if word in _WORDS}
    for scope in ("test", "development", "build", "peer", "optional"):
        if scope in found:
            return scope
    return default
