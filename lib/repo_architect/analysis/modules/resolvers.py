"""From an importing file and a specifier to the file that is meant, in any language of the table."""

from __future__ import annotations

from functools import cached_property

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.owners import Owners
from repo_architect.analysis.modules.resolve.documents import Documents
from repo_architect.analysis.modules.resolve.javascript import JavaScriptResolver
from repo_architect.analysis.modules.resolve.python import PythonResolver

JAVASCRIPT = frozenset({"JavaScript", "JSX", "TypeScript", "TSX", "Vue", "Svelte", "Astro"})


class Resolvers:
    """The resolvers of a repository, each made when first asked."""

    def __init__(self, tree: FileTree) -> None:
        self._tree = tree
        self._documents = Documents(tree)

    def resolve(self, importing: str, specifier: str, language: str, name: str | None = None) -> str | None:
        """The path of the file that `specifier`, as written in `importing`, leads to; None for what is external.

        With `name`, what is imported from it: a submodule of that name wins over its package.
        """
        if language == "Python":
            return self._python.resolve(importing, specifier, name)
        if language in JAVASCRIPT:
            return self._javascript.resolve(importing, specifier, name)
        return None

    @cached_property
    def _python(self) -> PythonResolver:
        return PythonResolver(self._tree)

    @cached_property
    def _javascript(self) -> JavaScriptResolver:
        return JavaScriptResolver(self._tree, self._documents)


def resolvers(tree: FileTree, manifests: Owners | None = None) -> Resolvers:  # noqa: ARG001
    """Resolvers over the files of a repository."""
    return Resolvers(tree)
