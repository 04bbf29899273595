"""The pictures of random graphs, read from their SVG; and that the reader of pictures sees what is wrong."""

import random
import re
from pathlib import Path

import pytest
from benchmarks.svg_check import contrast, faults

import repo_architect
from repo_architect.contracts import Evidence
from repo_architect.diagram import draw
from repo_architect.diagram.model import Edge, Fold, Node
from repo_architect.diagram.svg import paint
from repo_architect.diagram.svg.text_width import text_width
from support.graphs import LAYERED, random_modules, shape_of

KINDS = ("component", "service", "web", "worker", "gateway", "database", "cache", "storage", "broker", "queue", "external", "monitoring",
         "user", "config")  # fmt: skip
NAMES = ("a", "api", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "iiiiiiii", "日本語のとても長い名前です", "Ünïcödé-façade", "группа/координатор",
         "clients/.../kafka/common", "e\u0301" * 12, "@scope/package-name", "한국어 서비스", "\U0001f680 launch")  # fmt: skip
WORDS = ("", "", "HTTP", "gRPC", "AMQP, depends on", "メッセージ")


def random_picture(seed):
    """(nodes, edges, folds): 1 to 24 boxes of any kind, up to 40 arrows, some that close cycles."""
    dice = random.Random(seed)
    nodes = [_node(dice, number) for number in range(dice.randint(1, 24))]
    pairs = [(a.id, b.id) for a in nodes for b in nodes if a.id != b.id]
    chosen = dice.sample(pairs, min(len(pairs), dice.randint(0, 40)))
    edges = [
        Edge(*pair, dice.choice((1, 3, 40, 2000)), dice.choice(("import", "type", "http")), dice.choice(WORDS), (Evidence(path="a", line=1),),
             cycle=dice.random() < 0.1) for pair in chosen
    ]  # fmt: skip
    folds = [Fold("tests", "files", items=9), Fold("x " * dice.randint(1, 200), "more", items=4)]
    return nodes, edges, folds[: dice.randint(0, 2)]


def _node(dice, number):
    label = dice.choice(NAMES)
    return Node(f"n{number + 10}", label, label, dice.choice(KINDS), detail=dice.choice(("", "12 files", "PostgreSQL 16")),
                folded=dice.choice((0, 0, 7, 123)))  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_a_picture_of_any_graph_is_clear(seed):
    assert faults(paint("fuzz", "components", *random_picture(seed))) == []


@pytest.mark.parametrize("seed", range(12))
def test_what_is_drawn_of_modules_stays_within_its_bounds_and_is_clear(seed):
    folders = [f"{'long_' * (seed % 4)}folder{n}/sub{n % 3}" for n in range(1 + seed * 3)]
    diagram = draw(shape_of(), random_modules(seed, folders, 20 + 60 * seed, 150 * seed))
    assert len(diagram.nodes) <= 24
    assert len(diagram.edges) <= 40
    assert len(diagram.mermaid) <= 2000
    assert faults(diagram.svg) == []


def spoiled(pattern, replacement):
    svg, count = re.subn(pattern, replacement, draw(shape_of(), LAYERED).svg, count=1)
    assert count == 1
    return svg


@pytest.mark.parametrize(
    ("pattern", "replacement", "said"),
    [
        (r'font-size="14"', 'font-size="9"', "smaller"),
        (r"--diagram-ink,#1f2328", "--diagram-ink,#c0c0c0", "light has too little contrast"),
        (r"--diagram-soft,#9ea7b3", "--diagram-soft,#444444", "dark has too little contrast"),
        (r'(<text x=")[\d.]+', r"\g<1>5000", "leaves the canvas"),
        (r'(<rect class="shape"[^>]* width=")[\d.]+', r"\g<1>20", "crosses the rim"),
        (r'(class="line" d="M[\d.]+ [\d.]+)', r"\1L-90 -90", "leaves the canvas"),
    ],
)
def test_what_is_wrong_with_a_picture_is_seen(pattern, replacement, said):
    assert faults(draw(shape_of(), LAYERED).svg) == []
    assert any(said in fault for fault in faults(spoiled(pattern, replacement)))


def test_an_arrow_through_a_box_and_words_on_words_are_seen():
    nodes = [Node(f"n{n}", name, name, "component") for n, name in enumerate("abc")]
    svg = paint("x", "components", nodes, [Edge("n0", "n1", 1, "import"), Edge("n1", "n2", 1, "import")], [])
    first, rest = svg.split('data-node="n1"')
    raised = re.sub(r' y="([\d.]+)"', lambda at: f' y="{float(at[1]) - 40}"', rest, count=1)
    assert any("runs through box n1" in fault for fault in faults(f'{first}data-node="n1"{raised}'))
    moved = re.sub(r'y="[\d.]+"( text-anchor="middle" font-size="14" font-weight="600">)', r'y="20"\1', svg)
    assert any("overlaps" in fault for fault in faults(moved))


def test_text_can_be_read_in_the_colours_that_the_report_gives_it():
    style = (Path(repo_architect.__file__).parent / "report/templates/style.css").read_text(encoding="utf-8")
    given = dict(re.findall(r"--diagram-(\w+): var\(--([\w-]+)\)", style))
    schemes = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in style.split("}") if "--warn-soft: #" in block]  # fmt: skip
    assert len(schemes) > 1
    for scheme in schemes:
        for back in ("background", "box", "store", "outside", "flow"):
            for ink in ("ink", "soft"):
                assert contrast(scheme[given[ink]], scheme[given[back]]) >= 4.5, (ink, back)
        assert contrast(scheme[given["alarm"]], scheme[given["background"]]) >= 4.5


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_an_accent_makes_no_letter_wider_and_a_wide_script_does():
    assert text_width("\u00e9", 10) == text_width("e\u0301", 10) == text_width("e", 10)
    assert text_width("日本", 10) > 2 * text_width("ab", 10) * 0.7
