"""Regular expressions of URLs, shown as paths."""

from __future__ import annotations

import pytest

from repo_architect.analysis.endpoints.patterns import plain


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("^api/(?P<pk>\\d+)/thumb/$", "api/<pk>/thumb/"),
        (r"^docs/(?:page-(?P<page>\d+)/)?$", "docs/"),
        (r"^(?P<lang>en|(?:fr|de))/x\.json$", "<lang>/x.json"),
        (r"^images/([^/]*)/(\d*)/[^/]*$", "images/<value>/<value>/<value>"),
        (r"(?i)^a\-b/?\Z", "a-b/"),
        (r"^x/(?=y)(?P<y>.*)$", "x/<y>"),
        ("plain/path/", "plain/path/"),
        ("^(((unclosed", "unclosed"),
    ],
)
def test_a_pattern_reads_as_the_path_it_matches(pattern: str, path: str) -> None:
    assert plain(pattern) == path


def test_a_pattern_made_to_be_slow_is_quick() -> None:
    assert plain("^" + "(a+)+" * 5_000 + "$")
