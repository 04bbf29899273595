import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from repo_architect.contracts import ImportEdge, Module, Modules
from repo_architect.diagram import draw, explore, inside, labels, open_box, supporting, views
from repo_architect.errors import UsageError
from support.graphs import COMMIT, LAYERED, modules_of, random_modules, shape_of


def by_name(diagram):
    return {node.name: node for node in diagram.nodes}


def arrows(diagram):
    name = {node.id: node.name for node in diagram.nodes}
    return {(name[edge.source], name[edge.target]): edge for edge in diagram.edges}


def test_boxes_are_directories_and_arrows_count_imports():
    diagram = draw(shape_of(), LAYERED)
    assert {node.name: node.files for node in diagram.nodes} == {"core": 2, "store/db.py": 1, "web": 2}
    counts = {pair: edge.count for pair, edge in arrows(diagram).items()}
    assert counts[("web", "core")] == 2
    assert sum(counts.values()) == 4


def test_evidence_of_an_arrow_is_a_line_of_its_source_that_imports_its_target():
    diagram = draw(shape_of(), LAYERED)
    edge = arrows(diagram)[("web", "core")]
    assert {str(line) for line in edge.evidence} == {"app/web/views.py:1", "app/web/forms.py:2"}
    assert edge.url == f"https://github.com/someone/demo/blob/{COMMIT}/app/web/forms.py#L2"


def test_a_cycle_is_marked_on_its_lightest_arrow():
    diagram = draw(
        shape_of(),
        modules_of(
            "a/x.py -> b/x.py", "a/y.py -> b/y.py", "a/y.py -> b/x.py", "b/x.py -> a/x.py", "c/x.py -> a/x.py"
        ),
    )
    assert [pair for pair, edge in arrows(diagram).items() if edge.cycle] == [("b", "a")]
    assert '-. "cycle" .->' in diagram.mermaid


def test_imports_for_types_alone_close_no_cycle_and_are_still_drawn():
    paths = ["a/x.py", "a/y.py", "b/x.py", "b/y.py"]
    back = ImportEdge("b/x.py", "a/x.py", "type", (3,))
    modules = Modules.build(
        [Module(path, "Python", 9, "p") for path in paths],
        [ImportEdge("a/x.py", "b/x.py", "import", (1,)), back],
    )
    diagram = draw(shape_of(), modules)
    assert {pair: (edge.kind, edge.cycle) for pair, edge in arrows(diagram).items()} == {
        ("a", "b"): ("import", False),
        ("b", "a"): ("type", False),
    }
    ET.fromstring(diagram.svg)


def test_tests_and_docs_are_counted_and_not_drawn():
    diagram = draw(
        shape_of(),
        modules_of("tests/test_x.py -> app/x.py", "app/x.py -> lib/y.py", "docs/conf.py -> app/x.py"),
    )
    assert set(by_name(diagram)) == {"app/x.py", "lib/y.py"}
    assert {fold.what: fold.items for fold in diagram.folds} == {
        "documentation": 1,
        "tests": 1,
        "what these import or are imported by": 2,
    }


def test_a_repository_of_tests_alone_shows_them():
    diagram = draw(shape_of(), modules_of("tests/a/x.py -> tests/b/y.py"))
    assert len(diagram.edges) == 1


@pytest.mark.parametrize("seed", range(6))
def test_any_graph_stays_within_bounds_and_loses_no_dependency(seed):
    modules = random_modules(
        seed, [f"folder_with_a_name_{n}" for n in range(3 + seed * 4)], 300, 300 * (seed + 1)
    )
    diagram = draw(shape_of(), modules)
    assert len(diagram.nodes) <= 24
    assert len(diagram.edges) <= 40
    assert len(diagram.mermaid) <= 2000
    assert diagram.drawn >= 0.7
    assert (
        sum(e.count for e in diagram.edges) + sum(f.dependencies for f in diagram.folds)
        == diagram.dependencies
    )
    assert sum(node.folded for node in diagram.nodes) == sum(fold.dependencies for fold in diagram.folds)
    assert sorted(path for node in diagram.nodes for path in node.members) == sorted(
        m.path for m in modules.modules()
    )


def test_the_same_input_gives_the_same_bytes():
    one, two = (draw(shape_of(), random_modules(1, list("abcdefgh"), 200, 500)) for _ in range(2))
    assert (one.mermaid, one.svg) == (two.mermaid, two.svg)


def test_a_new_file_leaves_the_ids_of_the_other_boxes_alone():
    before = draw(shape_of(), LAYERED)
    after = draw(shape_of(), modules_of("app/aaa/new.py -> app/core/model.py", "app/web/views.py -> app/core/model.py",
                                        "app/web/forms.py -> app/core/model.py", "app/store/db.py -> app/core/base.py"))  # fmt: skip
    ids = {node.name: node.id for node in after.nodes}
    assert all(ids[node.name] == node.id for node in before.nodes)


@pytest.mark.parametrize("files", [0, 1, 2, 40])
def test_files_without_imports_still_give_a_diagram(files):
    diagram = draw(shape_of(), modules_of(files=tuple(f"m{n}.py" for n in range(files))))
    assert diagram.nodes
    assert not diagram.edges
    assert diagram.drawn == 1.0


def test_an_empty_repository_is_one_box_with_its_name():
    diagram = draw(shape_of("hello"), Modules())
    assert [node.label for node in diagram.nodes] == ["hello"]


def test_services_come_first_where_there_are_some_and_components_are_the_other_view():
    line = [{"path": "compose.yml", "line": 3}]
    shape = shape_of(
        architecture={
            "nodes": [
                {"id": "job", "name": "job", "kind": "worker", "technology": None, "path": None},
                {
                    "id": "web",
                    "name": "web",
                    "kind": "web",
                    "technology": "Flask",
                    "path": "app",
                    "evidence": line,
                },
                {
                    "id": "db",
                    "name": "db",
                    "kind": "database",
                    "technology": "PostgreSQL",
                    "path": None,
                    "evidence": line,
                },
            ],
            "edges": [{"source": "web", "target": "db", "kind": "sql", "label": "SQL", "evidence": line}],
        }
    )
    first, second = views(shape, LAYERED)
    assert (first.view, second.view) == ("services", "components")
    assert [(edge.label, str(edge.evidence[0])) for edge in first.edges] == [("SQL", "compose.yml:3")]
    assert '[("db")]' in first.mermaid


def test_the_components_view_shows_what_a_file_talks_to():
    shape = shape_of(
        architecture={
            "nodes": [
                {"id": "demo", "name": "demo", "kind": "service", "technology": None, "path": "."},
                {"id": "s3", "name": "Amazon S3", "kind": "storage", "technology": None, "path": None},
            ],
            "edges": [
                {
                    "source": "demo",
                    "target": "s3",
                    "kind": "http",
                    "evidence": [{"path": "app/store/db.py", "line": 7}],
                }
            ],
        }
    )
    diagram = draw(shape, LAYERED, view="components")
    edge = arrows(diagram)[("store/db.py", "Amazon S3")]
    assert [str(line) for line in edge.evidence] == ["app/store/db.py:7"]


HOSTILE = [
    'a"b',
    "<script>",
    "end",
    "x]",
    "`rm`",
    "a\nb",
    "\u202eevil",
    "😀" * 30,
    "]]>",
    "%%{init}%%",
    "&amp;",
    "#quot;",
    "a;b",
    "\x00\x07",
    "-dash",
    "1. x",
    "日本語" * 9,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_escaped_in_mermaid_and_svg(name):
    line = [{"path": f"{name}/f", "line": 1}]
    nodes = [{"id": f"{name}{n}", "name": name, "kind": kind, "technology": name, "path": name, "evidence": line}
             for n, kind in enumerate(["service", "database", "external", "broker", "web", "user"])]  # fmt: skip
    edges = [
        {"source": f"{name}0", "target": f"{name}{n}", "kind": "x", "label": name, "evidence": line}
        for n in range(1, 6)
    ]
    diagram = draw(shape_of(name, architecture={"nodes": nodes, "edges": edges}), Modules())
    assert len({node.label for node in diagram.nodes}) == 6
    assert re.fullmatch(r'[A-Za-z0-9 .,_/#;()\[\]{}"|>\n-]*', diagram.mermaid)
    assert len(diagram.mermaid) <= 2000
    root = ET.fromstring(diagram.svg)
    assert "{http://www.w3.org/2000/svg}script" not in {element.tag for element in root.iter()}


def test_frames_show_boxes_and_arrows_with_their_evidence():
    diagram = draw(shape_of(), LAYERED)
    assert next(iter(diagram.frame_nodes().columns)) == "id"
    frame = diagram.frame_edges()
    assert len(frame) == len(diagram.edges)
    assert frame["evidence"].str.contains(r"\.py:\d").all()


def test_a_box_opens_to_a_diagram_of_its_own():
    modules = random_modules(3, list("abcdef"), 200, 900)
    whole = draw(shape_of(), modules)
    box = max(whole.nodes, key=lambda node: node.files)
    opened = inside(shape_of(), modules, box)
    assert len(opened.nodes) > 1
    assert sorted(path for node in opened.nodes for path in node.members) == sorted(box.members)
    assert inside(shape_of(), modules, opened.nodes[0]) is None or opened.nodes[0].files > 1


def test_wide_names_on_every_box_and_arrow_still_fit():
    line = [{"path": "a", "line": 1}]
    name = "\u65e5\u672c\u8a9e" * 12
    nodes = [
        {"id": f"i{n}", "name": f"{name}{n}名", "kind": "database", "technology": name, "path": None}
        for n in range(40)
    ]
    edges = [{"source": f"i{n}", "target": f"i{(n * m + 1) % 40}", "kind": "x", "label": f"{name}{n}", "evidence": line}
             for n in range(40) for m in (2, 3, 5)]  # fmt: skip
    diagram = draw(shape_of(architecture={"nodes": nodes, "edges": edges}), Modules(), view="services")
    assert len(diagram.mermaid) <= 2000
    assert len({node.label for node in diagram.nodes}) == len(diagram.nodes) == 24
    assert (
        sum(e.count for e in diagram.edges) + sum(f.dependencies for f in diagram.folds)
        == diagram.dependencies
    )


@pytest.mark.parametrize(("max_nodes", "max_edges"), [(1, 1), (2, 0), (5, 3), (24, 40)])
def test_other_bounds_are_kept_too(max_nodes, max_edges):
    diagram = draw(
        shape_of(), random_modules(2, list("abcdef"), 100, 400), max_nodes=max_nodes, max_edges=max_edges
    )
    assert len(diagram.nodes) <= max_nodes
    assert len(diagram.edges) <= max_edges


DEEP = modules_of(
    *(f"app/web/{a}/m{n}.py -> app/core/{b}/k{n}.py" for n in range(3) for a in ("pages", "forms") for b in ("db", "log")),
    *(f"app/web/pages/m{n}.py -> app/web/forms/m{n}.py" for n in range(3)),
)  # fmt: skip


def test_every_box_opens_to_its_own_diagram_two_levels_down():
    first = draw(shape_of(), DEEP, max_nodes=2)
    found = {view.id: view for view in explore(shape_of(), DEEP, first).views}
    assert next(iter(found)) == "components"
    web = first.box("web").id
    assert found[f"components/{web}"].title == "web"
    assert (found[f"components/{web}"].parent, found[f"components/{web}"].box) == ("components", web)
    depths = Counter(name.count("/") for name in found)
    assert depths == {0: 1, 1: 2, 2: 4}
    assert all(view.parent in found for view in found.values() if view.parent)


def test_what_is_opened_stays_within_its_bounds_and_says_what_is_left_out():
    modules = random_modules(3, [f"folder_{n}" for n in range(16)], 2500, 4000)
    found = explore(shape_of(), modules)
    assert len(found.views) <= 60
    assert sum(len(view.svg) for view in found.views) <= 900_000
    assert found.left_out > 0
    assert "<style>" not in "".join(view.svg for view in found.views)


def test_the_box_of_a_service_holds_the_files_of_its_folder():
    line = [{"path": "compose.yml", "line": 3}]
    nodes = [
        {"id": name, "name": name, "kind": kind, "technology": None, "path": path, "evidence": line}
        for name, kind, path in (("site", "web", "app/web"), ("job", "worker", "app/core"), ("db", "database", None))
    ]  # fmt: skip
    edges = [{"source": "site", "target": "db", "kind": "sql", "evidence": line}]
    shape = shape_of(architecture={"nodes": nodes, "edges": edges})
    drawn = draw(shape, DEEP)
    assert {node.name for node in inside(shape, DEEP, drawn.box("site")).nodes} == {"pages", "forms"}
    assert inside(shape, DEEP, drawn.box("db")) is None


def test_a_box_is_opened_by_name_path_or_id_and_the_largest_when_none_is_named():
    drawn = draw(shape_of(), DEEP, max_nodes=2)
    web = drawn.box("web")
    titles = {open_box(shape_of(), DEEP, drawn, name).title for name in ("web", "app/web", web.id)}
    assert titles == {"web"}
    assert open_box(shape_of(), DEEP, drawn).title in {"web", "core"}
    with pytest.raises(UsageError, match="no box 'nothing'"):
        open_box(shape_of(), DEEP, drawn, "nothing")
    alone = draw(shape_of(), modules_of("a.py -> b.py"))
    with pytest.raises(UsageError, match="nothing inside"):
        open_box(shape_of(), modules_of("a.py -> b.py"), alone, "a.py")
    assert open_box(shape_of(), modules_of("a.py -> b.py"), alone) is alone


@pytest.mark.parametrize(
    ("percent", "said"),
    [(0.004, "under 1 %"), (0.99, "under 1 %"), (1, "1 %"), (99.6, "100 %"), (42.42, "42 %")],
)
def test_the_shares_of_languages_are_told_in_whole_percents(percent, said):
    languages = [{"name": "Go", "bytes": 1, "files": 1, "lines": 1, "percent": percent}]
    (node,) = draw(shape_of(languages=languages), Modules()).nodes
    assert node.detail == f"Go {said}"


KAFKA = modules_of(
    *(f"{module}/src/main/java/org/acme/{package}A{n}.java -> clients/src/main/java/org/acme/clients/B{n}.java"
      for module, package in (("raft", "raft/"), ("storage", "storage/log/"), ("server", "")) for n in range(4)),
    *(f"connect/src/main/java/org/acme/connect/{part}/C{n}.java -> clients/src/main/java/org/acme/clients/B{n}.java"
      for part in ("api", "runtime") for n in range(4)),
)  # fmt: skip


def test_names_leave_out_the_folders_of_a_layout_and_the_package_that_all_share():
    diagram = draw(shape_of(), KAFKA)
    assert set(by_name(diagram)) == {
        "raft", "storage", "server", "clients", "connect/api", "connect/runtime"
    }  # fmt: skip


def test_a_part_that_goes_by_the_name_of_the_whole_is_told_by_its_folder():
    components = [
        {"id": name, "name": name, "path": path, "kind": "service", "manifest": "x"}
        for name, path in (("Plane", "apps/api"), ("@plane/ui", "ui"))
    ]
    imports = [f"apps/api/{a}{n}.py -> ui/{a}{n}.py" for a in "ab" for n in range(30)]
    diagram = draw(shape_of("plane", components=components), modules_of(*imports), max_nodes=2)
    assert set(by_name(diagram)) == {"apps/api", "@plane/ui"}


def test_files_at_the_top_go_by_the_name_of_the_repository():
    diagram = draw(
        shape_of("caddy"), modules_of("a.go -> lib/x.go", "b.go -> lib/y.go", "cmd/m.go -> a.go", "cmd/n.go -> b.go",
                                      *(f"lib/z{n}.go -> lib/y.go" for n in range(40))))  # fmt: skip
    assert "caddy" in by_name(diagram)


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("app/migrations/0001_initial.py", "database migrations"),
        ("app/migrations/__init__.py", "database migrations"),
        ("db/migrate/20240101120000_add_users.rb", "database migrations"),
        ("src/migrations/runner.py", None),
        ("lang/pt_BR/auth.php", "translations"),
        ("web/src/locales/de.ts", "translations"),
        ("src/lang/parser.ts", None),
        ("t/unit/helper.py", "tests"),
        ("src/t/types.py", None),
        ("src/WorkshopManagement.UnitTests/Fixture.cs", "tests"),
        ("src/Pitstop.UITest/Page.cs", "tests"),
        ("watchOS Example WatchKit Extension/View.swift", "examples"),
        ("okio/src/commonTest/kotlin/okio/A.kt", "tests"),
        ("Sources/Contest/latest/Attest/a.swift", None),
    ],
)
def test_data_in_the_form_of_code_is_set_aside(path, role):
    assert supporting.role(path) == role


def test_a_path_cut_to_fit_keeps_its_first_folder_and_its_end():
    assert labels.cut("group-coordinator/internals/runtime", 32) == "group-coordinator/.../runtime"
    assert labels.cut("clients/src/main/org/acme/kafka/common", 24) == "clients/.../kafka/common"
    assert labels.cut("clients/src/main/org/acme/kafka/common", 12) == ".../common"
    assert labels.cut("Jellyfin.Database.Providers.Sqlite", 24) == "...Providers.Sqlite"
    assert labels.cut("shell, core and 5 more of them", 20) == "shell, core and 5..."


def test_replicas_that_differ_by_a_number_are_one_box():
    line = [{"path": "compose.yml", "line": 3}]
    stores = [
        {
            "id": f"s{n}",
            "name": f"valkey-node-{n}",
            "kind": "cache",
            "technology": "Valkey",
            "path": None,
            "evidence": line,
        }
        for n in range(6)
    ]
    others = [
        {"id": name, "name": name, "kind": "service", "technology": None, "path": path, "evidence": line}
        for name, path in (("web1", "one"), ("web2", "two"), ("api", "api"))
    ]  # fmt: skip
    edges = [
        {"source": "api", "target": f"s{n}", "kind": "redis", "label": "Redis", "evidence": line}
        for n in range(6)
    ]
    edges += [{"source": f"s{n}", "target": "s0", "kind": "x", "evidence": line} for n in range(1, 6)]
    edges += [{"source": f"web{n}", "target": "api", "kind": "http", "evidence": line} for n in (1, 2)]
    diagram = draw(shape_of(architecture={"nodes": stores + others, "edges": edges}), Modules())
    assert set(by_name(diagram)) == {"valkey-node-0 ... 5", "web1", "web2", "api"}
    box = by_name(diagram)["valkey-node-0 ... 5"]
    assert (box.members, box.detail) == (tuple(f"s{n}" for n in range(6)), "Valkey, 6 alike")
    assert arrows(diagram)[("api", "valkey-node-0 ... 5")].count == 6


def test_a_main_language_whose_imports_are_not_read_is_shown_all_the_same():
    files = [
        {"path": f"lib/{part}/m{n}.ex", "language": "Elixir", "bytes": 9, "lines": 3}
        for part in ("accounts", "web")
        for n in range(30)
    ]
    languages = [
        {"name": name, "bytes": 1, "files": 1, "lines": 1, "percent": percent}
        for name, percent in (("Elixir", 90), ("JavaScript", 10))
    ]  # fmt: skip
    script = Modules.build(
        [Module(f"assets/{n}.js", "JavaScript", 5, "assets") for n in range(3)],
        [ImportEdge("assets/0.js", "assets/1.js", "import", (1,))],
    )
    shape = shape_of(languages=languages, files=files)
    diagram = draw(shape, script)
    assert {"lib/accounts", "lib/web", "assets"} == set(by_name(diagram))
    assert "imports of Elixir are not read" in {fold.what for fold in diagram.folds}
    assert "Imports of Elixir are not read" in diagram.svg
    assert inside(shape, script, diagram.box("lib/accounts")).nodes


def test_a_part_that_all_others_use_is_not_hidden_in_the_rest():
    services = [f"service-{chr(97 + n)}" for n in range(24)]
    imports = [f"{name}/m{n}.py -> zz-common/c{n % 2}.py" for name in services for n in range(6)]
    assert "zz-common" in by_name(draw(shape_of(), modules_of(*imports)))


def test_what_nothing_is_tied_to_leaves_its_room_to_what_is():
    names = [f"idle-{chr(97 + n)}" for n in range(24)]
    nodes = [
        {"id": name, "name": name, "kind": "service", "technology": None, "path": None}
        for name in [*names, "api", "web"]
    ]
    nodes += [{"id": "db", "name": "db", "kind": "database", "technology": None, "path": None}]
    edges = [
        {"source": source, "target": "db", "kind": "sql", "evidence": [{"path": "a", "line": 1}]}
        for source in ("api", "web")
    ]  # fmt: skip
    diagram = draw(shape_of(architecture={"nodes": nodes, "edges": edges}), Modules())
    assert {"api", "web", "db"} <= set(by_name(diagram))


def test_no_more_arrows_are_drawn_than_can_be_followed_where_fewer_tell_enough():
    imports = [
        f"{a}/m{n}.py -> {b}/m{n}.py"
        for a in "abcdefghijklmnop"
        for b in "abcdefghijklmnop"
        if a < b
        for n in range(1 + 9 * (b == "p"))
    ]
    diagram = draw(shape_of(), modules_of(*imports))
    assert len(diagram.nodes) >= 10
    assert len(diagram.edges) <= 30
    assert diagram.drawn >= 0.7
