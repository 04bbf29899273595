"""One recipe for each ecosystem: from what was found in a component to the steps of its job."""

from collections.abc import Callable

from repo_architect.ci.draft import Draft
from repo_architect.ci.recipes import dotnet, go, java, node, php, python, ruby, rust

RECIPES: dict[str, Callable[[Draft], None]] = {
    "python": python.plan,
    "node": node.plan,
    "go": go.plan,
    "rust": rust.plan,
    "java": java.plan,
    "dotnet": dotnet.plan,
    "ruby": ruby.plan,
    "php": php.plan,
}
"""Each adds its steps to a draft. A draft that no step tests is left out of the workflow."""

__all__ = ["RECIPES"]
