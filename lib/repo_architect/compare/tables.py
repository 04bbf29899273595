"""The comparison as a table: one row a repository. fleet.csv has plain columns; fleet.parquet the same and the lists behind them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from repo_architect import atomic
from repo_architect.compare.build import Comparison
from repo_architect.compare.subject import Facts, Subject
from repo_architect.errors import UsageError
from repo_architect.report.text import one_line, visible

if TYPE_CHECKING:
    import pandas as pd

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_LISTED = 40
Column = Callable[[Facts], Any]


def _versions(facts: Facts) -> Iterable[str]:
    found = {
        (item.name, item.version or "") for item in facts.frameworks if item.name in facts.main_frameworks
    }
    return (f"{name} {version}".strip() for name, version in sorted(found))


def _count(facts: Facts, level: str) -> int:
    return sum(1 for alert in facts.alerts if alert.level == level)


def _ended(facts: Facts) -> list[str]:
    return [support.name for support in facts.supports if support.state == "ended"]


FACT_COLUMNS: tuple[tuple[str, str, Column], ...] = (
    ("commit", "string", lambda facts: facts.clone.commit),
    ("committed_at", "string", lambda facts: facts.clone.committed_at),
    ("license", "string", lambda facts: facts.licence),
    ("files", "int64", lambda facts: facts.clone.file_count),
    ("size_bytes", "int64", lambda facts: facts.clone.size_bytes),
    ("lines", "int64", lambda facts: facts.lines),
    ("components", "int64", lambda facts: facts.components),
    ("main_language", "string", lambda facts: facts.languages[0].name if facts.languages else None),
    (
        "languages",
        "string",
        lambda facts: _joined(f"{item.name} {item.percent:g} %" for item in facts.languages),
    ),
    ("frameworks", "string", lambda facts: _joined(_versions(facts))),
    ("package_managers", "string", lambda facts: _joined(facts.package_managers)),
    ("runtimes", "string", lambda facts: _joined(support.name for support in facts.supports)),
    ("runtimes_out_of_support", "string", lambda facts: _joined(_ended(facts))),
    ("dependencies", "int64", lambda facts: len(facts.dependencies)),
    ("dependencies_of_dependencies", "int64", lambda facts: facts.indirect),
    ("endpoints", "int64", lambda facts: facts.endpoints),
    ("test_files", "int64", lambda facts: facts.test_files),
    ("ci_systems", "string", lambda facts: _joined(facts.ci.systems)),
    ("ci_workflows", "int64", lambda facts: len(facts.ci.workflows)),
    ("ci_verdict", "string", lambda facts: facts.ci.verdict),
    ("ci_missing", "string", lambda facts: _joined(facts.ci.missing)),
    ("alerts_error", "int64", lambda facts: _count(facts, "error")),
    ("alerts_warning", "int64", lambda facts: _count(facts, "warning")),
    ("alerts_info", "int64", lambda facts: _count(facts, "info")),
    ("secrets", "int64", lambda facts: facts.secrets),
)
_FIRST = ("repository", "url", "ref", "folder", "state", "failed_stage", "reason")


def columns() -> tuple[str, ...]:
    """The names of the plain columns, in order."""
    return (*_FIRST, *(name for name, _, _ in FACT_COLUMNS))


def rows(comparison: Comparison) -> list[dict[str, Any]]:
    """One mapping a repository: plain values, None where nothing is known."""
    return [_row(subject) for subject in comparison.subjects]


def frame(comparison: Comparison) -> pd.DataFrame:
    """The plain columns as a pandas frame, one row a repository; numbers that are not known are missing, not zero."""
    import pandas as pd

    table = pd.DataFrame(rows(comparison), columns=list(columns()))
    return table.astype(
        {name: kind.replace("int", "Int") for name, kind, _ in FACT_COLUMNS if kind == "int64"}
    )


def write_csv(comparison: Comparison, folder: Path) -> Path:
    """fleet.csv in UTF-8, lines ended by CRLF. A cell that a spreadsheet would take for a formula is led by an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns())
    for row in rows(comparison):
        writer.writerow(_cell(row[name]) for name in columns())
    path = folder / "fleet.csv"
    atomic.write(path, text.getvalue().encode())
    return path


def write_parquet(comparison: Comparison, folder: Path) -> Path:
    """fleet.parquet: the columns of the CSV, and languages, frameworks, dependencies, runtimes and alerts as lists with file and line.

    Raises UsageError that names the extra when pyarrow is not there.
    """
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError(
            "writing Parquet needs pyarrow", fix="pip install 'repo-architect-agent[fleet]'; fleet.csv has the same columns"
        ) from None  # fmt: skip
    from repo_architect.compare.nested import nested, nested_schema

    fields = [arrow.field(name, arrow.string()) for name in _FIRST]
    fields += [arrow.field(name, arrow.type_for_alias(kind)) for name, kind, _ in FACT_COLUMNS]
    schema = arrow.schema([*fields, *nested_schema(arrow)], metadata={"as_of": comparison.as_of.isoformat()})
    records = [{**_row(subject), **nested(subject)} for subject in comparison.subjects]
    sink = arrow.BufferOutputStream()
    parquet.write_table(arrow.Table.from_pylist(records, schema=schema), sink, compression="zstd")
    path = folder / "fleet.parquet"
    atomic.write(path, sink.getvalue().to_pybytes())
    return path


def _row(subject: Subject) -> dict[str, Any]:
    failure = subject.failures[0] if subject.failures else None
    first = (
        subject.title, subject.url, subject.ref or None, subject.key, subject.state,
        failure.stage if failure else None, failure.error if failure else None,
    )  # fmt: skip
    told = {name: value(subject.facts) if subject.facts else None for name, _, value in FACT_COLUMNS}
    return {name: _plain(value) for name, value in {**dict(zip(_FIRST, first, strict=True)), **told}.items()}


def _plain(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


def _joined(parts: Iterable[str]) -> str | None:
    listed = [one_line(part) for part in parts]
    more = [f"and {len(listed) - _LISTED} more"] if len(listed) > _LISTED else []
    return "; ".join(listed[:_LISTED] + more) or None


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = visible(str(value))
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
