import json
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from repo_architect.diagram import draw
from repo_architect.diagram.svg.geometry import Item, Link
from repo_architect.diagram.svg.layout import lay_out
from support.graphs import COMMIT, LAYERED, modules_of, random_modules, shape_of

SVG = "{http://www.w3.org/2000/svg}"


def parse(diagram):
    return ET.fromstring(diagram.svg)


def test_every_arrow_carries_its_evidence_and_its_link():
    root = parse(draw(shape_of(), LAYERED))
    edges = [element for element in root.iter(f"{SVG}g") if element.get("data-edge")]
    assert edges
    for edge in edges:
        path, line = json.loads(edge.get("data-evidence"))[0]
        assert (
            edge.find(f"{SVG}a").get("href")
            == f"https://github.com/someone/demo/blob/{COMMIT}/{path}#L{line}"
        )


def test_there_are_no_links_where_the_host_is_not_known():
    assert not list(parse(draw(shape_of(host="git.example.org"), LAYERED)).iter(f"{SVG}a"))


def test_it_is_an_image_with_a_title_and_a_description_and_legible_text():
    root = parse(draw(shape_of(), LAYERED))
    assert root.get("role") == "img"
    assert [root.find(f"{SVG}{tag}").text is not None for tag in ("title", "desc")] == [True, True]
    assert all(int(text.get("font-size")) >= 12 for text in root.iter(f"{SVG}text"))


def overlap(one, two):
    return (
        one.x < two.x + two.width and two.x < one.x + one.width and one.y < two.bottom and two.y < one.bottom
    )


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("labelled", [False, True])
def test_no_boxes_overlap_and_every_line_ends_at_the_rims_of_its_boxes(seed, labelled):
    diagram = draw(shape_of(), random_modules(seed, list("abcdefghij"), 120, 60 + 60 * seed))
    boxes = [Item(node.id, 80 + 7 * len(node.label), 60) for node in diagram.nodes]
    links = [
        Link(edge.source, edge.target, 60.0 if labelled else 0.0, 1, edge.cycle) for edge in diagram.edges
    ]
    layout = lay_out(boxes, links)
    items = list(layout.items.values())
    assert not any(overlap(one, two) for index, one in enumerate(items) for two in items[index + 1 :])
    for (source, target), points in layout.paths.items():
        for end, (x, y) in ((layout.items[source], points[0]), (layout.items[target], points[-1])):
            assert end.x <= x <= end.x + end.width
            assert y in (pytest.approx(end.y), pytest.approx(end.bottom))


@pytest.mark.parametrize("seed", range(8))
def test_lines_and_labels_run_clear_of_boxes(seed):
    diagram = draw(shape_of(), random_modules(seed, list("abcdefghij"), 120, 60 + 60 * seed))
    boxes = [Item(node.id, 80 + 7 * len(node.label), 60) for node in diagram.nodes]
    layout = lay_out(boxes, [Link(edge.source, edge.target, 60.0, 1, edge.cycle) for edge in diagram.edges])
    for pair, points in layout.paths.items():
        for (x, y), (next_x, next_y) in pairwise(points):
            low, high, top, bottom = min(x, next_x), max(x, next_x), min(y, next_y), max(y, next_y)
            for item in layout.items.values():
                if item.key not in pair:
                    inside = (
                        low < item.x + item.width and item.x < high and top < item.bottom and item.y < bottom
                    )
                    assert not inside, (pair, item.key)
    places = [Item("", 60.0, 16.0, x - 30, y - 8) for x, y in layout.labels.values()]
    everything = [*places, *layout.items.values()]
    assert not any(overlap(one, two) for index, one in enumerate(places) for two in everything[index + 1 :])


def test_many_boxes_without_arrows_stand_in_rows():
    root = parse(draw(shape_of(), modules_of(files=tuple(f"folder{n}/a.py" for n in range(14)))))
    assert float(root.get("width")) < 1250
