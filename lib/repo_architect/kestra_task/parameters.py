"""The notebooks' parameters as a flow gives them: by environment, checked against what each notebook declares.

`PARAMETER_MAX_FILES=1000` is the parameter `max_files` of the task's own notebook; `PARAMETERS={"generate_ci": {"workflow_name": "Tests"}}`
holds more, by stage, for notebooks that were edited. What is empty was not given.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from repo_architect.errors import UsageError
from repo_architect.notebook_files import RUN_PARAMETERS, Parameter
from repo_architect.notebook_files import parameters as declared_in
from repo_architect.stages import STAGES, Stage
from repo_architect.stages import stage as stage_named

PREFIX = "PARAMETER_"
MORE = "PARAMETERS"
_TYPES: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (int, float), "bool": (bool,)}


def given(stage: Stage, notebooks: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """What the stage is asked for, typed. Raises UsageError; the first stage checks what all of them are given."""
    more = _more(environment.get(MORE, ""))
    if stage.number == 1:
        for other in STAGES:
            _from_mapping(other, notebooks, more.get(other.name, {}))
    return _from_variables(stage, notebooks, environment) | _from_mapping(
        stage, notebooks, more.get(stage.name, {})
    )


def _from_variables(stage: Stage, notebooks: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    found = {}
    for variable in sorted(environment):
        if variable.startswith(PREFIX) and environment[variable] != "":
            name = variable.removeprefix(PREFIX).lower()
            found[name] = _declared(stage, notebooks, name).parse(environment[variable])
    return found


def _from_mapping(stage: Stage, notebooks: Path, values: Any) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise UsageError(f"the parameters of {stage.name} are no mapping", fix=_EXAMPLE)
    return {name: _typed(_declared(stage, notebooks, name), value) for name, value in values.items()}


def _more(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError as error:
        raise UsageError(f"the parameters are no JSON: {error}", fix=_EXAMPLE) from None
    if not isinstance(found, dict):
        raise UsageError("the parameters are no mapping of stages", fix=_EXAMPLE)
    return {stage_named(name).name: values for name, values in found.items()}


def _declared(stage: Stage, notebooks: Path, name: str) -> Parameter:
    known = declared_in(notebooks / stage.notebook)
    if name not in known or name in RUN_PARAMETERS:
        names = ", ".join(each for each in known if each not in RUN_PARAMETERS)
        raise UsageError(f"{stage.notebook} has no parameter {name!r}", fix=f"it has {names or 'none'}")
    return known[name]


def _typed(parameter: Parameter, value: Any) -> Any:
    if isinstance(value, str):
        return parameter.parse(value)
    types = _TYPES.get(parameter.type, ())
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise UsageError(
            f"the parameter {parameter.name} takes {parameter.type}, not {value!r}",
            fix=f"{parameter.name}: {parameter.help}",
        )
    return value


_EXAMPLE = 'write {"generate_ci": {"workflow_name": "Tests"}}'
