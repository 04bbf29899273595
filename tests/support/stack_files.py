"""Files that declare a dependency, written as each ecosystem writes them, and a repository made of files."""

from __future__ import annotations

import json
from pathlib import Path

from repo_architect.analysis import manifests, stack
from repo_architect.analysis.files import read_tree
from repo_architect.analysis.limits import Limits, Notes
from repo_architect.analysis.stack import Stack


def detect(root: Path, files: dict[str, str]) -> Stack:
    """The stack of a repository with these files."""
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    tree = read_tree(root, Limits(), Notes())
    return stack.detect(tree, manifests.read(tree))


def manifest(ecosystem: str, name: str, scope: str = "runtime") -> dict[str, str] | None:
    """A manifest that declares `name`, None for an ecosystem without one here."""
    writer = _WRITERS.get(ecosystem)
    return writer(name, scope) if writer else None


def _npm(name: str, scope: str) -> dict[str, str]:
    key = {"development": "devDependencies", "peer": "peerDependencies"}.get(scope, "dependencies")
    return {
        "package.json": json.dumps({"name": "made-up", "version": "1.0.0", key: {name: "^7.8.9"}}, indent=2)
    }


def _pypi(name: str, scope: str) -> dict[str, str]:
    head = '[project]\nname = "made-up"\nversion = "1"\n'
    if scope in ("development", "test"):
        group = "test" if scope == "test" else "dev"
        return {"pyproject.toml": f'{head}[dependency-groups]\n{group} = ["{name}>=7.8.9"]\n'}
    return {"pyproject.toml": f'{head}dependencies = [\n  "{name}>=7.8.9",\n]\n'}


def _golang(name: str, _: str) -> dict[str, str]:
    return {"go.mod": f"module example.org/made/up\n\ngo 1.23\n\nrequire {name} v7.8.9\n"}


def _cargo(name: str, scope: str) -> dict[str, str]:
    table = "dev-dependencies" if scope in ("development", "test") else "dependencies"
    return {"Cargo.toml": f'[package]\nname = "made-up"\nversion = "0.1.0"\n\n[{table}]\n{name} = "7.8.9"\n'}


def _maven(name: str, scope: str) -> dict[str, str]:
    group, _, artifact = name.partition(":")
    return {
        "pom.xml": "<project>\n<modelVersion>4.0.0</modelVersion>\n<groupId>org.made</groupId><artifactId>up</artifactId>"
        f"<version>1</version>\n<dependencies>\n<dependency>\n<groupId>{group}</groupId>\n<artifactId>{artifact}</artifactId>\n"
        f"<version>7.8.9</version>{'<scope>test</scope>' if scope == 'test' else ''}\n</dependency>\n</dependencies>\n</project>\n"
    }


def _gem(name: str, _: str) -> dict[str, str]:
    return {"Gemfile": f"source 'https://rubygems.org'\n\ngem '{name}', '~> 7.8.9'\n"}


def _composer(name: str, scope: str) -> dict[str, str]:
    key = "require-dev" if scope in ("development", "test") else "require"
    return {"composer.json": json.dumps({"name": "made/up", key: {name: "^7.8.9"}}, indent=2)}


def _nuget(name: str, _: str) -> dict[str, str]:
    return {
        "up.csproj": '<Project Sdk="Microsoft.NET.Sdk">\n<ItemGroup>\n'
        f'<PackageReference Include="{name}" Version="7.8.9" />\n</ItemGroup>\n</Project>\n'
    }


def _hex(name: str, _: str) -> dict[str, str]:
    return {
        "mix.exs": 'defmodule Up.MixProject do\n  use Mix.Project\n  def project, do: [app: :up, version: "0.1.0", deps: deps()]\n'
        f'  defp deps do\n    [\n      {{:{name}, "~> 7.8.9"}}\n    ]\n  end\nend\n'
    }


def _pub(name: str, _: str) -> dict[str, str]:
    return {"pubspec.yaml": f"name: made_up\nversion: 1.0.0\ndependencies:\n  {name}: ^7.8.9\n"}


def _hackage(name: str, _: str) -> dict[str, str]:
    return {
        "up.cabal": f"cabal-version: 2.4\nname: up\nversion: 0.1\n\nlibrary\n  build-depends:\n    base,\n    {name} >= 7.8\n"
    }


def _cran(name: str, _: str) -> dict[str, str]:
    return {"DESCRIPTION": f"Package: up\nVersion: 1.0\nImports:\n    {name} (>= 7.8.9)\n"}


def _conan(name: str, _: str) -> dict[str, str]:
    return {"conanfile.txt": f"[requires]\n{name}/7.8.9\n"}


_WRITERS = {
    "npm": _npm, "pypi": _pypi, "golang": _golang, "cargo": _cargo, "maven": _maven, "gem": _gem, "composer": _composer,
    "nuget": _nuget, "hex": _hex, "pub": _pub, "hackage": _hackage, "cran": _cran, "conan": _conan,
}  # fmt: skip
