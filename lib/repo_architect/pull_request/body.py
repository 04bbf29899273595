"""Title and body of the pull request: small, with a table of what was found, where, and which step that became."""

from __future__ import annotations

import hashlib
import re

from repo_architect.contracts import CiPlan, Evidence
from repo_architect.pull_request.files import Planned
from repo_architect.pull_request.markdown import code, links, plain, table

_MOST_ROWS = 40
_MOST_CHARACTERS = 60_000  # GitHub takes 65,536
_USES = re.compile(r"^[ \t]*(?:- )?uses:\s*(\S+)", re.MULTILINE)
_PINNED = re.compile(r"@[0-9a-f]{40}$|^\./")
_MARKER = re.compile(r"\n*<!-- repo-architect:([0-9a-f]{16}) -->\s*\Z")


def title(planned: tuple[Planned, ...]) -> str:
    """What the pull request does, in a line."""
    names = {file.artifact for file in planned}
    if "ci-generated.yml" not in names:
        return "Document the architecture"
    return "Document the architecture and add CI" if len(names) > 1 else "Add CI"


def body(planned: tuple[Planned, ...], plan: CiPlan | None, blobs: str, notes: tuple[str, ...]) -> str:
    """The body in Markdown, signed with a hash, so that a later run can tell whether somebody edited it.

    `blobs` is where the files of the analysed commit are shown, ending with a slash.
    """
    workflow = next((file.content.decode() for file in planned if file.artifact == "ci-generated.yml"), "")
    with_ci = bool(workflow)
    lines = ["This adds what an analysis of the repository found, and touches nothing else:", ""]
    lines += table(("File", "What it is"), [(code(file.path), file.purpose) for file in planned])
    lines += [f"\n> [!NOTE]\n> {note}" for note in notes]
    if plan and with_ci:
        lines += [
            "",
            "### Why the CI has these steps",
            "",
            *_steps(plan, blobs),
            *_gaps(plan, blobs),
            "",
            *_rights(plan, workflow),
        ]
    lines += ["", "### How to turn it off", "", *_turn_off(with_ci)]
    return sign("\n".join(lines)[:_MOST_CHARACTERS])


def sign(text: str) -> str:
    """`text` with its hash in a comment at the end."""
    return f"{text}\n\n<!-- repo-architect:{_hash(text)} -->\n"


def edited(text: str) -> bool:
    """Whether a body that a run wrote was changed by somebody since, or was never signed."""
    text = text.replace("\r\n", "\n")
    found = _MARKER.search(text)
    return found is None or found[1] != _hash(text[: found.start()])


def _hash(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]


def _steps(plan: CiPlan, blobs: str) -> list[str]:
    """A row for each fact with evidence, and what it became; what rests on no file is said to."""
    became: dict[tuple[str, tuple[Evidence, ...]], list[str]] = {}
    for reason, evidence, what in (*_of_steps(plan), *_of_decisions(plan)):
        choices = became.setdefault((reason, evidence), [])
        choices += [] if what in choices else [what]
    rows = [
        (plain(reason), links(evidence, blobs), ", ".join(choices))
        for (reason, evidence), choices in became.items()
        if evidence
    ]
    defaults = [choice for (_, evidence), choices in became.items() if not evidence for choice in choices]
    lines = table(("Detected", "Where", "Step or choice"), rows[:_MOST_ROWS])
    if len(rows) > _MOST_ROWS:
        lines += ["", f"{len(rows) - _MOST_ROWS} more rows are in `ci_plan.json`."]
    return [*lines, "", f"The same for every repository: {', '.join(defaults[:10])}."] if defaults else lines


Row = tuple[str, tuple[Evidence, ...], str]


def _of_steps(plan: CiPlan) -> list[Row]:
    return [
        (step.reason, step.evidence, code(step.run or step.uses or step.name))
        for job in plan.jobs
        for step in job.steps
    ]


def _of_decisions(plan: CiPlan) -> list[Row]:
    return [
        (choice.reason, choice.evidence, plain(choice.choice)) for choice in plan.decisions if choice.evidence
    ]


def _gaps(plan: CiPlan, blobs: str) -> list[str]:
    lines = [f"- lacking so far: {plain(gap)}" for gap in plan.missing[:10]]
    lines += [f"- there already and left as it is: {links(plan.existing, blobs, 5)}"] if plan.existing else []
    lines += [f"- not run: {plain(gap.subject)}: {plain(gap.reason)}" for gap in plan.not_covered[:10]]
    return ["", "### What it covers and what not", "", *lines] if lines else []


def _rights(plan: CiPlan, workflow: str) -> list[str]:
    rights = ", ".join(code(f"{name}: {right}") for name, right in plan.permissions.items()) or "none"
    used = _USES.findall(workflow)
    pinned = " Every action is pinned to a commit." if used and all(map(_PINNED.search, used)) else ""
    return [f"The workflow's permissions: {rights}.{pinned} It was not run before this was opened."]


def _turn_off(with_ci: bool) -> list[str]:
    lines = ["- Close this without merging: no run opens it again on this branch."]
    if with_ci:
        lines.append("- The workflow alone: delete its file, or disable it under Actions.")
    lines.append(
        "- A pull request that was opened with the `GITHUB_TOKEN` of a workflow starts no workflows;"
        " close and reopen it to have its checks run."
    )
    return lines
