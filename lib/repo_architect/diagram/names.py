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


def names(parts: Parts, shape: RepoShape) -> dict[str, str]:
    """A name for each group, no two alike."""
    given = _given(parts, shape)
    paths = {key: _shown_path(key, files) for key, files in parts.items()}
    common = _common_folders(list(paths.values()))
    found = {
        key: _name(key, files, given) or _short(paths[key], common, paths.values())
        for key, files in parts.items()
    }
    repeated = {name for name, count in Counter(found.values()).items() if count > 1}
    repeated |= {
        name
        for name in found.values()
        if any(path.startswith(f"{name}/") for path in paths.values()) and name not in paths.values()
    }
    return {key: paths[key] if name in repeated else name for key, name in found.items()}


def _given(parts: Parts, shape: RepoShape) -> dict[str, str]:
    """The name of a component by the path of the group that holds most of its files."""
    holders: dict[str, Counter[str]] = defaultdict(Counter)
    folders = {
        component.path: _plain(component.name, component.path)
        for component in shape.components
        if component.path != "."
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


def _name(key: str, files: list[str], given: Mapping[str, str]) -> str | None:
    """A name that is no path: a component's, the file at the centre of a cluster, the largest of what is left."""
    path = path_of(key, files)
    if len(files) == 1 or key.endswith(OWN):
        return None
    if CLUSTER in key:
        return f"{key.partition(CLUSTER)[2]} and {len(files) - 1} more"
    if key.endswith(REST):
        return _largest(key.removesuffix(REST), files)
    return given.get(path)


def _largest(folder: str, files: list[str]) -> str:
    """The largest two of what is directly in a folder, and how many more there are."""
    start = f"{folder}/" if folder else ""
    below = Counter(path.removeprefix(start).partition("/")[0] for path in files)
    ranked = [name for name, _ in sorted(below.items(), key=lambda item: (-item[1], item[0]))]
    more = f" and {len(ranked) - 2} more" if len(ranked) > 2 else ""
    return ", ".join(ranked[:2]) + more


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
