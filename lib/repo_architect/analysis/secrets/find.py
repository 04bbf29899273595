"""Look for secrets in every text file of the tree."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.files.testing import is_test
from repo_architect.analysis.files.tree import decode
from repo_architect.analysis.languages.detect import NOT_TEXT
from repo_architect.analysis.secrets import assigned
from repo_architect.contracts.repo_shape import Secret
from repo_architect.secret_patterns import scan_text

MAX_BYTES = 500_000
MAX_FOUND = 200
PRETENDED = re.compile(
    r"(?:^|/)(?:__tests__|__mocks__|__fixtures__|__snapshots__|tests?|testing|testdata|test-data|specs?|fixtures?|mocks?|e2e|cypress|"
    r"examples?|samples?|demos?|tutorials?|docs?|documentation|i18n|locales?|translations?|lang|messages)/"
    r"|(?:^|/)(?:test_|conftest|test\.|docusaurus\.config\.)[^/]*$|[._-](?:test|tests|spec|mock|stories|example|sample|template|dist)(?:\.\w+)?$"
    r"|\.(?:md|mdx|rst|adoc|ipynb|po|snap|svg|css|lock)$|(?:^|/)README[^/]*$",
    re.IGNORECASE,
)
"""Paths where what looks like a secret is there to be looked at: tests, examples, documentation, translations."""
_FOR_DEVELOPMENT = re.compile(
    r"(?:^|/)(?:seeds?|dev_seeds?|seed[-_]data)\.\w+$|(?:^|/)seeds?/|(?:^|/)config/(?:dev|development|test)\.exs$"
    r"|(?:^|/)config/environments/(?:development|test)\.rb$|(?:^|/)settings/(?:dev|development|local|test|ci)\.py$"
    r"|(?:^|/)(?:appsettings|application)[.-](?:dev|development|Development|local|test)\.\w+$"
)
"""Settings for development alone, and data to begin with: what they hold opens nothing elsewhere."""
_PATTERN = re.compile(r"\[(?:A-Z|a-z|0-9|\\w)[^\]\n]*\](?:\{\d|[+*])|\\[wd]\{\d")
"""A character class with a count: who looks for secrets writes one, and an example of each beside it."""
_NEAR_PATTERN = 4
_SHOWN = re.compile(r"\b(?:placeholder|example)[\"']?\s{0,3}[=:]", re.IGNORECASE)
"""What an empty field of a form or the description of an API shows is there to be looked at."""
_TESTS_OF_RUST = re.compile(r"#\[cfg\(test\)\]\s{1,40}(?:pub(?:\(\w+\))? )?mod \w+ \{")
"""Where the tests of a Rust file begin; they go on to its end."""
_DRAWN = (".css", ".less", ".scss", ".svg", ".snap", ".po", ".pot")
"""Endings of text that never holds a secret, and much of it."""
_ENVIRONMENT_FILE = re.compile(r"(?:^|/)(?:\.env(?:\..+)?|[^/]+\.(?:env|properties|ini|cfg|conf))$")


def find(tree: FileTree) -> tuple[Secret, ...]:
    """What looks like a secret in the project's own files, sorted by path and line. Values are never kept.

    In tests, examples and documentation only private keys and the tokens of issuers count, told apart by their kind.
    """
    found: set[tuple[str, int, str]] = set()
    for file in tree:
        if _is_asked(tree, file):
            data = tree.head(file.path, MAX_BYTES)
            if data and b"\0" not in data[:8000]:
                found |= {(file.path, line, kind) for kind, line in _scan(file.path, decode(data))}
        if len(found) > MAX_FOUND:
            tree.notes.skip(
                "too_many",
                f"more than {MAX_FOUND} secrets; the rest of the tree was not looked at",
                file.path,
            )
            break
    return tuple(Secret(kind=kind, path=path, line=line) for path, line, kind in sorted(found)[:MAX_FOUND])


def _is_asked(tree: FileTree, file: SourceFile) -> bool:
    verdict = tree.verdict(file.path)
    theirs = verdict.binary or verdict.generated or _is_vendored_code(file.path)
    return not theirs and 0 < file.size <= MAX_BYTES and not file.name.lower().endswith((*NOT_TEXT, *_DRAWN))


def _is_vendored_code(path: str) -> bool:
    return re.search(r"(?:^|/)(?:node_modules|vendor|third_party|bower_components)/", path) is not None


def _scan(path: str, text: str) -> set[tuple[str, int]]:
    certain = set(scan_text(text))
    if PRETENDED.search(path) or _FOR_DEVELOPMENT.search(path) or is_test(path):
        return {(_as_example(kind), line) for kind, line in certain if kind not in _COMMON_IN_EXAMPLES}
    certain = set(_told_apart(text, certain))
    last = _last_line(path, text)
    lines = {line for _kind, line in certain}
    random = assigned.scan(text, environment_file=_ENVIRONMENT_FILE.search(path) is not None)
    return {(_as_example(kind) if line > last else kind, line) for kind, line in certain} | {
        (kind, line) for kind, line in random if line not in lines and line <= last
    }


def _last_line(path: str, text: str) -> float:
    """The last line before the tests that stand in the same file."""
    tests = _TESTS_OF_RUST.search(text) if path.endswith(".rs") else None
    return text.count("\n", 0, tests.start()) + 1 if tests else math.inf


def _told_apart(text: str, found: set[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """With what stands beside a pattern that looks for its like told as an example."""
    lines = text.split("\n") if found else []
    for kind, line in found:
        near = "\n".join(lines[max(0, line - 1 - _NEAR_PATTERN) : line])
        yield (_as_example(kind) if _PATTERN.search(near) or _SHOWN.search(near) else kind), line


def _as_example(kind: str) -> str:
    return kind if kind.endswith(_EXAMPLE) else kind + _EXAMPLE


_EXAMPLE = ", in a test or example"
_COMMON_IN_EXAMPLES = frozenset({"JSON web token", "password in an address", "AWS secret key"})
