"""Which tests a test command runs: a number of test files is never told with a command of other tests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from repo_architect.contracts import RepoShape
from repo_architect.contracts.repo_shape import Command, TestSuite
from repo_architect.summary.commands import first_command

# family of languages: what its test files end in, and the words that its test commands hold
FAMILIES = {
    "javascript": (r"[cm]?[jt]sx?|vue|svelte", r"npm|npx|yarn|pnpm|pnpx|bun|bunx|deno|node|turbo|nx|lerna|rush|vitest|jest|mocha|ava|tap|uvu|karma|jasmine|qunit|cypress|playwright|ng"),
    "python": (r"py", r"pytest|py\.test|tox|nox|python[\d.]*|unittest|coverage|hatch|poetry|pdm|pipenv|uv|uvx|manage\.py|nosetests"),
    "go": (r"go", r"go|gotestsum|ginkgo"),
    "rust": (r"rs", r"cargo"),
    "jvm": (r"java|kt|kts|groovy|scala", r"mvn|mvnw|gradle|gradlew|sbt|mill|ant"),
    "ruby": (r"rb", r"rspec|rake|bundle|rails|ruby"),
    "php": (r"php", r"phpunit|pest|composer|artisan|php"),
    "dotnet": (r"cs|fs|vb", r"dotnet"),
    "beam": (r"exs?|erl", r"mix|rebar3"),
    "dart": (r"dart", r"dart|flutter"),
    "swift": (r"swift", r"swift|xcodebuild"),
    "native": (r"cc|cpp|cxx|c", r"ctest|cmake|meson|ninja"),
}  # fmt: skip
_TOOLS = re.compile(
    r"(?<![\w-])(pytest|unittest|vitest|jest|mocha|ava|jasmine|karma|qunit|uvu|cypress|playwright|rspec|phpunit|pest)(?![\w-])"
)

# one of so many test files is not worth a command of its own
_FEW = 10

# a script that is only called test seldom starts a browser
_BROWSERS = frozenset({"playwright", "cypress"})


@dataclass(frozen=True)
class Testing:
    """`command` is the one to name; it runs the suites `run`, and is known to run none of `others`."""

    command: Command | None
    run: tuple[TestSuite, ...]
    others: tuple[TestSuite, ...]

    @property
    def of_the_whole(self) -> bool:
        """Whether the command is written down for the whole repository, or runs every test there is."""
        return self.command is not None and (_owner(self.command) == "." or not self.others)


def testing(shape: RepoShape) -> Testing:
    """The test command for people, and the suites it runs: one for the whole, else one that runs tests that exist."""
    first = first_command(shape, "test")
    if first and not _may_be_of_all(first, shape.tests):
        first = (
            first_command(shape, "test", lambda item: any(runs(item, suite) for suite in shape.tests))
            or first
        )
    if first and 0 < number(_run_by(first, shape)) * _FEW < number(shape.tests):
        first = _of_the_most(shape) or first
    run = _run_by(first, shape) if first else ()
    return Testing(first, run, tuple(suite for suite in shape.tests if suite not in run))


def _run_by(command: Command, shape: RepoShape) -> tuple[TestSuite, ...]:
    return tuple(suite for suite in shape.tests if runs(command, suite))


def _of_the_most(shape: RepoShape) -> Command | None:
    """The command of the suite with the most files."""
    largest = max(shape.tests, key=lambda suite: suite.files)
    return first_command(shape, "test", lambda item: runs(item, largest))


def number(suites: Iterable[TestSuite]) -> int:
    return sum(suite.files for suite in suites)


def runs(command: Command, suite: TestSuite) -> bool:
    """Whether a command is of the component that holds the tests, and of their language and tool."""
    return _owner(command) == (suite.component or ".") and _speaks(command, suite)


def _may_be_of_all(command: Command, suites: Iterable[TestSuite]) -> bool:
    """Whether it runs some of the tests, or stands at the root in a language of some: then it may pass them on."""
    at_root = _owner(command) == "."
    return any(runs(command, suite) or (at_root and _speaks(command, suite)) for suite in suites)


def _owner(command: Command) -> str:
    return command.component or command.directory


def _speaks(command: Command, suite: TestSuite) -> bool:
    named = set(_TOOLS.findall(command.command))
    tool = (suite.tool or "").lower()
    if tool in _BROWSERS and tool not in named and "e2e" not in command.command:
        return False
    if named and _TOOLS.fullmatch(tool) and tool not in named:
        return False
    spoken = {
        name
        for name, (_, words) in FAMILIES.items()
        if re.search(rf"(?<![\w-])(?:{words})(?![\w-])", command.command)
    }
    family = _family(suite)
    return not spoken or family is None or family in spoken


def _family(suite: TestSuite) -> str | None:
    path = suite.evidence[0].path if suite.evidence else ""
    return next(
        (name for name, (endings, _) in FAMILIES.items() if re.search(rf"\.(?:{endings})$", path)), None
    )
