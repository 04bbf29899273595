"""Names that people know for the short ones that the analysis uses."""

from __future__ import annotations

from collections import Counter

from repo_architect.contracts import RepoShape
from repo_architect.contracts.repo_shape import License

RUNTIMES = {
    "node": "Node.js", "python": "Python", "dotnet": ".NET", "go": "Go", "java": "Java", "rust": "Rust", "ruby": "Ruby",
    "php": "PHP", "deno": "Deno", "bun": "Bun", "elixir": "Elixir", "erlang": "Erlang", "kotlin": "Kotlin", "scala": "Scala",
    "swift": "Swift", "dart": "Dart", "flutter": "Flutter", "haskell": "Haskell", "julia": "Julia", "perl": "Perl", "r": "R",
}  # fmt: skip

# in the order in which they tell what a repository is
CATEGORIES = {
    "server": "Web frameworks", "meta": "Full-stack frameworks", "ui": "User interface", "state": "State of the interface",
    "css": "Styles", "mobile": "Mobile", "desktop": "Desktop", "tui": "Terminal interface", "cli": "Command line",
    "game": "Games", "graphics": "Graphics", "cms": "Content management", "static": "Static sites", "api": "API",
    "ai": "AI", "ml": "Machine learning", "model": "Models", "data": "Data", "crawler": "Crawling", "bot": "Bots",
    "orm": "Object mapping", "migration": "Migrations", "database": "Databases", "storage": "Storage", "queue": "Queues and tasks",
    "broker": "Brokers", "workflow": "Workflows", "async": "Concurrency", "validation": "Validation", "injection": "Injection",
    "identity": "Identity", "payment": "Payment", "mail": "Mail", "translation": "Translation", "blockchain": "Blockchain",
    "embedded": "Embedded", "gateway": "Gateways", "monitoring": "Monitoring", "container": "Containers",
    "orchestration": "Orchestration", "operator": "Operators", "infrastructure": "Infrastructure", "cloud": "Clouds",
    "hosting": "Hosting", "documentation": "Documentation", "docs": "Documentation", "library": "Libraries",
}  # fmt: skip

PURPOSES = {"example": "examples", "documentation": "documentation", "test": "tests"}


def runtime(name: str) -> str:
    return RUNTIMES.get(name.lower(), name)


def category(name: str) -> str:
    """The heading of a category; one without a row keeps its name, with a capital."""
    plain = " ".join(name.replace("_", " ").split()) or "other"
    return CATEGORIES.get(plain.lower(), plain[0].upper() + plain[1:])


def category_rank(name: str) -> tuple[int, str]:
    known = list(CATEGORIES)
    return (known.index(name) if name in known else len(known), name)


def licence(found: License) -> str:
    """As GitHub names it, and as the project itself says it where that is more."""
    if not found.declared or found.declared == found.spdx:
        return found.spdx
    return found.declared if found.spdx == "NOASSERTION" else f"{found.spdx} (declared: {found.declared})"


def components(shape: RepoShape) -> dict[str, str]:
    """What to call each component, by id: its name, with its path where two have the same name."""
    taken = Counter(part.name for part in shape.components)
    return {
        part.id: part.name if taken[part.name] == 1 or part.path == "." else f"{part.name} ({part.path})"
        for part in shape.components
    }
