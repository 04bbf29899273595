"""The page in a real browser: what is clicked answers, nothing is asked of the network, nothing is too wide."""

from __future__ import annotations

import json
import shutil

import pytest

from repo_architect import report
from support import shapes

pytestmark = pytest.mark.browser

PROOF = json.dumps([["web/src/client.ts", 3], ["a b/ü#.ts", 7]]).replace('"', "&quot;")
DIAGRAM = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 300 200" width="300" height="200"><title>Architecture</title>'
    '<g data-node="n1"><title>web\nweb</title><rect width="80" height="30" x="10" y="10" fill="#eee"/><text x="30" y="30">web</text></g>'
    '<g data-node="n2"><title>api\napi</title><rect width="80" height="30" x="10" y="150" fill="#eee"/><text x="30" y="170">api</text></g>'
    f'<g data-edge="n1 n2" data-evidence="{PROOF}"><title>web -&gt; api: calls, 4 imports, for instance x:1</title>'
    '<a href="https://github.com/x"><path class="line" d="M50 40V150" stroke="#000" stroke-width="12" fill="none"/></a></g></svg>'
)


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


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    run = shapes.run(tmp_path_factory.mktemp("runs"), diagram_svg=DIAGRAM)
    run.write("report.html", report.build(run).html)
    return run.path("report.html")


@pytest.fixture
def page(browser, path, request):
    options = getattr(request, "param", {})
    opened = browser.new_page(**{"viewport": {"width": 1300, "height": 900}, **options})
    opened.troubles = []
    opened.on(
        "console",
        lambda message: (
            opened.troubles.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    opened.on("pageerror", lambda error: opened.troubles.append(str(error)))
    opened.on(
        "request", lambda asked: None if asked.url.startswith("file:") else opened.troubles.append(asked.url)
    )
    opened.goto(path.as_uri())
    yield opened
    assert opened.troubles == []
    opened.close()


def test_click_on_an_arrow_shows_its_lines(page):
    page.locator("[data-edge] .line").click(force=True)
    panel = page.locator("#proof")
    assert panel.locator("strong").inner_text() == "web → api"
    assert panel.locator(".dim").inner_text() == "calls, 4 imports"
    assert panel.locator("li a").evaluate_all("links => links.map(link => link.href)") == [
        f"https://github.com/fruit/orchard/blob/{shapes.COMMIT}/web/src/client.ts#L3",
        f"https://github.com/fruit/orchard/blob/{shapes.COMMIT}/a%20b/%C3%BC%23.ts#L7",
    ]


def test_click_on_a_box_tells_its_arrows(page):
    page.locator("[data-node=n2] text").click()
    assert "is used by web" in page.locator("#proof").inner_text()


def test_keyboard_reaches_an_arrow(page):
    page.locator("[data-edge] a").focus()
    page.keyboard.press("Enter")
    assert page.locator("#proof strong").inner_text() == "web → api"


def test_zoom_drag_and_fit(page):
    box = "document.querySelector('#canvas svg').getAttribute('viewBox').split(' ').map(Number)"
    before = page.evaluate(box)
    page.get_by_role("button", name="Zoom in").click()
    closer = page.evaluate(box)
    assert closer[2] < before[2]
    frame = page.locator("#canvas").bounding_box()
    page.mouse.move(frame["x"] + 20, frame["y"] + 20)
    page.mouse.down()
    page.mouse.move(frame["x"] + 90, frame["y"] + 60, steps=4)
    page.mouse.up()
    assert page.evaluate(box)[0] < closer[0]
    page.get_by_role("button", name="Fit").click()
    assert page.evaluate(box) == before


def test_search_fades_what_does_not_match(page):
    page.get_by_label("Find in the diagram").fill("api")
    assert page.locator("[data-node].faded").count() == 1
    page.get_by_label("Find in the diagram").fill("")
    assert page.locator(".faded").count() == 0


def test_filter_hides_rows_and_says_how_many_are_left(page):
    page.get_by_label("Filter by name, scope, component").fill("vue")
    assert page.locator("#dependency-table tbody tr:visible").count() == 1
    assert page.locator("#dependency-table-told").inner_text() == "1 of 5 rows shown"


def test_click_on_a_heading_sorts_by_it(page):
    head = page.locator("#dependency-table thead th").first
    names = page.locator("#dependency-table tbody th")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert names.all_inner_texts() == sorted(names.all_inner_texts())
    head.get_by_role("button").click()
    assert names.all_inner_texts() == sorted(names.all_inner_texts(), reverse=True)


def test_theme_can_be_changed(page):
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Switch between light and dark").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before


@pytest.mark.parametrize(
    "page", [{"viewport": {"width": width, "height": 800}} for width in (340, 768, 1300)], indirect=True
)
def test_nothing_is_wider_than_the_screen(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_without_a_script_everything_is_there(page):
    assert page.locator("#canvas svg").is_visible()
    assert page.locator("#dependency-table tbody tr:visible").count() == 5
    assert not page.get_by_label("Find in the diagram").is_visible()


@pytest.mark.parametrize("page", [{"color_scheme": scheme} for scheme in ("light", "dark")], indirect=True)
def test_text_stands_out_from_its_ground(page):
    """WCAG AA: 4.5 to 1, for every colour of text on the colour behind it."""
    poor = page.evaluate("""() => {
        const numbers = (colour) => { const found = colour.match(/[\\d.]+/g).map(Number); return found.length === 3 ? [...found, 1] : found; };
        const shine = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
        const ground = (element) => { for (let at = element; at; at = at.parentElement) {
            const colour = numbers(getComputedStyle(at).backgroundColor); if (colour[3] > .9) return colour; } return [255, 255, 255, 1]; };
        const poor = [];
        for (const element of document.querySelectorAll("body *:not(svg *):not(script)")) {
            if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) || !element.checkVisibility()) continue;
            const [a, b] = [shine(numbers(getComputedStyle(element).color)), shine(ground(element))].sort((x, y) => y - x);
            const ratio = (a + .05) / (b + .05);
            if (ratio < 4.5) poor.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
        }
        return [...new Set(poor)];
    }""")
    assert poor == []


@pytest.mark.parametrize(
    "page", [{"color_scheme": "dark", "viewport": {"width": 800, "height": 1100}}], indirect=True
)
def test_printed_page_is_light_and_keeps_its_headings(page):
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("#dependency-table thead th").first.inner_text() == "Name"
    assert not page.locator("nav.contents").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("getComputedStyle(document.querySelector('.wide')).maxHeight") == "none"
