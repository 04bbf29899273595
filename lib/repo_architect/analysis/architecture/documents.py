"""YAML documents and properties files of a repository, read once, malformed ones noted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis import located
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Located, Malformed

_PROPERTY = re.compile(r"^[ \t]*(?:%prod\.)?([\w.\-\[\]\"/]+)\s*[=:]\s*(.*?)\s*$")
_SUPPORTING = frozenset({"docs", "doc", "docs_src", "documentation", "website", "examples", "example", "samples", "demo", "demos", "benchmarks", "benchmark",
                         "scripts", "script", "hack", "tools", "dev", "ci", ".github", "contrib"})  # fmt: skip
_TEST_FILE = re.compile(
    r"(^|/)(test_[^/]*|conftest|[^/]*[._-](test|tests|spec|stories))\.\w+$|(^|/)[^/]*Tests?\.(java|kt|cs)$|_test\.go$|\.config\.[cm]?[jt]s$"
)
_TEST_FOLDER = re.compile(r"(^|[_.-])(tests?|testdata|e2e|mocks?)([_.-]|$)")
# `test-service/src/main` is no test, `integration-tests/src/main` is
_TEST_MODULE = re.compile(r"(^|[_.-])(tests?|testdata|e2e|mocks?)$")
_ASIDE = frozenset(
    {"test", "tests", "testdata", "fixtures", "node_modules", "vendor", "__tests__", "e2e", "spec"}
)


def yaml_documents(tree: FileTree, path: str) -> list[Located]:
    """The documents of a YAML file; none when it is malformed or unreadable, with a note."""
    text = tree.text(path)
    if text is None:
        return []
    try:
        return list(located.yaml_documents(text))
    except Malformed as error:
        tree.notes.skip("malformed", f"YAML: {error}", path)
        return []


def supports(path: str) -> bool:
    """Whether a file of code only supports the project: tests, documentation, examples, scripts."""
    folders = path.lower().split("/")[:-1]
    tests = _TEST_MODULE if "/src/main/" in path else _TEST_FOLDER
    if _SUPPORTING.intersection(folders[:1]) or any(tests.search(folder) for folder in folders):
        return True
    return bool(_ASIDE.intersection(folders) or _TEST_FILE.search(path))


def is_aside(tree: FileTree, path: str) -> bool:
    """Whether a file is below a folder of tests or of other people's code, or is said to be vendored."""
    return tree.verdict(path).vendored or any(folder.lower() in _ASIDE for folder in path.split("/")[:-1])


def settings(tree: FileTree, path: str) -> list[Setting]:
    """The values of a YAML or properties file by dotted key."""
    if path.endswith(".properties"):
        return list(_properties(tree.text(path) or "", path))
    return [setting for document in yaml_documents(tree, path) for setting in flat(document, "", path)]


def _properties(text: str, path: str) -> Iterator[Setting]:
    for number, line in enumerate(text.splitlines(), 1):
        match = _PROPERTY.match(line)
        if match and not line.lstrip().startswith(("#", "!")):
            yield Setting(match[1], match[2], path, number)


def flat(value: Located, key: str, path: str) -> Iterator[Setting]:
    """The values below a value by dotted key."""
    if isinstance(value.value, dict):
        for name, inner in value.items():
            yield from flat(inner, f"{key}.{name}" if key else str(name), path)
    elif isinstance(value.value, list):
        for number, inner in enumerate(value.elements()):
            yield from flat(inner, f"{key}[{number}]", path)
    elif value.value is not None:
        yield Setting(key, str(value.value), path, value.line)
