"""What to call the kinds of things that the analysis names in short, in the order in which they tell what a project is."""

from __future__ import annotations

import re
from collections import Counter

from repo_architect.contracts import RepoShape
from repo_architect.contracts.repo_shape import Component

# category of a framework: what it is called in a sentence
CATEGORIES = {
    "server": "web framework", "meta": "full-stack framework", "mobile": "mobile framework", "desktop": "desktop framework",
    "game": "game framework", "cms": "content management", "ui": "user interface", "tui": "terminal interface",
    "cli": "command line", "ml": "machine learning", "ai": "AI", "bot": "bots", "crawler": "crawling",
    "embedded": "embedded", "blockchain": "blockchain", "orm": "object mapping", "queue": "tasks", "workflow": "workflows",
    "data": "data", "api": "API", "static": "static site", "database": "database", "broker": "broker", "storage": "storage",
    "graphics": "graphics", "async": "concurrency", "gateway": "gateway", "identity": "identity", "validation": "validation",
    "model": "models", "state": "state", "css": "styles", "migration": "migrations", "payment": "payment", "mail": "mail",
    "injection": "injection", "translation": "translation", "infrastructure": "infrastructure", "container": "containers",
    "orchestration": "orchestration", "operator": "operators", "cloud": "cloud", "hosting": "hosting", "monitoring": "monitoring",
    "library": "library",
}  # fmt: skip

# of a project's making rather than of the project
BEHIND = frozenset(
    """build bundler ci code coverage docs documentation formatter linter monorepo package quality release test tests testing
    toolchain updates""".split()  # noqa: SIM905 - a row of words reads better
)

# named in a sentence only where there is no other language
MARKUP = frozenset({"CSS", "HTML", "SCSS", "Sass", "Less", "Stylus", "Markdown", "Dockerfile", "Makefile", "Batchfile", "PowerShell",
                    "Procfile", "Nix", "Smarty", "Mako", "Jinja", "Mustache", "Handlebars", "XSLT", "Roff", "TeX", "CMake", "Just"})  # fmt: skip

# tools of tests that run none
HELPERS = frozenset({"coverage.py", "JaCoCo", "Istanbul", "nyc", "c8", "Codecov", "Coveralls", "MSW", "Testing Library", "Hypothesis",
                     "Mockito", "AssertJ", "Sinon", "Chai", "Faker", "factory_boy", "responses", "VCR.py", "Testify", "Testcontainers"})  # fmt: skip

RUNTIMES = {"node": "Node.js", "python": "Python", "dotnet": ".NET", "go": "Go", "java": "Java", "rust": "Rust", "ruby": "Ruby",
            "php": "PHP", "deno": "Deno", "bun": "Bun", "elixir": "Elixir", "erlang": "Erlang", "kotlin": "Kotlin", "scala": "Scala",
            "swift": "Swift", "dart": "Dart", "flutter": "Flutter"}  # fmt: skip


def category(name: str) -> str:
    return CATEGORIES.get(name, name.replace("_", " "))


def category_rank(name: str) -> int:
    """How much a category tells: the lower the more; what is behind the project comes last."""
    if name in BEHIND:
        return len(CATEGORIES) + 1
    known = list(CATEGORIES)
    return known.index(name) if name in known else len(known)


def test_tools(shape: RepoShape) -> list[str]:
    """Names of the tools that run tests; not of those that only help them."""
    names = list(dict.fromkeys(tool.name for tool in shape.test_tools))
    return [name for name in names if name not in HELPERS]


def runtime(name: str) -> str:
    return RUNTIMES.get(name.lower(), name)


def component(part: Component, shape: RepoShape) -> str:
    """A component's short name; its path where another has the same."""
    taken = Counter(_short(other.name) for other in shape.components)
    name = _short(part.name)
    return name if taken[name] == 1 or part.path == "." else part.path


def _short(name: str) -> str:
    """Without the host and owner of a Go module, or the group of a Maven artifact."""
    last = re.sub(r"/v\d+$", "", name).rpartition("/")[2] if "." in name.partition("/")[0] else name
    return last.rpartition(":")[2] or name
