"""What a reader should act on, each with what to do, judged from the whole analysis."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from repo_architect.contracts.model import Evidence
from repo_architect.contracts.repo_shape import Alert, RepoShape

_MAX_EVIDENCE = 20
_IN_TESTS = ", in a test or example"
_LEVELS = {"error": 0, "warning": 1, "info": 2}
_LOCKABLE = {
    "npm": ("package.json", "npm, pnpm, Yarn and Bun write one on install"),
    "pypi": ("pyproject.toml", "`uv lock`, `poetry lock` or `pip-compile` writes one"),
    "cargo": ("Cargo.toml", "`cargo generate-lockfile` writes one"),
    "gem": ("Gemfile", "`bundle lock` writes one"),
    "composer": ("composer.json", "`composer update` writes one"),
    "golang": ("go.mod", "`go mod tidy` writes go.sum"),
}
_APPLICATIONS = ("application", "service", "web")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True)
class Lack:
    """Something that a repository should have and has not: a row of the table below."""

    level: Literal["info", "warning", "error"]
    title: str
    detail: str
    fix: str
    holds: Callable[[RepoShape], bool]


@dataclass(frozen=True)
class Places:
    """Places that should be looked at together: a row of the table below. `detail` takes `count` and `kinds`."""

    level: Literal["info", "warning", "error"]
    title: str
    detail: str
    fix: str
    find: Callable[[RepoShape], Sequence[tuple[Evidence, str]]]


def find(shape: RepoShape, more: tuple[Alert, ...] = ()) -> tuple[Alert, ...]:
    """The alerts of an analysis, the gravest first; `more` are those found elsewhere."""
    found = [
        *(_lacking(row) for row in LACKS if row.holds(shape)),
        *(_placed(row, places) for row in PLACES if (places := row.find(shape))),
        *(alert for check in _CHECKS for alert in check(shape)),
        *more,
    ]
    return tuple(sorted(found, key=lambda alert: (_LEVELS[alert.level], alert.title)))


def _lacking(row: Lack) -> Alert:
    return Alert(level=row.level, title=row.title, detail=row.detail, fix=row.fix)


def _placed(row: Places, places: Sequence[tuple[Evidence, str]]) -> Alert:
    kinds = ", ".join(sorted({kind for _, kind in places}))
    count = f"{len(places)} {'place' if len(places) == 1 else 'places'}"
    return Alert(
        level=row.level,
        title=row.title,
        detail=row.detail.format(count=count, kinds=kinds, s="s" if len(places) == 1 else ""),
        fix=row.fix,
        evidence=tuple(place for place, _ in places[:_MAX_EVIDENCE]),
    )


def _has_code(shape: RepoShape) -> bool:
    return bool(shape.languages)


def _has_no_tests(shape: RepoShape) -> bool:
    known = shape.tests or shape.test_tools or any(item.purpose == "test" for item in shape.commands)
    return not known and _has_code(shape)


def _secrets(shape: RepoShape, *, made: bool) -> list[tuple[Evidence, str]]:
    """Those of tests and examples apart: they are most often made for that and open nothing."""
    return [
        (Evidence(path=secret.path, line=secret.line), secret.kind.removesuffix(_IN_TESTS))
        for secret in shape.secrets
        if secret.kind.endswith(_IN_TESTS) is made
    ]


def _unpinned_actions(shape: RepoShape) -> list[tuple[Evidence, str]]:
    return [
        (Evidence(path=workflow.path, line=step.line), step.uses)
        for workflow in shape.workflows
        for job in workflow.jobs
        for step in job.steps
        if step.uses and "@" in step.uses and not step.uses.startswith(("./", "docker://")) and workflow.system.endswith("Actions")
        and not _COMMIT.fullmatch(step.uses.partition("@")[2])
    ]  # fmt: skip


LACKS: tuple[Lack, ...] = (
    Lack("warning", "No licence", "No licence file was found: nobody has the right to use, change or pass on this code.",
         "Add a file LICENSE with the text of the licence you choose (choosealicense.com helps).",
         lambda shape: shape.repository.license is None),
    Lack("warning", "No README", "The root has no README: a reader does not learn what this is or how it is run.",
         "Add README.md: what it is, how it is installed, run and tested.",
         lambda shape: shape.repository.readme is None),
    Lack("warning", "No tests", "No test files were found under the names that the test tools of these languages look for.",
         "Add a first test, and a command that runs it, so that the CI can.", _has_no_tests),
    Lack("info", "No CI", "No configuration of a CI system was found.",
         "Take the workflow that this run wrote, ci-generated.yml, as .github/workflows/ci.yml.",
         lambda shape: not shape.ci_systems and _has_code(shape)),
)  # fmt: skip
PLACES: tuple[Places, ...] = (
    Places("error", "What looks like secrets in the tree", "{count} look{s} like secrets ({kinds}).",
           "Revoke each at its issuer first, then remove it from the tree and from the history.",
           lambda shape: _secrets(shape, made=False)),
    Places("info", "Keys or passwords in tests or examples", "{count} in files of tests or examples ({kinds}).",
           "Make sure that each was made for the tests and opens nothing else.",
           lambda shape: _secrets(shape, made=True)),
    Places("info", "Actions not pinned to a commit", "{count} where a step uses an action by tag or branch, which its owner can move.",
           "Pin each action to a full commit id, with the tag in a comment; Dependabot keeps such pins current.",
           _unpinned_actions),
)  # fmt: skip


def _locks(shape: RepoShape) -> Iterator[Alert]:
    """Applications whose ecosystem has lock files, and no lock in the folder or above it."""
    for component in shape.components:
        ecosystems = {
            item.ecosystem
            for item in shape.dependencies
            if item.component == component.id and item.direct and not item.internal
        }
        for ecosystem in sorted(ecosystems & _LOCKABLE.keys()):
            manifest, how = _LOCKABLE[ecosystem]
            if component.kind not in _APPLICATIONS or _locked(shape, component.path, ecosystem):
                continue
            declared = next(
                item
                for item in shape.dependencies
                if item.component == component.id and item.ecosystem == ecosystem and item.manifest
            )
            yield Alert(
                level="warning",
                title=f"No lock file for {component.name}",
                detail=f"{component.path} is an application with {ecosystem} dependencies and no lock file: two installs can differ.",
                fix=f"Commit a lock file: {how}.",
                evidence=(Evidence(path=declared.manifest or manifest, line=declared.line or 1),),
            )


def _locked(shape: RepoShape, folder: str, ecosystem: str) -> bool:
    if any(
        item.component == folder and item.ecosystem == ecosystem and item.lock for item in shape.dependencies
    ):
        return True
    if ecosystem == "pypi" and _all_pinned(shape, folder):
        return True
    for lock in shape.lock_files:
        parent = lock.path.rpartition("/")[0]
        if lock.ecosystem == ecosystem and (
            not parent or folder == parent or folder.startswith(parent + "/")
        ):
            return True
    return False


def _all_pinned(shape: RepoShape, component: str) -> bool:
    """Whether every runtime requirement is exact, as `pip freeze` writes them."""
    wanted = [
        item
        for item in shape.dependencies
        if item.component == component
        and item.ecosystem == "pypi"
        and item.direct
        and item.scope == "runtime"
    ]
    return bool(wanted) and all((item.requirement or "").startswith("==") for item in wanted)


def _two_locks(shape: RepoShape) -> Iterator[Alert]:
    """Locks of several managers beside each other: one of them is out of date."""
    by_folder: dict[tuple[str, str], list[str]] = {}
    for lock in shape.lock_files:
        if lock.ecosystem in ("npm", "pypi") and not lock.path.endswith(".txt"):
            by_folder.setdefault((lock.path.rpartition("/")[0], lock.ecosystem), []).append(lock.path)
    for (folder, _), paths in sorted(by_folder.items()):
        names = sorted({path.rpartition("/")[2] for path in paths})
        if len(names) > 1:
            yield Alert(
                level="warning",
                title=f"Lock files of several package managers in {folder or 'the root'}",
                detail=f"{', '.join(names)} stand side by side; only one of them can be what is installed.",
                fix="Keep the lock of the manager you use and delete the others.",
                evidence=tuple(Evidence(path=path) for path in sorted(paths)),
            )


def _stale_locks(shape: RepoShape) -> Iterator[Alert]:
    """Declared packages that the lock of their ecosystem beside the manifest does not name."""
    locks = {
        (lock.component, lock.ecosystem): lock.path
        for lock in shape.lock_files
        if lock.ecosystem in ("npm", "pypi", "cargo", "gem", "composer")
    }
    missing: dict[str, list[Evidence]] = {}
    seen = {(item.component, item.ecosystem) for item in shape.dependencies if item.lock}
    for item in shape.dependencies:
        key = (item.component, item.ecosystem)
        forgotten = (
            item.direct and item.manifest and not item.lock and not item.internal and item.scope == "runtime"
        )
        elsewhere = (item.group or "").startswith("platform:")
        if forgotten and not elsewhere and key in locks and key in seen and _is_registry(item.requirement):
            missing.setdefault(locks[key], []).append(Evidence(path=item.manifest or "", line=item.line or 1))
    for lock, places in sorted(missing.items()):
        yield Alert(
            level="warning",
            title=f"{lock} is behind its manifest",
            detail=f"{len(places)} declared package{'s are' if len(places) > 1 else ' is'} not in {lock}.",
            fix="Write the lock file again with its package manager and commit it.",
            evidence=(Evidence(path=lock), *places[: _MAX_EVIDENCE - 1]),
        )


def _is_registry(requirement: str | None) -> bool:
    return not re.match(
        r"(file|link|git|https?|github|portal|path|workspace|catalog)\b|[./]", requirement or ""
    )


_CHECKS: tuple[Callable[[RepoShape], Iterator[Alert]], ...] = (_locks, _two_locks, _stale_locks)
