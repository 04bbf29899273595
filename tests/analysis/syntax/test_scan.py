"""Source files are parsed once and shown to detectors; what a hostile one does costs a note."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from repo_architect.analysis import languages
from repo_architect.analysis.files import FileTree, read_tree
from repo_architect.analysis.limits import Limits, Notes
from repo_architect.analysis.syntax import ParsedFile, Sizes, grammars, scan, walk


class Names:
    """Keeps every identifier it sees with its path and line."""

    def __init__(self, *wanted: str, embedded: bool = False) -> None:
        self.languages = frozenset(wanted)
        self.embedded = embedded
        self.seen: list[tuple[str, str, str, int]] = []

    def see(self, file: ParsedFile) -> None:
        for node in walk(file.root):
            if node.type == "identifier":
                self.seen.append((file.path, file.language, file.text(node), file.line(node)))


class Recursive:
    languages = frozenset({"JavaScript"})

    def see(self, file: ParsedFile) -> None:
        self._down(file.root)

    def _down(self, node: object) -> None:
        for child in node.children:  # type: ignore[attr-defined]
            self._down(child)


class Broken:
    languages = frozenset({"Python"})

    def see(self, file: ParsedFile) -> None:
        raise KeyError(file.path)


def tree_of(root: Path, files: dict[str, str], **limits: float) -> FileTree:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    tree = read_tree(root, Limits(**limits), Notes())  # type: ignore[arg-type]
    languages.detect(tree)
    return tree


def reasons(tree: FileTree) -> list[str]:
    return [limit.reason for limit in tree.notes.limits()]


def test_own_files_of_the_wanted_languages_are_shown_in_order(tmp_path: Path) -> None:
    files = {"b.py": "x\n", "a.py": "\ny\n", "c.go": "package z\n", "vendor/d.py": "v\n", "docs/e.py": "d\n"}
    names = Names("Python")
    scan(tree_of(tmp_path, files), [names])
    assert names.seen == [("a.py", "Python", "y", 2), ("b.py", "Python", "x", 1)]


@pytest.mark.parametrize("language", sorted(grammars.GRAMMARS))
def test_every_grammar_of_the_table_loads(language: str) -> None:
    parser = grammars.parser(language)
    assert parser is not None
    assert parser.parse(b"").root_node is not None


@pytest.mark.parametrize(
    ("name", "content", "seen"),
    [
        (
            "a.vue",
            "<template>\n {{ no }}\n</template>\n<script>\nyes\n</script>\n",
            [("JavaScript", "yes", 5)],
        ),
        (
            "a.vue",
            '<script lang="ts">\na\n</script>\n<script setup lang="ts">\nb</script>\n',
            [("TypeScript", "a", 2), ("TypeScript", "b", 5)],
        ),
        (
            "a.svelte",
            "<script lang='ts' context=module>a</script>\n<p>é {no}</p>\n",
            [("TypeScript", "a", 1)],
        ),
        (
            "a.astro",
            "---\na\n---\n<b/>\n<script>\nc\n</script>\n",
            [("TypeScript", "a", 2), ("TypeScript", "c", 6)],
        ),
        ("a.vue", '<script type="application/json">\nno\n</script>\n', []),
        ("a.vue", "<template/>\n", []),
    ],
)
def test_scripts_of_components_keep_their_lines(
    tmp_path: Path, name: str, content: str, seen: list[tuple[str, str, int]]
) -> None:
    asked, other = Names("JavaScript", "TypeScript", embedded=True), Names("JavaScript", "TypeScript")
    scan(tree_of(tmp_path, {name: content}), [asked, other])
    assert asked.seen == [(name, *found) for found in seen]
    assert other.seen == []


def test_a_detector_that_fails_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REPO_ARCHITECT_STRICT", raising=False)
    tree = tree_of(tmp_path, {"a.py": "x\n", "b.py": "y\n"})
    names = Names("Python")
    scan(tree, [Broken(), names])
    assert [(limit.reason, limit.detail, limit.count, limit.path) for limit in tree.notes.limits()] == [
        ("detector_failed", "Broken: KeyError", 2, "a.py")
    ]
    assert len(names.seen) == 2


def test_a_detector_that_fails_is_an_error_where_the_environment_is_strict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPO_ARCHITECT_STRICT", "1")
    with pytest.raises(KeyError):
        scan(tree_of(tmp_path, {"a.py": "x\n"}), [Broken()])


def test_nesting_that_overflows_a_detector_is_noted(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, {"a.js": "x = " + "\n".join(["["] * 3000 + ["]"] * 3000)})
    names = Names("JavaScript")
    scan(tree, [Recursive(), names])
    assert reasons(tree) == ["too_deep"]
    assert len(names.seen) == 1


def test_a_file_that_takes_too_long_is_noted(tmp_path: Path) -> None:
    files = {"a.ts": "a<\n" * 100_000, "b.ts": "fine\n"}
    tree = tree_of(tmp_path, files, max_parse_seconds=0.01)
    names = Names("TypeScript")
    began = time.process_time()
    scan(tree, [names])
    assert time.process_time() - began < 1
    assert reasons(tree) == ["timed_out"]
    assert [found[0] for found in names.seen] == ["b.ts"]


def test_what_was_not_written_by_hand_or_is_too_large_is_not_parsed(tmp_path: Path) -> None:
    files = {"a.ts": "x;" * 1000, "b.js": "y;" * 1000, "c.ts": "z;\n" * 1000}
    tree = tree_of(tmp_path, files, max_file_bytes=2500)
    names = Names("TypeScript", "JavaScript")
    scan(tree, [names])
    assert names.seen == []
    assert reasons(tree) == ["minified", "too_large"]


@pytest.mark.parametrize(
    ("name", "content", "complexity", "functions"),
    [
        ("a.py", "def f(a):\n  if a and a:\n    return 1\n  elif a:\n    return [b for b in a if b]\n", 6, 1),
        ("a.ts", "const f = (a) => a ? 1 : 2;\nfor (;;) { if (f && f) {} }\n", 5, 1),
        ("a.go", "package a\nfunc f() { for { if x || y { } }; switch x { case 1: case 2: } }\n", 6, 1),
        ("a.java", "class A { int f() { return a ? 1 : 2; } A() { while (x) {} } }\n", 3, 2),
        ("a.rs", "fn f() { match x { 1 => 2, _ => 3 }; if a && b {} }\n", 5, 1),
        ("a.rb", "def f\n  a if b\n  while c\n  end\nend\n", 3, 1),
        ("a.php", "<?php function f() { if ($a) {} elseif ($b) {} }\n", 3, 1),
        ("a.cs", "using System;\nclass A { void F() { foreach (var x in y) { if (x) {} } } }\n", 3, 1),
        ("a.c", "int f() { return a && b; }\n", 2, 1),
        ("a.cpp", "int f() { for (auto x : y) {} return [](){ return 1; }(); }\n", 2, 2),
        ("a.kt", "fun f() { if (a) {} ; when (x) { 1 -> 2; else -> 3 } }\n", 4, 1),
        ("a.vue", "<script>\nfunction f() { if (a) {} }\n</script>\n", 2, 1),
        ("a.sh", "if true; then :; fi\n", None, None),
    ],
)
def test_complexity_is_branches_plus_one(
    tmp_path: Path, name: str, content: str, complexity: int | None, functions: int | None
) -> None:
    tree = tree_of(tmp_path, {name: content})
    sizes = Sizes()
    scan(tree, [sizes])
    (fact,) = sizes.facts(tree)
    assert (fact.path, fact.complexity, fact.functions) == (name, complexity, functions)
    assert (fact.bytes, fact.lines) == (len(content), content.count("\n"))


def test_of_many_files_the_most_complex_are_listed(tmp_path: Path) -> None:
    files = {f"f{number:03}.py": "if x: pass\n" * (number % 7) + "\n" for number in range(320)}
    tree = tree_of(tmp_path, files)
    sizes = Sizes()
    scan(tree, [sizes])
    facts = sizes.facts(tree)
    assert len(facts) == 300
    assert [fact.path for fact in facts] == sorted(fact.path for fact in facts)
    assert sum(fact.complexity == 7 for fact in facts) == sum(number % 7 == 6 for number in range(320))
    assert [(limit.reason, limit.count) for limit in tree.notes.limits()] == [("not_listed", 20)]
