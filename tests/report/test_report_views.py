"""Diagrams inside boxes, opened in a real browser; and what of them is trusted."""

from __future__ import annotations

import shutil

import pytest

from repo_architect import diagram, report
from repo_architect.contracts import Views
from support import shapes
from support.graphs import modules_of, shape_of

GRAPH = modules_of(
    *(f"app/web/{a}/m{n}.py -> app/core/{b}/k{n}.py" for n in range(3) for a in ("pages", "forms") for b in ("db", "log")),
    *(f"app/web/pages/m{n}.py -> app/web/forms/m{n}.py" for n in range(3)),
    *(f"app/core/db/k{n}.py -> app/core/log/k{n}.py" for n in range(3)),
    *(f"app/core/db/k{n}.py -> app/core/db/k{n + 1}.py" for n in range(2)),
)  # fmt: skip


def page_of(folder):
    shape = shape_of()
    drawn = diagram.draw(shape, GRAPH, max_nodes=2)
    run = shapes.run(folder, diagram_svg=drawn.svg)
    run.write("views.json", diagram.explore(shape, GRAPH, drawn))
    run.write("report.html", report.build(run).html)
    return run.path("report.html")


def test_a_view_that_is_no_svg_is_left_out(tmp_path):
    bad = {"id": "components/n1", "title": "x", "view": "components", "boxes": 1, "arrows": 0, "svg": "<html><script>1</script></html>"}  # fmt: skip
    run = shapes.run(tmp_path)
    run.write("views.json", Views.checked({"views": [bad | {"id": "components"}, bad]}))
    assert "<template" not in report.build(run).html


def test_a_run_without_views_still_has_its_diagram(tmp_path):
    html = report.build(shapes.run(tmp_path)).html
    assert 'id="canvas"' in html
    assert "<template" not in html


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("no chromium here")
    with playwright.sync_playwright() as session:
        opened = session.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser, tmp_path):
    opened = browser.new_page(viewport={"width": 1300, "height": 900})
    opened.set_default_timeout(5000)
    troubles = []
    opened.on(
        "console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None
    )
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("request", lambda asked: None if asked.url.startswith("file:") else troubles.append(asked.url))
    opened.address = page_of(tmp_path).as_uri()
    opened.goto(opened.address)
    yield opened
    assert troubles == []
    opened.close()


def names(page):
    return page.locator("#canvas [data-node] > title, #canvas [data-node] a > title").evaluate_all(
        "all => all.map(title => title.textContent.split('\\n')[0])"
    ) or page.locator("#canvas [data-node]").evaluate_all(
        "all => all.map(g => g.querySelector('text').textContent)"
    )


def crumbs(page):
    return page.locator("#view-crumbs a").all_inner_texts()


@pytest.mark.browser
def test_a_box_opens_two_levels_down_and_back_leads_out(page):
    first = names(page)
    page.locator("#canvas .opens").first.dblclick()
    page.wait_for_function("location.hash.split('/').length === 3")
    second = names(page)
    assert second != first
    page.locator("#canvas .opens").first.dblclick()
    page.wait_for_function("location.hash.split('/').length === 4")
    assert len(crumbs(page)) == 3
    assert page.locator("#view-crumbs [aria-current=page]").count() == 1
    page.go_back()
    page.wait_for_function("location.hash.split('/').length === 3")
    assert names(page) == second
    page.go_back()
    page.wait_for_function("!document.querySelector('#view-crumbs li + li')")
    assert names(page) == first


@pytest.mark.browser
def test_an_address_with_a_hash_opens_that_diagram_at_once(page):
    page.locator("#view-inside a").first.click()
    inner, address = names(page), page.url
    page.goto("about:blank")
    page.goto(address)
    assert names(page) == inner


@pytest.mark.browser
def test_the_keyboard_alone_opens_a_box_and_shows_an_arrow(page):
    target = page.locator("#canvas .opens a, #canvas .opens[tabindex]").first
    assert "opens its diagram" in target.get_attribute("aria-label")
    target.focus()
    page.keyboard.press("Shift+Enter")
    page.wait_for_function("location.hash.split('/').length === 3")
    page.locator("#canvas [data-edge]").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#proof li").count() >= 1
    assert page.locator("#proof li a").first.get_attribute("href").endswith(
        ("#L1", "#L13")
    ) or "#L" in page.locator("#proof li a").first.get_attribute("href")


@pytest.mark.browser
def test_search_leads_to_the_diagram_where_a_name_is(page):
    page.get_by_label("Find in the diagram").fill("forms")
    assert page.locator("#diagram-found a").count() >= 1
    page.locator("#diagram-found a").first.click()
    page.wait_for_function("location.hash.includes('/n')")
    assert page.locator("#canvas [data-node]:not(.faded)").count() >= 1


@pytest.mark.browser
def test_opened_diagrams_keep_the_style_of_the_first(page):
    ink = "getComputedStyle(document.querySelector('#canvas .line')).stroke"
    before = page.evaluate(ink)
    page.locator("#view-inside a").first.click()
    page.wait_for_function("location.hash.includes('/n')")
    assert page.evaluate(ink) == before != "none"
