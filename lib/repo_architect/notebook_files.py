"""The stage notebooks as files: where they are, and which parameters each declares."""

from __future__ import annotations

import ast
import io
import json
import tokenize
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from repo_architect.errors import UsageError
from repo_architect.stages import Stage

_PACKAGE = Path(__file__).parent
RUN_PARAMETERS = frozenset({"run", "runs_dir"})
"""Parameters that say where the run is; they are not part of what a stage was asked for."""


@dataclass(frozen=True)
class Parameter:
    """A variable of the cell tagged `parameters`: its type as written, default and comment."""

    name: str
    type: str
    default: Any
    help: str

    def parse(self, text: str) -> Any:
        """Text from a command line as a value of this type. Raises UsageError."""
        try:
            return _PARSERS[self.type](text)
        except (KeyError, ValueError):
            raise UsageError(
                f"the parameter {self.name} takes {self.type}, not {text!r}", fix=f"{self.name}: {self.help}"
            ) from None


def folder() -> Path:
    """The notebooks: beside the package in a checkout, inside it when installed from a wheel."""
    beside = _PACKAGE.parents[1] / "notebooks"
    return beside if (beside / "01_clone_repo.ipynb").is_file() else _PACKAGE / "_notebooks"


def path(stage: Stage) -> Path:
    return folder() / stage.notebook


def parameters(notebook: Path) -> dict[str, Parameter]:
    """The declared parameters by name, in order."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if "parameters" in cell["metadata"].get("tags", ())]
    return {found.name: found for source in sources for found in _declared(source)}


def defaults(stage: Stage) -> dict[str, Any]:
    """What the stage is asked for when nothing is given: its parameters without those that say where the run is."""
    declared = parameters(path(stage)).values()
    return {found.name: found.default for found in declared if found.name not in RUN_PARAMETERS}


def check_known(stage: Stage, given: Mapping[str, Any]) -> None:
    """Raises UsageError for a parameter that the notebook does not declare: papermill would only warn."""
    declared = parameters(path(stage))
    for name in given:
        if name not in declared:
            raise UsageError(
                f"{stage.notebook} has no parameter {name!r}", fix="it has " + ", ".join(declared)
            )


def _declared(source: str) -> list[Parameter]:
    comments = {
        token.start[0]: token.string.lstrip("# ")
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    return [
        Parameter(
            node.target.id,
            ast.unparse(node.annotation),
            ast.literal_eval(node.value) if node.value else None,
            comments.get(node.end_lineno or node.lineno, ""),
        )
        for node in ast.parse(source).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]


def _boolean(text: str) -> bool:
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}[text.lower()]


_PARSERS: dict[str, Callable[[str], Any]] = {"str": str, "int": int, "float": float, "bool": _boolean}
