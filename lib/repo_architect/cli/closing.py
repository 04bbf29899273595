"""The last words of a run: ten lines on what was found, what failed, and where the files are."""

from __future__ import annotations

import click

from repo_architect.contracts import RunManifest
from repo_architect.run import Run

_ARTIFACTS = (
    "report.html",
    "report.md",
    "diagram.svg",
    "ci-generated.yml",
    "summary.md",
    "artifacts.tar.gz",
    "pr_info.json",
)


def say(run: Run, manifest: RunManifest) -> None:
    """Print what the report's console lines say, then the stages that failed and the files."""
    record = run.record("generate_report")
    lines = record.facts.get("console") if record and record.state == "success" else None
    if isinstance(lines, list):
        click.echo()
        for line in lines:
            click.echo(line)
    for stage in manifest.stages:
        if stage.state == "failed":
            click.echo(f"\n{stage.stage} failed: {stage.error}")
            failed = run.record(stage.stage)
            if failed and failed.fix:
                click.echo(f"  → {failed.fix}")
    click.echo(f"\nRun {run.id} ({manifest.state}): {run.folder}")
    there = [name for name in _ARTIFACTS if run.has(name)]
    if there:
        click.echo("  " + "  ".join(there))
