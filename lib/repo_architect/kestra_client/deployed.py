"""What was deployed last, kept beside it as a namespace file: so that an edit made in Kestra is told from an older version."""

from __future__ import annotations

import hashlib
import json

from repo_architect.kestra_client.connection import Kestra
from repo_architect.kestra_client.refusals import AbsentError

PATH = "repo_architect_deployed.json"


def read(kestra: Kestra, namespace: str) -> dict[str, str]:
    """The hash of each flow and file as deployed, by `kind name`; empty when nothing was, or the record is unreadable. Raises KestraError."""
    try:
        with kestra.asked(f"read the file {PATH}"):
            data = kestra.api.files.file_content(namespace, f"/{PATH}", kestra.tenant)
        told = json.loads(data)
    except (AbsentError, ValueError):
        return {}
    return {str(name): str(value) for name, value in told.items()} if isinstance(told, dict) else {}


def write(kestra: Kestra, namespace: str, record: dict[str, str]) -> None:
    """Keep the record. Raises KestraError."""
    data = json.dumps(record, indent=2, sort_keys=True) + "\n"
    with kestra.asked(f"write the file {PATH}"):
        kestra.api.files.create_namespace_file(namespace, f"/{PATH}", kestra.tenant, data.encode())


def hash_of(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()
