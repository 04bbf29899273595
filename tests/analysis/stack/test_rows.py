"""Every row of the tables, held against repositories made from the row itself: one that it must know, and one that only talks of it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from repo_architect.analysis import manifests
from repo_architect.analysis.files import read_tree
from repo_architect.analysis.limits import Limits, Notes
from repo_architect.analysis.stack.images import images
from repo_architect.analysis.stack.match import matches
from repo_architect.analysis.stack.row import Row, Sign, rows
from repo_architect.analysis.stack.sources import Sources, expand
from repo_architect.contracts.repo_shape import Command, Evidence
from support.matching_text import matching
from support.stack_files import detect, manifest

ROWS = rows()


def _cases(row: Row) -> Iterator[dict[str, str]]:
    """Repositories, each with one thing by which the row is known."""
    scope = "runtime" if "runtime" in row.scopes else "development"
    for rule in row.dependencies:
        ecosystem, _, name = rule.partition(":")
        files = manifest(ecosystem, name.replace("*", "extra"), scope)
        if files:
            yield files
    yield from map(_showing, row.signs)
    for image in row.images:
        yield {"docker-compose.yml": f"services:\n  made:\n    image: {image}:7.8\n"}


def _showing(sign: Sign) -> dict[str, str]:
    """A file that shows a sign."""
    path = (
        re.sub(r"\[[^\]]*\]", "-", expand(sign.pattern)[0].lstrip("/"))
        .replace("**/", "")
        .replace("*", "made")
        .replace("?", "a")
    )
    if sign.content:
        return {path: matching(sign.content) + "\n"}
    if not sign.keys:
        return {path: "made\n"}
    value: object = matching(sign.value) if sign.value else {"made": "up"}
    for key in reversed(sign.keys):
        value = {key: value}
    return {path: _written(path, value)}


def _written(path: str, value: object) -> str:
    if path.endswith((".json", ".jsonc")):
        return json.dumps(value, indent=1)
    if path.endswith((".yml", ".yaml")):
        return yaml.safe_dump(value)
    return "\n".join(_toml((), value)) + "\n"


def _toml(keys: tuple[str, ...], value: object):
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _toml((*keys, key), below)
    else:
        yield f"{'.'.join(keys)} = {json.dumps(value)}"


def _found(root: Path, row: Row, files: dict[str, str], commands: tuple[Command, ...] = ()):
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    tree = read_tree(root, Limits(), Notes())
    sources = Sources(tree, manifests.read(tree))
    return matches((row,), sources, images(sources), commands)


def _needs(row: Row) -> dict[str, str]:
    return {path: text for need in row.needs for path, text in _showing(Sign.parse(need)).items()}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}-{row.name}")
def test_a_row_knows_what_it_says_it_knows(tmp_path: Path, row: Row) -> None:
    needed = _needs(row)
    for number, files in enumerate(_cases(row)):
        both = {path: needed.get(path, "") + files.get(path, "") for path in {**needed, **files}}
        found = _found(tmp_path / str(number), row, both)

        assert [match.row.name for match in found] == [row.name], files
        assert {place.path for place in found[0].evidence} & files.keys()


@pytest.mark.parametrize("row", [row for row in ROWS if row.commands], ids=lambda row: row.name)
def test_a_row_knows_its_commands(tmp_path: Path, row: Row) -> None:
    for expression in row.commands:
        text = matching(expression)
        command = Command(
            purpose="test", command=text, component=".", evidence=(Evidence(path="Makefile", line=3),)
        )
        assert _found(tmp_path, row, {"README.md": "made\n"}, (command,))[0].evidence[0].line == 3


@pytest.fixture(scope="module")
def only_talk(tmp_path_factory: pytest.TempPathFactory):
    """A repository whose prose names every technology, and whose manifests name only things that are called alike."""
    root = tmp_path_factory.mktemp("talk")
    words = [word for row in ROWS for word in (row.name, *row.dependencies, *row.images)]
    prose = "We do not use " + ", ".join(words) + ".\n"
    names = {rule for row in ROWS for rule in row.dependencies if "*" not in rule}
    npm = {
        f"{name.partition(':')[2]}-lookalike": "^1.0.0"
        for name in names
        if name.startswith("npm:") and not _is_open(name)
    }
    pypi = [f"{name.partition(':')[2]}lookalike>=1" for name in sorted(names) if name.startswith("pypi:")]
    files = {
        "README.md": prose,
        "docs/guide.md": prose,
        "NOTES.txt": prose,
        "package.json": json.dumps(
            {"name": "talk", "description": prose, "keywords": words, "dependencies": npm}
        ),
        "pyproject.toml": f'[project]\nname = "talk"\nversion = "1"\ndescription = {json.dumps(prose)}\ndependencies = {json.dumps(pypi)}\n',
        "tests/fixtures/app/package.json": json.dumps(
            {"dependencies": {name.partition(":")[2]: "1" for name in names if name.startswith("npm:")}}
        ),
        "node_modules/next/package.json": '{"name": "next", "dependencies": {"react": "19"}}',
        "vendor/app/requirements.txt": "django\nflask\n",
    }
    return detect(root, files)


def _is_open(rule: str) -> bool:
    """Whether a rule with a star also means the lookalike of this one."""
    stars = [other for row in ROWS for other in row.dependencies if "*" in other]
    return any(rule.startswith(star.partition("*")[0]) for star in stars)


@pytest.mark.parametrize("kind", sorted({row.kind for row in ROWS}))
def test_talk_of_technologies_is_not_their_use(only_talk, kind: str) -> None:
    assert {item.name for item in getattr(only_talk, kind)} - {"npm", "pip"} == set()


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.dependencies], ids=lambda row: f"{row.kind}-{row.name}"
)
def test_what_is_only_called_alike_is_not_it(tmp_path: Path, row: Row) -> None:
    for rule in row.dependencies:
        ecosystem, _, name = rule.partition(":")
        files = manifest(ecosystem, f"lookalike{name}" if ecosystem != "golang" else f"example.org/{name}")
        if files and not name.startswith("*"):
            assert _found(tmp_path / re.sub(r"\W", "-", rule), replace(row, signs=()), files) == (), rule


def test_the_tables_cover_what_they_promise() -> None:
    frameworks = [row for row in ROWS if row.kind == "frameworks"]
    assert len(frameworks) >= 150
    assert len({language for row in frameworks for language in row.languages}) >= 15
    assert all(row.languages for row in frameworks)
    assert all(row.dependencies or row.signs or row.images or row.commands for row in ROWS)
    assert [name for name, count in Counter((row.kind, row.name) for row in ROWS).items() if count > 1] == []
