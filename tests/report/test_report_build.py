"""What the report tells of a run, and what it does when something is missing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from repo_architect import report
from repo_architect.contracts import StageRecord
from repo_architect.errors import ContractError, UsageError
from repo_architect.stage_session import write_record
from support import shapes


class _Page(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.ids, self.headings, self.links = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        self.ids += [given["id"]] if "id" in given else []
        self.headings += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []
        self.links += [given["href"]] if tag == "a" and "href" in given else []


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return report.build(shapes.run(tmp_path_factory.mktemp("runs")))


@pytest.fixture(scope="module")
def page(built):
    return _Page(built.html)


@pytest.mark.parametrize(
    "told",
    [
        "orchard", "4f2c9d1e8b7a", "MIT", "A private key is in the tree", "Revoke it", "self-hosted planner", "FastAPI",
        "PostgreSQL", "REST over HTTP", "DATABASE_URL", "/trees/{tree_id}/harvests", "celery", "0.115.4", "not locked",
        "uv run pytest", "requires-python is", "api/tests/key.pem:1", "web/public/map.json", "orchard.cli:main",
        "--ref 4f2c9d1e8b7a60535c1d2e3f4a5b6c7d8e9f0a1b", "vendor/seeds", "the web front end is never built",
    ],
)  # fmt: skip
def test_page_tells_what_the_artifacts_hold(built, told):
    assert told in built.html


def test_page_shows_the_seventeen_facts(built):
    wanted = """Project, Description, Head, Pending, Version, Created, Languages, Dependencies, Authors, Last change,
        Contributors, URL, Commits, Churn, Lines, Size, Licence"""
    assert sorted(re.findall(r"<dt>(.*?)</dt>", built.html)) == sorted(re.split(r",\s+", wanted))


def test_evidence_leads_to_the_line_at_the_commit(page):
    assert f"https://github.com/fruit/orchard/blob/{shapes.COMMIT}/api/pyproject.toml#L6" in page.links


def test_every_own_link_leads_somewhere(page):
    inside = [link[1:] for link in page.links if link.startswith("#")]
    assert inside
    assert set(inside) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_headings_never_skip_a_level(page):
    assert page.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))


def test_each_figure_has_a_role_and_a_title(built):
    figures = re.findall(r"<svg\b.*?</svg>", built.html, re.DOTALL)
    assert len(figures) >= 3
    for figure in figures:
        assert 'role="img"' in figure.split(">")[0]
        assert "<title" in figure


def test_page_is_self_contained(page):
    policy = next(
        attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy
    assert not [tag for tag, attrs in page.tags if tag in ("link", "iframe", "object") or "src" in attrs]


def test_same_artifacts_give_the_same_bytes(tmp_path):
    first = report.build(shapes.run(tmp_path / "one", run_id="first"))
    second = report.build(shapes.run(tmp_path / "two", run_id="second"))
    assert (first.html, first.markdown) == (second.html, second.markdown)


def test_runtime_is_judged_at_the_date_of_the_commit_by_default(built):
    assert "Support is judged on 4 May 2026, the date of the commit" in built.html
    assert "Node.js 18 is out of support" in built.html
    assert "Python 3.10 is soon out of support" in built.html


@pytest.mark.parametrize(
    ("as_of", "title"), [("2024-01-01", None), ("2027-01-01", "Python 3.10 is out of support")]
)
def test_runtime_is_judged_at_the_date_given(tmp_path, as_of, title):
    html = report.build(shapes.run(tmp_path), as_of=as_of).html
    assert (title or "Support is judged on 1 January 2024.") in html
    assert ("Node.js 18 is out of support" in html) == (as_of > "2025")


def test_malformed_date_is_refused(tmp_path):
    with pytest.raises(UsageError, match="is not a date"):
        report.build(shapes.run(tmp_path), as_of="tomorrow")


def test_failed_summary_is_told_in_a_sentence(tmp_path):
    run = shapes.run(tmp_path, leave_out=("summary.json", "summary.md"))
    record = StageRecord(
        stage="generate_summary",
        state="failed",
        started_at="2026-01-01T00:00:00Z",
        library="0",
        error="no <model>",
    )
    write_record(run.folder, record)
    built = report.build(run)
    assert "the stage generate_summary failed (no &lt;model&gt;)" in built.html
    assert "the stage generate\\_summary failed" in built.markdown
    assert "the stage generate_summary failed" in built.console


def test_summary_that_never_ran_is_told(tmp_path):
    html = report.build(shapes.run(tmp_path, leave_out=("summary.json", "summary.md"))).html
    assert "the stage generate_summary was not run" in html


def test_missing_analysis_is_an_error_that_names_its_stage(tmp_path):
    with pytest.raises(ContractError, match=r"repo_shape\.json") as caught:
        report.build(shapes.run(tmp_path, leave_out=("repo_shape.json",)))
    assert "analyze_repo" in caught.value.fix


def test_bare_repository_is_told_in_sentences(tmp_path):
    html = report.build(shapes.run(tmp_path, repo_shape_json=shapes.bare_shape())).html
    for sentence in (
        "No tests were found.",
        "No endpoint was found.",
        "No dependency is declared.",
        "No file in a known language.",
    ):
        assert sentence in html


def test_console_is_ten_lines_and_next_steps(built):
    found, _, steps = built.console.partition("\n\n")
    assert len(found.splitlines()) == 10
    assert all(len(line) <= 110 for line in found.splitlines())
    assert steps.startswith("Next steps\n  1. Open the report: ")


def test_unknown_forge_gives_plain_places(tmp_path):
    clone = shapes.clone(host="git.example", web_url=None, url="https://git.example/fruit/orchard")
    html = report.build(shapes.run(tmp_path, clone_json=clone)).html
    assert '<span class="place">api/pyproject.toml:6</span>' in html
    assert "/blob/" not in html


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("gitlab.com", "https://gitlab.com/fruit/orchard/-/blob/{commit}/api/pyproject.toml#L6"),
        ("codeberg.org", "https://codeberg.org/fruit/orchard/src/commit/{commit}/api/pyproject.toml#L6"),
        ("bitbucket.org", "https://bitbucket.org/fruit/orchard/src/{commit}/api/pyproject.toml#lines-6"),
        ("gitlab.example", "https://gitlab.example/fruit/orchard/-/blob/{commit}/api/pyproject.toml#L6"),
    ],
)
def test_places_follow_the_forge(tmp_path, host, address):
    clone = shapes.clone(host=host, web_url=None, url=f"https://{host}/fruit/orchard")
    assert address.format(commit=shapes.COMMIT) in report.build(shapes.run(tmp_path, clone_json=clone)).html


def test_markdown_holds_the_diagram_and_places(built):
    assert "```mermaid\nflowchart LR" in built.markdown
    assert (
        f"[`api/pyproject.toml:4`](<https://github.com/fruit/orchard/blob/{shapes.COMMIT}/api/pyproject.toml#L4>)"
        in built.markdown
    )
