"""What a manifest's folder says of it: the product's own, an example, documentation, a test, a fixture, vendored."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

Standing = Literal["own", "example", "documentation", "test", "deep_test", "fixture", "vendored"]

VENDORED = frozenset({
    "node_modules", "bower_components", "jspm_packages", "vendor", "vendored", "_vendor", "third_party", "third-party",
    "thirdparty", "3rdparty", "site-packages", "dist-packages", ".yarn", "Godeps", "Pods", "Carthage", ".venv", "venv",
    "virtualenv", "__pycache__", ".tox", "external_libs", "deps_src",
})  # fmt: skip
FIXTURES = frozenset({
    "fixtures", "fixture", "__fixtures__", "testdata", "test-data", "test_data", "testcases", "test-cases", "__snapshots__", "snapshots",
    "__mocks__", "mocks", "golden", "evals", "templates", "template", "skeleton", "cookiecutter", "test-fixtures", "test_fixtures",
    "stubs", "corpus", "testsuite", "test-repos",
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


@lru_cache(maxsize=20_000)
def standing(folder: str) -> Standing:
    """What the folder stands for. `tests/` itself and test folders in it are tests; what is deeper may be a fixture."""
    parts = () if folder == "." else tuple(folder.split("/"))
    if any(part in VENDORED for part in parts):
        return "vendored"
    if any(part.lower() in FIXTURES or part.startswith("testdata") for part in parts):
        return "fixture"
    first_test = next((index for index, part in enumerate(parts) if part.lower() in TESTS), None)
    if first_test is not None:
        shallow = all(part.lower() in TESTS or part == "requirements" for part in parts[first_test:])
        return "test" if shallow else "deep_test"
    if any(part.lower() in EXAMPLES for part in parts):
        return "example"
    return "documentation" if parts and parts[0].lower() in DOCUMENTATION else "own"
