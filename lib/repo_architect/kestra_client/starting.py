"""An execution of the flow started, with inputs that the deployed flow has."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from repo_architect.errors import KestraError, UsageError
from repo_architect.kestra_client.connection import Kestra
from repo_architect.kestra_client.refusals import AbsentError
from repo_architect.kestra_client.settings import FLOW
from repo_architect.kestra_client.views import Execution, execution

SECRET = "SECRET"  # noqa: S105 - the name of a type of Kestra's


def start(
    kestra: Kestra,
    namespace: str,
    inputs: Mapping[str, str],
    *,
    secrets: Mapping[str, str] | None = None,
    flow: str = FLOW,
) -> Execution:
    """Start the flow. `secrets` go into its inputs of type SECRET and are never shown. Raises KestraError, UsageError."""
    declared = declared_inputs(kestra, namespace, flow)
    for name in inputs:
        _check(name, declared)
    given = {
        **inputs,
        **{name: value for name, value in (secrets or {}).items() if declared.get(name) == SECRET},
    }
    with kestra.asked(f"start {flow}"):
        made = kestra.api.executions.create_execution(kestra.tenant, namespace, flow, inputs=given)
        return execution(made)


def declared_inputs(kestra: Kestra, namespace: str, flow: str = FLOW) -> dict[str, str]:
    """The inputs of the flow in Kestra, types by name. Raises KestraError when it is not there."""
    try:
        with kestra.asked(f"read the flow {flow}"):
            source = kestra.api.flows.flow(namespace, flow, kestra.tenant, source=True).source
            told = yaml.safe_load(source or "") or {}
            return {str(one["id"]): str(one.get("type")) for one in told.get("inputs") or ()}
    except AbsentError:
        raise KestraError(
            f"the flow {namespace}.{flow} is not in Kestra",
            fix="put it in place: repo-architect kestra deploy",
        ) from None
    except yaml.YAMLError:
        raise KestraError(
            f"the flow {namespace}.{flow} in Kestra is no YAML", fix="repo-architect kestra deploy"
        ) from None


def _check(name: str, declared: Mapping[str, str]) -> None:
    if declared.get(name) == SECRET:
        raise UsageError(
            f"{name} is a secret, and words of a command can be read by others",
            fix="set GITHUB_TOKEN or GIT_TOKEN in the environment and say --private or --open-pr",
        )
    if name not in declared:
        known = ", ".join(one for one, kind in declared.items() if kind != SECRET)
        raise UsageError(f"the flow has no input {name!r}", fix=f"its inputs are {known}")
