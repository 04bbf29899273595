"""Which files support the project rather than make it up: tests, documentation, examples, build scripts."""

from __future__ import annotations

import re

# a folder's name, and what the files below it are
FOLDERS = {
    "tests": ("test", "tests", "__tests__", "spec", "specs", "e2e", "it", "testdata", "fixtures", "__mocks__", "cypress", "playwright",
              "test_utils", "testutil", "testutils", "integration-tests", "unittests", "functional_tests", "src-test", "androidtest", "t"),
    "documentation": ("docs", "doc", "documentation", "website"),
    "examples": ("examples", "example", "samples", "sample", "demo", "demos", "playground", "playgrounds", "tutorial", "tutorials", "docs_src"),
    "benchmarks": ("benchmarks", "benchmark", "bench", "benches", "perf", "perf-measures"),
    "build scripts": ("scripts", "hack", ".github", "ci", ".ci", ".storybook", "packaging", ".circleci", "etc", "buildsrc", "build"),
}  # fmt: skip
NAMES = (
    ("tests", re.compile(r"(^test_.*|.*_tests?|conftest)\.py$|^test-.*\.[cm]?[jt]s$|.*_test\.go$|.*[.-](test|spec|cy|e2e)(-d)?\.[cm]?[jt]sx?$|.*Tests?\.(java|kt|cs|php)$|.*_(spec|test)\.rb$")),
    ("examples", re.compile(r".*\.stories\.[cm]?[jt]sx?$")),
    ("build scripts", re.compile(
        r"(setup|noxfile|fabfile|tasks|manage|build)\.py$|(gulpfile|gruntfile|.*\.config|\..*rc)\.[cm]?[jt]s$|build\.rs$|rector\.php$|\.php-cs-fixer(\.dist)?\.php$|magefile\.go$", re.IGNORECASE)),
)  # fmt: skip
# what stands in such a folder under such a name: data in the form of code
PATHS = (
    ("tests", re.compile(r"(^|/)src/[a-z]\w*Test/")),
    ("translations", re.compile(r"(^|/)(lang|languages|locales?|translations?|i18n|l10n)/[a-z]{2,3}([_-][A-Za-z]{2,8})*(/.*)?\.(php|[cm]?[jt]s|json|rb|py)$")),
    ("database migrations", re.compile(r"(^|/)(migrations?|migrate|versions)/(.*/)?(\d{3,}|[0-9a-f]{10,}_|[VUR]\d+_|(__init__|env)\.py$)[^/]*$")),
)  # fmt: skip
_TESTS = re.compile(r"(^|[_.-])(tests?|testdata|e2e)([_.-]|$)")
_EXAMPLES = re.compile(r"(^|[ _-])examples?([ _-]|$)")
# Catalog.FunctionalTests, PitstopUITest
_CAPITAL_TESTS = re.compile(
    r"[A-Za-z0-9.](Unit|Integration|Functional|Acceptance|EndToEnd|UI)Tests?$|\.Tests?$|[a-z0-9]Tests$"
)
_BY_FOLDER = {name: role for role, names in FOLDERS.items() for name in names}
# of these, the path says what they are only at the top of the repository or of a component
_TOP_ONLY = frozenset(
    {
        "t",
        "it",
        "doc",
        "documentation",
        "website",
        "scripts",
        "ci",
        "etc",
        "packaging",
        "perf",
        "sample",
        "samples",
        "demo",
        "hack",
    }
)


def role(path: str) -> str | None:
    """What a file supports the project with, None for one that the project is made of."""
    *folders, name = path.split("/")
    for depth, folder in enumerate(folders):
        found = _BY_FOLDER.get(folder.lower()) or _by_words(folder)
        if found and (depth == 0 or folder.lower() not in _TOP_ONLY):
            return found
    found = next((found for found, pattern in NAMES if pattern.match(name)), None)
    return found or next((found for found, pattern in PATHS if pattern.search(path)), None)


def _by_words(folder: str) -> str | None:
    if _TESTS.search(folder.lower()) or _CAPITAL_TESTS.search(folder):
        return "tests"
    return "examples" if _EXAMPLES.search(folder.lower()) else None
