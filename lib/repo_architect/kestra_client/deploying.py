"""Flows and notebooks put in place: what differs is sent, the rest is left alone."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from repo_architect.errors import KestraError
from repo_architect.kestra_client import deployed
from repo_architect.kestra_client.connection import Kestra
from repo_architect.kestra_client.flow_files import Flow
from repo_architect.kestra_client.refusals import AbsentError

Action = Literal["create", "update", "unchanged", "delete"]
LABEL = ("app", "repo-architect-agent")
"""The label that every flow of ours carries; only flows that do are ever deleted."""
_NOTEBOOK = re.compile(r"\d\d_\w+\.ipynb")


@dataclass(frozen=True)
class Change:
    """What is done with one flow or file: `before` and `after` are texts, None where there is none."""

    kind: Literal["flow", "file"]
    name: str
    namespace: str
    before: str | None
    after: str | None
    deployed: str | None = None
    """The hash of what was deployed last, None when that is not known."""

    @property
    def edited(self) -> bool:
        """Whether an update would take the place of something that was not deployed: an edit made in Kestra."""
        return self.action == "update" and deployed.hash_of(self.before or "") != self.deployed

    @property
    def key(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def action(self) -> Action:
        if self.after is None:
            return "delete"
        if self.before is None:
            return "create"
        return "unchanged" if _same(self.before, self.after) else "update"

    def diff(self) -> Iterator[str]:
        """A unified diff, line by line."""
        before, after = (self.before or "").splitlines(), (self.after or "").splitlines()
        return difflib.unified_diff(
            before, after, f"in Kestra: {self.name}", f"here: {self.name}", lineterm="", n=2
        )


def plan(
    kestra: Kestra,
    flows: Iterable[Flow],
    files: Mapping[str, bytes],
    namespace: str,
    *,
    prune: bool = False,
    known: Iterable[str] = (),
) -> list[Change]:
    """What a deployment would do, files first. Nothing is changed. Raises KestraError.

    With `prune` what is ours in the namespace and not wanted goes, but for the flows named in `known`.
    """
    wanted = list(flows)
    record = deployed.read(kestra, namespace)
    changes = [_file(kestra, namespace, path, data) for path, data in sorted(files.items())]
    changes += [_flow(kestra, flow) for flow in wanted]
    if prune:
        changes += _surplus_files(kestra, namespace, set(files)) if files else ()
        changes += _surplus_flows(kestra, namespace, {*known, *(flow.id for flow in wanted)})
    return [replace(change, deployed=record.get(change.key)) for change in changes]


def validate(kestra: Kestra, changes: Iterable[Change]) -> None:
    """Have the server check the flows that would be sent. Raises KestraError with what it says."""
    faults = []
    for change in changes:
        if change.kind == "flow" and change.action in ("create", "update"):
            with kestra.asked(f"validate the flow {change.name}"):
                answers = kestra.api.flows.validate_flows(kestra.tenant, (change.after or "").encode())
            faults += [f"{change.name}: {one.constraints.strip()}" for one in answers if one.constraints]
    if faults:
        raise KestraError(
            kestra.settings.plain("Kestra does not accept: " + "; ".join(faults)),
            fix="nothing was changed; mend the flow, or use the Kestra version of kestra/compose.yml",
        )


def deploy(kestra: Kestra, changes: Iterable[Change], namespace: str) -> Iterator[Change]:
    """Do each change and hand it on; what is in place then is recorded, also when one fails. Raises KestraError."""
    before = deployed.read(kestra, namespace)
    record = dict(before)
    try:
        for change in changes:
            _apply(kestra, change)
            if change.after is None:
                record.pop(change.key, None)
            else:
                record[change.key] = deployed.hash_of(change.after)
            yield change
    finally:
        if record != before:
            deployed.write(kestra, namespace, record)


def refuse_edited(changes: Iterable[Change]) -> None:
    """Raises KestraError when an update would take the place of an edit made in Kestra."""
    edited = [change.key for change in changes if change.edited]
    if edited:
        raise KestraError(
            f"in Kestra these are not as they were deployed: {', '.join(edited)}; nothing was changed",
            fix="see how they differ with --dry-run; then --edited keep leaves them, --edited overwrite replaces them",
        )


def _apply(kestra: Kestra, change: Change) -> None:
    with kestra.asked(f"{change.action} the {change.kind} {change.name}"):
        if change.kind == "file":
            _apply_file(kestra, change)
        elif change.after is None:
            kestra.api.flows.delete_flow(change.namespace, change.name, kestra.tenant)
        elif change.before is None:
            kestra.api.flows.create_flow(kestra.tenant, change.after.encode())
        elif change.action == "update":
            kestra.api.flows.update_flow(change.namespace, change.name, kestra.tenant, change.after.encode())


def _apply_file(kestra: Kestra, change: Change) -> None:
    files, path = kestra.api.files, f"/{change.name}"
    if change.after is None:
        files.delete_file_directory(change.namespace, path, kestra.tenant)
    elif change.action != "unchanged":
        files.create_namespace_file(change.namespace, path, kestra.tenant, change.after.encode())


def _flow(kestra: Kestra, flow: Flow) -> Change:
    before: str | None = None
    try:
        with kestra.asked(f"read the flow {flow.id}"):
            before = kestra.api.flows.flow(flow.namespace, flow.id, kestra.tenant, source=True).source or ""
    except AbsentError:
        pass
    return Change("flow", flow.id, flow.namespace, before, flow.source)


def _file(kestra: Kestra, namespace: str, path: str, data: bytes) -> Change:
    before: str | None = None
    try:
        with kestra.asked(f"read the file {path}"):
            before = kestra.api.files.file_content(namespace, f"/{path}", kestra.tenant).decode(
                errors="replace"
            )
    except AbsentError:
        pass
    return Change("file", path, namespace, before, data.decode())


def _surplus_flows(kestra: Kestra, namespace: str, wanted: set[str]) -> list[Change]:
    with kestra.asked(f"list the flows of {namespace}"):
        there = kestra.api.flows.list_flows_by_namespace(namespace, kestra.tenant)
        ours = sorted(str(flow.id) for flow in there if LABEL in _labels(flow))
    return [Change("flow", name, namespace, "", None) for name in ours if name not in wanted]


def _labels(flow: Any) -> set[tuple[Any, Any]]:
    """The labels of a kestrapy Flow; of an answer that it does not wholly know, as JSON."""
    labels = flow.labels or ()
    if isinstance(labels, dict):
        return set(labels.items())
    pairs = [one if isinstance(one, dict) else one.to_dict() for one in labels]
    return {(one.get("key"), one.get("value")) for one in pairs}


def _surplus_files(kestra: Kestra, namespace: str, wanted: set[str]) -> list[Change]:
    try:
        with kestra.asked(f"list the files of {namespace}"):
            there = kestra.api.files.list_namespace_directory_files(namespace, kestra.tenant, "/notebooks")
    except AbsentError:
        return []
    names = sorted(str(one.file_name) for one in there if _NOTEBOOK.fullmatch(str(one.file_name)))
    return [
        Change("file", f"notebooks/{name}", namespace, "", None)
        for name in names
        if f"notebooks/{name}" not in wanted
    ]


def _same(before: str, after: str) -> bool:
    """Whether two sources are one: Kestra may cut white space around it."""
    return before.strip() == after.strip()
