"""Ten lines on what was found, then what to do next."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from repo_architect.report.page import Page
from repo_architect.report.stack import main_frameworks
from repo_architect.report.text import count, cut, join, one_line, size

WIDTH = 110
LINES = 10


def console(page: Page, folder: Path) -> str:
    """Exactly ten lines, an empty one, then the next steps. `folder` is where the files are."""
    found = [_row(name, text) for name, text in _ten(page)]
    return (
        "\n".join(
            [
                *found,
                "",
                "Next steps",
                *(f"  {number}. {step}" for number, step in enumerate(_next(page, folder), 1)),
            ]
        )
        + "\n"
    )


_LOOKED_AT = frozenset({"not_listed"})
"""Limits of what the artifacts list, not of what was read."""


def _row(name: str, text: str) -> str:
    return cut(f"{name:<14}{one_line(text)}", WIDTH)


def _ten(page: Page) -> list[tuple[str, str]]:
    shape, clone = page.material.shape, page.material.clone
    return [
        ("Repository", f"{clone.owner + '/' if clone.owner else ''}{clone.name} at {clone.commit[:12]}, {count(clone.file_count, 'file')}, {size(clone.size_bytes)}"),
        ("Languages", join([f"{item.name} {item.percent:.0f} %" for item in shape.languages if item.percent >= 1], 4) or "none known"),
        ("Components", _components(page)),
        ("Built with", join(main_frameworks(shape), 6) or "no framework known"),
        ("Dependencies", _dependencies(page)),
        ("Endpoints", f"{count(len(shape.endpoints), 'endpoint')}, {count(len(shape.entry_points), 'entry point')}, {count(len(shape.env_vars), 'environment variable')}"),
        ("Architecture", f"{count(len(shape.architecture.nodes), 'node')}, {count(len(shape.architecture.edges), 'connection')}; {count(len(page.material.modules.nodes), 'module')}, {count(len(page.material.modules.edges), 'import')}"),
        ("Tests and CI", _tests(page)),
        ("Alerts", _alerts(page)),
        ("Not looked at", join([f"{limit.count:,} {limit.reason.replace('_', ' ')}" for limit in shape.limits if limit.reason not in _LOOKED_AT], 3) or "nothing was left out"),
    ]  # fmt: skip


def _components(page: Page) -> str:
    parts = page.material.shape.components
    return f"{len(parts):,}: {join([part.name for part in parts], 5)}" if parts else "none found"


def _dependencies(page: Page) -> str:
    found = page.values["ecosystems"]
    direct, locked = sum(item.declared for item in found), sum(item.indirect for item in found)
    return (
        f"{direct:,} declared, {locked:,} more locked ({join([item.name for item in found], 4)})"
        if found
        else "none found"
    )


def _tests(page: Page) -> str:
    shape, plan = page.material.shape, page.material.plan
    files = sum(suite.files for suite in shape.tests)
    tools = join(list(dict.fromkeys(tool.name for tool in shape.test_tools)), 3)
    proposed = (
        "nothing to add" if plan.verdict == "nothing_to_add" else f"{count(len(plan.jobs), 'job')} proposed"
    )
    return f"{count(files, 'test file')}{f' ({tools})' if tools else ''}; {count(len(shape.workflows), 'workflow')}, {proposed}"


def _alerts(page: Page) -> str:
    levels = Counter(alert.level for alert in page.values["alerts"])
    told = [count(levels[level], level) for level in ("error", "warning") if levels[level]]
    if levels["info"]:
        told.append(f"{levels['info']:,} to know")
    first = f": {page.values['alerts'][0].title}" if page.values["alerts"] else ""
    return (join(told) or "none") + first


def _next(page: Page, folder: Path) -> list[str]:
    plan = page.material.plan
    steps = [f"Open the report: {folder / 'report.html'}"]
    if page.values["alerts"]:
        worst = page.values["alerts"][0]
        steps.append(cut(one_line(f"Mend first: {worst.title}. {worst.fix}"), 2 * WIDTH))
    if plan.verdict != "nothing_to_add":
        steps.append(f"Look at the CI proposed: {folder / 'ci-generated.yml'}")
    steps += [one_line(sentence) for sentence in page.material.failed.values()]
    if page.material.clone.host:
        return [
            *steps,
            f"Propose it as a pull request: repo-architect resume {folder.name} --open-pr (needs GITHUB_TOKEN)",
        ]
    return [*steps, f"Explore it in JupyterLab: repo-architect lab {folder.name}"]
