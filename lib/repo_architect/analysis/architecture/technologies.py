"""The table of technologies, looked up by image, scheme, package or import."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import yaml

from repo_architect.contracts.repo_shape import NodeKind

DEFAULT_LANGUAGES = frozenset(
    {"JavaScript", "JSX", "TypeScript", "TSX", "Go", "Rust", "Ruby", "Python", "PHP"}
)
"""Languages whose code names a library as its package manager does, unless the table says otherwise."""
_ECOSYSTEM = {"JavaScript": "npm", "JSX": "npm", "TypeScript": "npm", "TSX": "npm", "Go": "golang", "Rust": "cargo",
              "Ruby": "gem", "Python": "pypi", "PHP": "composer"}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Technology:
    """A row of the table."""

    name: str
    kind: NodeKind
    protocol: str
    speaks: str | None = None
    """Another technology whose clients it serves."""
    images: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    packages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    imports: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def imported_as(self, language: str) -> tuple[str, ...]:
        """What an import of it begins with in a language."""
        if language in self.imports:
            return self.imports[language]
        return self.packages.get(_ECOSYSTEM.get(language, ""), ())


@cache
def table() -> tuple[Technology, ...]:
    text = resources.files(__package__).joinpath("tables/technologies.yaml").read_text(encoding="utf-8")
    return tuple(
        Technology(
            name=row["name"],
            kind=row["kind"],
            protocol=row["protocol"],
            speaks=row.get("speaks"),
            images=tuple(row.get("images", ())),
            schemes=tuple(row.get("schemes", ())),
            hosts=tuple(row.get("hosts", ())),
            resources=tuple(row.get("resources", ())),
            packages={ecosystem: tuple(names) for ecosystem, names in row.get("packages", {}).items()},
            imports={language: tuple(names) for language, names in row.get("imports", {}).items()},
        )
        for row in yaml.load(text, Loader=yaml.CSafeLoader)
    )


def by_image(image: str) -> Technology | None:
    """The technology of a container image, whatever its registry and tag."""
    return _images().get(name := image_name(image)) or _images().get(
        f"*/{name.rpartition('/')[2]}" if "/" in name else name
    )


@cache
def _images() -> dict[str, Technology]:
    return {image: technology for technology in reversed(table()) for image in technology.images}


def image_name(image: str) -> str:
    """`registry:5000/owner/name:tag@digest` as `owner/name`."""
    name = image.partition("@")[0].lower()
    first, slash, rest = name.partition("/")
    if slash and ("." in first or ":" in first or first == "localhost"):
        name = rest
    name = name.rpartition(":")[0] if ":" in name.rpartition("/")[2] else name
    return name.removeprefix("library/")


def by_scheme(scheme: str) -> Technology | None:
    """The technology that addresses of a scheme lead to; `postgresql+asyncpg` is `postgresql`."""
    return _schemes().get(scheme) or _schemes().get(scheme.partition("+")[0])


@cache
def _schemes() -> dict[str, Technology]:
    return {scheme: technology for technology in table() for scheme in technology.schemes}


def by_host(host: str) -> Technology | None:
    """The technology that a name of the public net belongs to."""
    words = host.lower().split(".")
    names = [".".join(words[number:]) for number in range(len(words) - 1)]
    return next((found for name in names if (found := _hosts().get(name))), None)


@cache
def _hosts() -> dict[str, Technology]:
    return {host: technology for technology in table() for host in technology.hosts}


def named(name: str) -> Technology | None:
    """The technology with that name."""
    return next((technology for technology in table() if technology.name == name), None)


@cache
def kind_of(name: str) -> NodeKind:
    """The kind of the technology with that name."""
    return next(technology.kind for technology in table() if technology.name == name)


def by_resource(kind: str) -> Technology | None:
    """The technology of a type of Terraform or CloudFormation; `module:rds` is a module of the registry."""
    return _resources().get(kind)


@cache
def _resources() -> dict[str, Technology]:
    return {kind: technology for technology in table() for kind in technology.resources}


def by_package(ecosystem: str, name: str) -> Technology | None:
    return _packages().get((ecosystem, name.lower()))


@cache
def _packages() -> dict[tuple[str, str], Technology]:
    return {
        (ecosystem, name.lower()): technology
        for technology in table()
        for ecosystem, names in technology.packages.items()
        for name in names
    }


@cache
def prefixes(language: str) -> dict[str, tuple[tuple[str, Technology], ...]]:
    """What imports of a language begin with, by first letter, longest first, so that few need a look."""
    found: dict[str, list[tuple[str, Technology]]] = {}
    for technology in table():
        for name in technology.imported_as(language):
            found.setdefault(name[:1], []).append((name, technology))
    return {
        letter: tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0]))) for letter, rows in found.items()
    }


def by_import(language: str, module: str) -> Technology | None:
    """The technology that an imported module belongs to."""
    for prefix, technology in prefixes(language).get(module[:1], ()):
        if module == prefix or (module.startswith(prefix) and module[len(prefix)] in "./:"):
            return technology
    return None
