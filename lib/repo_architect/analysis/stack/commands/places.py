"""Commands that stand in prose and pipelines: steps of the CI, and shell blocks of the README and its like."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from repo_architect.analysis.stack.commands import classify, runnable
from repo_architect.analysis.stack.commands.named import DOCUMENT, WORKFLOW, Named
from repo_architect.analysis.stack.sources import Sources
from repo_architect.analysis.stack.workflows.expressions import Scope, matrix_of, table_of
from repo_architect.contracts.repo_shape import Workflow

_DOCUMENTS = "{README,Readme,readme,CONTRIBUTING,Contributing,contributing,DEVELOPMENT,DEVELOPING,HACKING,BUILDING,INSTALL}{.md,.markdown,.rst,.txt,}"
_FENCE = re.compile(r"^[ \t]*(```+|~~~+)[ \t]*(\w*)[^\n]*$")
_DIRECTIVE = re.compile(r"^([ \t]*)\.\. (?:code-block|code|sourcecode)::[ \t]*([\w-]*)[ \t]*$")
_SHELLS = frozenset(
    {"", "sh", "bash", "shell", "console", "zsh", "terminal", "text", "shellsession", "cmd", "powershell"}
)
_MAX_LENGTH = 300
_MAX_WAYS = 3


def in_workflows(sources: Sources, workflows: tuple[Workflow, ...]) -> Iterator[Named]:
    """The lines of the steps whose purpose is clear, where the working folder is known."""
    for workflow in workflows:
        for job in workflow.jobs:
            for step in job.steps:
                if step.run:
                    folder, scope = _setting(sources, workflow.path, job.line, step.line)
                    yield from _lines(step.run, Place(workflow.path, step.line, folder), scope, sources)


@dataclass(frozen=True, slots=True)
class Place:
    """A step's file, line and working folder (None: not known)."""

    path: str
    line: int
    folder: str | None


def _lines(run: str, place: Place, scope: Scope, sources: Sources) -> Iterator[Named]:
    block = _offset(sources, place.path, place.line)
    folder = place.folder
    for offset, whole in _joined(run):
        moved = re.match(r"(?:cd|pushd)\s+(\S+)\s*(?:&&\s*(.*))?$", whole)
        folder = _below(folder, moved[1]) if moved else folder
        if folder not in sources.folders:
            continue
        for text in _resolved((moved[2] or "") if moved else whole, scope):
            purpose = classify.of_text(text) if len(text) <= _MAX_LENGTH else None
            if purpose and runnable.is_here(text, folder, sources):
                yield Named(text, purpose, place.path, place.line + block + offset, folder, WORKFLOW)


def _resolved(text: str, scope: Scope) -> tuple[str, ...]:
    """The text with what the file alone tells put in; nothing where only a run can tell, or there are many ways."""
    if "${{" not in text:
        return (text,) if text else ()
    values = scope.values(text)
    return (
        tuple(re.sub(r"(?<=\S) +", " ", value.strip()) for value in values)
        if len(values) <= _MAX_WAYS
        else ()
    )


def _offset(sources: Sources, path: str, line: int) -> int:
    """How far below its key the first line of a block text stands."""
    lines = (sources.text(path) or "").splitlines()
    written = lines[line - 1].strip() if line <= len(lines) else ""
    return 1 if re.search(r"[|>][-+\d]*\s*(?:#.*)?$", written) else 0


def _joined(run: str) -> Iterator[tuple[int, str]]:
    """Lines of a script with their offsets; continued lines as one, comments dropped."""
    pending, first = "", 0
    for offset, line in enumerate(run.splitlines()):
        text = line.strip()
        if not pending:
            first = offset
        if text.endswith("\\"):
            pending += text[:-1].rstrip() + " "
            continue
        whole = (pending + text).strip()
        pending = ""
        if whole and not whole.startswith("#"):
            yield first, whole


def _setting(sources: Sources, path: str, job_line: int, step_line: int) -> tuple[str | None, Scope]:
    """The working folder of a step (None where an expression names it) and what names stand for there."""
    document = sources.document(path) if path.endswith((".yml", ".yaml")) else None
    if document is None:
        return ".", Scope()
    found = document.written("defaults", "run", "working-directory")
    scope = Scope(env=table_of(document, "env"))
    for key, job in document.items("jobs"):
        if key.line == job_line:
            found = job.written("defaults", "run", "working-directory") or found
            scope = Scope(matrix=matrix_of(job), env=scope.env | table_of(job, "env"))
            for step in job.elements("steps"):
                if step.key_line("run") == step_line:
                    found = step.written("working-directory") or found
    return (_below(".", found) if found else "."), scope


def _below(folder: str | None, name: str) -> str | None:
    """A folder within the repository, None for one that is not known or lies outside."""
    name = name.strip("\"'")
    if folder is None or re.search(r"[$*~`{}]", name) or name.startswith("/"):
        return None
    joined = posixpath.normpath(posixpath.join(folder, name))
    return None if joined.startswith("..") else joined


def in_documents(sources: Sources) -> Iterator[Named]:
    """The lines of shell blocks whose purpose is clear."""
    for path in sources.files(_DOCUMENTS):
        folder = path.rpartition("/")[0] or "."
        if folder != "." and sources.folder_of(sources.component(path)) != folder:
            continue
        text = sources.text(path) or ""
        here: str | None = folder
        cloned = elsewhere = False
        for number, line in _whole(_shell_lines(text)):
            elsewhere = (elsewhere or runnable.begins_another(line)) and not re.match(r"git clone\b", line)
            cloned = cloned or bool(re.match(r"(?:git|gh repo) clone\b", line))
            if re.match(r"cd\s", line) and cloned:
                here, cloned = ".", False
            elif re.match(r"cd\s", line):
                moved = _below(here, line[2:].strip())
                here = moved if moved in sources.folders else here
                continue
            purpose = classify.of_text(line)
            if elsewhere or purpose is None or len(line) > _MAX_LENGTH or here not in sources.folders:
                continue
            if runnable.is_here(line, here or ".", sources, typed=True):
                yield Named(line, purpose, path, number, here, DOCUMENT)


def _shell_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines of shell blocks with their numbers, without prompts and comments: fenced ones, and reStructuredText's."""
    fence: str | None = None
    shell = False
    directive: int | None = None
    for number, line in enumerate(text.splitlines(), 1):
        match = _FENCE.match(line)
        if match and (fence is None or match[1].startswith(fence)):
            shell = match[2].lower() in _SHELLS
            fence = match[1] if fence is None else None
            continue
        started = _DIRECTIVE.match(line)
        if started:
            directive = len(started[1]) if started[2].lower() in _SHELLS else None
            continue
        if directive is not None and line.strip() and len(line) - len(line.lstrip()) <= directive:
            directive = None
        if (fence is not None and shell) or directive is not None:
            yield number, _typed(line)


def _whole(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Continued lines as one, with the number of the first."""
    pending, first = "", 0
    for number, line in lines:
        first = first if pending else number
        if line.endswith("\\"):
            pending += line[:-1].rstrip() + " "
            continue
        yield first, pending + line
        pending = ""


def _typed(line: str) -> str:
    return re.split(r"\s+#\s", line.strip().removeprefix("$ ").removeprefix("> "))[0].strip()
