"""What stands beside the product: tests, examples, benchmarks, documentation."""

from __future__ import annotations

import re

from repo_architect.contracts import RepoShape
from repo_architect.contracts.repo_shape import Component

_ASIDE = re.compile(
    r"""(?:^|/)(?:
      (?:[\w-]*[_-])?(?:tests?|testing|specs?)|__tests__|__mocks__|testdata|fixtures?|mocks?|e2e|cypress
    | examples?|samples?|demos?|playgrounds?|tutorials?
    | bench|benches|benchmarks?|benchsuite|perf|fuzz|fuzzing
    | docs?|documentation|website|\.github|\.devcontainer|scripts|hack
    )(?:/|$)
    | (?:^|/)(?:test_|conftest|bench_)[^/]*$
    | [._-](?:test|spec|bench|stories)s?\.[a-z]+$ | Tests?\.(?:java|kt|cs|swift)$""",
    re.IGNORECASE | re.VERBOSE,
)


def is_aside(path: str) -> bool:
    """Whether a path is beside the product rather than of it."""
    return _ASIDE.search(path) is not None


def main_components(shape: RepoShape) -> list[Component]:
    """The components that are the product, nearest to the root first; all of them where none is."""
    ordered = sorted(shape.components, key=lambda part: (part.path != ".", part.path.count("/"), part.path))
    return [
        part for part in ordered if part.kind not in ("documentation", "example") and not is_aside(part.path)
    ] or ordered
