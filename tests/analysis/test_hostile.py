"""A hostile repository costs entries in `limits`, never the run."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from repo_architect import analysis
from repo_architect.contracts import RepoShape

MANIFESTS = (
    "package.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "pnpm-workspace.yaml", "tsconfig.json", "pyproject.toml", "poetry.lock", "uv.lock",
    "Pipfile", "Pipfile.lock", "requirements.txt", "setup.py", "setup.cfg", "environment.yml", "tox.ini", "noxfile.py", "go.mod", "go.sum", "Cargo.toml",
    "Cargo.lock", "pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle", "libs.versions.toml", "App.csproj", "Directory.Packages.props",
    "packages.config", "Gemfile", "Gemfile.lock", "x.gemspec", "composer.json", "composer.lock", "mix.exs", "mix.lock", "pubspec.yaml", "pubspec.lock",
    "Package.swift", "Package.resolved", "conanfile.txt", "vcpkg.json", "stack.yaml", "x.cabal", "DESCRIPTION", "renv.lock", "Project.toml",
    "Manifest.toml", "Dockerfile", "compose.yml", "docker-compose.yaml", "Chart.yaml", "main.tf", "serverless.yml", "Procfile", "Makefile", "justfile",
    "Taskfile.yml", ".github/workflows/ci.yml", ".gitlab-ci.yml", ".circleci/config.yml", ".travis.yml", "azure-pipelines.yml", "Jenkinsfile",
    ".pre-commit-config.yaml", "openapi.yaml", "openapi.json", "asyncapi.yaml", "schema.graphql", "x.proto", "k8s/deployment.yaml", "application.yml",
    "bootstrap.properties", ".env.example", ".nvmrc", ".python-version", ".tool-versions", "mise.toml", "rust-toolchain.toml", "deno.json", "bun.lock",
    "lerna.json", "nx.json", "turbo.json", "angular.json", "vercel.json", "netlify.toml", "manage.py", "main.py", "app.ts", "index.js", "x.ipynb",
    "README.md", "LICENSE", ".gitattributes", "Main.java", "main.go", "main.rs", "a.rb", "a.php", "A.cs", "a.kt", "a.c", "a.cpp", "a.vue", "a.svelte",
)  # fmt: skip

_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n"
    for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
_ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><x>&i;</x>"
)
BAD_TEXTS = {
    "empty": b"",
    "noise": bytes(range(256)) * 8,
    "null bytes": b"\0" * 4096,
    "half an object": b'{"name": "x", "dependencies": {"a": ',
    "a list": b"[1, 2, 3]",
    "a scalar": b"42",
    "wrong types": b'{"name": 3, "version": [], "dependencies": [1], "scripts": "x", "workspaces": {"packages": 7}, "engines": 9, "project": 1, "jobs": [], "services": "x"}',
    "wrong types in yaml": b"name: [1]\njobs:\n  - x\nservices: 7\ndependencies: x\non: {push: [[]]}\npackages: {a: 1}\nspec: []\nkind: []\n",
    "wrong types in toml": b"project = 3\n[tool]\npoetry = []\npytest = 1\n[dependencies]\na = [[1]]\n[package]\nname = 1\n[workspace]\nmembers = 3\n",
    "deep json": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "deep list": b"[" * 20000,
    "deep calls": b"f(" * 5000 + b")" * 5000,
    "deep yaml": b"".join(b" " * n + b"a:\n" for n in range(600)),
    "alias bomb": _BOMB.encode(),
    "entity bomb": _ENTITIES.encode(),
    "external entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><project><artifactId>&e;</artifactId></project>',
    "latin-1": "name = \"caf\xe9\"\n# caf\xe9 { [ ( \n".encode("latin-1"),
    "utf-16": '{"name": "x"}'.encode("utf-16"),
    "carriage returns": b"a = 1\rb = 2\r\rfoo==1\r",
    "long line": b"x" * 900_000,
    "blank lines": b"\n" * 150_000,
    "blank lines of spaces": b" \t\n" * 50_000,
    "nan and huge numbers": b'{"version": NaN, "a": 1e999999, "b": ' + b"9" * 5000 + b"}",
    "duplicate keys": b'{"name": "a", "name": "b", "dependencies": {}, "dependencies": {"x": "1"}}',
}  # fmt: skip


def analyse(root: Path, **limits: int) -> RepoShape:
    shape = analysis.analyze(root, analysis.identify(root), analysis.Limits(**limits)).shape
    RepoShape.from_json(shape.to_json())
    return shape


def put(root: Path, name: str, data: bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.mark.parametrize("kind", BAD_TEXTS)
def test_manifests_and_sources_of_every_kind_may_be_malformed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("REPO_ARCHITECT_STRICT", "1")
    for name in MANIFESTS:
        put(tmp_path, name, BAD_TEXTS[kind])
    begun = time.process_time()
    shape = analyse(tmp_path)
    assert shape.repository.file_count == len(MANIFESTS)
    assert time.process_time() - begun < 60
    assert "root:" not in shape.to_json().decode()


AWKWARD = (
    b"new\nline.py", b"quo\"te's.py", b"-rf.py", b"--help", "emoji-\U0001f600.py".encode(), b"invalid-\xff\xfe.py", b"tab\t.py", b"back\\slash.py", b" lead.py",
    b"trail .py", b"$(touch x).py", b"`id`.js", b"<script>alert(1)<.ts", b"{{7*7}}.py", b"${{ x }}.yml", b"%n%s.py", b"a" * 200 + b".py", "\u202egpj.py".encode(),
)  # fmt: skip


def test_awkward_names_are_files_like_any_other(tmp_path: Path) -> None:
    for name in AWKWARD:
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as stream:  # noqa: PTH118, PTH123
            stream.write(b"import os\n")
    shape = analyse(tmp_path)
    assert shape.repository.file_count == len(AWKWARD)
    assert shape.to_json().decode("utf-8")


def test_links_are_never_followed_out_of_the_tree_or_in_circles(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    put(outside, "secret.py", b"PASSWORD = 'canary-of-outside'\n")
    put(outside, "package.json", b'{"name": "canary-of-outside", "dependencies": {"express": "1"}}')
    root = tmp_path / "repo"
    put(root, "a.py", b"x = 1\n")
    for name, target in {
        "loop": ".", "self": "self", "up": "..", "passwd": "/etc/passwd", "out": str(outside), "package.json": str(outside / "package.json"),
        "README.md": "/etc/passwd", "LICENSE": "/proc/self/environ", "dangling": "nowhere",
    }.items():  # fmt: skip
        (root / name).symlink_to(target)
    shape = analyse(root)
    text = shape.to_json().decode()
    assert "canary-of-outside" not in text
    assert "express" not in text
    assert "root:x:" not in text
    assert shape.repository.file_count == 1


def test_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "package.json")
    put(tmp_path, "a.py", b"x = 1\n")
    assert analyse(tmp_path).repository.file_count == 1


def test_a_text_file_of_200_megabytes_costs_a_note(tmp_path: Path) -> None:
    for name in ("big.py", "package-lock.json", "README.md", "requirements.txt"):
        with (tmp_path / name).open("wb") as stream:
            stream.write(b"x = 1\n" * 100)
            stream.truncate(200_000_000)
    begun = time.process_time()
    shape = analyse(tmp_path)
    assert time.process_time() - begun < 5
    assert any(limit.reason == "too_large" for limit in shape.limits)


def test_a_minified_bundle_is_not_parsed(tmp_path: Path) -> None:
    put(
        tmp_path,
        "dist.min.js",
        b"!function(e){var t=" + b"e.get('/x',function(n){return n(t)})," * 20_000 + b"1}();",
    )
    put(tmp_path, "bundle.js", b"var a=function(){return 1};" * 30_000)
    put(tmp_path, "app.js", b"const a = require('./b');\n")
    begun = time.process_time()
    shape = analyse(tmp_path)
    assert time.process_time() - begun < 5
    assert shape.endpoints == ()


def test_more_files_than_the_limit_are_told(tmp_path: Path) -> None:
    for number in range(300):
        put(tmp_path, f"d{number % 7}/f{number}.py", b"x = 1\n")
    shape = analyse(tmp_path, max_files=100)
    assert shape.repository.file_count == 100
    assert any(limit.reason == "too_many" for limit in shape.limits)


def test_deep_nesting_is_bounded(tmp_path: Path) -> None:
    here = tmp_path
    for _ in range(150):
        here /= "d"
    put(here, "a.py", b"x = 1\n")
    shape = analyse(tmp_path)
    assert any("deep" in limit.reason or "depth" in limit.reason for limit in shape.limits)


def test_nothing_of_the_repository_is_executed(tmp_path: Path) -> None:
    trap = tmp_path / "executed"
    touch = f"import pathlib; pathlib.Path({str(trap)!r}).touch()\n".encode()
    root = tmp_path / "repo"
    for name in (
        "setup.py",
        "conftest.py",
        "noxfile.py",
        "manage.py",
        "sitecustomize.py",
        "tox.ini",
        "__init__.py",
        "json.py",
        "yaml.py",
    ):
        put(root, name, touch)
    put(
        root,
        "package.json",
        b'{"name": "x", "scripts": {"preinstall": "touch ' + str(trap).encode() + b'", "test": "touch x"}}',
    )
    put(root, "Makefile", b"$(shell touch " + str(trap).encode() + b")\nall:\n")
    put(
        root,
        ".git/config",
        b"[core]\n\tfsmonitor = touch "
        + str(trap).encode()
        + b"\n\tpager = touch "
        + str(trap).encode()
        + b"\n",
    )
    put(root, ".git/HEAD", b"ref: refs/heads/main\n")
    put(root, ".git/objects/x", b"")
    put(root, ".git/refs/x", b"")
    put(root, ".git/hooks/post-checkout", b"#!/bin/sh\ntouch " + str(trap).encode())
    analyse(root)
    assert not trap.exists()


def test_a_folder_without_anything_is_analysed(tmp_path: Path) -> None:
    shape = analyse(tmp_path)
    assert shape.languages == ()
    assert shape.components == () or len(shape.components) == 1
