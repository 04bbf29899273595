"""A repository made of texts, and its import graph."""

from collections.abc import Callable
from pathlib import Path

import pytest

from repo_architect.analysis import modules
from repo_architect.analysis.files import FileTree, Verdict, read_tree
from repo_architect.analysis.limits import Limits, Notes
from repo_architect.analysis.syntax import scan
from repo_architect.contracts.modules import Modules

LANGUAGES = {
    "py": "Python", "pyi": "Python", "ts": "TypeScript", "mts": "TypeScript", "cts": "TypeScript", "tsx": "TSX",
    "js": "JavaScript", "mjs": "JavaScript", "cjs": "JavaScript", "jsx": "JavaScript", "vue": "Vue", "svelte": "Svelte",
    "astro": "Astro", "go": "Go", "rs": "Rust", "java": "Java", "kt": "Kotlin", "cs": "C#", "rb": "Ruby", "php": "PHP",
    "c": "C", "h": "C", "cc": "C++", "cpp": "C++", "hpp": "C++",
}  # fmt: skip

Files = dict[str, str]


@pytest.fixture
def make_tree(tmp_path: Path) -> Callable[[Files], FileTree]:
    def make(files: Files) -> FileTree:
        for path, text in files.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        tree = read_tree(tmp_path, Limits(), Notes())
        for file in tree.files:
            language = LANGUAGES.get(file.name.rpartition(".")[2])
            if language:
                tree.verdicts[file.path] = Verdict(language)
        return tree

    return make


@pytest.fixture
def graph_of(make_tree: Callable[[Files], FileTree]) -> Callable[[Files], Modules]:
    def graph(files: Files) -> Modules:
        tree = make_tree(files)
        imports = modules.Imports()
        scan(tree, [imports])
        return modules.graph(tree, imports)

    return graph


@pytest.fixture
def edges_of(graph_of: Callable[[Files], Modules]) -> Callable[[Files], set[str]]:
    """Edges as `source > target kind lines`."""

    def edges(files: Files) -> set[str]:
        return {
            f"{edge.source} > {edge.target} {edge.kind} {','.join(map(str, edge.lines))}"
            for edge in graph_of(files).imports()
        }

    return edges
