"""The graph, its roll-up, and resolvers as other detectors use them."""

import pytest

from repo_architect.analysis import manifests, modules
from repo_architect.analysis.files import Verdict
from repo_architect.analysis.modules.units import units
from repo_architect.analysis.syntax import scan


def test_nodes_are_the_files_seen_with_their_lines_and_folder(graph_of):
    graph = graph_of({"a.py": "x = 1\ny = 2", "pkg/b.py": "", "notes.txt": "import a"})

    assert [tuple(module) for module in graph.modules()] == [
        ("a.py", "Python", 2, "."),
        ("pkg/b.py", "Python", 0, "pkg"),
    ]


def test_the_same_files_give_the_same_bytes(graph_of):
    files = {"a.py": "import b, c", "b.py": "import c", "c.py": "import a"}

    assert graph_of(files).to_json() == graph_of(dict(reversed(files.items()))).to_json()


def test_a_generated_file_that_is_imported_is_a_node(make_tree):
    tree = make_tree({"a.js": "import './made'", "made.js": "import './a'\n"})
    tree.verdicts["made.js"] = Verdict("JavaScript", generated=True)
    imports = modules.Imports()
    scan(tree, [imports])

    graph = modules.graph(tree, imports)

    assert [(edge.source, edge.target) for edge in graph.imports()] == [("a.js", "made.js")]
    assert next(module.lines for module in graph.modules() if module.path == "made.js") == 1


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("x.vue", "<template>\n</template>\n<script setup lang='ts'>\nimport a from './a'\n</script>\n", 4),
        ("x.svelte", "<script lang='ts' context='module'>\n\nimport type {A} from './a'</script>", 3),
        ("x.astro", "---\nimport a from './a'\n---\n<p/>", 2),
    ],
)
def test_single_file_components_import(graph_of, path, text, line):
    graph = graph_of({path: text, "a.ts": ""})

    assert [(edge.source, edge.target, edge.lines) for edge in graph.imports()] == [(path, "a.ts", (line,))]


def test_single_file_components_are_imported(edges_of):
    assert edges_of({"a.ts": "import './b.vue'", "b.vue": ""}) == {"a.ts > b.vue import 1"}


def test_packages_count_imports_between_folders_and_keep_the_first(graph_of):
    graph = graph_of(
        {
            "a/x.py": "import b.y\nimport b.z",
            "a/w.py": "\nimport b.y",
            "b/y.py": "import b.z",
            "b/z.py": "1\n2",
        }
    )

    packages = modules.packages(graph)

    assert [(node.id, node.files, node.lines, node.language) for node in packages.nodes] == [
        ("a", 2, 4, "Python"),
        ("b", 2, 3, "Python"),
    ]
    assert [(edge.source, edge.target, edge.count, str(edge.evidence[0])) for edge in packages.edges] == [
        ("a", "b", 3, "a/w.py:2")
    ]


def test_too_many_folders_are_rolled_up_from_the_deepest_and_no_more_than_needed():
    files = [f"src/{letter}/deep/{number}/x.py" for letter in "abc" for number in range(10)] + ["src/a/y.py"]

    assert len(set(units(files, 40).values())) == 31
    assert set(units(files, 13).values()) == {"src/a", "src/a/deep", "src/b/deep"} | {
        f"src/c/deep/{n}" for n in range(10)
    }
    assert set(units(files, 3).values()) == {"src/a", "src/b/deep", "src/c/deep"}
    assert set(units(files, 1).values()) == {"src"}


def test_of_too_many_first_folders_the_smallest_join_the_root():
    files = [f"{letter}/{number}.py" for letter in "abcde" for number in range(ord(letter) - 96)]

    assert set(units(files, 3).values()) == {".", "d", "e"}


def test_names_are_those_that_readers_of_the_language_say(make_tree):
    tree = make_tree({
        "src/kit/__init__.py": "", "src/kit/io/__init__.py": "", "app/src/main/java/org/x/A.java": "package org.x;",
        "web/package.json": '{"name": "@o/web"}', "web/src/routes/a.ts": "", "package.json": '{"name": "all", "workspaces": ["web"]}',
    })  # fmt: skip
    imports = modules.Imports()
    scan(tree, [imports])
    report = manifests.read(tree)

    found = modules.packages(modules.graph(tree, imports, report), report)

    assert {node.id: (node.name, node.component) for node in found.nodes} == {
        "app/src/main/java/org/x": ("org.x", "."),
        "src/kit": ("kit", "."),
        "src/kit/io": ("kit.io", "."),
        "web/src/routes": ("@o/web/routes", "web"),
    }


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        ("app/cache/store.py", Verdict("Python", vendored=True)),
        ("app/external/client.py", Verdict("Python", vendored=True)),
        ("app/license.py", Verdict("Python", documentation=True)),
        ("app/pb2.py", Verdict("Python", generated=True)),
        ("docs/used.py", Verdict("Python", documentation=True)),
    ],
)
def test_files_set_aside_by_name_are_read_where_own_code_surrounds_or_imports_them(make_tree, path, verdict):
    tree = make_tree({path: "import app.own", "app/own.py": "import docs.used", "app/__init__.py": ""})
    tree.verdicts[path] = verdict
    imports = modules.Imports()
    scan(tree, [imports])

    found = modules.graph(tree, imports)

    assert (path, "app/own.py") in {(edge.source, edge.target) for edge in found.imports()}


def test_scripts_of_others_are_read_where_own_code_imports_them_by_path(make_tree):
    tree = make_tree({
        "src/a.ts": "import './vendor/b'", "src/vendor/b.ts": "import './c'", "src/vendor/c.ts": "", "src/vendor/d.ts": "",
    })  # fmt: skip
    for name in "bcd":
        tree.verdicts[f"src/vendor/{name}.ts"] = Verdict("TypeScript", vendored=True)
    imports = modules.Imports()
    scan(tree, [imports])

    found = modules.graph(tree, imports)

    edges = [(edge.source, edge.target) for edge in found.imports()]
    assert edges == [("src/a.ts", "src/vendor/b.ts"), ("src/vendor/b.ts", "src/vendor/c.ts")]
    assert len(found.nodes) == 3


@pytest.mark.parametrize(
    "path",
    ["vendor/x/m.py", "env/lib/site-packages/m.py", "external/m.py", "docs/conf.py", "node_modules/m/i.py"],
)
def test_files_of_others_stay_aside(make_tree, path):
    tree = make_tree({path: "import app.own", "app/own.py": "", "app/__init__.py": ""})
    tree.verdicts[path] = Verdict(
        "Python", vendored=not path.startswith("docs"), documentation=path.startswith("docs")
    )
    imports = modules.Imports()
    scan(tree, [imports])

    assert path not in {module.path for module in modules.graph(tree, imports).modules()}


@pytest.mark.parametrize(
    ("importing", "question", "expected"),
    [
        ("app/main.py", (".api", "Python", "users"), "app/api/users.py"),
        ("app/main.py", ("app.api", "Python", "router"), "app/api/__init__.py"),
        ("app/main.py", ("fastapi", "Python", "FastAPI"), None),
        ("web/main.ts", ("./routes", "TypeScript", None), "web/routes/index.ts"),
        ("web/main.ts", ("./routes", "COBOL", None), None),
    ],
)
def test_resolvers_answer_single_questions(make_tree, importing, question, expected):
    tree = make_tree(
        {
            "app/main.py": "",
            "app/__init__.py": "",
            "app/api/__init__.py": "",
            "app/api/users.py": "",
            "web/routes/index.ts": "",
        }
    )

    assert modules.resolvers(tree).resolve(importing, *question) == expected
