"""Which locked version answers, where a lock holds several or an old one."""

from __future__ import annotations

import pytest
from packageurl import PackageURL

from repo_architect.analysis.manifests import naming, versions
from repo_architect.analysis.manifests.model import Locked


def _locked(*names: str) -> list[Locked]:
    return [Locked("a", version, line) for line, version in enumerate(names, 1)]


@pytest.mark.parametrize(("ecosystem", "requirement", "held", "expected"), [
    ("npm", "^1.2.0", ["1.9.0", "2.0.0"], "1.9.0"), ("npm", "^0.2.1", ["0.2.9", "0.3.0"], "0.2.9"), ("npm", "~1.2.3", ["1.2.9", "1.3.0"], "1.2.9"),
    ("npm", "1.2", ["1.2.7", "1.3.0"], "1.2.7"), ("npm", "1.2.3", ["1.2.3", "1.2.4"], "1.2.3"), ("npm", "^5.2.1", ["4.21.2"], None),
    ("npm", ">=1 <2 || 3", ["1.5.0"], "1.5.0"), ("npm", ">=1 <2 || 3", ["1.5.0", "3.0.0"], None), ("npm", "^1.0.0-next.3", ["1.0.0-next.9"], "1.0.0-next.9"),
    ("npm", "github:a/b", ["1.0.0"], "1.0.0"), ("cargo", "0.8", ["0.7.1", "0.8.5"], "0.8.5"), ("cargo", "1", ["1.4.0", "2.0.0"], "1.4.0"),
    ("cargo", "=1.4.0", ["1.4.0", "1.5.0"], "1.4.0"), ("pypi", ">=3", ["2.0"], None), ("pypi", ">=1,<3", ["2.0", "3.0"], "2.0"),
    ("pypi", "^2", ["2.5.1"], "2.5.1"), ("gem", "~> 7.0", ["7.1.2"], "7.1.2"), ("golang", "v1.2.3", ["v1.2.3", "v1.4.0"], "v1.2.3"),
    ("npm", None, ["1.0.0", "2.0.0"], "2.0.0"),
])  # fmt: skip
def test_the_version_that_answers(ecosystem, requirement, held, expected):
    chosen = versions.choose(_locked(*held), requirement, ".", ecosystem)
    assert (chosen.version if chosen else None) == expected


def test_what_was_asked_for_wins_over_the_range():
    held = [Locked("a", "3.0.0", 1, asked=("^1",)), Locked("a", "1.5.0", 2, asked=("^1.5",))]
    chosen = versions.choose(held, "^1", ".", "npm")
    assert chosen is not None
    assert chosen.version == "3.0.0"


def test_the_owners_version_wins_over_the_top():
    held = [Locked("a", "1.1.0", 1, owner="."), Locked("a", "1.0.0", 2, owner="packages/x")]
    assert [versions.choose(held, "^1.0.0", owner, "npm").version for owner in (".", "packages/x", "packages/y")] == [
        "1.1.0", "1.0.0", "1.1.0",
    ]  # fmt: skip


@pytest.mark.parametrize("ecosystem", ["npm", "cargo", "gem", "pypi", "maven"])
@pytest.mark.parametrize("name", ["express", "@types/node", "a.b-c9", "A_b", "org.x:y"])
@pytest.mark.parametrize("version", [None, "1.2.3", "1.0.0-beta.1", "1.0.0+build", "^1"])
def test_package_urls_are_as_the_library_writes_them(ecosystem: str, name: str, version: str | None) -> None:
    made = naming.purl(ecosystem, name, version)
    assert PackageURL.from_string(made).to_string() == made
    assert PackageURL.from_string(made).version == version
