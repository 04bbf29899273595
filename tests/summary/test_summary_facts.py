"""The summary made without a model."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from repo_architect import summary
from repo_architect.contracts import ImportEdge, Module, Modules, Summary
from repo_architect.errors import UsageError
from repo_architect.summary.check import check
from repo_architect.summary.known import known
from repo_architect.summary.source import Source
from support import shapes


@pytest.fixture(scope="module")
def repo(tmp_path_factory):
    return shapes.repository(tmp_path_factory.mktemp("repo"))


@pytest.fixture(autouse=True)
def no_model(monkeypatch):
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "OPENAI_MODEL",
        "OUMI_API_KEY",
        "OUMI_BASE_URL",
        "OUMI_MODEL",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def told(repo):
    return summary.summarize(shapes.shape(), shapes.modules(), repo)


def test_three_sentences_say_what_it_is_is_made_of_and_how_it_runs(told):
    assert [claim.text for claim in told.sentences] == [
        'orchard, in its own words: "Orchard is a self-hosted planner for fruit growers, with a REST API and a web front end."',
        ("It is written in Python (61 %), TypeScript (28 %) and Vue (8 %), with FastAPI, SQLAlchemy, Celery and Vue, in 2 components "
        "(orchard-api and orchard-web), keeping data in PostgreSQL and Redis."),
        ("It is run with `docker compose up`, its 1 test file runs with `uv run pytest` in `api`, it exposes 2 HTTP endpoints and "
        "GitHub Actions checks it."),
    ]  # fmt: skip


def test_every_claim_has_evidence_that_exists(told, repo):
    for claim in (*told.sentences, *told.hotspots, *told.onboarding, *told.technologies):
        assert claim.evidence
        for place in claim.evidence:
            lines = (repo / place.path).read_text().split("\n")
            assert place.line <= len(lines), claim


def test_lead_stands_at_the_line_that_it_names(told, repo):
    place = told.sentences[0].evidence[0]
    assert "self-hosted planner" in (repo / place.path).read_text().split("\n")[place.line - 1]


def test_hotspots_say_why(told):
    assert len(told.hotspots) == 5
    assert "imported by 2 files" in next(
        spot.reason for spot in told.hotspots if spot.path == "api/orchard/db.py"
    )
    assert not [spot for spot in told.hotspots if "test" in spot.path]


def test_churn_counts_where_history_is_there(repo):
    history = {
        "commits": 90,
        "contributors": 3,
        "hotspots": ({"path": "api/orchard/cli.py", "churn": 4000, "complexity": 3},),
    }
    still = summary.summarize(shapes.shape(), shapes.modules(), repo).hotspots
    moved = summary.summarize(shapes.shape(history=history), shapes.modules(), repo).hotspots
    places = [[spot.path for spot in spots].index("api/orchard/cli.py") for spots in (still, moved)]
    assert places[1] < places[0]
    assert "4,000 lines changed" in moved[places[1]].reason


def test_hotspot_ranks_the_complex_and_depended_on_first(tmp_path):
    files = [
        {"path": f"a/m{number}.py", "language": "Python", "bytes": 10, "lines": 20, "complexity": 2}
        for number in range(20)
    ]
    files.append({"path": "a/core.py", "language": "Python", "bytes": 10, "lines": 900, "complexity": 120})
    modules = Modules.build(
        [Module(fact["path"], "Python", fact["lines"], "a") for fact in files],
        [ImportEdge(f"a/m{number}.py", "a/core.py", "import", (number + 1,)) for number in range(20)],
    )
    spot = summary.summarize(shapes.bare_shape(files=tuple(files)), modules, tmp_path).hotspots[0]
    assert spot.path == "a/core.py"
    assert (
        spot.reason
        == "900 lines (the most) with complexity 120 (the most) and imported by 20 files (the most)"
    )
    assert [str(place) for place in spot.evidence] == ["a/core.py:1", "a/m0.py:1", "a/m1.py:2", "a/m10.py:11"]


def test_three_steps_use_the_repositorys_commands(told):
    assert [claim.text for claim in told.onboarding] == [
        "Set up: `uv sync` in `api` (needs Python >=3.10).",
        "Run it with `docker compose up` and test it with `uv run pytest` in `api`.",
        "Read first: `README.md`, then `api/orchard/cli.py`, then `api/orchard/trees.py`.",
    ]


def test_technologies_name_frameworks_before_tools(told):
    names = [claim.text for claim in told.technologies]
    assert names[0] == "FastAPI 0.115.4 (web framework)"
    assert names.index("PostgreSQL (database)") < names.index("pytest (tests)")
    assert len(names) <= 12


def test_empty_repository_says_that_nothing_is_known(tmp_path):
    told = summary.summarize(shapes.bare_shape(), Modules(), tmp_path)
    assert len(told.sentences) == 3
    assert len(told.onboarding) == 3
    assert told.hotspots == ()
    assert "no README" in told.sentences[0].text
    assert told.sentences[1].text == "It is empty: it holds no file."
    assert "no command for either was found" in told.onboarding[1].text


@pytest.mark.parametrize(
    "changes",
    [
        {"languages": ()}, {"frameworks": ()}, {"components": ()}, {"commands": ()}, {"tests": (), "test_tools": ()}, {"endpoints": ()},
        {"ci_systems": ()}, {"files": ()}, {"entry_points": (), "commands": ()}, {"runtimes": ()}, {"commands": (), "components": ()},
    ],
    ids="-".join,
)  # fmt: skip
def test_whatever_is_missing_three_sentences_and_steps_read_well(repo, changes):
    told = summary.summarize(shapes.shape(**changes), shapes.modules(), repo)
    for claim in (*told.sentences, *told.onboarding):
        assert re.fullmatch(r"[A-Z\"`o].*[.\"]", claim.text), claim.text
        assert "None" not in claim.text
        assert not re.search(r" ,|,,|  |\(\)|with \.|and \.", claim.text), claim.text
    assert (len(told.sentences), len(told.onboarding)) == (3, 3)


def test_many_components_are_counted_not_listed(repo):
    parts = tuple(
        {
            "id": f"p{number}",
            "name": f"part-{number:03}",
            "path": f"packages/{number:03}",
            "kind": "library",
            "manifest": None,
        }
        for number in range(100)
    )
    text = summary.summarize(shapes.shape(components=parts), shapes.modules(), repo).sentences[1].text
    assert "in 100 components (among them part-000, part-001 and part-002)" in text
    assert len(text) < 300


def test_same_input_gives_the_same_bytes(repo):
    first, second = (summary.summarize(shapes.shape(), shapes.modules(), repo).to_json() for _ in range(2))
    assert first == second
    assert Summary.from_json(first)


def test_unknown_backend_is_refused(repo):
    with pytest.raises(UsageError, match="no summary backend"):
        summary.summarize(shapes.shape(), shapes.modules(), repo, backend="oracle")


def test_backend_without_its_variables_is_told(repo):
    told = summary.summarize(shapes.shape(), shapes.modules(), repo, backend="openai")
    assert told.backend.name == "deterministic"
    assert "OPENAI_API_KEY is not set" in told.backend.note


def test_frame_has_a_row_a_statement(told):
    frame = summary.frame(told)
    assert list(frame["part"]).count("sentence") == 3
    assert list(frame["part"]).count("hotspot") == 5
    assert list(frame["part"])[3] == "hotspot"


def test_markdown_links_each_place(told):
    text = summary.to_markdown(told, shapes.shape())
    assert f"[`README.md:9`](https://github.com/fruit/orchard/blob/{shapes.COMMIT}/README.md#L9)" in text
    assert text.count("\n## ") == 3


@pytest.mark.parametrize(
    ("host", "begins"),
    [
        ("gitlab.com", "https://gitlab.com/fruit/orchard/-/blob/"),
        ("gitlab.example", "https://gitlab.example/fruit/orchard/-/blob/"),
        ("codeberg.org", "https://codeberg.org/fruit/orchard/src/commit/"),
        ("forge.example", None),
    ],
)
def test_markdown_links_follow_the_forge(told, host, begins):
    text = summary.to_markdown(told, shapes.shape(repository={**shapes._REPOSITORY, "host": host}))
    assert (begins in text) if begins else ("](" not in text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>",
        "[a](javascript:x)",
        "# head",
        "`x` | y",
        "@someone",
        "![i](http://x/y.png)",
        "a\nb\n\n# c",
    ],
)
def test_hostile_names_stay_text_in_markdown(tmp_path, text):
    shape = shapes.bare_shape(
        repository={
            **shapes._REPOSITORY,
            "name": text,
            "description": f"This is {text} all over again",
            "readme": None,
        },
        frameworks=({"name": text, "category": text, "evidence": ({"path": text, "line": 1},)},),
    )
    rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(
        summary.to_markdown(summary.summarize(shape, Modules(), tmp_path), shape)
    )
    assert not re.search(r"<script|<img|href=\"(?!https://github\.com/)", rendered)
    assert rendered.count("<h1") == 1
    assert not re.search(r"(?<!\w)@someone", re.sub(r"<code>.*?</code>", "", rendered))


def test_the_check_of_models_supports_what_is_true(told, repo):
    facts, source = known(shapes.shape(), shapes.modules(), told), Source(repo)
    for claim in (*told.sentences, *told.onboarding, *told.technologies):
        assert check(claim.text, claim.evidence, facts, source) == "supported", claim.text
    for spot in told.hotspots:
        assert check(f"`{spot.path}`: {spot.reason}", spot.evidence, facts, source) == "supported"
