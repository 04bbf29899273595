"""Runtimes: what is asked for, what is pinned, and where it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.stack_files import detect


@pytest.mark.parametrize(
    ("files", "name", "requirement", "version"),
    [
        ({"pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.10,<3.13"\n'}, "python", ">=3.10,<3.13", None),
        ({"setup.py": "from setuptools import setup\nsetup(python_requires='>=3.8')\n"}, "python", ">=3.8", None),
        ({".python-version": "3.12.1\n"}, "python", None, "3.12.1"),
        ({"runtime.txt": "python-3.9.7\n"}, "python", None, "3.9.7"),
        ({"setup.cfg": "[metadata]\nclassifiers =\n  Programming Language :: Python :: 3.9\n  Programming Language :: Python :: 3.10\n"}, "python", ">=3.9", None),
        ({"Dockerfile": "ARG V=3.11\nFROM python:${V}-slim AS base\n"}, "python", None, "3.11"),
        ({"Dockerfile": "FROM ghcr.io/astral-sh/uv:0.11.32-python3.12-trixie-slim\n"}, "python", None, "3.12"),
        ({"Dockerfile": "FROM maven:3.9.9-eclipse-temurin-21\n"}, "java", None, "21"),
        ({"package.json": '{"name": "x", "engines": {"node": ">=18 <21"}}', ".nvmrc": "v20.1.0\n"}, "node", ">=18 <21", "20.1.0"),
        ({"package.json": '{"name": "x", "volta": {"node": "18.17.0"}}'}, "node", None, "18.17.0"),
        ({"go.mod": "module x\n\ngo 1.21\n\ntoolchain go1.22.3\n"}, "go", ">=1.21", "1.22.3"),
        ({"pom.xml": "<project>\n<properties><java.version>17</java.version></properties>\n</project>\n"}, "java", ">=17", None),
        ({"build.gradle.kts": "java { toolchain { languageVersion.set(JavaLanguageVersion.of(21)) } }\n"}, "java", None, "21"),
        ({"build.gradle": "sourceCompatibility = JavaVersion.VERSION_1_8\n"}, "java", ">=8", None),
        ({"Cargo.toml": '[package]\nname = "x"\nversion = "1.0.0"\nrust-version = "1.70"\n'}, "rust", ">=1.70", None),
        ({"rust-toolchain.toml": '[toolchain]\nchannel = "1.75.0"\n'}, "rust", None, "1.75.0"),
        ({"Gemfile": "source 'https://rubygems.org'\nruby '~> 3.2.0'\n"}, "ruby", "~> 3.2.0", None),
        ({"composer.json": '{"name": "a/b", "require": {"php": "^8.1"}}'}, "php", "^8.1", None),
        ({"global.json": '{"sdk": {"version": "8.0.100"}}'}, "dotnet", None, "8.0.100"),
        ({"tests/Shop.Tests/Shop.Tests.csproj": '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>', "tests/Shop.Tests/A.cs": ""}, "dotnet", None, "8.0"),
        ({"a.cabal": "name: a\ntested-with: GHC == 9.4.7, GHC == 8.10\nlibrary\n  build-depends: base >= 4, text == 2.0\n"}, "haskell", ">=8.10", None),
        ({".tool-versions": "nodejs 20.5.0\n"}, "node", None, "20.5.0"),
        ({"mise.toml": '[tools]\npython = "3.13"\n'}, "python", None, "3.13"),
        ({"mix.exs": 'defmodule X do\n  @elixir_requirement "~> 1.18"\nend\n'}, "elixir", "~> 1.18", None),
        ({".github/workflows/ci.yml": "jobs:\n  t:\n    steps:\n      - uses: actions/setup-node@v4\n        with: {node-version: 22}\n", "a.js": ""}, "node", None, "22"),
    ],
)  # fmt: skip
def test_where_a_runtime_is_told(
    tmp_path: Path, files: dict[str, str], name: str, requirement: str | None, version: str | None
) -> None:
    found = {item.name: item for item in detect(tmp_path, files).runtimes}
    assert (found[name].requirement, found[name].version) == (requirement, version)


def test_the_strongest_place_comes_first_and_all_are_evidence(tmp_path: Path) -> None:
    found = detect(
        tmp_path,
        {
            "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.8,<3.9"\n',
            "Dockerfile": "# x\nFROM python:3.8-slim\n",
        },
    )
    (python,) = found.runtimes
    assert [str(place) for place in python.evidence] == ["pyproject.toml:3", "Dockerfile:2"]
    assert python.end_of_life == "2024-10-07"


def test_the_tag_of_another_tool_is_no_version_of_the_runtime(tmp_path: Path) -> None:
    assert detect(tmp_path, {"Dockerfile": "FROM ghcr.io/astral-sh/uv:0.11.32\n"}).runtimes == ()


def test_a_runtime_that_only_serves_a_tool_of_the_ci_is_not_the_projects(tmp_path: Path) -> None:
    workflow = "jobs:\n  t:\n    steps:\n      - uses: actions/setup-python@v5\n        with: {python-version: '3.12'}\n"
    found = detect(
        tmp_path,
        {
            ".github/workflows/ci.yml": workflow,
            "main.go": "package main\n",
            "go.mod": "module a\n\ngo 1.23\n",
        },
    )
    assert [item.name for item in found.runtimes] == ["go"]


def test_a_bare_major_tells_nothing_beside_a_finer_requirement(tmp_path: Path) -> None:
    found = detect(tmp_path, {"Dockerfile": "FROM golang:1\n", "go.mod": "module a\n\ngo 1.23\n"})
    assert [(item.requirement, item.version) for item in found.runtimes] == [(">=1.23", None)]


def test_the_image_of_a_service_in_compose_tells_its_runtime(tmp_path: Path) -> None:
    found = detect(tmp_path, {"docker-compose.yml": "services:\n  assets:\n    image: node:22-alpine\n"})
    assert [(item.name, item.version) for item in found.runtimes] == [("node", "22")]


def test_a_build_that_is_a_fixture_of_the_tests_tells_nothing(tmp_path: Path) -> None:
    found = detect(
        tmp_path,
        {
            "build.gradle": "plugins { id 'java' }\n",
            "src/functionalTest/resources/jvm/build.gradle": "sourceCompatibility = JavaVersion.VERSION_11\n",
        },
    )
    assert found.runtimes == ()
