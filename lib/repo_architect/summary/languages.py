"""The languages worth naming, and a file that shows each."""

from __future__ import annotations

from repo_architect.contracts import Evidence, RepoShape
from repo_architect.contracts.repo_shape import Language
from repo_architect.summary import titles
from repo_architect.summary.aside import is_aside

NAMED = 3
LEAST_PERCENT = 5


def main_languages(shape: RepoShape) -> list[Language]:
    """At most three: those of the code, and of markup or scripts only where there is no code."""
    large = [language for language in shape.languages if language.percent >= LEAST_PERCENT]
    code = [language for language in large if language.name not in titles.MARKUP]
    seen = [language for language in shape.languages if language.percent >= 1]
    return (code or large or seen or list(shape.languages))[:NAMED]


def shown_by(shape: RepoShape, language: Language) -> tuple[Evidence, ...]:
    """The largest file in the language, beside the product only where there is no other."""
    files = [fact for fact in shape.files if fact.language == language.name]
    largest = max(files, key=lambda fact: (not is_aside(fact.path), fact.bytes, fact.path), default=None)
    return (Evidence(path=largest.path),) if largest else ()
