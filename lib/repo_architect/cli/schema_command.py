"""`repo-architect schema`."""

from __future__ import annotations

import json

import click

from repo_architect.contracts import ARTIFACTS

_BY_NAME = {model.file_name: model for model in ARTIFACTS}


@click.command(name="schema")
@click.argument("artifact", type=click.Choice(list(_BY_NAME)))
def command(artifact: str) -> None:
    """Print the JSON Schema of ARTIFACT."""
    click.echo(json.dumps(_BY_NAME[artifact].model_json_schema(mode="serialization"), indent=2))
