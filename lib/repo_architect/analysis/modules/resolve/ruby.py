"""Ruby: required paths by load path, and constants by the names of files (Zeitwerk)."""

from __future__ import annotations

import re
from functools import cached_property

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.resolve import paths

LOAD_FOLDERS = frozenset({"lib", "spec", "test", "app", "features", "."})
RAILS = "config/application.rb"
AUTOLOADED = re.compile(r"(app/[^/]+/(concerns/)?|lib/)(?P<logical>.+)\.rb$")
WORD = re.compile(r"([A-Z]+)(?=[A-Z][a-z])|([a-z\d])(?=[A-Z])")


class RubyResolver:
    """Finds the files that Ruby requires, or loads for a constant."""

    def __init__(self, tree: FileTree) -> None:
        self._by_name: dict[str, list[str]] = {}
        for file in tree.files:
            if file.name.endswith(".rb"):
                self._by_name.setdefault(file.name, []).append(file.path)
        self._logical: dict[str, str] = {}
        applications = {
            path.removesuffix(RAILS).rstrip("/") or "."
            for path in self._by_name.get("application.rb", ())
            if _rails(path)
        }
        self._projects = sorted(
            applications | {file.folder for file in tree.files if file.name.endswith(".gemspec")}
        )

    def resolve(self, importing: str, specifier: str, name: str | None = None) -> str | None:  # noqa: ARG002
        """The file of a required path; one that begins with `./` is relative to the requiring file."""
        folder = paths.parent(importing)
        written = specifier if specifier.endswith(".rb") else f"{specifier}.rb"
        candidates = self._by_name.get(written.rpartition("/")[2], [])
        if specifier.startswith((".", "/")):
            beside = paths.join(folder, written)
            return beside if beside in candidates else None
        ends = [path for path in candidates if path == written or path.endswith("/" + written)]
        fit = [
            path
            for path in ends
            if (path[: -len(written)].rstrip("/") or ".").rpartition("/")[2] in LOAD_FOLDERS
        ]
        return min(fit, key=lambda path: (-paths.shared(path, folder), path.count("/"), path), default=None)

    def constant(self, importing: str, name: str) -> str | None:
        """The file that autoloading reads for a constant (`A.B`), seen from the namespace of the file that names it."""
        project = next(
            (root for root in paths.ancestors(paths.parent(importing)) if root in self._autoloaded), None
        )
        if project is None:
            return None
        own = self._logical.get(importing, "")
        spaces = ["" if space == "." else f"{space}/" for space in [*paths.ancestors(own or "."), "."]]
        whole, logical = underscore(name), self._autoloaded[project]
        return (
            _first(logical, [space + whole for space in spaces])
            or self._of_gems(project, [space + whole for space in spaces])
            or _first(logical, [space + part for space in spaces for part in paths.ancestors(whole)])
        )

    def _of_gems(self, project: str, keys: list[str]) -> str | None:
        """What another gem or engine of the repository, the nearest first, holds by a name within a module."""
        others = sorted(self._autoloaded, key=lambda other: (-paths.shared(other, project), other))
        nested = [key for key in keys if "/" in key]
        found = (_first(self._autoloaded[other], nested) for other in others if other != project)
        return next((path for path in found if path is not None), None)

    @cached_property
    def _autoloaded(self) -> dict[str, dict[str, str]]:
        """Files by the underscored constant that they hold, for each Rails application and gem."""
        found: dict[str, dict[str, str]] = {project: {} for project in self._projects}
        for path in sorted(path for paths_ in self._by_name.values() for path in paths_):
            for project, logical in found.items():
                rest = path if project == "." else path.removeprefix(project + "/")
                held = AUTOLOADED.match(rest) if paths.below(path, project) else None
                if held:
                    logical.setdefault(held["logical"], path)
                    self._logical[path] = held["logical"]
        return found


def _first(logical: dict[str, str], keys: list[str]) -> str | None:
    return next((logical[key] for key in keys if key in logical), None)


def _rails(path: str) -> bool:
    return path == RAILS or path.endswith("/" + RAILS)


def underscore(constant: str) -> str:
    """`Admin.HTTPClient` as `admin/http_client`."""
    return WORD.sub(r"\1\2_", constant.replace(".", "/")).lower()
