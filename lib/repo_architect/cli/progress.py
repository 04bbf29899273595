"""Progress of a run: a live table on a terminal, one line a change elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from repo_architect.pipeline import Event, Listener
from repo_architect.stages import STAGES

if TYPE_CHECKING:
    from rich.table import Table

_WORDS = {
    "running": "running",
    "success": "done",
    "failed": "failed",
    "skipped": "skipped",
    "fresh": "unchanged",
}
_STYLES = {"running": "cyan", "success": "green", "failed": "red", "skipped": "dim", "fresh": "dim"}


@contextmanager
def shown(quiet: bool) -> Iterator[Listener]:
    """A listener that shows events: live on a terminal, line by line elsewhere, nothing when quiet."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _live() as listener:
            yield listener
    else:
        yield _line


def _line(event: Event) -> None:
    seconds = f" {event.seconds:6.1f} s" if event.state in ("success", "failed") else ""
    click.echo(
        f"{event.stage.number} {event.stage.name:<17} {_WORDS[event.state]:<9}{seconds}{_why(event)}",
        err=True,
    )


def _why(event: Event) -> str:
    if event.error:
        return f"  {event.error.message}"
    return f"  ({event.reason})" if event.reason not in (None, "never ran") else ""


@contextmanager
def _live() -> Iterator[Listener]:
    from rich.console import Console
    from rich.live import Live

    events: dict[str, tuple[Event, float]] = {}
    lock = threading.Lock()

    def listen(event: Event) -> None:
        with lock:
            events[event.stage.name] = (event, time.monotonic())

    def table() -> Table:
        with lock:
            return _table(dict(events))

    with Live(get_renderable=table, console=Console(stderr=True), refresh_per_second=8) as live:
        yield listen
        live.refresh()


def _table(events: dict[str, tuple[Event, float]]) -> Table:
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    for stage in STAGES:
        if stage.name not in events:
            table.add_row(str(stage.number), f"[dim]{stage.name}", "[dim]waiting", "", "")
            continue
        event, since = events[stage.name]
        seconds = time.monotonic() - since if event.state == "running" else event.seconds
        style = _STYLES[event.state]
        shown_seconds = "" if event.state in ("fresh", "skipped") else f"{seconds:6.1f} s"
        table.add_row(
            str(stage.number),
            stage.name,
            f"[{style}]{_WORDS[event.state]}",
            shown_seconds,
            _plain(_why(event)),
        )
    return table


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text.strip())
