"""An execution of the flow started, with inputs that the deployed flow has."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from repo_architect.errors import KestraError, UsageError
from repo_architect.kestra_client.connection import Kestra
from repo_architect.kestra_client.refusals import AbsentError
from repo_architect.kestra_client.settings import FLOW
from repo_architect.kestra_client.views import SECRET_INPUTS, Execution, execution


def start(
    kestra: Kestra, namespace: str, inputs: Mapping[str, str], *, token: str = "", flow: str = FLOW
) -> Execution:
    """Start the flow. `token` goes into its SECRET input and is never shown. Raises KestraError, UsageError."""
    declared = declared_inputs(kestra, namespace, flow)
    for name in inputs:
        _check(name, declared)
    given = {name: value for name, value in inputs.items() if name in declared}
    if token:
        given["github_token"] = token
    with kestra.asked(f"start {flow}"):
        made = kestra.api.executions.create_execution(kestra.tenant, namespace, flow, inputs=given)
        return execution(made)


def declared_inputs(kestra: Kestra, namespace: str, flow: str = FLOW) -> list[str]:
    """The names of the inputs of the flow in Kestra. Raises KestraError when it is not there."""
    try:
        with kestra.asked(f"read the flow {flow}"):
            source = kestra.api.flows.flow(namespace, flow, kestra.tenant, source=True).source
            told = yaml.safe_load(source or "") or {}
            return [str(one["id"]) for one in told.get("inputs") or ()]
    except AbsentError:
        raise KestraError(
            f"the flow {namespace}.{flow} is not in Kestra",
            fix="put it in place: repo-architect kestra deploy",
        ) from None
    except yaml.YAMLError:
        raise KestraError(
            f"the flow {namespace}.{flow} in Kestra is no YAML", fix="repo-architect kestra deploy"
        ) from None


def _check(name: str, declared: list[str]) -> None:
    if name in SECRET_INPUTS:
        raise UsageError(
            f"{name} is a secret, and words of a command can be read by others",
            fix="set GITHUB_TOKEN in the environment and say --open-pr",
        )
    if name not in declared:
        known = ", ".join(one for one in declared if one not in SECRET_INPUTS)
        raise UsageError(f"the flow has no input {name!r}", fix=f"its inputs are {known}")
