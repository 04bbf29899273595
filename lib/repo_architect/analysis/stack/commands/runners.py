"""Targets and sessions of task runners that are text: Make, just, Rake, tox, nox, Invoke, wrappers of Maven and Gradle."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from repo_architect.analysis.stack.commands import classify
from repo_architect.analysis.stack.commands.named import DOCUMENT, RUNNER, Named
from repo_architect.analysis.stack.sources import Sources
from repo_architect.contracts.repo_shape import Purpose

Found = tuple[str, str, str, int]
"""Name, command, body, line."""

_TARGET = re.compile(r"^([A-Za-z0-9][\w.-]*(?:[ \t]+[A-Za-z0-9][\w.-]*)*)[ \t]*::?(?![=:])([^=\n]*)$")
_RECIPE = re.compile(
    r"^@?([A-Za-z][\w-]*)((?:[ \t]+[*+$]?[\w-]+(?:=(?:'[^']*'|\"[^\"]*\"|\S+))?)*)[ \t]*:(?!=)(.*)$"
)
_RAKE = re.compile(
    r"^(?P<indent>[ \t]*)(?:(?:task|multitask)[ \t]*\(?[ \t]*(?=:|[\"']|\w+:(?!:)):?[\"']?(?P<task>\w[\w:]*)"
    r"|(?P<made>RSpec::Core::RakeTask|Rake::TestTask|Minitest::TestTask|RuboCop::RakeTask)\.(?:new|create)(?:\([ \t]*:?[\"']?(?P<named>\w[\w:]*))?"
    r"|namespace[ \t]*\(?[ \t]*:?[\"']?(?P<namespace>\w+))",
    re.MULTILINE,
)
_SCRIPT_NAMES = re.compile(
    r"test|lint|check|format|build|install|setup|bootstrap|docs|cov|typecheck|serve|server|start|run"
)
_CANONICAL = re.compile(
    r"(?:run[-_]?)?(?:tests?|lint|check|format|build|install|setup|bootstrap|docs|coverage|typecheck|serve|server|start)"
)
_MAX_DECORATOR_LINES = 40
_RAKE_CLASSES = {
    "RSpec::Core::RakeTask": "spec",
    "Rake::TestTask": "test",
    "Minitest::TestTask": "test",
    "RuboCop::RakeTask": "rubocop",
}
_RAKE_PURPOSES: dict[str, Purpose] = {
    "RSpec::Core::RakeTask": "test",
    "Rake::TestTask": "test",
    "Minitest::TestTask": "test",
    "RuboCop::RakeTask": "lint",
}


def in_scripts(sources: Sources) -> Iterator[Named]:
    """Commands of every task runner's file."""
    for pattern, reader in _READERS:
        for path in sources.files(pattern):
            text = sources.text(path)
            for name, command, body, line in reader(text) if text else ():
                purpose = _known(name, body) or classify.of_script(name, body)
                if purpose:
                    yield Named(command, purpose, path, line, path.rpartition("/")[0] or ".", RUNNER, name)


def in_folders(sources: Sources) -> Iterator[Named]:
    """Shell scripts that are named for what they do, in the folders where projects keep them."""
    for pattern in ("{scripts,script,bin,dev,ci,hack}/*",):
        for path in sources.files(pattern):
            folder, _, name = path.rpartition("/")
            above, _, parent = folder.rpartition("/")
            stem = re.fullmatch(r"([\w-]+)(?:\.(?:sh|bash))?", name)
            if stem is None or sources.folder_of(sources.component(path)) != (above or "."):
                continue
            text = (sources.text(path) or "") if _SCRIPT_NAMES.search(stem[1].lower()) else ""
            purpose = classify.of_script(stem[1], text) if re.match(r"#!.*sh\b", text) else None
            if purpose:
                rank = RUNNER if _CANONICAL.fullmatch(stem[1].lower()) else DOCUMENT
                yield Named(f"./{parent}/{name}", purpose, path, 1, above or ".", rank, stem[1])


def _known(name: str, body: str) -> Purpose | None:
    if body in _RAKE_PURPOSES:
        return _RAKE_PURPOSES[body]
    return "test" if (name, body) == ("tox", "tox") else None


def _make(text: str) -> Iterator[Found]:
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        match = _TARGET.match(line)
        if match is None or line.startswith("\t"):
            continue
        body = _block(lines, number, ("\t",))
        if not body.strip() and not match[2].split("#")[0].strip():
            continue
        for name in match[1].split():
            yield name, f"make {name}", _plain(body) or _targets(match[2]), number


def _targets(prerequisites: str) -> str:
    return "\n".join(f"make {name}" for name in prerequisites.split("#", maxsplit=1)[0].split())


def _just(text: str) -> Iterator[Found]:
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        match = _RECIPE.match(line)
        if (
            match is None
            or match[1] in ("set", "alias", "export", "import", "mod")
            or _needs_arguments(match[2])
        ):
            continue
        if number > 1 and "[private]" in lines[number - 2]:
            continue
        yield match[1], f"just {match[1]}", _plain(_block(lines, number, (" ", "\t"))), number


def _needs_arguments(parameters: str) -> bool:
    return any("=" not in word and not word.startswith("*") for word in parameters.split())


def _rake(text: str) -> Iterator[Found]:
    run = "bundle exec rake" if "bundler" in text else "rake"
    within: list[tuple[int, str]] = []
    for match in _RAKE.finditer(text):
        indent = len(match["indent"])
        within = [(depth, name) for depth, name in within if depth < indent]
        if match["namespace"]:
            within.append((indent, match["namespace"]))
            continue
        name = (match["task"] or match["named"] or _RAKE_CLASSES[match["made"]]).rstrip(":")
        if name != "default":
            whole = ":".join([*(name for _, name in within), name])
            yield whole, f"{run} {whole}", match["made"] or "", text.count("\n", 0, match.start()) + 1


def _tox_ini(text: str) -> Iterator[Found]:
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if re.match(r"\[(?:tox|tox:tox)\]", line):
            yield "tox", "tox", "tox", number
        match = re.match(r"\[testenv:([\w.-]+)\]", line)
        if match:
            yield match[1], f"tox -e {match[1]}", _commands(_section(lines, number)), number
        elif line.strip() == "[testenv]" and not re.search(r"^\[tox\]", text, re.MULTILINE):
            yield "tox", "tox", "tox", number


def _tox_toml(text: str) -> Iterator[Found]:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"\[(?:tool\.tox\.)?env_run_base\]|env_?list\s*=|\[tool\.tox\]", line):
            yield "tox", "tox", "tox", number
            break
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r"\[(?:tool\.tox\.)?env\.[\"']?([\w.-]+)[\"']?\]", line)
        if match:
            yield match[1], f"tox -e {match[1]}", "", number


def _nox(text: str) -> Iterator[Found]:
    for name, decorators, line in _decorated(text, "session"):
        given = re.search(r"\bname\s*=\s*[\"']([\w.-]+)[\"']", decorators)
        title = given[1] if given else name
        yield title, f"nox -s {title}", "", line


def _invoke(text: str) -> Iterator[Found]:
    if re.search(r"^(?:from|import) invoke\b", text, re.MULTILINE):
        for name, _, line in _decorated(text, "task"):
            yield name, f"invoke {name.replace('_', '-')}", "", line


def _decorated(text: str, decorator: str) -> Iterator[tuple[str, str, int]]:
    """Functions of a Python file with a decorator: name, text of the decorators, line of the first of them."""
    decorators: list[str] = []
    start = 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("@"):
            start = start if decorators else number
            decorators.append(line)
        elif decorators and (match := re.match(r"(?:async )?def (\w+)", line)):
            whole = "\n".join(decorators)
            if re.search(rf"^@(?:\w+\.)?{decorator}\b", whole, re.MULTILINE):
                yield match[1], whole, start
            decorators = []
        elif decorators and len(decorators) < _MAX_DECORATOR_LINES:
            decorators.append(line)
        else:
            decorators = []


def _section(lines: list[str], start: int) -> str:
    end = next((index for index in range(start, len(lines)) if lines[index].startswith("[")), len(lines))
    return "\n".join(lines[start:end])


def _commands(section: str) -> str:
    match = re.search(r"^commands\s*=(.*(?:\n[ \t]+.*)*)", section, re.MULTILINE)
    return match[1] if match else ""


def _block(lines: list[str], start: int, indents: tuple[str, ...]) -> str:
    end = start
    while end < len(lines) and (lines[end].startswith(indents) or not lines[end].strip()):
        end += 1
    return "\n".join(lines[start:end])


def _plain(body: str) -> str:
    return "\n".join(line.strip().lstrip("@-+") for line in body.splitlines() if line.strip())


_READERS: tuple[tuple[str, Callable[[str], Iterator[Found]]], ...] = (
    ("{GNUm,M,m}akefile", _make),
    ("{j,J,.j}ustfile", _just),
    ("{R,r}akefile", _rake),
    ("tox.ini", _tox_ini),
    ("setup.cfg", lambda text: _tox_ini(text) if "[tox:tox]" in text else iter(())),
    ("tox.toml", _tox_toml),
    ("pyproject.toml", lambda text: _tox_toml(text) if "[tool.tox" in text else iter(())),
    ("noxfile.py", _nox),
    ("tasks.py", _invoke),
)
