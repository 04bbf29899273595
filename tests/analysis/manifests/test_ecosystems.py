"""One manifest and one lock of each other ecosystem: names, requirements, scopes, lines."""

from __future__ import annotations

import pytest

from support.manifest_examples import LOCKS, MANIFESTS
from support.manifests import declared, read


@pytest.mark.parametrize(("name", "text", "expected"), MANIFESTS.values(), ids=MANIFESTS)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_a_manifest_declares(tmp_path, name, text, expected, ending):
    report = read(tmp_path, {name: text.replace("\n", ending)})
    assert declared(report) == expected


@pytest.mark.parametrize("name", LOCKS)
def test_what_a_lock_file_locks(tmp_path, name):
    text, expected = LOCKS[name]
    report = read(tmp_path, {name: text})
    assert sorted((d.name, d.resolved, d.lock_line) for d in report.dependencies) == sorted(expected)
    assert [lock.path for lock in report.lock_files] == [name]
    assert not any(d.direct for d in report.dependencies)


def test_central_versions_of_nuget(tmp_path):
    report = read(tmp_path, {
        "Directory.Packages.props": '<Project><ItemGroup>\n<PackageVersion Include="One" Version="1.5" />\n<GlobalPackageReference Include="Lint" Version="2" /></ItemGroup></Project>',
        "src/a/a.csproj": '<Project><ItemGroup><PackageReference Include="one" /></ItemGroup></Project>',
    })  # fmt: skip
    assert {(d.manifest, d.name, d.requirement, d.scope) for d in report.dependencies} == {
        ("Directory.Packages.props", "Lint", "2", "development"),
        ("src/a/a.csproj", "one", "1.5", "runtime"),
    }


def test_umbrella_applications_share_the_lock(tmp_path):
    report = read(tmp_path, {
        "mix.exs": 'defmodule R do\n  def project, do: [apps_path: "apps"]\nend\n',
        "apps/web/mix.exs": 'defmodule W do\n  def project do\n    [\n      app: :web\n    ]\n  end\n  defp deps do\n    [{:plug, "~> 1.0"}, {:core, in_umbrella: true}]\n  end\nend\n',
        "apps/core/mix.exs": "defmodule C do\n  def project do\n    [\n      app: :core\n    ]\n  end\nend\n",
        "mix.lock": '%{\n  "plug": {:hex, :plug, "1.15.0", "h", [:mix], [], "hexpm", "h"},\n}\n',
    })  # fmt: skip
    assert [(d.name, d.resolved, d.internal) for d in report.dependencies] == [
        ("core", None, True),
        ("plug", "1.15.0", False),
    ]
