"""Names of groups of files, all from the repository: a component's name, or the end of a path that tells it apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from repo_architect.contracts import RepoShape
from repo_architect.diagram.partition import CLUSTER, Parts, path_of
from repo_architect.diagram.rollup import OWN, REST

MOST = 0.8
"""A group that holds this share of a component's files goes by the component's name."""
SHORT = 26
"""A path of so few characters is shown from where the paths part; of a longer one, the end that tells it apart."""
LANGUAGES = frozenset({"java", "kotlin", "scala", "groovy", "clojure", "kotlinmultiplatform"})
"""Folders below `src/NAME/` that hold packages, as Maven and Gradle lay them out."""


def names(parts: Parts, shape: RepoShape) -> dict[str, str]:
    """A name for each group, no two alike."""
    given = _given(parts, shape)
    whole = {key: _shown_path(key, files) for key, files in parts.items()}
    paths = _without_layout(whole)
    common = _common_folders(list(paths.values()))
    found = {
        key: _name(key, files, given, shape) or _short(paths[key], common, paths.values())
        for key, files in parts.items()
    }
    repeated = {name for name, count in Counter(found.values()).items() if count > 1}
    repeated |= {
        name
        for name in found.values()
        if any(path.startswith(f"{name}/") for path in paths.values()) and name not in paths.values()
    }
    found = {key: paths[key] if name in repeated else name for key, name in found.items()}
    again = {name for name, count in Counter(found.values()).items() if count > 1}
    return {key: whole[key] if name in again else name for key, name in found.items()}


def _without_layout(paths: Mapping[str, str]) -> dict[str, str]:
    """The paths without `src/main/java` and the package that all of a module share: of each the module, and where in it."""
    split = {key: _module_and_package(path.split("/")) for key, path in paths.items()}
    inside: dict[str, list[list[str]]] = defaultdict(list)
    for module, package in split.values():
        inside[module].append(package)
    found = {
        key: "/".join(part for part in (module, *package[_shared(inside[module]) :]) if part)
        for key, (module, package) in split.items()
    }
    taken = Counter(found.values())
    return {key: path if path and taken[path] == 1 else paths[key] for key, path in found.items()}


def _shared(packages: list[list[str]]) -> int:
    """How many leading folders all packages of a module have in common: of the only one, all."""
    depth = 0
    while all(len(package) > depth and package[depth] == packages[0][depth] != "*" for package in packages):
        depth += 1
    return depth


def _module_and_package(folders: list[str]) -> tuple[str, list[str]]:
    """What stands before `src/main/LANGUAGE`, and what after it; the whole path where there is no such folder.

    Of `src/NAME/LANGUAGE` the module keeps NAME: it is one of several sets of sources.
    """
    for at in range(len(folders) - 2):
        if folders[at] == "src" and folders[at + 2] in LANGUAGES:
            of_set = [] if folders[at + 1] == "main" else [folders[at + 1]]
            return "/".join([*folders[:at], *of_set]), folders[at + 3 :]
    return "/".join(folders), []


def _given(parts: Parts, shape: RepoShape) -> dict[str, str]:
    """The name of a component by the path of the group that holds most of its files."""
    holders: dict[str, Counter[str]] = defaultdict(Counter)
    # a part that goes by the name of the whole is better told by its folder
    folders = {
        component.path: _plain(component.name, component.path)
        for component in shape.components
        if component.path != "." and component.name.lower() != shape.repository.name.lower()
    }
    for key, files in parts.items():
        for path in files:
            for folder in parents(path):
                if folder in folders:
                    holders[folder][key] += 1
    given: dict[str, str] = {}
    for folder in sorted(holders, key=lambda folder: (-folder.count("/"), folder)):
        key, most = max(holders[folder].items(), key=lambda held: (held[1], held[0]))
        path = path_of(key, parts[key])
        if most >= MOST * holders[folder].total() and f"{path}/".startswith(f"{folder}/"):
            given.setdefault(path, folders[folder])
    return given


def _plain(name: str, folder: str) -> str:
    """A component's name without what it is published under: of `group:artifact` the artifact, for an address of a module its folder."""
    if "/" in name and not name.startswith("@"):
        return folder
    return name.rpartition(":")[2] or name


def parents(path: str) -> list[str]:
    """Every folder that a path is in, the nearest first."""
    found = []
    while "/" in path:
        path = path.rpartition("/")[0]
        found.append(path)
    return found


def _shown_path(key: str, files: list[str]) -> str:
    """The path that a group is named by; `/*` is what stands directly in a folder."""
    path = path_of(key, files)
    return f"{path}/*" if len(files) > 1 and (key.endswith(OWN) or path == ".") else path


def _name(key: str, files: list[str], given: Mapping[str, str], shape: RepoShape) -> str | None:
    """A name that is no path: a component's, the file at the centre of a cluster, the largest of what is left."""
    path = path_of(key, files)
    if len(files) > 1 and key == OWN:
        return shape.repository.name
    if len(files) == 1 or key.endswith(OWN):
        return None
    if CLUSTER in key:
        return f"{key.partition(CLUSTER)[2]} and {len(files) - 1} more"
    if key.endswith(REST):
        return _largest(key.removesuffix(REST), files)
    return given.get(path)


def _largest(folder: str, files: list[str]) -> str:
    """The largest two of what is directly in a folder, or one where two are too long, and how many more there are."""
    start = f"{folder}/" if folder else ""
    below = Counter(path.removeprefix(start).partition("/")[0] for path in files)
    ranked = [name for name, _ in sorted(below.items(), key=lambda item: (-item[1], item[0]))]
    named = 2 if len(", ".join(ranked[:2])) < SHORT - len("and 99 more") else 1
    more = f" and {len(ranked) - named} more" if len(ranked) > named else ""
    return ", ".join(ranked[:named]) + more


def _short(path: str, common: int, others: Iterable[str]) -> str:
    folders = path.split("/")
    from_common = "/".join(folders[common:] or folders[-1:])
    if len(from_common) <= SHORT:
        return from_common
    known = [other.split("/") for other in others if other != path]
    for length in range(2, len(folders)):
        tail = folders[-length:]
        # a bare star says nothing of where it stands
        if not any(other[-length:] == tail for other in known):
            return "/".join(tail)
    return path


def _common_folders(paths: list[str]) -> int:
    """How many leading folders all of the paths share; at least a name is left of each."""
    split = [path.split("/") for path in paths if path != "./*"]
    if len(split) < 2:
        return max((max(0, len(parts) - 1 - (parts[-1] == "*")) for parts in split), default=0)
    depth = 0
    while all(
        len(parts) > depth + 1 and parts[depth + 1] != "*" and parts[depth] == split[0][depth]
        for parts in split
    ):
        depth += 1
    return depth
