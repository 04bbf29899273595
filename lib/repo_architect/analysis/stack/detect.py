"""The stack of a repository, from its manifests, configuration, scripts, images and CI."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.stack import commands as commands_of
from repo_architect.analysis.stack import images as images_of
from repo_architect.analysis.stack import managers, purpose, runtimes, tests, warnings
from repo_architect.analysis.stack import workflows as workflows_of
from repo_architect.analysis.stack.match import Match, matches
from repo_architect.analysis.stack.row import rows
from repo_architect.analysis.stack.sources import Manifests, Sources
from repo_architect.contracts.repo_shape import Alert, Command, Found, Framework, Runtime, TestSuite, Workflow


@dataclass(frozen=True)
class Stack:
    """What a repository is built with, as the contract has it; `warnings` are alerts that only its files can tell."""

    frameworks: tuple[Framework, ...] = ()
    package_managers: tuple[Found, ...] = ()
    build_tools: tuple[Found, ...] = ()
    test_tools: tuple[Found, ...] = ()
    linters: tuple[Found, ...] = ()
    ci_systems: tuple[Found, ...] = ()
    tools: tuple[Found, ...] = ()
    runtimes: tuple[Runtime, ...] = ()
    commands: tuple[Command, ...] = ()
    workflows: tuple[Workflow, ...] = ()
    tests: tuple[TestSuite, ...] = ()
    warnings: tuple[Alert, ...] = ()


def detect(tree: FileTree, manifests: Manifests) -> Stack:
    """Find the stack. Lists are sorted by name and component, commands by component and purpose, the best first.

    What is malformed or too large costs a note of the tree; nothing is raised.
    """
    sources = Sources(tree, manifests)
    workflows = workflows_of.find(sources)
    images = images_of.images(sources)
    commands = commands_of.find(sources, workflows)
    found = matches(rows(), sources, images, commands)
    test_tools = _found(found, "test_tools", sources)
    return Stack(
        frameworks=tuple(_framework(match, sources) for match in found if match.row.kind == "frameworks"),
        package_managers=managers.complete(_found(found, "package_managers", sources), sources),
        build_tools=_found(found, "build_tools", sources),
        test_tools=test_tools,
        linters=_found(found, "linters", sources),
        ci_systems=_for_the_whole(_found(found, "ci_systems", sources)),
        tools=_found(found, "tools", sources),
        runtimes=runtimes.find(sources, images, workflows),
        commands=commands,
        workflows=workflows,
        tests=tests.find(sources, test_tools),
        warnings=warnings.find(sources, images),
    )


def _found(found: Iterable[Match], kind: str, sources: Sources) -> tuple[Found, ...]:
    return tuple(
        Found(
            name=match.row.name,
            category=match.row.category,
            component=match.component,
            evidence=match.evidence,
            version=match.version,
            used_for=purpose.of(match, sources),
        )
        for match in found
        if match.row.kind == kind
    )


def _framework(match: Match, sources: Sources) -> Framework:
    return Framework(
        name=match.row.name,
        category=match.row.category,
        component=match.component,
        evidence=match.evidence,
        version=match.version,
        used_for=purpose.of(match, sources),
    )


def _for_the_whole(systems: tuple[Found, ...]) -> tuple[Found, ...]:
    """CI systems once each: they serve the whole repository."""
    merged: dict[str, Found] = {}
    for system in systems:
        known = merged.get(system.name)
        evidence = (*known.evidence, *system.evidence) if known else system.evidence
        merged[system.name] = system.model_copy(update={"component": None, "evidence": evidence})
    return tuple(merged.values())
