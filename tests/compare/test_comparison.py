from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from repo_architect.compare import (
    Comparison,
    Failure,
    Source,
    aggregates,
    build,
    columns,
    find_sources,
    frame,
    in_words,
    read_children,
    write_bundle,
    write_csv,
    write_html,
    write_parquet,
)
from repo_architect.compare.render import render_html
from repo_architect.errors import ContractError, UsageError
from support import fleets

DAY = date(2026, 6, 1)


def compared(folder: Path, as_of: date | None = DAY) -> Comparison:
    return build(find_sources([folder]), as_of=as_of)


def table(comparison: Comparison, folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_csv(comparison, folder).read_bytes().decode(), newline="")))


# -- dependencies ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        (("^1.0", "1.2.0"), ("^1.0", "1.2.0"), ""),
        (("^1.0", "1.2.0"), ("^1.0", "1.2.9"), "patch"),
        (("^1.0", "1.2.0"), ("^1.0", "1.3.0"), "minor"),
        (("^1.0", "1.2.0"), ("^2.0", "2.0.0"), "major"),
        (("^0.1", "0.1.0"), ("^0.2", "0.2.0"), "major"),
        (("^1.0", None), ("^2.0", None), "major"),
        (("^1.0", None), ("^1.0", None), ""),
        (("^1.0", None), (None, None), ""),
        # what is asked for says nothing against what is locked elsewhere
        (("^1.0", None), ("^1.0", "1.2.0"), ""),
        (("main", None), ("^1.0", None), "unknown"),
    ],
)  # fmt: skip
def test_versions_are_apart_when_what_is_known_of_the_same_kind_differs(
    tmp_path: Path, first: Any, second: Any, apart: str
) -> None:
    fleets.run(tmp_path, "a", dependencies=[fleets.dependency("web", *first)])
    fleets.run(tmp_path, "b", dependencies=[fleets.dependency("web", *second)])
    [row] = aggregates.dependencies(compared(tmp_path).subjects)
    assert (row.name, row.repositories, row.apart) == ("web", 2, apart)


def test_a_package_is_shared_per_ecosystem_and_by_its_normal_name(tmp_path: Path) -> None:
    fleets.run(
        tmp_path,
        "a",
        dependencies=[fleets.dependency("My_Pkg", "1"), fleets.dependency("x", "1", ecosystem="npm")],
    )
    fleets.run(
        tmp_path,
        "b",
        dependencies=[fleets.dependency("my-pkg", "1"), fleets.dependency("x", "1", ecosystem="cargo")],
    )
    assert [(row.group, row.name) for row in aggregates.dependencies(compared(tmp_path).subjects)] == [
        ("pypi", "My_Pkg")
    ]


def test_one_repository_alone_shares_nothing_and_its_own_packages_are_none_of_others(tmp_path: Path) -> None:
    fleets.run(
        tmp_path,
        "a",
        dependencies=[
            fleets.dependency("web", "1"),
            fleets.dependency("web", "2"),
            fleets.dependency("own", "1", internal=True),
        ],
    )
    fleets.run(
        tmp_path,
        "b",
        dependencies=[
            fleets.dependency("own", "2", internal=True),
            fleets.dependency("deep", None, "1", direct=False),
        ],
    )
    fleets.run(tmp_path, "c", dependencies=[fleets.dependency("deep", None, "2", direct=False)])
    assert aggregates.dependencies(compared(tmp_path).subjects) == []


def test_each_version_names_repository_file_and_line(tmp_path: Path) -> None:
    fleets.run(tmp_path, "a", dependencies=[fleets.dependency("web", "^1.0", "1.2.0")])
    fleets.run(tmp_path, "b", dependencies=[fleets.dependency("web", "^2.0")])
    [row] = aggregates.dependencies(compared(tmp_path).subjects)
    assert {(variant.value, variant.kind, use.subject.title, str(use.place)) for variant in row.variants for use in variant.uses} == {
        ("1.2.0", "locked", "o/a", "uv.lock:7"), ("^2.0", "asked for", "o/b", "pyproject.toml:3"),
    }  # fmt: skip
    page = render_html(compared(tmp_path))
    assert f'href="https://github.com/o/a/blob/{fleets.COMMIT}/uv.lock#L7"' in page


# -- the rest of what is compared -----------------------------------------------------------------------------


def test_frameworks_spread_by_version(tmp_path: Path) -> None:
    for name, version in (("a", "4.2"), ("b", "5.0"), ("c", "5.0"), ("d", None)):
        fleets.run(tmp_path, name, frameworks=[fleets.framework("Django", version)])
    [row] = aggregates.frameworks(compared(tmp_path).subjects)
    assert (row.repositories, row.apart) == (4, "major")
    assert [(variant.value, len(variant.uses)) for variant in row.variants] == [
        ("5.0", 2),
        ("4.2", 1),
        ("no version named", 1),
    ]


def test_languages_are_weighed_by_bytes_over_the_fleet(tmp_path: Path) -> None:
    fleets.run(tmp_path, "a", languages=[fleets.language("Python", 900, 100.0)])
    fleets.run(
        tmp_path,
        "b",
        languages=[
            fleets.language("Go", 80, 80.0),
            fleets.language("Python", 20, 20.0),
            fleets.language("Text", 5000, 0.0),
        ],
    )
    rows = aggregates.languages(compared(tmp_path).subjects)
    assert [(row.name, round(row.percent, 1), row.repositories, row.mainly) for row in rows] == [
        ("Python", 92.0, 2, 1), ("Go", 8.0, 1, 1), ("Text", 0.0, 1, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "state"),
    [(date(2025, 1, 1), "supported"), (date(2025, 8, 1), "ending"), (date(2025, 11, 1), "ended")],
)
def test_support_is_judged_at_one_date_for_all(tmp_path: Path, as_of: date, state: str) -> None:
    fleets.run(tmp_path, "a", runtimes=[fleets.runtime("python", "3.9", "2025-10-31")])
    fleets.run(tmp_path, "b", runtimes=[fleets.runtime("python", "3.9", "2025-10-31")])
    comparison = compared(tmp_path, as_of)
    [row] = aggregates.runtimes(comparison.subjects)
    assert (row.name, row.group, row.repositories) == ("Python 3.9", state, 2)
    assert frame(comparison)["runtimes_out_of_support"].notna().all() == (state == "ended")


def test_without_a_date_the_newest_commit_judges(tmp_path: Path) -> None:
    fleets.run(tmp_path, "a", cloned={"committed_at": "2026-03-04T05:06:07+01:00"})
    fleets.run(tmp_path, "b", cloned={"committed_at": "2024-03-04T05:06:07+01:00"})
    assert compared(tmp_path, None).as_of == date(2026, 3, 4)


def test_ci_says_what_exists_and_what_the_plan_misses(tmp_path: Path) -> None:
    workflow = {"system": "GitHub Actions", "path": ".github/workflows/ci.yml", "jobs": []}
    fleets.run(tmp_path, "a", ci=fleets.plan("improve", ["no timeout on any job"]), workflows=[workflow])
    fleets.run(tmp_path, "b", ci=fleets.plan("new"))
    rows = table(compared(tmp_path), tmp_path)
    assert [(row["ci_systems"], row["ci_workflows"], row["ci_verdict"], row["ci_missing"]) for row in rows] == [
        ("GitHub Actions", "1", "improve", "no timeout on any job"), ("", "0", "new", ""),
    ]  # fmt: skip
    assert "without CI: o/b" in in_words(compared(tmp_path))


def test_alerts_are_gathered_by_what_they_say(tmp_path: Path) -> None:
    for name in ("a", "b"):
        fleets.run(tmp_path, name, alerts=[fleets.alert("warning", "No lock file")])
    fleets.run(
        tmp_path,
        "c",
        alerts=[fleets.alert("error", "A key")],
        runtimes=[fleets.runtime("python", "3.8", "2024-10-07")],
    )
    rows = aggregates.alerts(compared(tmp_path).subjects)
    assert [(row.group, row.name, row.repositories) for row in rows] == [
        ("error", "A key", 1), ("warning", "No lock file", 2), ("warning", "Python 3.8 is out of support", 1),
    ]  # fmt: skip


# -- failures -------------------------------------------------------------------------------------------------


def test_failures_stand_in_the_comparison_with_stage_reason_and_fix(tmp_path: Path) -> None:
    fleets.run(tmp_path, "good")
    fleets.failed(tmp_path, "gone")
    fleets.run(tmp_path, "part")
    fleets.failed(tmp_path, "part", "generate_summary", "no summary today")
    fleets.run(tmp_path, "late")
    fleets.failed(tmp_path, "late", "generate_report", "no report")
    rows = {row["repository"]: row for row in table(compared(tmp_path), tmp_path)}
    assert {name: (row["state"], row["failed_stage"]) for name, row in rows.items()} == {
        "o/good": ("success", ""), "o-gone": ("failed", "clone_repo"), "o/part": ("partial", "generate_summary"), "o/late": ("failed", "generate_report"),
    }  # fmt: skip
    assert (
        rows["o-gone"]["url"] == "https://github.com/o/gone"
        and rows["o-gone"]["reason"] == "there is no such repository"
    )
    assert "look at its address" in render_html(compared(tmp_path))


@pytest.mark.parametrize("name", ["repo_shape.json", "clone.json", "ci_plan.json"])
def test_a_damaged_artifact_is_a_failure_of_its_run_alone(tmp_path: Path, name: str) -> None:
    (fleets.run(tmp_path, "a") / name).write_text("{")
    fleets.run(tmp_path, "b")
    assert [subject.state for subject in compared(tmp_path).subjects] == ["failed", "success"]


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", b"not a gzip"])
def test_a_damaged_archive_is_a_failure_of_its_run_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.tar.gz").write_bytes(content)
    fleets.run(tmp_path, "b")
    assert {subject.state for subject in compared(tmp_path).subjects} == {"failed", "success"}


def test_a_reason_from_outside_is_told_where_the_run_knows_none() -> None:
    comparison = build(
        [Source(None, "o/x", "https://e.org/o/x", "v1", Failure("clone_repo", "refused", "ask"))]
    )
    [row] = frame(comparison).to_dict("records")
    assert (row["repository"], row["ref"], row["state"], row["reason"]) == ("o/x", "v1", "failed", "refused")


# -- where runs come from -------------------------------------------------------------------------------------


def test_run_folders_folders_of_runs_and_archives_say_the_same(tmp_path: Path) -> None:
    folder = fleets.run(tmp_path / "runs", "a", frameworks=[fleets.framework("Django", "5")])
    packed = fleets.archive(folder, tmp_path / "o-a.tar.gz")
    tables = [frame(build(find_sources([path]), as_of=DAY)) for path in (folder, tmp_path / "runs", packed)]
    assert tables[0].equals(tables[1]) and tables[0].equals(tables[2])


def test_two_folders_of_the_same_name_are_two_repositories(tmp_path: Path) -> None:
    for parent in ("x", "y"):
        fleets.run(
            tmp_path / parent, "a", dependencies=[fleets.dependency("web", "1" if parent == "x" else "2")]
        )
    comparison = build(find_sources([tmp_path / "x", tmp_path / "y"]), as_of=DAY)
    assert [subject.key for subject in comparison.subjects] == ["o-a", "o-a-2"]
    assert len(aggregates.dependencies(comparison.subjects)) == 1


def test_nothing_to_compare_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no run to compare"):
        find_sources([tmp_path])
    with pytest.raises(UsageError, match="is no folder"):
        find_sources([tmp_path / "none"])


def test_children_of_the_flow_with_their_archives_and_reasons(tmp_path: Path) -> None:
    fleets.archive(fleets.run(tmp_path / "runs", "a"), tmp_path / "1.tar.gz")
    item = {
        "repository": "https://github.com/o/gone",
        "ref": "v1",
        "title": "o/gone (v1)",
        "folder": "o-gone",
    }
    log = [
        {
            "level": "ERROR",
            "taskId": "clone_repo",
            "message": "clone_repo failed: there is no such repository\n  → look at its address",
        },
        {"level": "ERROR", "taskId": "clone_repo", "message": "Command failed with exit code 3"},
    ]
    children = [
        {"item": {"iteration": 1}, "outputs": {"repository": json.dumps({**item, "title": "o/a", "folder": "o-a"}), "state": "SUCCESS", "archive": "k:"}},
        {"item": {"iteration": 0}, "outputs": {"repository": json.dumps(item), "state": "FAILED", "execution": "x", "failure": json.dumps(log)}},
        {"item": {"iteration": 2, "value": json.dumps({**item, "title": "o/refused"})}},
        {"item": {"iteration": 3}, "outputs": {"repository": json.dumps({**item, "title": "o/odd"}), "state": "CANCELLED", "execution": "y"}},
    ]  # fmt: skip
    (tmp_path / "children.json").write_text(json.dumps(children))
    rows = {
        row["repository"]: row
        for row in frame(build(read_children(tmp_path / "children.json"), as_of=DAY)).to_dict("records")
    }
    assert {name: row["state"] for name, row in rows.items()} == {
        "o/a": "success",
        "o/gone (v1)": "failed",
        "o/odd": "failed",
        "o/refused": "failed",
    }
    assert (rows["o/gone (v1)"]["failed_stage"], rows["o/gone (v1)"]["reason"]) == (
        "clone_repo",
        "there is no such repository",
    )
    assert rows["o/odd"]["reason"] == "the execution ended as CANCELLED"
    assert "before it began" in rows["o/refused"]["reason"]


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"item": {}}]'])
def test_what_is_no_list_of_children_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "c.json").write_text(text)
    if text == "{}":
        assert read_children(tmp_path / "c.json") == []
        return
    with pytest.raises(ContractError):
        read_children(tmp_path / "c.json")


# -- the table ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1"])
def test_no_cell_is_a_formula(tmp_path: Path, text: str) -> None:
    fleets.run(
        tmp_path,
        "a",
        owner=None,
        cloned={"name": text, "branch": text},
        frameworks=[fleets.framework(text, "1")],
    )
    [row] = table(compared(tmp_path), tmp_path)
    assert row["repository"] == f"'{text}" and row["frameworks"].startswith("'")


def test_the_parquet_has_the_columns_of_the_csv_and_the_lists_behind(tmp_path: Path) -> None:
    fleets.run(
        tmp_path, "a", frameworks=[fleets.framework("Django", "5.0", "a\u202eb.py", 9)], dependencies=[fleets.dependency("web", "^1", "1.2")],
        languages=[fleets.language("Python", 9, 100.0)], runtimes=[fleets.runtime("python", "3.8", "2024-10-07")], alerts=[fleets.alert("error", "A key")],
    )  # fmt: skip
    fleets.failed(tmp_path, "gone")
    comparison = compared(tmp_path)
    found = pyarrow.parquet.read_table(write_parquet(comparison, tmp_path))
    assert tuple(found.column_names[: len(columns())]) == columns()
    rows = found.to_pylist()
    assert (
        rows[0]["repository"] == "o-gone"
        and rows[0]["dependencies"] is None
        and rows[0]["dependency_list"] is None
    )
    assert rows[1]["framework_list"] == [
        {
            "name": "Django",
            "category": "server",
            "version": "5.0",
            "component": None,
            "path": "a\ufffdb.py",
            "line": 9,
        }
    ]
    assert rows[1]["dependency_list"][0] | {} == {
        "ecosystem": "pypi", "name": "web", "requirement": "^1", "locked": "1.2", "scope": "runtime", "path": "pyproject.toml", "line": 3,
    }  # fmt: skip
    assert [rows[1][name] for name in ("lines", "alerts_error", "runtimes_out_of_support")] == [
        10,
        1,
        "Python 3.8",
    ]


def test_without_pyarrow_the_extra_is_named_and_the_csv_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fleets.run(tmp_path, "a")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match="needs pyarrow") as raised:
        write_parquet(compared(tmp_path), tmp_path)
    assert "repo-architect-agent[fleet]" in raised.value.fix
    assert table(compared(tmp_path), tmp_path)[0]["repository"] == "o/a"


def test_numbers_that_are_not_known_are_missing(tmp_path: Path) -> None:
    fleets.failed(tmp_path, "gone")
    assert frame(compared(tmp_path)).loc[0, ["lines", "alerts_error"]].isna().all()


# -- the page -------------------------------------------------------------------------------------------------

HOSTILE = '<script>alert(1)</script>"onmouseover="x" {{ 7*7 }} \u202egnp.exe'


def test_hostile_names_are_text(tmp_path: Path) -> None:
    evil = {"path": HOSTILE, "line": 1}
    fleets.run(
        tmp_path, "a", owner=None, cloned={"name": HOSTILE, "host": None, "web_url": "javascript:alert(1)"},
        frameworks=[{"name": HOSTILE, "category": HOSTILE, "version": HOSTILE, "evidence": [evil]}],
        languages=[fleets.language(HOSTILE, 1, 100.0)], ci_systems=[{"name": HOSTILE, "evidence": [evil]}],
        alerts=[{**fleets.alert("error", HOSTILE), "fix": HOSTILE, "evidence": [evil]}], dependencies=[fleets.dependency(HOSTILE, HOSTILE)],
        runtimes=[{**fleets.runtime(HOSTILE, HOSTILE, "2020-01-01"), "evidence": [evil]}], ci=fleets.plan("improve", [HOSTILE]),
    )  # fmt: skip
    fleets.run(tmp_path, "b", dependencies=[fleets.dependency(HOSTILE, HOSTILE)])
    fleets.failed(tmp_path, "c", error=HOSTILE, fix=HOSTILE)
    page = render_html(compared(tmp_path))
    assert page.count("<script>") == 1 and "alert(1)" in page
    assert "javascript:" not in page and "\u202e" not in page and 'onmouseover="x"' not in page
    assert "{{ 7*7 }}" in page


def test_the_page_is_alone_and_leads_to_reports_beside_it(tmp_path: Path) -> None:
    fleets.run(tmp_path, "a b#c")
    page = write_html(compared(tmp_path), tmp_path).read_text()
    assert 'href="o-a%20b%23c/report.html"' in page
    assert "http-equiv" in page and "default-src 'none'" in page
    assert not [
        word
        for word in ("<link", "src=", "@import", "url(")
        if word in page.replace("default-src", "").replace("-src ", "")
    ]
    elsewhere = tmp_path / "out"
    elsewhere.mkdir()
    assert 'href="../o-a%20b%23c/report.html"' in write_html(compared(tmp_path), elsewhere).read_text()


def test_a_bundle_carries_the_reports_of_archives(tmp_path: Path) -> None:
    packed = fleets.archive(fleets.run(tmp_path / "runs", "a"), tmp_path / "o-a.tar.gz")
    comparison = build(find_sources([packed]), as_of=DAY)
    assert "report.html" not in write_html(comparison, tmp_path).read_text()
    with zipfile.ZipFile(write_bundle(comparison, tmp_path)) as bundle:
        assert bundle.namelist() == ["fleet.html", "o-a/report.html"]
        assert b'href="o-a/report.html"' in bundle.read("fleet.html")
    first = (tmp_path / "fleet.zip").read_bytes()
    assert write_bundle(comparison, tmp_path).read_bytes() == first


def test_the_same_runs_give_the_same_bytes_whatever_their_order(tmp_path: Path) -> None:
    for name in "cab":
        fleets.run(
            tmp_path,
            name,
            dependencies=[fleets.dependency("web", name)],
            frameworks=[fleets.framework("Django", name)],
        )
    sources = find_sources([tmp_path])
    pages = {render_html(build(given, as_of=DAY)) for given in (sources, sources[::-1])}
    assert len(pages) == 1


def test_long_tables_are_cut_with_the_number_that_is_left_out(tmp_path: Path) -> None:
    many = [fleets.dependency(f"p{number}", "1") for number in range(400)]
    for name in "ab":
        fleets.run(
            tmp_path,
            name,
            dependencies=[{**each, "requirement": "1" if name == "a" else "2"} for each in many],
        )
    page = render_html(compared(tmp_path))
    assert "150 more packages are in <code>fleet.parquet</code>" in page
