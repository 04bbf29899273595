"""What a manifest's folder says of it: the product's own, an example, documentation, a test, a fixture, vendored."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from repo_architect.analysis.files.vendored import VENDORED

Standing = Literal["own", "example", "documentation", "test", "fixture", "vendored"]

FIXTURES = frozenset({
    "fixtures", "fixture", "__fixtures__", "testdata", "test-data", "test_data", "testcases", "test-cases", "__snapshots__", "archetype-resources", "snapshots",
    "__mocks__", "mocks", "golden", "evals", "templates", "template", "skeleton", "cookiecutter", "test-fixtures", "test_fixtures",
    "stubs", "corpus", "testsuite", "test-repos", "syntax-tests", "syntax_tests",
})  # fmt: skip
TESTS = frozenset(
    {
        "test",
        "tests",
        "__tests__",
        "e2e",
        "spec",
        "specs",
        "testing",
        "integration-tests",
        "e2e-tests",
        "it",
        "smoke-tests",
        "integration_test",
        "integration_tests",
        "test_package",
        "inttest",
        "integrationtest",
        "functionaltest",
    }
)
EXAMPLES = frozenset(
    {
        "examples",
        "example",
        "samples",
        "sample",
        "demo",
        "demos",
        "playground",
        "playgrounds",
        "tutorials",
        "quickstart",
        "quickstarts",
        "sandbox",
        "_examples",
    }
)
DOCUMENTATION = frozenset({"docs", "doc", "website", "documentation"})

_JVM_PACKAGE = re.compile(r"((?:^|/)src/\w+/(?:java|kotlin|scala|groovy))/.*")
"""The package of a source file (`com/example/demo`) says nothing of what its folder is."""


@lru_cache(maxsize=20_000)
def standing(folder: str) -> Standing:
    """What the folder stands for. `tests/` itself and test folders in it are tests; what is deeper is a fixture."""
    parts = () if folder == "." else tuple(_JVM_PACKAGE.sub(r"\1", folder).split("/"))
    if any(part in VENDORED for part in parts):
        return "vendored"
    if any(map(_is_fixture, parts)):
        return "fixture"
    tests = _from_tests(parts)
    if tests:
        return "test" if all(part.lower() in TESTS or part == "requirements" for part in tests) else "fixture"
    if any(part.lower() in EXAMPLES for part in parts):
        return "example"
    return "documentation" if parts and parts[0].lower() in DOCUMENTATION else "own"


def below_tests(folder: str) -> bool:
    """Whether a fixture is one only for standing deep in a folder of tests: a workspace may count it as a member."""
    parts = tuple(folder.split("/"))
    return bool(_from_tests(parts)) and standing(folder) == "fixture" and not any(map(_is_fixture, parts))


def _from_tests(parts: tuple[str, ...]) -> tuple[str, ...]:
    return next((parts[index:] for index, part in enumerate(parts) if part.lower() in TESTS), ())


def _is_fixture(part: str) -> bool:
    return part.lower() in FIXTURES or part.startswith("testdata")
