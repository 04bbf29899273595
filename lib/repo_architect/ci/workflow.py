"""The plan as the text of a GitHub Actions workflow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from repo_architect.ci.tables import pins
from repo_architect.contracts import CiPlan
from repo_architect.contracts.ci_plan import PlannedJob, PlannedStep

_PLAIN = re.compile(r"[A-Za-z_./][A-Za-z0-9_./ ()+-]*")
_RESERVED = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def workflow(plan: CiPlan) -> str:
    """`ci-generated.yml`. Every action is pinned to a commit, every step carries where it comes from."""
    lines = [*_head(plan), "", "jobs:"]
    if not plan.jobs:
        lines = [*_head(plan), "", "jobs:", *_nothing(plan)]
    for job in plan.jobs:
        lines += ["", *_job(job)] if lines[-1] != "jobs:" else _job(job)
    return "\n".join(lines) + "\n"


def _head(plan: CiPlan) -> Iterator[str]:
    yield "# Written by RepoArchitectAgent. Each step says which file and line it rests on; ci_plan.json has the whole plan."
    yield f"name: {scalar(plan.name)}"
    yield ""
    yield "on:"
    yield "  push:"
    if plan.branches:
        yield f"    branches: [{', '.join(scalar(branch) for branch in plan.branches)}]"
    yield "  pull_request:"
    yield ""
    yield "permissions:"
    for name, right in plan.permissions.items():
        yield f"  {name}: {right}"
    yield ""
    yield "concurrency:"
    yield "  group: ${{ github.workflow }}-${{ github.ref }}"
    yield "  cancel-in-progress: ${{ github.event_name == 'pull_request' }}"


def _nothing(plan: CiPlan) -> Iterator[str]:
    reason = (
        "; ".join(decision.reason for decision in plan.not_covered[:3])
        or "nothing that can be built or tested was found"
    )
    yield f"  # {comment(reason)}"
    yield "  nothing-to-test:"
    yield "    name: Nothing to test"
    yield "    runs-on: ubuntu-24.04"
    yield "    timeout-minutes: 1"
    yield "    steps:"
    yield "      - name: Say so"
    yield "        run: echo 'No build and no tests were found in this repository.'"


def _job(job: PlannedJob) -> Iterator[str]:
    yield f"  {job.id}:"
    matrix = {name: values for name, values in job.matrix.items() if values}
    suffix = " ".join(f"${{{{ matrix.{name} }}}}" for name in matrix)
    yield f"    name: {scalar(f'{job.name} {suffix}'.strip())}"
    yield f"    runs-on: {job.runs_on}"
    yield f"    timeout-minutes: {job.timeout_minutes}"
    if matrix:
        yield "    strategy:"
        yield "      fail-fast: false"
        yield "      matrix:"
        for name, values in matrix.items():
            yield f"        {name}: [{', '.join(scalar(value) for value in values)}]"
    yield from _mapping("env", job.env, 4)
    yield "    steps:"
    for step in job.steps:
        yield from _step(step)


def _step(step: PlannedStep) -> Iterator[str]:
    where = ", ".join(str(found) for found in step.evidence[:3])
    yield f"      # {comment(step.reason + (f' ({where})' if where else ''))}"
    yield f"      - name: {scalar(step.name)}"
    if step.condition:
        yield f"        if: {step.condition}"
    if step.uses:
        pin = pins()[step.uses]
        yield f"        uses: {pin.uses} # {pin.version}"
        yield from _mapping("with", step.inputs, 8)
    if step.directory:
        yield f"        working-directory: {scalar(step.directory)}"
    yield from _mapping("env", step.env, 8)
    if step.run:
        if "\n" in step.run:
            yield "        run: |"
            yield from (f"          {line}".rstrip() for line in step.run.splitlines())
        else:
            yield f"        run: {scalar(step.run)}"


def _mapping(key: str, values: Mapping[str, str], indent: int) -> Iterator[str]:
    if values:
        yield f"{' ' * indent}{key}:"
        for name, value in values.items():
            yield f"{' ' * (indent + 2)}{name}: {_input(value)}"


def _input(value: str) -> str:
    return (
        value if value in ("true", "false") or re.fullmatch(r"\$\{\{ [\w.]+ \}\}", value) else scalar(value)
    )


def scalar(text: str) -> str:
    """A YAML scalar: plain where that cannot be read as anything else, else double-quoted."""
    if (
        _PLAIN.fullmatch(text)
        and text.lower() not in _RESERVED
        and not text.endswith(" ")
        and text.strip(".")
    ):
        return text
    if re.fullmatch(r"[A-Za-z0-9 .()]*(\$\{\{ [\w.]+ \}\} ?)+", text) and not text.startswith("$"):
        return text.strip()
    escaped = "".join(
        _ESCAPES.get(char, char) if char.isprintable() or char in _ESCAPES else f"\\U{ord(char):08X}"
        for char in text
    )
    return f'"{escaped}"'


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def comment(text: str) -> str:
    """Text as the rest of a comment: one line, printable, bounded."""
    flat = "".join(char if char.isprintable() else " " for char in text)
    return flat if len(flat) <= 160 else flat[:157] + "..."
