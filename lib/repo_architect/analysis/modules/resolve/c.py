"""C and C++: includes to files, beside the including file or below the nearest folder that holds the path."""

from __future__ import annotations

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.resolve import paths

SUFFIXES = (".h", ".hh", ".hpp", ".hxx", ".h++", ".inc", ".inl", ".ipp", ".tpp", ".c", ".cc", ".cpp", ".cxx", ".def", ".cuh", ".cu")  # fmt: skip
INCLUDE_FOLDERS = frozenset({"include", "inc", "includes", "src", "lib", "source", "."})
STANDARD = frozenset(
    [
        "assert",
        "complex",
        "ctype",
        "errno",
        "fenv",
        "float",
        "inttypes",
        "iso646",
        "limits",
        "locale",
        "math",
        "setjmp",
        "signal",
        "stdalign",
        "stdarg",
        "stdatomic",
        "stdbool",
        "stddef",
        "stdint",
        "stdio",
        "stdlib",
        "stdnoreturn",
        "string",
        "tgmath",
        "threads",
        "time",
        "uchar",
        "wchar",
        "wctype",
        "unistd",
        "pthread",
    ]
)


class IncludeResolver:
    """Finds the file that an `#include` means."""

    def __init__(self, tree: FileTree) -> None:
        self._by_name: dict[str, list[str]] = {}
        for file in tree.files:
            if file.name.endswith(SUFFIXES):
                self._by_name.setdefault(file.name, []).append(file.path)
        self._found: dict[tuple[str, str], str | None] = {}

    def resolve(self, importing: str, specifier: str, name: str | None = None) -> str | None:  # noqa: ARG002
        """The file, None for headers of the system or of other projects. The specifier has its quotes or brackets."""
        key = (paths.parent(importing), specifier)
        if key not in self._found:
            self._found[key] = self._find(*key)
        return self._found[key]

    def _find(self, folder: str, specifier: str) -> str | None:
        written, quoted = specifier[1:-1], specifier.startswith('"')
        candidates = self._by_name.get(written.rpartition("/")[2], [])
        beside = paths.join(folder, written)
        if quoted and beside in candidates:
            return beside
        if not quoted and written.removesuffix(".h") in STANDARD:
            return None
        return self._below(folder, written.removeprefix("./"), candidates, quoted)

    @staticmethod
    def _below(folder: str, written: str, candidates: list[str], quoted: bool) -> str | None:
        """The nearest file whose path ends as written, if a folder that compilers are given can hold it."""
        ends = [path for path in candidates if path == written or path.endswith("/" + written)]
        roots = {path: path[: -len(written)].rstrip("/") or "." for path in ends}
        fit = [
            path
            for path, root in roots.items()
            if quoted or root.rpartition("/")[2] in INCLUDE_FOLDERS or paths.below(folder, root)
        ]
        return min(fit, key=lambda path: (-paths.shared(path, folder), path.count("/"), path), default=None)
