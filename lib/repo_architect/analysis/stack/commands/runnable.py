"""Whether a command that a document or pipeline names can run in this repository: what it asks for is there."""

from __future__ import annotations

import posixpath
import re

from repo_architect.analysis.stack.sources import Sources

_REQUIREMENTS = re.compile(r"\bpip3? (?:install|sync)\b.*?(?:\s-r|\s--requirement)[ =]?[\"']?([\w./-]+)")
_SCRIPT = re.compile(
    r"^(?:\S+=\S*\s+)*(?:(?:npm|pnpm|bun) (?:run|run-script)|yarn run|composer (?:run|run-script)) ([\w:.-]+)"
    r"|^(?:\S+=\S*\s+)*(?:npm|pnpm|yarn) (start|test)\b"
)
_ELSEWHERE = re.compile(r"\s(?:-w|-C|-F|--workspace|--filter|--prefix|--dir|--cwd|workspace)\b")
_BEGINS = re.compile(
    r"^(?:sudo )?(?:npm (?:init|create) [\w@]|npm init$|(?:yarn|pnpm|bun) (?:create|init)\b|npx (?:\S+ )*create-|bunx (?:\S+ )*create-|mix (?:phx\.)?new\b|"
    r"rails new\b|cargo (?:new|init)\b|django-admin startproject\b|dotnet new\b|composer create-project\b|go mod init\b|"
    r"(?:uv|poetry|pdm) (?:init|new)\b|flutter create\b|ng new\b|cookiecutter\b)"
)


def begins_another(line: str) -> bool:
    """Whether a line of a document makes a new project: what follows is typed there."""
    return _BEGINS.match(line) is not None


def is_here(command: str, folder: str, sources: Sources, *, typed: bool = False) -> bool:
    """Whether the requirement file or the script that a command names is in `folder`.

    A person types a `typed` command, so there has to be a manifest; a pipeline may have moved.
    """
    listed = _REQUIREMENTS.search(command)
    if listed:
        return posixpath.normpath(posixpath.join(folder, listed[1])) in sources.tree
    script = _SCRIPT.match(command)
    if script is None or _ELSEWHERE.search(command):
        return True
    manifest = "composer.json" if command.lstrip().startswith("composer") else "package.json"
    document = sources.document(posixpath.normpath(posixpath.join(folder, manifest)))
    name = script[1] or script[2]
    if document is None:
        return not typed
    return document.at("scripts", name) is not None or (
        name == "start" and f"{folder}/server.js".removeprefix("./") in sources.tree
    )
