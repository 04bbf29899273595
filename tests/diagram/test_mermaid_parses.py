"""Our Mermaid is read, and drawn, by every version of Mermaid that a user may have. Needs `make mermaid`."""

import html
import json
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from repo_architect.contracts import ImportEdge, Module, Modules
from repo_architect.diagram import diff, draw, inside
from support.graphs import random_modules, shape_of

NODE = Path(__file__).parent / "node"
VERSIONS = ["mermaid9", "mermaid10", "mermaid11", "mermaid12"]
KINDS = ["service", "web", "worker", "gateway", "database", "cache", "broker", "queue", "storage", "external", "library", "config", "registry", "monitoring", "user"]  # fmt: skip
AWKWARD = ["end", "graph", "subgraph", "click x", "a --> b", "%% x", "1. one", "- one", "* one", "`x`", "\"`x`\"", "__init__", "_a_ **b**", "#35;", "&quot;", "<b>x</b>", "<script>alert(1)</script>", "a|b", "{x}", "[(x)]",
           "x:::y", "style n1 fill:#f00", "A & B", "$$x^2$$", "http://a.b/c?d=e&f#g", "\\n", "a\\\"b", "😀", "عربى", "\u202ex", "日本語の名前", "ﬂ°°", "¶ß", "@{shape: x}", "fa:fa-car", "~~~", "==>"]  # fmt: skip

needs_node = pytest.mark.skipif(
    not (shutil.which("node") and (NODE / "node_modules").is_dir()),
    reason="npm packages are not installed: make mermaid",
)
needs_chromium = pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not installed")


def hostile_names(seed, count):
    """Names of awkward pieces and of characters from anywhere in Unicode."""
    rng = random.Random(seed)
    pieces = [*AWKWARD, *"\"'`;:#%&|<>[](){}\\/@~^*_-+=!?.,$\n\t\x00\x7f\u2028\ufeff"]
    return [
        "".join(
            rng.choice(pieces) if rng.random() < 0.7 else chr(rng.randrange(0x20, 0xD800))
            for _ in range(rng.randint(1, 5))
        )
        for _ in range(count)
    ]


def hostile_diagram(seed):
    """A diagram of every kind of node, all names and labels hostile."""
    names = hostile_names(seed, 40)
    line = [{"path": "a", "line": 1}]
    nodes = [
        {"id": f"i{n}", "name": names[n], "kind": kind, "technology": names[-n], "path": None}
        for n, kind in enumerate(KINDS)
    ]
    edges = [
        {
            "source": f"i{n}",
            "target": f"i{(n * 7 + 1) % 15}",
            "kind": "x",
            "label": names[15 + n],
            "evidence": line,
        }
        for n in range(15)
    ]
    return draw(
        shape_of(names[-1], architecture={"nodes": nodes, "edges": edges}), Modules(), view="services"
    )


def refused_by(versions, texts):
    command = ["node", "parse.mjs", *versions]
    answer = subprocess.run(
        command,
        cwd=NODE,
        input=json.dumps({"texts": texts}),
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    return json.loads(answer.stdout)


@needs_node
def test_diagrams_of_hostile_names_are_valid_in_every_version():
    texts = [hostile_diagram(seed).mermaid for seed in range(60)]
    assert refused_by(VERSIONS, texts) == {version: [] for version in VERSIONS}


@needs_node
def test_component_diagrams_are_valid_in_every_version():
    texts = [
        draw(shape_of(), random_modules(seed, ["a b", "end", "x-y", "ü", "#", '"'], 150, 150 * seed)).mermaid
        for seed in range(1, 8)
    ]
    assert refused_by(VERSIONS, texts) == {version: [] for version in VERSIONS}


def hostile_modules(seed):
    """Files in folders of hostile names, three deep, with what they import of one another."""
    rng = random.Random(seed)
    names = [name.replace("/", "|") for name in hostile_names(seed, 14)]
    paths = sorted({f"{rng.choice(names)}/{rng.choice(names)}/{rng.choice(names)}{n}.py" for n in range(90)})
    pairs = sorted({tuple(rng.sample(paths, 2)) for _ in range(160)})
    return Modules.build(
        [Module(path, "Python", 5, "p") for path in paths],
        [ImportEdge(source, target, "import", (1,)) for source, target in pairs],
    )


def opened_and_changed(seed):
    """The Mermaid of what is inside the boxes of a hostile repository, and of how it differs from another."""
    one, other = hostile_modules(seed), hostile_modules(seed + 1)
    first = draw(shape_of(), one)
    inner = [found for node in first.nodes if (found := inside(shape_of(), one, node))]
    deeper = [found for top in inner for node in top.nodes if (found := inside(shape_of(), one, node))]
    change = diff.compare(shape_of(), one, shape_of(), other)
    return [*(found.mermaid for found in (first, *inner, *deeper)), change.mermaid()]


@needs_node
def test_what_is_inside_and_what_changed_is_valid_in_every_version():
    texts = [text for seed in range(8) for text in opened_and_changed(seed)]
    assert len(texts) > 60
    assert all(len(text) <= 2000 for text in texts)
    assert refused_by(VERSIONS, texts) == {version: [] for version in VERSIONS}


@needs_node
def test_the_check_can_fail():
    assert all(refused_by(VERSIONS, ['flowchart TB\nn1["a"b"]\n']).values())


@pytest.mark.browser
@needs_node
@needs_chromium
@pytest.mark.parametrize("version", VERSIONS)
def test_a_browser_draws_every_label_as_it_is(version, tmp_path):
    diagrams = [hostile_diagram(seed) for seed in range(4)]
    others = opened_and_changed(1)[-4:]
    page = tmp_path / "page.html"
    script = (NODE / "node_modules" / version / "dist" / "mermaid.min.js").as_uri()
    blocks = "".join(f'<pre class="mermaid">{html.escape(diagram.mermaid)}</pre>' for diagram in diagrams)
    blocks += "".join(f'<pre class="mermaid">{html.escape(text)}</pre>' for text in others)
    page.write_text(
        f'<meta charset="utf-8">{blocks}<script src="{script}"></script><script>mermaid.initialize({{startOnLoad: true}})</script>'
    )
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", f"--user-data-dir={tmp_path}/profile",
               "--virtual-time-budget=20000", "--dump-dom", page.as_uri()]  # fmt: skip
    drawn = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    assert "Syntax error" not in drawn
    assert "Unsupported markdown" not in drawn
    assert drawn.count("<svg") >= len(diagrams) + len(others)
    shown = squeezed(html.unescape(re.sub(r"<[^>]+>", "", drawn)))
    missing = [
        node.label for diagram in diagrams for node in diagram.nodes if squeezed(node.label) not in shown
    ]
    assert not missing


def squeezed(text):
    return re.sub(r"\s+", "", text)
