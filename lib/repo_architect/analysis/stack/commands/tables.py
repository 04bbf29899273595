"""Scripts that stand as a table in a manifest: package.json, composer.json, deno.json, pyproject.toml, Taskfile, mise.toml."""

from __future__ import annotations

from collections.abc import Iterator

from repo_architect.analysis.located import Located
from repo_architect.analysis.stack.commands import classify
from repo_architect.analysis.stack.commands.named import RUNNER, Named
from repo_architect.analysis.stack.row import table
from repo_architect.analysis.stack.sources import Sources

_LOCKS = {
    "pnpm": ("pnpm-lock.yaml", "pnpm-workspace.yaml"),
    "yarn": ("yarn.lock", ".yarnrc.yml"),
    "bun": ("bun.lock", "bun.lockb"),
    "npm": ("package-lock.json", "npm-shrinkwrap.json"),
}


def in_tables(sources: Sources) -> Iterator[Named]:
    """Commands of every table of scripts that `script_tables.yaml` knows."""
    for row in table("script_tables.yaml")["tables"]:
        for path in sources.files(row["file"]):
            document = sources.document(path)
            if document is None:
                continue
            for script in _scripts(document, tuple(filter(None, row["key"].split(".")))):
                yield from _named(row["run"], script, path, sources)


def _scripts(document: Located, keys: tuple[str, ...]) -> Iterator[tuple[str, str, int]]:
    """Name, body and line of each script; `*` in the keys stands for each name of a table, put before the script's with a colon."""
    if "*" in keys:
        star = keys.index("*")
        for key, below in document.items(*keys[:star]):
            for name, body, line in _scripts(below, keys[star + 1 :]):
                yield (name if key == "default" else f"{key}:{name}"), body, line
        return
    for key, value in document.items(*keys):
        yield str(key), _body(value), key.line


def _body(value: Located) -> str:
    """The text of a script: a text, a list of texts, or a table with one under `cmd`, `cmds`, `shell`, `script`, `run`."""
    if isinstance(value.value, str):
        return value.value
    if isinstance(value.value, dict):
        names = (
            "cmd",
            "cmds",
            "command",
            "commands",
            "shell",
            "script",
            "run",
            "sequence",
            "composite",
            "depends-on",
            "deps",
        )
        called = value.text("task")
        below = [_body(found) for name in names if (found := value.at(name)) is not None]
        return "\n".join([f"task {called}", *below] if called else below)
    return "\n".join(_body(element) for element in value.elements())


def _named(run: str, script: tuple[str, str, int], path: str, sources: Sources) -> Iterator[Named]:
    name, body, line = script
    purpose = classify.of_script(name, body)
    if purpose is None or "{{" in name or " " in name:
        return
    directory = path.rpartition("/")[0] or "."
    command = run.format(name=name, manager=node_manager(path, sources))
    yield Named(command, purpose, path, line, directory, RUNNER, name)


def node_manager(path: str, sources: Sources) -> str:
    """The manager that runs the scripts of a package.json: by the nearest lock file or `packageManager`, else npm."""
    folder = path.rpartition("/")[0]
    while True:
        prefix = f"{folder}/" if folder else ""
        document = (
            sources.document(f"{prefix}package.json") if f"{prefix}package.json" in sources.tree else None
        )
        pinned = (document.text("packageManager") or "").partition("@")[0] if document else ""
        if pinned in _LOCKS:
            return pinned
        for manager, names in _LOCKS.items():
            if any(f"{prefix}{name}" in sources.tree for name in names):
                return manager
        if not folder:
            return "npm"
        folder = folder.rpartition("/")[0]
