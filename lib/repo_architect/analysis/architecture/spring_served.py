"""What a configuration server in the repository has for its applications."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator

from repo_architect.analysis.architecture.graph import normal
from repo_architect.analysis.architecture.spring_application import Application
from repo_architect.analysis.architecture.spring_settings import UNLIKELY_PROFILE, active_settings
from repo_architect.analysis.files import FileTree

_NATIVE = re.compile(r"^spring\.cloud\.config\.server\.native\.search-?locations(\[\d+\])?$", re.IGNORECASE)


def add_served(tree: FileTree, apps: list[Application]) -> None:
    """Give each application what a configuration server in the repository has for it: files with its name, and for all."""
    for folder in _served_folders(tree, apps):
        for file in tree.files:
            name, dot, extension = file.name.rpartition(".")
            if file.folder != folder or extension not in ("yml", "yaml", "properties") or not dot:
                continue
            for app in apps:
                if _is_for(name, app) and file.path not in {setting.path for setting in app.settings}:
                    app.settings.extend(active_settings(tree, file.path))


def _served_folders(tree: FileTree, apps: list[Application]) -> list[str]:
    """Folders with files named after at least two applications, or after one beside an application.yml."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in tree.files:
        name = file.name.rpartition(".")[0]
        if file.name.endswith((".yml", ".yaml", ".properties")) and "/src/test/" not in f"/{file.path}":
            for app in apps:
                if _names(name, app):
                    found[file.folder].add(app.part.name)
    told = {folder for app in apps if app.has("EnableConfigServer") for folder in _native_folders(app)}
    return sorted(
        folder
        for folder, names in {**{folder: set() for folder in told}, **found}.items()
        if len(names) > 1 or f"{folder}/application.yml" in tree or folder in told
    )


def _native_folders(app: Application) -> Iterator[str]:
    """Folders of its own resources that a configuration server is told to serve."""
    for setting in app.settings:
        if _NATIVE.match(setting.key):
            for place in setting.value.split(","):
                scheme, _, path = place.strip().partition(":")
                inner = path.partition("{")[0].strip("/")
                if scheme == "classpath" and inner:
                    yield posixpath.normpath(posixpath.join(app.folder, "src/main/resources", inner))


def _is_for(name: str, app: Application) -> bool:
    serves = any(note.name == "EnableConfigServer" for note in app.annotations)
    for_all = name.partition("-")[0] == "application" and not UNLIKELY_PROFILE.search(name)
    return not serves and (for_all or _names(name, app))


def _names(name: str, app: Application) -> bool:
    aliases = {normal(alias) for alias in app.part.aliases}
    return normal(name) in aliases or (
        normal(name.rpartition("-")[0]) in aliases and not UNLIKELY_PROFILE.search(name)
    )
