"""Variables of compose files: `.env` beside them, else the example of one, and the defaults written in place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.files import FileTree
from repo_architect.contracts import Evidence

_FILES = (
    ".env",
    ".env.example",
    ".env.sample",
    ".env.template",
    ".env.dist",
    "env.example",
    "example.env",
    ".env.docker",
    ".env.prod",
    ".env.production",
)
_VARIABLE = re.compile(r"\$(?:\$|\{(\w+)(?:(:?[-?+])((?:[^{}]|\{[^{}]*\})*))?\}|(\w+))")
_DEPTH = 5


class Variables:
    """What `${NAME}` stands for in the files of a folder."""

    def __init__(self, settings: list[Setting]) -> None:
        self._by_name = {setting.key: setting for setting in settings}

    def get(self, name: str) -> Setting | None:
        return self._by_name.get(name)

    def fill(self, text: str) -> str:
        """The text with variables replaced; one that nothing gives a value stays as it is written."""
        for _ in range(_DEPTH):
            filled = _VARIABLE.sub(self._value, text)[:4000]
            if filled == text:
                break
            text = filled
        return text

    def lines(self, text: str) -> tuple[Evidence, ...]:
        """The lines that give the variables of a text their values."""
        names = [match[1] or match[4] for match in _VARIABLE.finditer(text)]
        found = [self._by_name[name] for name in names if name in self._by_name]
        inner = [line for setting in found if "$" in setting.value for line in self._below(setting)]
        return tuple(dict.fromkeys([setting.evidence for setting in found] + inner))

    def _below(self, setting: Setting) -> Iterator[Evidence]:
        for match in _VARIABLE.finditer(setting.value):
            known = self._by_name.get(match[1] or match[4] or "")
            if known:
                yield known.evidence

    def _value(self, match: re.Match[str]) -> str:
        known = self._by_name.get(match[1] or match[4] or "")
        if known:
            return known.value
        return match[3] if match[2] in (":-", "-") else match[0]


def beside(tree: FileTree, path: str) -> Variables:
    """The variables that a compose file's folder gives it."""
    folder = posixpath.dirname(path)
    for name in _FILES:
        file = posixpath.normpath(posixpath.join(folder, name))
        if file in tree:
            return Variables(list(env_file(tree, file)))
    return Variables([])


def env_file(tree: FileTree, path: str) -> Iterator[Setting]:
    """The assignments of a file such as `.env`."""
    if path not in tree:
        return
    for number, line in enumerate((tree.text(path) or "").splitlines(), 1):
        key, sign, text = line.strip().partition("=")
        if sign and not key.startswith("#"):
            yield Setting(key.removeprefix("export ").strip(), text.strip("\"' "), path, number)
