"""The graph, its roll-up, and resolvers as other detectors use them."""

import pytest

from repo_architect.analysis import modules
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


def test_too_many_folders_are_rolled_up_from_the_deepest():
    files = [f"src/{letter}/deep/{number}/x.py" for letter in "abc" for number in range(10)] + ["src/a/y.py"]

    assert len(set(units(files, 40).values())) == 31
    assert set(units(files, 10).values()) == {"src/a", "src/a/deep", "src/b/deep", "src/c/deep"}
    assert set(units(files, 3).values()) == {"src/a", "src/b", "src/c"}


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
