"""Size and complexity of source files: a detector that counts branches and functions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.syntax.scan import ParsedFile
from repo_architect.contracts.repo_shape import FileFact

LISTED = 300
"""How many files are listed: the most complex, then the longest."""

_AND_OR = '(binary_expression operator: ["&&" "||"])'
_JAVASCRIPT = (
    (
        "(if_statement) (for_statement) (for_in_statement) (while_statement) (do_statement) (switch_case) (catch_clause)"
        ' (ternary_expression) (binary_expression operator: ["&&" "||" "??"])'
    ),
    "(function_declaration) (function_expression) (arrow_function) (method_definition) (generator_function_declaration)",
)
_C = f"(if_statement) (for_statement) (while_statement) (do_statement) (case_statement) (conditional_expression) {_AND_OR}"
COUNTED: dict[str, tuple[str, str]] = {
    "C": (_C, "(function_definition)"),
    "C#": (
        ("(if_statement) (for_statement) (foreach_statement) (while_statement) (do_statement) (switch_section)"
        f" (switch_expression_arm) (catch_clause) (conditional_expression) {_AND_OR}"),
        "(method_declaration) (constructor_declaration) (local_function_statement) (lambda_expression)",
    ),
    "C++": (f"{_C} (for_range_loop) (catch_clause)", "(function_definition) (lambda_expression)"),
    "Go": (
        f"(if_statement) (for_statement) (expression_case) (type_case) (communication_case) {_AND_OR}",
        "(function_declaration) (method_declaration) (func_literal)",
    ),
    "Java": (
        ("(if_statement) (for_statement) (enhanced_for_statement) (while_statement) (do_statement) (switch_label)"
        f" (catch_clause) (ternary_expression) {_AND_OR}"),
        "(method_declaration) (constructor_declaration) (lambda_expression)",
    ),
    "JavaScript": _JAVASCRIPT,
    "JSX": _JAVASCRIPT,
    "Kotlin": (
        ('(if_expression) (for_statement) (while_statement) (do_while_statement) (when_entry) (catch_block)'
        ' (binary_expression operator: ["&&" "||"])'),
        "(function_declaration) (lambda_literal)",
    ),
    "PHP": (
        ("(if_statement) (else_if_clause) (for_statement) (foreach_statement) (while_statement) (do_statement) (case_statement)"
        ' (match_conditional_expression) (catch_clause) (conditional_expression) (binary_expression operator: ["&&" "||" "and" "or" "??"])'),
        "(function_definition) (method_declaration) (anonymous_function) (arrow_function)",
    ),
    "Python": (
        ("(if_statement) (elif_clause) (for_statement) (while_statement) (except_clause) (case_clause) (conditional_expression)"
        " (boolean_operator) (for_in_clause) (if_clause)"),
        "(function_definition) (lambda)",
    ),
    "Ruby": (
        ('(if) (elsif) (unless) (if_modifier) (unless_modifier) (while) (until) (while_modifier) (until_modifier) (for) (when)'
        ' (in_clause) (rescue) (conditional) (binary operator: ["&&" "||" "and" "or"])'),
        "(method) (singleton_method) (lambda)",
    ),
    "Rust": (
        f"(if_expression) (for_expression) (while_expression) (match_arm) (try_expression) {_AND_OR}",
        "(function_item) (closure_expression)",
    ),
    "TSX": _JAVASCRIPT,
    "TypeScript": _JAVASCRIPT,
}  # fmt: skip
"""For each language the syntax that branches, and the syntax of a function, as tree-sitter patterns."""


@dataclass
class Sizes:
    """Counts branches and functions of each file it is shown, by path."""

    queries: ClassVar[dict[str, tuple[str, ...]]] = {
        language: (f"[{branches}] @branch [{functions}] @function",)
        for language, (branches, functions) in COUNTED.items()
    }
    languages: frozenset[str] = frozenset(COUNTED)
    embedded: bool = True
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)

    def see(self, file: ParsedFile) -> None:
        found = file.matches(*self.queries[file.language])
        branches = sum("branch" in captures for captures in found)
        self.counts[file.path] = (branches + 1, len(found) - branches)

    def complexity(self, path: str) -> int | None:
        """Branches of a file plus one, None for a file that was not parsed."""
        return self.counts[path][0] if path in self.counts else None

    def facts(self, tree: FileTree) -> tuple[FileFact, ...]:
        """The own source files, sorted by path; of more than `LISTED` those most complex, the rest noted."""
        own = [self._fact(tree, path, lines) for path, lines in tree.line_counts.items()]
        own.sort(key=lambda fact: (-(fact.complexity or 0), -fact.lines, fact.path))
        if len(own) > LISTED:
            detail = f"source files not listed; the {LISTED} most complex are"
            tree.notes.skip("not_listed", detail, min(fact.path for fact in own[LISTED:]), len(own) - LISTED)
        return tuple(sorted(own[:LISTED], key=lambda fact: fact.path))

    def _fact(self, tree: FileTree, path: str, lines: int) -> FileFact:
        file = tree.get(path)
        complexity, functions = self.counts.get(path, (None, None))
        return FileFact(
            path=path,
            language=tree.verdict(path).language or "",
            bytes=file.size if file else 0,
            lines=lines,
            complexity=complexity,
            functions=functions,
        )
