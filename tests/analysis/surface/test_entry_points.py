from __future__ import annotations

from pathlib import Path

import pytest

from support.surface import surface_of

CASES: dict[str, tuple[dict[str, str], list[tuple[str, str, str | None]]]] = {
    "pyproject": (
        {
            "pyproject.toml": "[project]\nname='a'\n[project.scripts]\ntool = 'a.cli:main'\n[project.gui-scripts]\ng = 'a:g'\n"
            "[project.entry-points.'x.y']\np = 'a:p'\n"
        },
        [("console_script", "tool", "a.cli:main"), ("gui_script", "g", "a:g"), ("plugin", "x.y:p", "a:p")],
    ),
    "java, in a package called example": (
        {
            "pom.xml": "<project><groupId>a</groupId><artifactId>shop</artifactId></project>",
            "src/main/java/com/example/shop/ShopApplication.java": "package com.example.shop;\npublic class ShopApplication {\n  public static void main(String[] args) {}\n}\n",
            "examples/src/main/java/com/shop/Demo.java": "class Demo { public static void main(String[] args) {} }\n",
        },
        [("main", "ShopApplication", "Java main")],
    ),
    "cabal": (
        {"a.cabal": "name: a\nexecutable tool\n  main-is: Tool.hs\ntest-suite t\n  main-is: T.hs\n"},
        [("bin", "tool", "Tool.hs")],
    ),
    "poetry": (
        {"pyproject.toml": "[tool.poetry]\nname='a'\n[tool.poetry.scripts]\nt = {callable = 'a:t'}\n"},
        [("console_script", "t", "a:t")],
    ),
    "setup.cfg": (
        {"setup.cfg": "[metadata]\nname=a\n[options.entry_points]\nconsole_scripts =\n    t = a.b:main\n[other]\nx = a:b\n"},
        [("console_script", "t", "a.b:main")],
    ),
    "setup.py": (
        {"setup.py": "setup(entry_points={'console_scripts': [\n  'a = b.c:d',\n]}, x=['y = z:w'])\n"},
        [("console_script", "a", "b.c:d")],
    ),
    "package.json": (
        {
            "package.json": '{"name": "@a/b", "main": "i.js", "bin": {"t": "c.js"},'
            ' "exports": {".": {"types": "t.d.ts", "import": "m.mjs"}, "./x": "x.js"}}'
        },
        [("bin", "t", "c.js"), ("exports", "@a/b", "m.mjs"), ("exports", "@a/b/x", "x.js"), ("main", "@a/b", "i.js")],
    ),
    "Cargo.toml": (
        {"Cargo.toml": "[package]\nname = 'a'\nversion = '1.0.0'\n", "src/main.rs": "fn main() {}\n"},
        [("bin", "a", "src/main.rs")],
    ),
    "Cargo's own discovery": (
        {
            "Cargo.toml": "[package]\nname = 'a'\nbuild = 'build/main.rs'\n[[bin]]\nname = 'named'\npath = 'src/bin/one.rs'\n",
            "src/bin/one.rs": "fn main() {}\n",
            "src/bin/two/main.rs": "fn main() {}\n",
            "src/bin/two/parts.rs": "fn main() {}\n",
            "src/runtime.rs": "pub fn main(x: u8) {}\n",
            "build/main.rs": "fn main() {}\n",
            "benches/b.rs": "fn main() {}\n",
        },
        [("bin", "named", "src/bin/one.rs"), ("bin", "two", "src/bin/two/main.rs")],
    ),
    "python modules": (
        {
            "pkg/__main__.py": "x = 1\n",
            "manage.py": "import sys\nexecute_from_command_line(sys.argv)\n",
            "site/wsgi.py": "import x\napplication = get()\n",
            "run.py": "\nif __name__ == '__main__':\n    pass\n",
        },
        [
            ("guard", "run", None), ("manage", "manage.py", "python manage.py"),
            ("module_main", "pkg", "python -m pkg"), ("wsgi", "site.wsgi", "site.wsgi:application"),
        ],
    ),
    "guards of a library's modules and of helpers": (
        {
            "pyproject.toml": "[project]\nname='a'\nversion='1'\n[build-system]\nrequires=[]\nbuild-backend='hatchling.build'\n",
            "a/__init__.py": "if __name__ == '__main__':\n    x()\n",
            "a/certs.py": "if __name__ == '__main__':\n    x()\n",
            "scripts/release.py": "if __name__ == '__main__':\n    x()\n",
            "manage.py": "if __name__ == '__main__':\n    execute_from_command_line(x)\n",
        },
        [("manage", "manage.py", "python manage.py"), ("script", "release", None)],
    ),
    "guards of an application without another way in": (
        {"app/__init__.py": "", "app/server.py": "if __name__ == '__main__':\n    x()\n"},
        [("guard", "server", None)],
    ),
    "Elixir": ({"mix.exs": "def application do\n  [mod: {Shop.Application, []}]\nend\n"}, [("application", "Shop.Application", "Shop.Application")]),
    "Rack": ({"config.ru": "require_relative 'app'\nrun Shop\n"}, [("rack", "config.ru", "Shop")]),
    "gem": ({"a.gemspec": "Gem::Specification.new do |s|\n  s.executables = %w[a b]\nend\n"}, [("bin", "a", "a"), ("bin", "b", "b")]),
    "Laravel": (
        {"artisan": "#!/usr/bin/env php\n<?php\n", "public/index.php": "<?php\nrequire __DIR__.'/../vendor/autoload.php';\n", "src/index.php": "<?php echo 1;\n"},
        [("console", "artisan", "php artisan"), ("front_controller", "public/index.php", "public/index.php")],
    ),
    "Swift and Dart": (
        {"Sources/A/App.swift": "@main\nstruct App {}\n", "bin/run.dart": "void main() {}\n", "Example/B/Delegate.swift": "@main\nclass D {}\n", "lib/x.dart": "void main() {}\n"},
        [("main", "App", "Swift main"), ("main", "run", "Dart main")],
    ),
    "C# with statements alone": ({"Api/Program.cs": "using X;\nvar builder = WebApplication.CreateBuilder(args);\n"}, [("main", "Api", "C# main")]),
    "what only keeps a container there, and the editor's": (
        {
            "docker-compose.yml": "services:\n  data:\n    command: /bin/true\n  dev:\n    command: sleep infinity\n",
            ".devcontainer/Dockerfile": "FROM a\nENTRYPOINT /entry.sh\n",
        },
        [],
    ),
    "benchmarks": ({"app/jmh/src/B.java": "class B {\n  public static void main(String[] a) {}\n}\n"}, []),
    "a program at the root": ({"go.mod": "module example.com/shop/v2\n", "main.go": "package main\nfunc main() {}\n"}, [("main", "shop", "Go main")]),
    "Dockerfile": (
        {"api/Dockerfile": 'FROM a AS b\nCMD old\nFROM c\nENTRYPOINT ["tini", "--"]\nCMD python \\\n  -m app\n'},
        [("container_command", "api", "python -m app"), ("container_entrypoint", "api", "tini --")],
    ),
    "compose": (
        {"docker-compose.yml": "services:\n  web:\n    command: [npm, start]\n  db: {image: x}\n"},
        [("compose_command", "web", "npm start")],
    ),
    "Procfile": ({"Procfile": "web: gunicorn a:b\n# no\nworker: celery\n"}, [("procfile", "web", "gunicorn a:b"), ("procfile", "worker", "celery")]),
    "serverless": (
        {"serverless.yml": "functions:\n  hello:\n    handler: src/a.hello\n"},
        [("serverless_handler", "hello", "src/a.hello")],
    ),
    "SAM": (
        {"template.yaml": "Resources:\n  F:\n    Properties: {Handler: a.b, CodeUri: !Ref X}\n"},
        [("serverless_handler", "F", "a.b")],
    ),
    "App Engine": ({"app.yaml": "runtime: python312\nentrypoint: gunicorn a\n"}, [("app_engine", "default", "gunicorn a")]),
    "programs": (
        {
            "cmd/server/main.go": "package main\nfunc main() {}\n",
            "lib/main.go": "package lib\nfunc main() {}\n",
            "A.java": "class A {\n  public static void main(String[] a) {}\n}\n",
        },
        [("main", "A", "Java main"), ("main", "server", "Go main")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_entry_points_of_each_kind(tmp_path: Path, name: str) -> None:
    files, expected = CASES[name]
    assert surface_of(tmp_path, files).entries() == expected


def test_an_entry_point_knows_its_line(tmp_path: Path) -> None:
    files = {
        "Dockerfile": "FROM a\n# x\nCMD a \\\n  b\n",
        "A.java": "class A {\n\n  public static void main(String[] a) {}\n}\n",
    }
    found = surface_of(tmp_path, files).entry_points
    assert [str(place) for entry in found for place in entry.evidence] == ["Dockerfile:3", "A.java:3"]


@pytest.mark.parametrize(
    "files",
    [
        {"package.json": '{"bin": 3, "exports": [1], "main": {}}'},
        {"pyproject.toml": "[project]\nscripts = 3\n"},
        {"serverless.yml": "functions: [a, b"},
        {"template.yaml": "Resources:\n  A: 3\n"},
        {"docker-compose.yml": "services: 3\n"},
        {"Dockerfile": "CMD [1, {\nENTRYPOINT\n"},
        {"app.yaml": "- 1\n"},
    ],
)
def test_malformed_files_do_no_harm(tmp_path: Path, files: dict[str, str]) -> None:
    surface_of(tmp_path, files)


def test_public_api_counts_what_others_may_use(tmp_path: Path) -> None:
    files = {
        "a.py": "def a(): ...\ndef _b(): ...\n@dec\nclass C:\n    def m(self): ...\n",
        "b.ts": "export function f() {}\nexport const g = () => 1\nexport interface I {}\nfunction no() {}\n",
        "c.go": "package c\nfunc A() {}\nfunc b() {}\ntype T struct{}\n",
        "d.rs": "pub fn a() {}\nfn b() {}\npub struct S;\n",
        "test_x.py": "def t(): ...\n",
    }
    (found,) = surface_of(tmp_path, files).public_api
    assert (found.modules, found.functions, found.classes) == (4, 5, 4)


@pytest.mark.timeout(10)
def test_a_package_of_endless_programs_costs_little(tmp_path: Path) -> None:
    found = surface_of(tmp_path, {"a.cabal": "name: a\n" + "executable a\n" * 70_000})
    assert len(found.entry_points) <= 200
