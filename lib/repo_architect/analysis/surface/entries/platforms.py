"""Entry points that platforms are told of: Heroku, serverless, App Engine, Workers, Fly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis import located
from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.located import Located, Malformed
from repo_architect.analysis.surface.entries.entry import Entry
from repo_architect.analysis.surface.entries.manifests_of import Documents

_PROCESS = re.compile(r"^([A-Za-z0-9_-]+):\s*(\S.*)$")


def procfile(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    for number, line in enumerate((tree.text(file.path) or "").splitlines(), 1):
        process = _PROCESS.match(line)
        if process is not None:
            yield Entry("procfile", process.group(1), file.path, number, process.group(2).strip())


def serverless(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    document = _document(tree, file.path)
    for name, function in document.items("functions") if document is not None else ():
        handler = function.at("handler")
        if handler is not None and isinstance(handler.value, str):
            yield Entry("serverless_handler", str(name), file.path, handler.line, handler.value)


def sam(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    """Functions of AWS SAM and CloudFormation."""
    document = _document(tree, file.path)
    for name, resource in document.items("Resources") if document is not None else ():
        handler = resource.at("Properties", "Handler")
        if handler is not None and isinstance(handler.value, str):
            yield Entry("serverless_handler", str(name), file.path, handler.line, handler.value)


def app_engine(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    document = _document(tree, file.path)
    runtime = document.text("runtime") if document is not None else None
    if document is None or runtime is None:
        return
    entry = document.at("entrypoint")
    if entry is not None and isinstance(entry.value, str):
        yield Entry("app_engine", document.text("service") or "default", file.path, entry.line, entry.value)
    for handler in document.elements("handlers"):
        script = handler.at("script")
        if script is not None and isinstance(script.value, str) and script.value != "auto":
            yield Entry("app_engine", handler.text("url") or "/", file.path, script.line, script.value)


def fly(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    document = _document(tree, file.path)
    for name, command in document.items("processes") if document is not None else ():
        yield Entry("process", str(name), file.path, name.line, command.text())


def wrangler(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    document = _document(tree, file.path)
    main = document.at("main") if document is not None else None
    if document is not None and main is not None and isinstance(main.value, str):
        yield Entry("worker", document.text("name") or "worker", file.path, main.line, main.value)


def _document(tree: FileTree, path: str) -> Located | None:
    text = tree.text(path)
    reader = {"toml": located.toml, "json": located.jsonc, "jsonc": located.jsonc}.get(
        path.rpartition(".")[2], located.yaml
    )
    try:
        return reader(text) if text is not None else None
    except Malformed:
        tree.notes.skip("malformed", "entry points not read", path)
        return None
