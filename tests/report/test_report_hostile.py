"""Names and texts of a hostile repository stay text; huge ones stay bearable."""

from __future__ import annotations

import json
import re
import time

import pytest
from markdown_it import MarkdownIt

from repo_architect import report
from repo_architect.report.drawing import drawing
from support import shapes

HOSTILE = [
    "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", '" onmouseover="alert(1)', "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}", "a\u202egnp.exe", "null\x00byte\x1b[31m", "&lt;b&gt; & <b>", "`code` | pipe", "x" * 5000,
]  # fmt: skip


def _hostile_run(tmp_path, text):
    shape = shapes.shape(
        dependencies=({**shapes._SHAPE["dependencies"][0], "name": text, "requirement": text},),
        endpoints=({**shapes._SHAPE["endpoints"][0], "path": "/" + text, "handler": text},),
        frameworks=(
            {
                **shapes._SHAPE["frameworks"][0],
                "name": text,
                "category": text,
                "evidence": ({"path": text, "line": 2},),
            },
        ),
        env_vars=({"name": text, "default": text, "evidence": ({"path": text, "line": 1},)},),
        alerts=(
            {
                "level": "error",
                "title": text,
                "detail": text,
                "fix": text,
                "evidence": ({"path": text, "line": 1},),
            },
        ),
        limits=({"reason": text, "detail": text, "path": text},),
        repository={**shapes._REPOSITORY, "description": text, "topics": (text,)},
    )
    return shapes.run(
        tmp_path,
        repo_shape_json=shape,
        clone_json=shapes.clone(branch=text),
        ci_generated_yml=text,
        diagram_mmd=text,
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text_in_the_page(tmp_path, text):
    html = report.build(_hostile_run(tmp_path, text)).html
    body = html.partition("<body>")[2]
    assert body.count("<script") == 1
    assert body.count("</script>") == 1
    assert not re.search(r"<[^>]*\son\w+=", body)
    assert "<img" not in body
    assert "<b>" not in body.replace("<b>", "", body.count('"><b>'))
    assert not re.search(r'href="(?!https://github\.com/|#)', body)
    assert not set(html) & {"\u202e", "\x00", "\x1b"}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text_in_markdown(tmp_path, text):
    markdown = report.build(_hostile_run(tmp_path, text)).markdown
    rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(markdown)
    assert "<script" not in rendered
    assert "<img" not in rendered
    assert "<b>" not in rendered
    assert not re.search(r'href="(?!https://github\.com/)', rendered)


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "<svg",
        "<!DOCTYPE svg><svg xmlns='http://www.w3.org/2000/svg'/>",
        "<html/>",
        "<svg>" * 200 + "</svg>" * 200,
    ],
)
def test_broken_diagram_is_told_and_not_shown(tmp_path, svg):
    html = report.build(shapes.run(tmp_path, diagram_svg=svg)).html
    assert ("The diagram cannot be shown here" in html) or svg.startswith("<svg><svg>")
    assert 'id="reproduce"' in html


def test_diagram_keeps_only_what_is_harmless():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)"><script>alert(1)</script>'
        '<foreignObject><b>x</b></foreignObject><a href="javascript:alert(1)"><text onclick="x()">kept</text></a>'
        '<a href="https://forge.example/x"><text>link</text></a><rect fill="url(https://spy.example)"/>'
        '<image href="https://spy.example/x.png"/><use xlink:href="#a"/></svg>'
    )
    kept = drawing(svg).svg
    assert "kept" in kept
    assert "https://forge.example/x" in kept
    assert not re.search(r"script|onload|onclick|foreignObject|spy\.example|<image", kept)


def test_arrows_of_the_diagram_become_rows(tmp_path):
    proof = json.dumps([["web/src/client.ts", 3]]).replace('"', "&quot;")
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img"><title>t</title><g data-node="n1"><text>web</text></g>'
        f'<g data-node="n2"><text>api</text></g><g data-edge="n1 n2" data-evidence="{proof}"><title>web -&gt; api: calls, 4 imports</title></g></svg>'
    )
    html = report.build(shapes.run(tmp_path, diagram_svg=svg)).html
    assert re.search(r'<th scope="row">web</th><td>api</td><td>calls, 4 imports</td>.*?client\.ts:3', html)


def test_huge_analysis_makes_a_page_that_opens(tmp_path):
    dependency, endpoint = shapes._SHAPE["dependencies"][2], shapes._SHAPE["endpoints"][0]
    shape = shapes.shape(
        dependencies=tuple({**dependency, "name": f"package-{number}"} for number in range(20_000)),
        endpoints=tuple(
            {**endpoint, "path": f"/api/v{number % 40}/things/{number}"} for number in range(5_000)
        ),
    )
    run = shapes.run(tmp_path, repo_shape_json=shape)
    began = time.process_time()
    built = report.build(run)
    assert time.process_time() - began < 10
    assert len(built.html) < 2_000_000
    assert len(built.markdown) < 60_000
    assert "19,200 more dependencies are in" in built.html
    assert "4,200 more endpoints are in" in built.html
