"""Entry points of containers: the last CMD and ENTRYPOINT of an image, the command of a service."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator

from repo_architect.analysis import located
from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.located import Located, Malformed
from repo_architect.analysis.surface.entries.entry import Entry
from repo_architect.analysis.surface.entries.manifests_of import Documents

_IMAGE = re.compile(r"^(?:Docker|Container)file(?:\..+)?$|\.[Dd]ockerfile$")
_COMPOSE = re.compile(r"^(?:docker-)?compose[\w.-]*\.ya?ml$")
_IDLE = re.compile(r"(?:/(?:usr/)?bin/)?(?:true|sleep\s+(?:infinity|\d+)|tail\s+-[fF]\s+/dev/null)\s*$")
"""Commands that only keep a container there."""
_INSTRUCTION = re.compile(r"^[ \t]*(FROM|CMD|ENTRYPOINT)\s+(.*)$", re.IGNORECASE)


def reader_of(name: str) -> Callable[[FileTree, SourceFile, Documents], Iterable[Entry]] | None:
    """The reader of a file by its name."""
    if _IMAGE.search(name):
        return image
    return compose if _COMPOSE.match(name) else None


def image(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    """CMD and ENTRYPOINT of the final stage; an earlier one of the same stage is overridden."""
    last: dict[str, tuple[int, str]] = {}
    for number, line in _logical_lines(tree.text(file.path) or ""):
        instruction = _INSTRUCTION.match(line)
        if instruction is None:
            continue
        word, rest = instruction.group(1).upper(), instruction.group(2).strip()
        if word == "FROM":
            last = {}
        else:
            last[word] = (number, _command(rest))
    for word, (number, command) in last.items():
        if _IDLE.match(command):
            continue
        kind = "container_command" if word == "CMD" else "container_entrypoint"
        yield Entry(kind, file.folder if file.folder != "." else file.name, file.path, number, command)


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their continuations joined, numbered by their first."""
    start, parts = 0, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if parts and line.lstrip().startswith("#"):
            continue
        start = start if parts else number
        if line.rstrip().endswith("\\"):
            parts.append(line.rstrip()[:-1])
            continue
        yield start, " ".join([*parts, line])
        parts = []
    if parts:
        yield start, " ".join(parts)


def _command(text: str) -> str:
    """A command as a shell would have it; the exec form's list is joined."""
    if text.startswith("["):
        try:
            parts = json.loads(text)
        except ValueError:
            return text
        if isinstance(parts, list):
            return " ".join(str(part) for part in parts)
    return " ".join(text.split())


def compose(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    text = tree.text(file.path)
    try:
        document = located.yaml(text) if text is not None else None
    except Malformed:
        tree.notes.skip("malformed", "entry points not read", file.path)
        return
    for name, service in document.items("services") if document is not None else ():
        for field in ("entrypoint", "command"):
            value = service.at(field)
            command = _joined(value) if value is not None else None
            if value is not None and command and not _IDLE.match(command):
                yield Entry("compose_command", str(name), file.path, value.line, command)


def _joined(value: Located) -> str | None:
    if isinstance(value.value, list):
        return " ".join(str(part.plain()) for part in value.value)
    return value.text()
