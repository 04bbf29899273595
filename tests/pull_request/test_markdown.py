"""What a hostile repository says stays text in Markdown: judged by a Markdown parser, not by looking at strings."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from repo_architect.contracts import CiPlan, Evidence, RepoShape, Summary
from repo_architect.contracts.ci_plan import Decision, PlannedJob, PlannedStep
from repo_architect.contracts.repo_shape import Architecture, ArchitectureNode, Repository
from repo_architect.contracts.summary import Backend, Claim
from repo_architect.pull_request.body import body, edited, sign
from repo_architect.pull_request.document import page
from repo_architect.pull_request.files import Planned
from repo_architect.pull_request.markdown import code, fenced, links, plain, prose, table

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<!-- --> <script>",
    "[a](javascript:alert(1))",
    "![a](https://evil.example/x.png)",
    "[a]: https://evil.example",
    "https://evil.example",
    "www.evil.example",
    "ftp://evil.example",
    "<https://evil.example>",
    "*a* _b_ **c** ~~d~~ ==e==",
    "`a`",
    "``a` b``",
    "a ``` b",
    "\\`a`",
    "a\\",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "> quote",
    "===",
    "---",
    "    code",
    "a | b | c",
    "a \\| b",
    "&lt;b&gt; &amp;",
    "$x$ $$y$$",
    "@everyone @ada/team",
    "GH-1 #1 ada/shop#1",
    "a\n# b",
    "a\r\n\r\n<b>",
    "\x1b[31mred\x00",
    "\u202eevil",
    "  ",
]


def tokens(markdown: str) -> list[Token]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    flat: list[Token] = []
    for token in parser.parse(markdown):
        flat += [token, *(token.children or ())]
    return flat


def shown(text: str) -> str:
    """What of a text can be shown: printable, on one line, blanks as they are drawn."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def is_plain(markdown: str) -> bool:
    return {token.type for token in tokens(markdown)} <= {
        "paragraph_open",
        "paragraph_close",
        "inline",
        "text",
        "text_special",
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_text_is_shown_as_it_is_written(text: str) -> None:
    made = plain(text)
    assert is_plain(made)
    drawn = "".join(token.content for token in tokens(made) if token.type == "text")
    assert " ".join(drawn.split()) == shown(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_plain_text_is_linked_by_github_itself(text: str) -> None:
    assert not re.search(r"(?i)https?:|ftp:|www\.|@\w|(?<!&)#\d", plain(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_code_is_one_span_whatever_is_in_it(text: str) -> None:
    [found] = [
        token
        for token in tokens(f"before {code(text)} after")
        if token.type not in ("inline", "text", "paragraph_open", "paragraph_close")
    ]
    assert found.type == "code_inline"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("make", [plain, prose, code])
def test_a_row_keeps_its_cells(text: str, make: object) -> None:
    lines = table(("one", "two"), [(make(text), "end")])  # type: ignore[operator]
    cells = [token for token in tokens("\n".join(lines)) if token.type == "td_open"]
    assert len(cells) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_a_block_ends_where_it_is_ended(text: str) -> None:
    found = [
        token.type for token in tokens("\n".join([*fenced(f"{text}\n```\n~~~", "mermaid"), "", "after"]))
    ]
    assert found == ["fence", "paragraph_open", "inline", "text", "paragraph_close"]


def test_what_stands_between_backticks_of_a_claim_is_code() -> None:
    found = tokens(prose("run `pytest -q` in `web` (needs >=3.11)"))
    assert [token.content for token in found if token.type == "code_inline"] == ["pytest -q", "web"]
    assert (
        "".join(t.content for t in found if t.type in ("text", "code_inline"))
        == "run pytest -q in web (needs >=3.11)"
    )


@pytest.mark.parametrize(
    "path", ["a b.py", "a)b.py", "a](x).py", "ü.py", "a#b?c.py", "a%20b", "a|b", "a`b", "-x"]
)
def test_a_link_leads_to_its_file(path: str) -> None:
    from urllib.parse import unquote

    made = links((Evidence(path=path, line=7),), "https://example.com/")
    hrefs = [str(token.attrs["href"]) for token in tokens(made) if token.type == "link_open"]
    assert [unquote(href) for href in hrefs] == [f"https://example.com/{path}#L7"]


ALLOWED_LINKS = re.compile(r"https://github\.com/ada/shop/blob/|\.\./\.\./|diagram\.svg$")


@pytest.mark.parametrize("text", HOSTILE)
def test_page_and_body_of_a_hostile_repository_link_to_nothing_else(text: str) -> None:
    where = (Evidence(path=text.replace("\n", " ").replace("\r", " "), line=1),)
    shape = RepoShape(
        repository=Repository(
            name=text, owner=None, host=None, url="u", commit="c", branch=None, committed_at="t", shallow=True, size_bytes=0, file_count=0
        ),
        architecture=Architecture(nodes=(ArchitectureNode(id="a", name=text, kind="service", technology=text, path=None, evidence=where),)),
    )  # fmt: skip
    claim = Claim(text=text, evidence=where)
    summary = Summary(
        backend=Backend(name="x"), sentences=(claim,), onboarding=(claim,), technologies=(claim,)
    )
    step = PlannedStep(name=text, run=text, reason=text, evidence=where)
    plan = CiPlan(
        verdict="improve", existing=where, missing=(text,), permissions={text: "read"},
        jobs=(PlannedJob(id="a", name=text, component=None, runs_on="x", timeout_minutes=1, steps=(step,)),),
        decisions=(Decision(subject=text, choice=text, reason=text, evidence=where),),
        not_covered=(Decision(subject=text, choice=text, reason=text),),
    )  # fmt: skip
    planned = (Planned("a.yml", b"name: CI", "ci-generated.yml", "CI"),)
    for made in (
        page(shape, summary, text, "../../"),
        body(planned, plan, "https://github.com/ada/shop/blob/c/", ()),
    ):
        found = tokens(made)
        hrefs = [str(token.attrs["href"]) for token in found if token.type == "link_open"]
        assert all(ALLOWED_LINKS.match(href) for href in hrefs)
        assert not any(token.type == "image" for token in found)
        html = [token.content[:13] for token in found if token.type in ("html_block", "html_inline")]
        assert html == ["<!-- written " if made.startswith("<!--") else "<!-- repo-arc"]
        assert sum(token.type == "heading_open" for token in found) == (5 if made.startswith("<!--") else 3)


@pytest.mark.parametrize("change", ["", "x", "\n"])
def test_a_signed_body_tells_whether_it_was_edited(change: str) -> None:
    text = sign("one\ntwo")
    assert edited(text.replace("two", f"two{change}").replace("\n", "\r\n")) == (change == "x")
    assert edited("never signed")
    assert not edited(text)
