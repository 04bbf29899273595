"""Which files are tests by their place and name: what they serve, read or start is not the product's."""

from __future__ import annotations

import re
from functools import lru_cache

_FOLDERS = frozenset({
    "test", "tests", "__tests__", "_tests", "spec", "specs", "e2e", "testing", "cypress", "it-tests",
    "fixture", "fixtures", "__fixtures__", "__mocks__", "__snapshots__", "testdata", "testcases", "testsuite", "testlib",
    "testutil", "testutils", "testhelper", "testhelpers", "testsupport", "unittest", "unittests", "inttest", "integrationtest",
    "functionaltest",
})  # fmt: skip
"""Folders of tests, in lower case."""
_SORTS = (
    "acceptance|api|browser|component|contract|e2e|end[-_]to[-_]end|functional|fuzz|integration|load|manual|"
    "performance|perf|regression|runtime|smoke|stress|system|ui|unit"
)
_COMPOUND = re.compile(
    rf"^_*(?:[a-z0-9]+_)?(?:{_SORTS})[-_]?tests?$"
    r"|^test[-_](?:\w*apps?|cases|data|fixtures?|helpers?|infra|kit|lib|package|projects?|repos?|resources|servers?|shared|suites?|support|tools|utils?)$"
)
"""A folder of one sort of tests (`_smoke_tests`), or of what tests need (`test-utils`), in lower case."""
_PROJECT = re.compile(r"\.(?:[A-Z]\w*)?Tests?$")
"""A .NET project of tests: `Shop.Tests`, `Shop.UnitTests`."""
_CODE = re.compile(
    r"^(?:test_.*|conftest|tests)\.py$|[._-]tests?\.\w+$|[a-z0-9]Tests?\.(?:java|kt|scala|groovy|cs|php|swift)$"
)
_SPEC = re.compile(r"[._-]specs?\.\w+$|[a-z0-9]Spec\.(?:scala|groovy|kt|php)$")
_DESCRIPTION = re.compile(r"\.(?:ya?ml|json|proto|graphqls?|gql)$")


@lru_cache(maxsize=100_000)
def is_test(path: str) -> bool:
    """Whether a file is of tests: in a folder of tests at any depth, or named as tests are.

    A specification (`spec/openapi.yaml`, `api-spec.json`) is no test, nor is `testimonials.py`.
    """
    *folders, name = path.split("/")
    describes = _DESCRIPTION.search(name) is not None
    if any(
        _is_folder(folder) and not (describes and folder.lower() in ("spec", "specs")) for folder in folders
    ):
        return True
    return _CODE.search(name) is not None or (not describes and _SPEC.search(name) is not None)


def _is_folder(folder: str) -> bool:
    lowered = folder.lower()
    return lowered in _FOLDERS or bool(_COMPOUND.search(lowered) or _PROJECT.search(folder))
