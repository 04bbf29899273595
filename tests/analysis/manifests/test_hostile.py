"""Readers on text that is not what they expect: they may refuse it, and nothing else."""

from __future__ import annotations

import contextlib
import random

import pytest

from repo_architect.analysis.located import Malformed
from repo_architect.analysis.manifests.formats import FORMATS
from repo_architect.analysis.manifests.model import Source
from support.manifest_examples import LOCKS, MANIFESTS
from support.manifests import read_with_notes

WELL_FORMED = {
    "toml": ['a = 1\n[project]\nname = 3\ndependencies = "x"\n[tool]\npoetry = [1]\n[package]\nname = []\n[dependencies]\nx = []\n[[packages]]\nname = 1\n'],
    "json": ['{"dependencies": {"a": 1, "b": [], "c": {"version": 3}}, "packages": {"": 1, "node_modules/a": 2}, "workspaces": {"packages": 3}, "name": [], "imports": {"a": 1}}', "[]", "3", '{"packages": [1, {"name": 2}], "dependencies": [1, {}]}'],
    "jsonc": ['{"packages": {"a": [], "b": [3], "c": 1}, "workspaces": 3, "imports": [1]}', "null"],
    "yaml": ["services: [1, {image: 3}]\njobs: {a: 1, b: {steps: [1, {uses: 3}], container: [1]}}\nrepos: [1, {repo: 3, hooks: [1, {additional_dependencies: [1]}]}]\ndependencies: [1, {name: 3}, {pip: 3}]\npackages: [1]\ncatalogs: [1]\nimport: [3]\n", "", "3", "- 1"],
}  # fmt: skip


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.patterns[0])
def test_values_of_the_wrong_type_are_passed_over(row):
    texts = WELL_FORMED.get(row.parser, ["", "\x00", "(((((", "name: \n" * 5, "<a/>", "<Project><PackageReference/></Project>", "<project><dependencies><dependency/></dependencies></project>"])  # fmt: skip
    for text in texts:
        source = Source(row.patterns[0], text, row.parser)
        with contextlib.suppress(Malformed):
            list(row.read(source) if row.read else ())
        with contextlib.suppress(Malformed):
            assert row.identify is None or row.identify(source) is not False


@pytest.mark.parametrize("seed", range(4))
def test_damaged_manifests_never_stop_the_analysis(tmp_path, seed):
    chance = random.Random(seed)
    files: dict[str, str] = {}
    examples = [(name, text) for name, text, _ in MANIFESTS.values()] + [
        (name, text) for name, (text, _) in LOCKS.items()
    ]
    for number, (name, text) in enumerate(examples):
        characters = list(text)
        for _ in range(max(1, len(text) // 30)):
            characters[chance.randrange(len(characters))] = chance.choice("{}[]()\"'\n:, =<>&*\\\x00\ud7ff9")
        files[f"{number}/{name}"] = "".join(characters)
    report, notes = read_with_notes(tmp_path, files)
    assert len(report.readings) == len(files)
    unexpected = [limit.detail for limit in notes.limits() if limit.detail.endswith("Error")]
    assert unexpected == []


@pytest.mark.parametrize(("name", "text"), [
    ("build.gradle", "implementation(" * 20_000), ("Gemfile", "gem 'a'," * 20_000), ("mix.exs", "def deps do\n" + "{:a, " * 20_000), ("mix.exs", "defp deps do {:a,\n" * 50_000),
    ("main.tf", "module {" * 20_000), ("Package.swift", ".package(url: (" * 20_000), ("requirements.txt", "a[" * 50_000),
    ("yarn.lock", '"a@b, ' * 50_000), ("pnpm-lock.yaml", "packages:\n  " + "a:" * 50_000), ("Dockerfile", "FROM ${A:-" * 20_000),
    ("package-lock.json", '{\n  "packages": {\n' + '    "node_modules/a": {\n' * 20_000), ("x.cabal", "build-depends: " + "{a," * 30_000),
    ("setup.cfg", "[options]\ninstall_requires =\n" + " a\n" * 50_000), ("setup.py", "setup(" * 5_000), ("DESCRIPTION", "Imports: " + "a (" * 50_000),
])  # fmt: skip
@pytest.mark.timeout(20)
def test_long_and_unclosed_text_ends_soon(tmp_path, name, text):
    report, _ = read_with_notes(tmp_path, {name: text})
    assert [component.path for component in report.components] == ["."]
