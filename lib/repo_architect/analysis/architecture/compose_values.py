"""What a service of a compose file is run with: files it is given, ports of the host, words of its command, pairs of names and texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.architecture.compose_files import ComposeFile
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.located import Located
from repo_architect.contracts import Evidence

_HOST_PORT = re.compile(r"^(?:[\d.]+:)?(\d+):\d+(?:/\w+)?$")
_HERE = re.compile(r"^\$(?:PWD|\{PWD\})(?=/|$)")
_WORD = re.compile(r"[^\s\"'`;|&<>()]+")


def mounts(file: ComposeFile, value: Located) -> Iterator[str]:
    """What of the repository a service gets as volumes."""
    for entry in value.elements("volumes"):
        plain = entry.value if isinstance(entry.value, str) else ""
        source = _HERE.sub(".", entry.text("source") or plain.partition(":")[0])
        path = file.beside(file.variables.fill(source)) if source.startswith(".") else ""
        if path and not path.startswith(".."):
            yield path


def works_in(file: ComposeFile, value: Located) -> str | None:
    """The folder of the repository that a service works in, where one is mounted around that."""
    inside = value.text("working_dir")
    for entry in value.elements("volumes") if inside else ():
        source, _, target = str(entry.value if isinstance(entry.value, str) else "").partition(":")
        target = target.partition(":")[0].rstrip("/")
        if inside and source.startswith(".") and target and f"{inside}/".startswith(f"{target}/"):
            found = file.beside(source + inside.removeprefix(target))
            if any(other.path.startswith(f"{found}/") for other in file.tree.files):
                return found
    return None


def host_ports(file: ComposeFile, value: Located) -> Iterator[tuple[str, Evidence]]:
    """`8080:80` leads from 8080 of the host."""
    for entry in value.elements("ports"):
        published = entry.written("published")
        match = None if published else _HOST_PORT.match(file.variables.fill(str(entry.value)))
        port = match[1] if match else published
        if port and port.isdigit():
            yield port, Evidence(path=file.path, line=entry.line)


def command(file: ComposeFile, value: Located) -> Iterator[Setting]:
    """The words of what a service runs: addresses stand there too."""
    for key in ("command", "entrypoint"):
        whole = value.at(key)
        parts = [whole] if whole is not None and isinstance(whole.value, str) else value.elements(key)
        for part in parts:
            yield from words(file.variables.fill(str(part.value)), file.path, part.line)


def words(text: str, path: str, line: int) -> Iterator[Setting]:
    """The words of a command; `--flag=value` is its value."""
    for word in _WORD.findall(text[:2000]):
        yield Setting("command", word.rpartition("=")[2] if word.startswith("-") else word, path, line)


def pairs(value: Located, *key: str) -> Iterator[tuple[str, str, int]]:
    """Names, texts and lines of a map, or of a list of `name=text`."""
    for name, inner in value.items(*key):
        yield str(name), "" if inner.value is None else str(inner.value), name.line or inner.line
    for inner in value.elements(*key):
        word, _, text = str(inner.value).partition("=")
        yield word, text, inner.line
