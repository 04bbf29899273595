"""Which of the repository's commands a newcomer should use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from repo_architect.contracts import RepoShape
from repo_architect.contracts.repo_shape import Command
from repo_architect.summary.aside import is_aside
from repo_architect.summary.words import clean, code, cut

# the words a command for each purpose ends in when it is the one for people, best first
USUAL = {
    "install": ("setup", "install", "sync", "bootstrap", "ci"),
    "run": ("up", "start", "dev", "serve", "run", "runserver", "preview"),
    "test": ("test", "tests", "pytest", "check"),
    "build": ("build", "all", "package"),
}
# package manager: the ecosystem, as dependencies name it
ECOSYSTEMS = {"npm": "npm", "npx": "npm", "yarn": "npm", "pnpm": "npm", "bun": "npm", "corepack": "npm", "pip": "pypi", "pip3": "pypi",
              "pipenv": "pypi", "poetry": "pypi", "pdm": "pypi", "uv": "pypi", "hatch": "pypi", "cargo": "cargo", "go": "golang",
              "bundle": "gem", "composer": "composer", "mix": "hex", "dart": "pub", "flutter": "pub"}  # fmt: skip
_SHELL = re.compile(r"[|;<>$`]|&&|^\w+=|^(?:echo|rm|cp|mv|mkdir|cd|export|if|for|while|set)\b")
_SPECIAL = re.compile(
    r"integration|e2e|compat|bench|perf|windows|typesafety|nightly|stress|smoke|release|\.(?:py|[jt]sx?|go|rb|java)\b|::",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"--(?:dir|prefix|cwd|filter|project|workspace|directory)\b|\s-C\s")
_OPTION = re.compile(r"['\"][^'\"]*['\"]|(?<=\s)--?[\w-]+(?:=\S*)?")
_INSTALL = re.compile(
    r"(?<![\w-])(?:install|i|ci|setup|sync|bootstrap|restore|download|get|deps|dependencies|develop|init|require)(?![\w-])|^(?:yarn|pnpm|bun)$"
)
_LONG = 60


def first_command(
    shape: RepoShape, purpose: str, accept: Callable[[Command], bool] = lambda _: True
) -> Command | None:
    """Of the whole repository, else of the component nearest to the root; plain before scripted, usual before odd."""
    paths = {part.id: part.path for part in shape.components}
    depth = {identity: 0 if path == "." else path.count("/") + 1 for identity, path in paths.items()}
    size = Counter(item.component for item in shape.dependencies if item.direct)
    order = {part.id: place for place, part in enumerate(shape.components)}
    found = [
        command
        for command in shape.commands
        if command.purpose == purpose and _serves(command, shape) and accept(command)
    ]
    return min(
        found,
        key=lambda item: (
            bool(_SHELL.search(item.command)),
            item.directory != ".",
            depth.get(item.component or "", 0),
            -size[item.component],
            order.get(item.component or "", -1),
            bool(_ELSEWHERE.search(item.command) or _SPECIAL.search(_OPTION.sub(" ", item.command))),
            _oddness(item.command, purpose),
            len(item.command) > _LONG,
        ),
        default=None,
    )


def _serves(command: Command, shape: RepoShape) -> bool:
    """Whether it is of the product; an install command also has to say so: making a tool is not setting up."""
    if is_aside(command.directory):
        return False
    return command.purpose != "install" or bool(_INSTALL.search(command.command) and _fits(command, shape))


def _fits(command: Command, shape: RepoShape) -> bool:
    """Whether its package manager is one of an ecosystem that the component declares dependencies of."""
    ecosystem = ECOSYSTEMS.get(command.command.split()[0]) if command.command.split() else None
    declared = {
        item.ecosystem for item in shape.dependencies if item.direct and item.component == command.component
    }
    known = declared & set(ECOSYSTEMS.values())
    return ecosystem is None or not known or ecosystem in known


def told(command: Command, limit: int = 80) -> str:
    """The command as code, and where it is run unless at the root."""
    where = f" in {code(command.directory)}" if command.directory != "." else ""
    return f"{code(cut(clean(command.command), limit))}{where}"


def _oddness(command: str, purpose: str) -> tuple[int, int]:
    """The best place of its words among the usual ones, then how many words it has."""
    usual = USUAL.get(purpose, ())
    words = [word for word in re.split(r"[\s:/]+", command.strip()) if word and not word.startswith("-")]
    return min((usual.index(word) for word in words if word in usual), default=len(usual)), len(words)
