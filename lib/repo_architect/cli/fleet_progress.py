"""Progress of a fleet: what runs now on a terminal, one line for each repository that ended elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from repo_architect.fleet import FleetEvent

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_WORDS = {"success": "done", "partial": "done, in part", "failed": "failed"}
_STYLES = {"success": "green", "partial": "yellow", "failed": "red"}

Listener = Callable[[FleetEvent], None]


@contextmanager
def shown(total: int, quiet: bool) -> Iterator[Listener]:
    """A listener that shows events; from several threads at once."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _live(total) as listener:
            yield listener
    else:
        yield _Counter(total, lambda line, _: click.echo(line, err=True)).hear


class _Counter:
    """Counts what ended and says a line for each."""

    def __init__(self, total: int, say: Callable[[str, str], None]) -> None:
        self.total, self.ended, self.kept = total, 0, 0
        self._say, self._lock = say, threading.Lock()

    def hear(self, event: FleetEvent) -> None:
        if event.kind not in ("ended", "kept"):
            return
        with self._lock:
            self.ended += 1
            place = f"{self.ended:>{len(str(self.total))}}/{self.total}"
            if event.kind == "kept":
                self._say(f"{place}  {event.entry.title:<40} kept", "dim")
                return
            entry = event.entry
            why = f"  {entry.stage + ': ' if entry.stage else ''}{entry.error}" if entry.error else ""
            line = f"{place}  {entry.title:<40} {_WORDS.get(entry.state, entry.state)} {entry.seconds or 0:6.1f} s{why}"
            self._say(line, _STYLES.get(entry.state, ""))


@contextmanager
def _live(total: int) -> Iterator[Listener]:
    from rich.console import Console
    from rich.live import Live

    console = Console(stderr=True)
    running: dict[str, tuple[str, str, float]] = {}
    lock = threading.Lock()
    counter = _Counter(total, lambda line, style: _print(console, line, style))

    def listen(event: FleetEvent) -> None:
        with lock:
            if event.kind == "begun":
                running[event.entry.folder] = (event.entry.title, "", time.monotonic())
            elif event.kind == "stage" and event.said and event.said.state == "running":
                title, _, since = running.get(event.entry.folder, (event.entry.title, "", time.monotonic()))
                running[event.entry.folder] = (title, event.said.stage or "", since)
            elif event.kind == "ended":
                running.pop(event.entry.folder, None)
        counter.hear(event)

    def table() -> RenderableType:
        with lock:
            return _table(dict(running))

    with Live(get_renderable=table, console=console, refresh_per_second=4, transient=True):
        yield listen


def _print(console: Console, line: str, style: str) -> None:
    from rich.text import Text

    console.print(Text(line, style=style))


def _table(running: dict[str, tuple[str, str, float]]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    for title, stage, since in running.values():
        table.add_row(Text(title, "cyan"), Text(stage), Text(f"{time.monotonic() - since:6.1f} s"))
    return table
