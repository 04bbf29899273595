"""Entry points of Python that are not in pyproject.toml: modules by their name, setup.cfg, setup.py."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.surface.entries.entry import Entry
from repo_architect.analysis.surface.entries.manifests_of import Documents

_KINDS = {"console_scripts": "console_script", "gui_scripts": "gui_script"}
_SCRIPT = re.compile(r"^[ \t]*([\w.-]+)\s*=\s*([\w.]+(?::[\w.]+)?)\s*$")
_QUOTED = re.compile(r"[\"']([\w.-]+)\s*=\s*([\w.]+:[\w.]+)[\"']")
_LISTS = re.compile(r"\b(console_scripts|gui_scripts)[\"']?\s*[:=]\s*[\[(]([^\])]*)[\])]")
_APPLICATION = re.compile(r"^(application|app)\s*(?::[^=]+)?=", re.MULTILINE)


def package_main(_: FileTree, file: SourceFile, __: Documents) -> Iterator[Entry]:
    """`python -m package`."""
    package = file.folder.removeprefix("src/").replace("/", ".")
    yield Entry("module_main", package, file.path, 1, f"python -m {package}")


def manage(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    text = tree.text(file.path) or ""
    if "execute_from_command_line" in text:
        line = text[: text.index("execute_from_command_line")].count("\n") + 1
        yield Entry("manage", "manage.py", file.path, line, f"python {file.path}")


def server_module(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    """wsgi.py and asgi.py, with the line of their application."""
    text = tree.text(file.path) or ""
    found = _APPLICATION.search(text)
    if found is not None:
        module = file.path.removesuffix(".py").replace("/", ".")
        line = text[: found.start()].count("\n") + 1
        yield Entry(file.name.removesuffix(".py"), module, file.path, line, f"{module}:{found.group(1)}")


def setup_cfg(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    section, kind = "", None
    for number, line in enumerate((tree.text(file.path) or "").splitlines(), 1):
        if line.startswith("["):
            section, kind = line.strip("[] \t"), None
        elif section == "options.entry_points" and line[:1].strip():
            kind = _KINDS.get(line.partition("=")[0].strip())
        elif kind is not None and (script := _SCRIPT.match(line)):
            yield Entry(kind, script.group(1), file.path, number, script.group(2))


def setup_py(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    """The quoted `name = module:function` of the lists called `console_scripts` and `gui_scripts`."""
    text = tree.text(file.path) or ""
    for scripts in _LISTS.finditer(text):
        for script in _QUOTED.finditer(text, scripts.start(2), scripts.end(2)):
            line = text.count("\n", 0, script.start()) + 1
            yield Entry(_KINDS[scripts.group(1)], script.group(1), file.path, line, script.group(2))
