"""The commands that a repository names itself, what they are for, and which comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from repo_architect.analysis.stack.commands.classify import of_script, of_text
from support.stack_files import detect


@pytest.mark.parametrize("text", ["yarn --version", "npm -v", "./gradlew --version", "cargo version"])
def test_asking_for_a_version_is_no_command_of_a_project(text: str) -> None:
    assert of_text(text) is None


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("pytest -q", "test"),
        ("python -m pytest tests", "test"),
        ("uv run --locked --no-default-groups --group dev tox run", "test"),
        ("tox run -e typing", "typecheck"),
        ("tox -e docs", "docs"),
        ("CI=1 npm test -- --coverage", "test"),
        ("pnpm exec vitest run", "test"),
        ("npm ci && npm run test", "test"),
        ("go test -race ./...", "test"),
        ("cargo +nightly test --all", "test"),
        ("./mvnw -B verify", "test"),
        ("mvn install -DskipTests", "build"),
        ("./gradlew build", "test"),
        ("bundle exec rspec", "test"),
        ("./manage.py test", "test"),
        ("dotnet test App.sln", "test"),
        ("make check", "test"),
        ("bin/rails test", "test"),
        ("CI=true bin/rails test:system", "test"),
        ("bin/rake spec", "test"),
        ("bin/rails db:create", None),
        ("scripts/test", "test"),
        ("bash ci/lint.sh", "lint"),
        ("ruff check .", "lint"),
        ("ruff format --check .", "lint"),
        ("black --check src", "lint"),
        ("cargo fmt --all --check", "lint"),
        ("cargo clippy -- -D warnings", "lint"),
        ("npx tsc --noEmit", "typecheck"),
        ("mypy src", "typecheck"),
        ("pip install -e .[dev]", "install"),
        ("pip install -r requirements.txt", "install"),
        ("npm ci", "install"),
        ("poetry install --with dev", "install"),
        ("mkdocs build --strict", "docs"),
        ("python -m build", "build"),
        ("docker compose up -d", "run"),
        ("node --import tsx --test", "test"),
        ("node --test-name-pattern x a.js", None),
        ("bundle exec rake", "test"),
        ("bundle exec rake spec", "test"),
        ("bundle exec rake test:units", "test"),
        ("bundle exec rake test_app", None),
        ("bundle exec rake db:test:prepare", None),
        ("bundle exec rake install:shop", None),
        ("bundle exec rake db:create db:migrate", None),
        ("make clean-integration-test", None),
        ("./gradlew build -x check", "build"),
        ("./Build.ps1", "build"),
        ("./test.sh --all", "test"),
        ("printf 'FROM %s' x | docker build -", None),
        ("pip install requests", None),
        ("npm install express", None),
        ("npm install --save-dev jest", None),
        ("pip install pytest", None),
        ("echo pytest", None),
        ("rm -rf build", None),
        ("git push", None),
        ("git commit -m 'make test pass'", None),
        ("cat test.py", None),
    ],
)
def test_what_a_line_is_for(text: str, purpose: str | None) -> None:
    assert of_text(text) == purpose


@pytest.mark.parametrize(
    ("name", "body", "purpose"),
    [
        ("test", "vitest run", "test"),
        ("test", 'echo "Error: no test specified" && exit 1', None),
        ("test:watch", "vitest", None),
        ("check", "ruff check . && pytest", "test"),
        ("check", "ruff check .", "lint"),
        ("lint:fix", "eslint --fix", "format"),
        ("format:check", "prettier -c .", "lint"),
        ("type-check", "tsc", "typecheck"),
        ("ts:lint", "tsc --noEmit", "typecheck"),
        ("coverage-show", "open x.html", None),
        ("stop-server", "kill 1", None),
        ("prepublish", "npm test", None),
        ("release", "npm publish", None),
        ("start", "node .", "run"),
        ("postinstall", "node x.js", None),
    ],
)
def test_what_a_script_is_for(name: str, body: str, purpose: str | None) -> None:
    assert of_script(name, body) == purpose


def _of(found, purpose: str) -> list[tuple[str, str, list[str]]]:
    return [
        (item.command, item.directory, list(map(str, item.evidence)))
        for item in found.commands
        if item.purpose == purpose
    ]


MAKEFILE = ".PHONY: test lint\nVERSION := 1\n\ntest: build\n\tgo test ./...\n\nlint:\n\tgolangci-lint run\n\nall: lint test\n\nrelease:\n\tgit push\n"


def test_make_targets_with_their_lines(tmp_path: Path) -> None:
    found = detect(tmp_path, {"Makefile": MAKEFILE})
    assert _of(found, "test") == [("make test", ".", ["Makefile:4"]), ("make all", ".", ["Makefile:10"])]
    assert _of(found, "lint") == [("make lint", ".", ["Makefile:7"])]


def test_scripts_of_a_package_are_run_with_its_own_manager_where_it_stands(tmp_path: Path) -> None:
    found = detect(
        tmp_path,
        {
            "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
            "pnpm-workspace.yaml": "packages: ['packages/*']\n",
            "package.json": '{"name": "root", "private": true}',
            "packages/web/package.json": '{\n  "name": "web",\n  "scripts": {\n    "build": "vite build",\n    "test": "vitest run"\n  }\n}\n',
        },
    )
    assert _of(found, "test") == [("pnpm run test", "packages/web", ["packages/web/package.json:5"])]
    assert next(item.component for item in found.commands) == "packages/web"


@pytest.mark.parametrize(
    ("files", "command"),
    [
        ({"tox.ini": "[tox]\nenvlist = py311\n[testenv]\ncommands = pytest\n"}, "tox"),
        (
            {
                "noxfile.py": "import nox\n\n@nox.session(python=['3.11'])\ndef tests(session):\n    session.run('pytest')\n"
            },
            "nox -s tests",
        ),
        ({"justfile": "default:\n  @just --list\n\ntest *args:\n  cargo test {{args}}\n"}, "just test"),
        ({"Taskfile.yml": "version: '3'\ntasks:\n  test:\n    cmds: [go test ./...]\n"}, "task test"),
        ({"pyproject.toml": '[tool.poe.tasks]\ntest = "pytest"\n'}, "poe test"),
        ({"pyproject.toml": '[tool.hatch.envs.default.scripts]\ntest = "pytest"\n'}, "hatch run test"),
        ({"pyproject.toml": '[tool.hatch.envs.ci.scripts]\ntest = "pytest"\n'}, "hatch run ci:test"),
        ({"pyproject.toml": '[tool.pdm.scripts]\ntest = "pytest"\n'}, "pdm run test"),
        ({"composer.json": '{"name": "a/b", "scripts": {"test": "phpunit"}}'}, "composer run test"),
        ({"Rakefile": "require 'rake/testtask'\nRake::TestTask.new(:test)\n"}, "rake test"),
        ({"deno.json": '{"tasks": {"test": "deno test -A"}}'}, "deno task test"),
        ({"mise.toml": '[tasks.test]\nrun = "pytest"\n'}, "mise run test"),
        (
            {"tasks.py": "from invoke import task\n\n@task\ndef test(c):\n    c.run('pytest')\n"},
            "invoke test",
        ),
        ({"scripts/test": "#!/bin/sh\npytest\n"}, "./scripts/test"),
        ({"README.rst": "x\n=\n\n.. code-block:: console\n\n    $ tox\n\nThen run pytest.\n"}, "tox"),
        ({"README.md": "# x\n\n```sh\n$ python -m unittest\n```\n"}, "python -m unittest"),
    ],
)
def test_every_task_runner(tmp_path: Path, files: dict[str, str], command: str) -> None:
    assert [found[0] for found in _of(detect(tmp_path, files), "test")] == [command]


WORKFLOW = """\
name: CI
on: [push]
env:
  CARGO: cargo
jobs:
  test:
    runs-on: ubuntu-latest
    defaults:
      run:
        working-directory: app
    steps:
      - uses: actions/checkout@v4
      - run: npm ci
      - name: test
        run: |
          export A=1
          npm test -- --ci
      - run: ${{ env.CARGO }} test
        working-directory: core
      - run: ./${{ steps.x.outputs.name }} test
"""


def test_steps_of_the_ci_confirm_what_is_defined_and_add_what_is_not(tmp_path: Path) -> None:
    found = detect(
        tmp_path,
        {
            ".github/workflows/ci.yml": WORKFLOW,
            "app/package.json": '{"name": "app", "scripts": {"spec": "vitest", "test": "vitest run"}}',
            "app/package-lock.json": "{}",
            "core/Cargo.toml": '[package]\nname = "core"\nversion = "0.1.0"\n',
        },
    )
    assert _of(found, "test") == [
        ("npm run test", "app", ["app/package.json:1", ".github/workflows/ci.yml:17"]),
        ("npm run spec", "app", ["app/package.json:1"]),
        ("cargo test", "core", [".github/workflows/ci.yml:18"]),
    ]


def test_a_readme_that_clones_first_means_the_root(tmp_path: Path) -> None:
    readme = "```sh\ngit clone https://host/me/app\ncd app\nmake test\ncd ../..\nmake lint\n```\n"
    found = detect(tmp_path, {"README.md": readme, "app/x.py": "", "x.py": ""})
    assert _of(found, "test") == [("make test", ".", ["README.md:4"])]


def test_tasks_of_rake_have_their_namespace(tmp_path: Path) -> None:
    text = (
        "Minitest::TestTask.create\nnamespace :test do\n  task :coverage do\n  end\nend\n"
        "task test: :spec\nnamespace(:doc) { }\ntask(docs: 'x') {}\nLIST.each { |gem|\n  task gem => :x\n}\n"
    )
    found = {item.command for item in detect(tmp_path, {"Rakefile": text}).commands}
    assert found == {"rake test", "rake test:coverage", "rake docs"}


def test_what_a_document_tells_to_type_in_a_new_project_is_not_of_this_one(tmp_path: Path) -> None:
    readme = "```sh\nnpm init shop\n```\n```sh\nnpm i\nnpm start\n```\n```sh\ngit clone x\nnpm test\n```\n"
    files = {"README.md": readme, "package.json": '{"name": "x", "scripts": {"test": "mocha"}}'}
    assert {item.command for item in detect(tmp_path, files).commands} == {"npm run test"}


def test_a_command_whose_script_or_requirements_are_not_there_is_left_out(tmp_path: Path) -> None:
    readme = (
        "```sh\nnpm run dev\npip install -r other/requirements.txt\npip install -r requirements.txt\n```\n"
    )
    files = {"README.md": readme, "package.json": '{"name": "x"}', "requirements.txt": ""}
    assert {item.command for item in detect(tmp_path, files).commands} == {"pip install -r requirements.txt"}


def test_a_command_that_goes_on_below_is_one(tmp_path: Path) -> None:
    readme = "```bash\npython -m pytest \\\n    --cov app \\\n    && ./build.sh\n```\n"
    files = {"README.md": readme, "app/a.py": "", "build.sh": "", "requirements.txt": "pytest\n"}
    found = [(item.command, item.evidence[0].line) for item in detect(tmp_path, files).commands]
    assert ("python -m pytest --cov app && ./build.sh", 2) in found
    assert not any(command.startswith("&&") for command, _ in found)
