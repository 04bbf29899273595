"""Frameworks and tools: with version and evidence, each for its component, and not where they only seem to be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.stack_files import detect


def _names(found, kind: str = "frameworks") -> set[tuple[str, str | None]]:
    return {(item.name, item.component) for item in getattr(found, kind)}


def test_version_is_the_locked_one_and_evidence_the_declaration(tmp_path: Path) -> None:
    found = detect(
        tmp_path,
        {
            "package.json": '{\n  "name": "shop",\n  "dependencies": {\n    "express": "^4.17.0"\n  }\n}\n',
            "package-lock.json": json.dumps(
                {
                    "name": "shop",
                    "lockfileVersion": 3,
                    "packages": {
                        "": {"dependencies": {"express": "^4.17.0"}},
                        "node_modules/express": {"version": "4.21.2"},
                    },
                },
                indent=1,
            ),
        },
    )
    express = next(item for item in found.frameworks if item.name == "Express")
    assert (express.version, express.category, express.component) == ("4.21.2", "server", ".")
    assert str(express.evidence[0]) == "package.json:4"


def test_each_component_of_a_monorepo_has_its_own(tmp_path: Path) -> None:
    found = detect(
        tmp_path,
        {
            "package.json": '{"name": "root", "private": true, "workspaces": ["apps/*"], "devDependencies": {"turbo": "^2.0.0"}}',
            "apps/web/package.json": '{"name": "web", "dependencies": {"next": "15.0.0", "react": "19.0.0"}}',
            "apps/api/pyproject.toml": '[project]\nname = "api"\nversion = "1"\ndependencies = ["fastapi>=0.115"]\n',
        },
    )
    assert _names(found) == {("Next.js", "apps/web"), ("React", "apps/web"), ("FastAPI", "apps/api")}
    assert ("Turborepo", ".") in _names(found, "build_tools")


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"README.md": "# Like Django, but smaller\n\n```sh\npip install django\n```\n"},
            id="a README that mentions it",
        ),
        pytest.param(
            {"requirements.txt": "# django is not needed\nrequests\n"}, id="a comment in a manifest"
        ),
        pytest.param({"requirements.txt": "djangorestframework-stubs\n"}, id="stubs"),
        pytest.param(
            {
                "pyproject.toml": '[project]\nname = "x"\nversion = "1"\n[dependency-groups]\ntest = ["django>=5"]\n'
            },
            id="only its tests use it",
        ),
        pytest.param(
            {
                "pyproject.toml": '[project]\nname = "x"\nversion = "1"\n[project.optional-dependencies]\ndjango = ["django>=4"]\n'
            },
            id="an integration that may be chosen",
        ),
        pytest.param(
            {
                "pyproject.toml": '[project]\nname = "x"\nversion = "1"\ndependencies = ["httpcore"]\n',
                "requirements.txt": "-e .\ndjango==5.0\n",
            },
            id="requirements for the developers of a package",
        ),
        pytest.param({"tests/fixtures/site/requirements.txt": "django\n"}, id="a fixture"),
        pytest.param(
            {"vendor/site/manage.py": 'os.environ["DJANGO_SETTINGS_MODULE"] = "x"\n'}, id="vendored code"
        ),
        pytest.param({"manage.py": "print('a script of that name')\n"}, id="a file of the same name"),
        pytest.param({"poetry.lock": '[[package]]\nname = "django"\nversion = "5.0"\n'}, id="only in a lock"),
    ],
)
def test_this_is_not_django(tmp_path: Path, files: dict[str, str]) -> None:
    assert "Django" not in {item.name for item in detect(tmp_path, files).frameworks}


def test_types_of_a_framework_are_not_the_framework(tmp_path: Path) -> None:
    found = detect(
        tmp_path,
        {"package.json": '{"name": "x", "devDependencies": {"@types/express": "^5", "@types/react": "^19"}}'},
    )
    assert found.frameworks == ()


def test_an_http_client_is_not_a_server(tmp_path: Path) -> None:
    manifest = '[project]\nname = "x"\nversion = "1"\ndependencies = ["aiohttp>=3"]\n'
    client = detect(
        tmp_path / "client",
        {"pyproject.toml": manifest, "x.py": "import aiohttp\n\naiohttp.ClientSession()\n"},
    )
    server = detect(tmp_path / "server", {"pyproject.toml": manifest, "x.py": "\nfrom aiohttp import web\n"})
    assert client.frameworks == ()
    assert [str(place) for place in server.frameworks[0].evidence] == ["pyproject.toml:4", "x.py:2"]


def test_what_an_adapter_is_tried_with_is_not_its_framework(tmp_path: Path) -> None:
    package = {
        "name": "adapter",
        "version": "1.0.0",
        "main": "index.js",
        "peerDependencies": {"react": "*"},
        "devDependencies": {"next": "15.0.0", "vue": "3.5.0"},
    }
    found = detect(tmp_path, {"package.json": json.dumps(package)})
    assert {item.name for item in found.frameworks} == {"React"}


def test_the_version_of_a_plugin_is_not_that_of_what_it_plugs_into(tmp_path: Path) -> None:
    found = detect(tmp_path, {"requirements.txt": "flask-sqlalchemy==3.1.1\n"})
    assert [(item.name, item.version) for item in found.frameworks] == [("SQLAlchemy", None)]


def test_the_version_of_a_database_is_that_of_its_image(tmp_path: Path) -> None:
    found = detect(
        tmp_path,
        {
            "requirements.txt": "psycopg2==2.9.9\n",
            "docker-compose.yml": "services:\n  db:\n    image: docker.io/library/postgres:17-alpine\n",
        },
    )
    postgres = next(item for item in found.tools if item.name == "PostgreSQL")
    assert (postgres.version, postgres.category) == ("17", "database")
    assert {str(place) for place in postgres.evidence} == {"requirements.txt:1", "docker-compose.yml:3"}


@pytest.mark.parametrize(
    ("files", "managers"),
    [
        ({"pyproject.toml": '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "x"\nversion = "1"\n'}, {"pip"}),
        ({"pyproject.toml": '[tool.poetry]\nname = "x"\nversion = "1"\n[tool.poetry.dependencies]\npython = "^3.11"\n'}, {"Poetry"}),
        ({"pyproject.toml": '[project]\nname = "x"\nversion = "1"\n', "uv.lock": "version = 1\n"}, {"uv"}),
        ({"pyproject.toml": "[tool.black]\nline-length = 100\n"}, set()),
        ({"requirements.txt": "flask\n"}, {"pip"}),
        ({"Pipfile": '[packages]\nflask = "*"\n'}, {"Pipenv"}),
        ({"package.json": '{"name": "x", "dependencies": {"a": "1"}}'}, {"npm"}),
        ({"package.json": '{"name": "x", "packageManager": "pnpm@9.1.0"}'}, {"pnpm"}),
        ({"package.json": '{"name": "x"}', "yarn.lock": "# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.\n# yarn lockfile v1\n"}, {"Yarn Classic"}),
        ({"package.json": '{"name": "x"}', "yarn.lock": "__metadata:\n  version: 8\n"}, {"Yarn"}),
        ({"package.json": '{"name": "x"}', "bun.lock": "{}\n"}, {"Bun"}),
        ({"supabase/functions/hello/index.ts": 'Deno.serve(() => new Response("hi"))\n'}, set()),
    ],
)  # fmt: skip
def test_package_managers_by_their_real_signs(
    tmp_path: Path, files: dict[str, str], managers: set[str]
) -> None:
    assert {item.name for item in detect(tmp_path, files).package_managers} == managers


def test_the_version_of_a_manager_is_the_one_pinned(tmp_path: Path) -> None:
    found = detect(tmp_path, {"package.json": '{"name": "x", "packageManager": "yarn@4.6.0+sha512.abc"}'})
    assert [(item.name, item.version) for item in found.package_managers] == [("Yarn", "4.6.0")]


def test_malformed_files_cost_nothing_but_a_note(tmp_path: Path) -> None:
    broken = dict.fromkeys(
        (
            "package.json",
            "pyproject.toml",
            "Cargo.toml",
            ".github/workflows/ci.yml",
            "docker-compose.yml",
            "tox.ini",
            "mise.toml",
            "Taskfile.yml",
            "composer.json",
            "go.mod",
            "deno.json",
            ".gitlab-ci.yml",
            ".travis.yml",
            "noxfile.py",
            "Makefile",
            "pom.xml",
        ),
        "{{{ [ : \x00 }",
    )
    assert detect(tmp_path, broken).frameworks == ()


@pytest.mark.parametrize(
    ("files", "used"),
    [
        ({"examples/a/package.json": '{"name": "a", "dependencies": {"express": "4"}}'}, "example"),
        ({"docs/shown/.editorconfig": "root = true\n"}, "documentation"),
        ({"contrib/deploy/Caddyfile": "x"}, "example"),
        ({"test/Shop.Tests/Shop.Tests.csproj": '<Project Sdk="x"><ItemGroup><PackageReference Include="MediatR" Version="2" /></ItemGroup></Project>',
          "test/Shop.Tests/ATests.cs": "class ATests {}"}, "test"),
        ({"package.json": '{"name": "a", "dependencies": {"express": "4"}}'}, "product"),
        ({"tests/conftest.py": ""}, "product"),
    ],
)  # fmt: skip
def test_what_only_examples_documentation_or_tests_use_is_told_apart(
    tmp_path: Path, files: dict[str, str], used: str
) -> None:
    found = detect(tmp_path, files)
    kinds = (found.frameworks, found.linters, found.tools, found.test_tools)
    assert {item.used_for for kind in kinds for item in kind} == {used}


@pytest.mark.parametrize(
    "script",
    [
        "node --import tsx --test",
        "node --test 'test/**/*.js'",
        "cross-env A=1 node --enable-source-maps --test",
    ],
)
def test_nodes_own_test_runner_is_known_by_the_script_that_calls_it(tmp_path: Path, script: str) -> None:
    found = detect(
        tmp_path, {"package.json": json.dumps({"name": "x", "scripts": {"test": script}}, indent=1)}
    )
    assert [str(item.evidence[0]) for item in found.test_tools if item.name == "node:test"] == [
        "package.json:4"
    ]


def test_a_plugin_by_the_alias_of_a_catalog_is_its_framework(tmp_path: Path) -> None:
    found = detect(tmp_path, {
        "settings.gradle.kts": 'rootProject.name = "shop"\n', "build.gradle.kts": "plugins {\n  alias(libs.plugins.spring.boot)\n}\n",
        "gradle/libs.versions.toml": '[versions]\nboot = "3.3.1"\n[plugins]\nspring-boot = { id = "org.springframework.boot", version.ref = "boot" }\n',
    })  # fmt: skip
    boot = next(item for item in found.frameworks if item.name == "Spring Boot")
    assert (boot.version, str(boot.evidence[0])) == ("3.3.1", "build.gradle.kts:2")


@pytest.mark.parametrize("entry", ['"vite": "npm:rolldown-vite@^7.0.1"', '"bundler": "npm:vite@^5.0.0"'])
def test_an_alias_of_a_package_is_what_it_stands_for(tmp_path: Path, entry: str) -> None:
    found = detect(
        tmp_path, {"package.json": f'{{"name": "shop", "private": true, "devDependencies": {{{entry}}}}}'}
    )

    assert ("Vite", ".") in _names(found, "build_tools")


def test_what_comes_with_the_tool_chain_has_no_version(tmp_path: Path) -> None:
    found = detect(tmp_path, {
        "pubspec.yaml": "name: shop\ndependencies:\n  flutter:\n    sdk: flutter\n",
        "pubspec.lock": 'packages:\n  flutter:\n    dependency: "direct main"\n    source: sdk\n    version: "0.0.0"\n',
    })  # fmt: skip
    assert [item.version for item in found.frameworks if item.name == "Flutter"] == [None]


def test_a_workflow_called_like_a_configuration_is_none(tmp_path: Path) -> None:
    workflow = "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: make}]}}\n"
    assert not [
        item.name
        for item in detect(tmp_path, {".github/workflows/codegen.yml": workflow}).build_tools
        if item.name == "GraphQL Code Generator"
    ]
    told = detect(tmp_path, {"codegen.yml": "schema: a.graphql\n"}).build_tools
    assert "GraphQL Code Generator" in [item.name for item in told]


def test_a_commit_is_no_version(tmp_path: Path) -> None:
    mix = 'def project, do: [app: :a]\n  defp deps do\n    [phoenix_dep()]\n  end\n  defp phoenix_dep do\n    if path = x() do\n      {:phoenix, path: path}\n    else\n      {:phoenix, github: "a/phoenix"}\n    end\n  end\n'
    lock = '%{\n  "phoenix": {:git, "https://github.com/a/phoenix.git", "' + "a1" * 20 + '", []},\n}\n'
    (phoenix,) = [
        item
        for item in detect(tmp_path, {"mix.exs": mix, "mix.lock": lock, "lib/a.ex": ""}).frameworks
        if item.name == "Phoenix"
    ]
    assert (phoenix.version, [str(place) for place in phoenix.evidence]) == (None, ["mix.exs:9"])
