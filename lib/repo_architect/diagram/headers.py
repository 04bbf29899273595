"""Headers of C and its kin stand beside the source of the same name, wherever the repository keeps them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

_HEADERS = ("h", "hh", "hpp", "hxx")
_SOURCES = ("c", "cc", "cpp", "cxx", "m", "mm")


def places(paths: Iterable[str]) -> dict[str, str]:
    """For each file the path to group it by: that of a header is in the folder of the one source with its name."""
    known = sorted(paths)
    sources: dict[str, list[str]] = defaultdict(list)
    for path in known:
        if _extension(path) in _SOURCES:
            sources[stem(path)].append(path)
    found = {path: _place(path, sources) for path in known}
    keeps = _own_headers(found)
    return {path: path if path.rpartition("/")[0] in keeps else place for path, place in found.items()}


def _own_headers(found: dict[str, str]) -> set[str]:
    """Folders most of whose headers have no source elsewhere: they are parts of their own."""
    headers: Counter[str] = Counter()
    moved: Counter[str] = Counter()
    for path, place in found.items():
        if _extension(path) in _HEADERS:
            headers[path.rpartition("/")[0]] += 1
            moved[path.rpartition("/")[0]] += place != path
    return {folder for folder, count in headers.items() if 2 * moved[folder] < count}


def _place(path: str, sources: dict[str, list[str]]) -> str:
    same = sources.get(stem(path), []) if _extension(path) in _HEADERS else []
    if len(same) != 1:
        return path
    folder, slash, _ = same[0].rpartition("/")
    return folder + slash + path.rpartition("/")[2]


def stem(path: str) -> str:
    """A file's name without its extension, in lower case."""
    return path.rpartition("/")[2].rpartition(".")[0].lower()


def _extension(path: str) -> str:
    return path.rpartition(".")[2].lower()
