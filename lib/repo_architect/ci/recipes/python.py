"""Python: the repository's own runner (tox, nox, a script), else its tests in an environment with everything they need."""

from __future__ import annotations

import re

from repo_architect.ci.draft import Draft, quoted
from repo_architect.ci.facts import Facts
from repo_architect.ci.versions import choose
from repo_architect.contracts import Evidence
from repo_architect.contracts.repo_shape import Dependency

_TEST_EXTRA = re.compile(r"^(tests?|testing|dev|develop|development|all)$", re.IGNORECASE)
_TEST_FILE = re.compile(r"(^|/)requirements?[-_./]?.*(test|dev|ci)[^/]*\.(txt|in)$", re.IGNORECASE)
_VERSION_FROM_TAGS = ("setuptools-scm", "setuptools_scm", "hatch-vcs", "versioneer")


def plan(draft: Draft) -> None:
    """Add the steps: Python, what the tests need, the tests."""
    facts = draft.facts
    draft.history = _version_from_tags(facts)
    choice = choose(facts, "python", 2)
    draft.matrix = {"python": choice.versions}
    draft.decisions.append(choice.decision)
    draft.use(
        "Set up Python", "setup-python", choice.decision.reason, *choice.decision.evidence,
        python_version="${{ matrix.python }}",
    )  # fmt: skip
    _lint(draft, _install(draft))


def _install(draft: Draft) -> str:
    """Add the steps that install and test. Returns what a command of the environment is prefixed with."""
    facts = draft.facts
    for applies, install in (
        (_runner, _with_runner),
        (lambda found: found.lock("uv.lock"), _with_uv),
        (lambda found: found.lock("poetry.lock") or _manager(found, "poetry"), _with_poetry),
        (lambda found: found.lock("pdm.lock") or _manager(found, "pdm"), _with_pdm),
        (lambda found: found.lock("Pipfile.lock"), _with_pipenv),
    ):
        if applies(facts):
            return install(draft)
    return _with_pip(draft)


def _runner(facts: Facts) -> str | None:
    for name in ("tox", "nox"):
        if any(command.command.split()[0] == name for command in facts.commands("test")):
            return name
    return None


def _with_runner(draft: Draft) -> str:
    facts = draft.facts
    name = _runner(facts) or "tox"
    command = next(found for found in facts.commands("test") if found.command.split()[0] == name)
    draft.run(
        f"Install {name}",
        f"python -m pip install {name}",
        f"{name} makes the environments of the tests",
        *command.evidence,
    )
    # the matrix already chooses the interpreter: one environment, not every one of the list
    run = "tox run -e py" if name == "tox" else command.command
    draft.run("Test", run, f"the repository tests with {name}", *command.evidence)
    return ""


def _with_uv(draft: Draft) -> str:
    lock = draft.facts.lock("uv.lock")
    at = Evidence(path=lock) if lock else None
    evidence = (at,) if at else ()
    draft.use("Set up uv", "setup-uv", "uv.lock is uv's", *evidence, enable_cache="true")
    draft.run(
        "Install",
        "uv sync --all-extras --all-groups --locked",
        "what the lock file names",
        *evidence,
        UV_PYTHON="${{ matrix.python }}",
    )
    _test(draft, "uv run --no-sync ")
    return "uv run --no-sync "


def _with_poetry(draft: Draft) -> str:
    evidence = _evidence_of(draft.facts, "poetry", "poetry.lock")
    draft.run("Install Poetry", "pipx install poetry", "Poetry manages the dependencies", *evidence)
    draft.run(
        "Install",
        "poetry install --all-extras --all-groups",
        "what the manifest and the lock file name",
        *evidence,
    )
    _test(draft, "poetry run ")
    return "poetry run "


def _with_pdm(draft: Draft) -> str:
    evidence = _evidence_of(draft.facts, "pdm", "pdm.lock")
    draft.run("Install PDM", "pipx install pdm", "PDM manages the dependencies", *evidence)
    draft.run("Install", "pdm install -G :all", "what the manifest and the lock file name", *evidence)
    _test(draft, "pdm run ")
    return "pdm run "


def _with_pipenv(draft: Draft) -> str:
    evidence = _evidence_of(draft.facts, "pipenv", "Pipfile.lock")
    draft.run("Install Pipenv", "python -m pip install pipenv", "Pipenv manages the dependencies", *evidence)
    draft.run("Install", "pipenv install --dev --deploy", "what the lock file names", *evidence)
    _test(draft, "pipenv run ")
    return "pipenv run "


def _with_pip(draft: Draft) -> str:
    facts = draft.facts
    words, evidence = _pip_words(facts)
    if words:
        draft.run(
            "Install",
            "python -m pip install " + " ".join(words),
            "what the manifests name for the tests",
            *evidence,
        )
    else:
        draft.leave("install", "nothing", "no manifest says what to install")
    _test(draft, "python -m ", missing=True)
    return "python -m "


def _pip_words(facts: Facts) -> tuple[list[str], list[Evidence]]:
    """The words of `pip install` that bring the component and what its tests need."""
    words: list[str] = []
    evidence: list[Evidence] = []
    manifests = list(facts.declared_in("pypi"))
    texts = [path for path in manifests if path.endswith((".txt", ".in"))]
    for path in texts:
        relative = path.removeprefix("" if facts.folder == "." else facts.folder + "/")
        chosen = _TEST_FILE.search(relative) or relative in ("requirements.txt", "requirements/base.txt")
        if chosen and relative.endswith(".txt") and quoted(relative):
            words += ["-r", relative]
            evidence.append(Evidence(path=path))
    packaged = next(
        (path for path in ("pyproject.toml", "setup.py", "setup.cfg") if _is_package(facts, path)), None
    )
    if packaged:
        extras, groups, at = _extras(facts)
        words += ["-e", f'".[{",".join(extras)}]"' if extras else "."]
        words += [word for group in groups for word in ("--group", group)]
        evidence += at or [Evidence(path=facts.at(packaged))]
    return words, evidence


def _is_package(facts: Facts, name: str) -> bool:
    path = facts.at(name)
    built = facts.component.manifest == path or any(
        item.manifest == path for item in facts.shape.dependencies
    )
    return built and (name != "pyproject.toml" or _has_build_system(facts, path))


def _has_build_system(facts: Facts, path: str) -> bool:
    """Whether a pyproject.toml says how to build: a build requirement, or a name of a package."""
    builds = any(item.manifest == path and item.scope == "build" for item in facts.shape.dependencies)
    return builds or facts.component.version is not None


def _extras(facts: Facts) -> tuple[list[str], list[str], list[Evidence]]:
    """The extras and dependency groups that the tests need, with the lines of what they name."""
    extras: dict[str, Evidence] = {}
    groups: dict[str, Evidence] = {}
    for item in facts.shape.dependencies:
        if item.component != facts.component.id or not item.manifest or not item.group:
            continue
        where = groups if item.group.startswith("group:") else extras
        name = item.group.removeprefix("group:").removeprefix("extra:")
        if _TEST_EXTRA.match(name):
            where.setdefault(name, _at(item))
    chosen = _fewest(extras), _fewest(groups)
    return chosen[0], chosen[1], [extras[name] for name in chosen[0]] + [groups[name] for name in chosen[1]]


def _fewest(named: dict[str, Evidence]) -> list[str]:
    """Those that say test, else the first of the rest."""
    tests = [name for name in named if "test" in name.lower()]
    return tests or list(named)[:1]


def _test(draft: Draft, prefix: str, missing: bool = False) -> None:
    """Add the step that tests: a script of the repository's, else its test tool."""
    facts = draft.facts
    for command in facts.commands("test"):
        if command.command.split()[0] in ("make", "just", "task", "hatch", "poe"):
            if command.command.split()[0] == "hatch":
                draft.run("Install Hatch", "pipx install hatch", "Hatch runs the tests", *command.evidence)
            wrapped = (
                command.command
                if command.command.startswith(("make", "hatch"))
                else prefix.replace("python -m ", "") + command.command
            )
            if command.command.startswith(("make", "hatch")):
                draft.run("Test", wrapped, "the repository names this command", *command.evidence)
                return
    pytest = facts.found(facts.shape.test_tools, "pytest")
    if pytest:
        if missing and not _brings(draft, "pytest"):
            draft.run(
                "Install pytest",
                "python -m pip install pytest",
                "the tests are pytest's, and no manifest names it",
                *pytest.evidence,
            )
        draft.run("Test", f"{prefix}pytest", "the tests are pytest's", *pytest.evidence)
        return
    unittest = facts.found(facts.shape.test_tools, "unittest")
    django = facts.found(facts.shape.frameworks, "Django")
    if django and facts.at("manage.py") in {e.path for e in _entry_evidence(facts)}:
        draft.run(
            "Test",
            f"{prefix.replace('-m ', '')}manage.py test"
            if prefix == "python -m "
            else f"{prefix}python manage.py test",
            "Django's own runner",
            *django.evidence,
        )
    elif unittest:
        draft.run(
            "Test",
            f"{prefix if prefix == 'python -m ' else prefix + 'python -m '}unittest discover",
            "the tests are unittest's",
            *unittest.evidence,
        )


def _brings(draft: Draft, name: str) -> bool:
    """Whether the install step brings a package: declared in a manifest or extra that the step names."""
    step = next((step for step in draft.steps if step.name == "Install"), None)
    where = {found.path for found in step.evidence} if step else set()
    return any(
        item.name.lower() == name and item.manifest in where for item in draft.facts.shape.dependencies
    )


def _lint(draft: Draft, prefix: str) -> None:
    """Type checks and linters gate a merge only where the repository itself already runs them: so they are told, not run."""
    facts = draft.facts
    for found in facts.shape.linters:
        if facts.here(found.component) and found.name.lower() in (
            "ruff",
            "mypy",
            "flake8",
            "pyright",
            "black",
            "pylint",
        ):
            draft.leave(
                f"{found.name.lower()}",
                f"{prefix}{found.name.lower()}",
                "it is configured; whether it passes today is not known, so it does not gate",
                *found.evidence,
            )


def _version_from_tags(facts: Facts) -> Evidence | None:
    found = facts.dependency(*_VERSION_FROM_TAGS)
    return _at(found) if found else None


def _manager(facts: Facts, name: str) -> bool:
    return facts.found(facts.shape.package_managers, name) is not None


def _evidence_of(facts: Facts, manager: str, lock: str) -> tuple[Evidence, ...]:
    path = facts.lock(lock)
    if path:
        return (Evidence(path=path),)
    found = facts.found(facts.shape.package_managers, manager)
    return found.evidence if found else ()


def _entry_evidence(facts: Facts) -> list[Evidence]:
    return [at for item in facts.shape.entry_points for at in item.evidence]


def _at(item: Dependency) -> Evidence:
    return Evidence(path=item.manifest or "", line=item.line or 1)
