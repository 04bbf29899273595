"""Go, Rust, containers, GitHub Actions and pre-commit."""

from __future__ import annotations

from support.manifests import declared, locked, read


def test_go_mod_tells_direct_from_indirect(tmp_path):
    report = read(tmp_path, {
        "go.mod": "module example.org/shop\n\ngo 1.22\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.9.1\n\tgolang.org/x/net v0.10.0 // indirect\n)\n\nrequire example.org/own v0.0.0\n\nreplace example.org/own => ./own\n",
        "go.sum": "github.com/gin-gonic/gin v1.9.1 h1:x=\ngithub.com/gin-gonic/gin v1.9.1/go.mod h1:x=\ngopkg.in/yaml.v3 v3.0.1 h1:x=\n",
    })  # fmt: skip
    assert [(d.name, d.resolved, d.direct, d.line, d.lock_line, d.internal) for d in report.dependencies] == [
        ("github.com/gin-gonic/gin", "v1.9.1", True, 6, 1, False),
        ("golang.org/x/net", "v0.10.0", False, 7, None, False),
        ("example.org/own", "v0.0.0", True, 10, None, True),
        ("gopkg.in/yaml.v3", "v3.0.1", False, None, 3, False),
    ]
    assert report.components[0].name == "example.org/shop"


def test_cargo_workspace(tmp_path):
    report = read(tmp_path, {
        "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n[workspace.dependencies]\nserde = "1"\n',
        "crates/a/Cargo.toml": '[package]\nname = "a"\n[dependencies]\nserde = { workspace = true }\nb = { path = "../b" }\nrand = "0.8"\n[target.\'cfg(unix)\'.dev-dependencies]\nlibc = "*"\n[build-dependencies]\ncc = "1.0"\n',
        "crates/b/Cargo.toml": '[package]\nname = "b"\n',
        "Cargo.lock": '[[package]]\nname = "a"\nversion = "0.1.0"\n\n[[package]]\nname = "rand"\nversion = "0.7.3"\nsource = "r"\n\n[[package]]\nname = "rand"\nversion = "0.8.5"\nsource = "r"\n',
    })  # fmt: skip
    assert [(d.name, d.requirement, d.scope, d.resolved, d.internal) for d in report.dependencies if d.component == "crates/a"] == [
        ("serde", "1", "runtime", None, False), ("b", None, "runtime", None, True), ("rand", "0.8", "runtime", "0.8.5", False),
        ("libc", None, "development", None, False), ("cc", "1.0", "build", None, False),
    ]  # fmt: skip
    assert locked(report) == [("rand", "0.7.3", "runtime")]
    assert {c.path: c.workspace for c in report.components} == {".": None, "crates/a": ".", "crates/b": "."}


def test_dockerfile_tells_the_last_stage_from_those_that_build(tmp_path):
    report = read(
        tmp_path,
        {
            "Dockerfile": "ARG NODE=20\nFROM --platform=linux/amd64 node:${NODE}-alpine AS build\nCOPY --from=ghcr.io/astral-sh/uv:0.5 /uv /\nFROM nginx@sha256:aa AS base\nFROM base\nCOPY --from=build /x /\nFROM $UNKNOWN\nFROM base\n"
        },
    )
    assert declared(report) == [
        ("node", "20-alpine", "build", 2), ("ghcr.io/astral-sh/uv", "0.5", "build", 3), ("nginx", "sha256:aa", "runtime", 4),
    ]  # fmt: skip


def test_compose_images_but_not_what_is_built_here(tmp_path):
    report = read(
        tmp_path,
        {
            "compose.yaml": "services:\n  db:\n    image: postgres:${TAG:-16}\n  web:\n    image: own/web\n    build: .\n"
        },
    )
    assert declared(report) == [("postgres", "16", "runtime", 3)]


def test_workflows_and_pre_commit(tmp_path):
    report = read(tmp_path, {
        ".github/workflows/ci.yml": "jobs:\n  a:\n    container: node:20\n    steps:\n      - uses: actions/checkout@v4\n      - uses: ./own\n      - uses: docker://alpine:3\n  b:\n    uses: org/repo/.github/workflows/x.yml@main\n",
        ".pre-commit-config.yaml": "repos:\n  - repo: https://github.com/astral-sh/ruff-pre-commit\n    rev: v0.7.1\n    hooks:\n      - id: ruff\n        additional_dependencies: [types-requests==2.0]\n  - repo: local\n    hooks: []\n",
    })  # fmt: skip
    assert [(d.ecosystem, d.name, d.requirement, d.line, d.internal) for d in report.dependencies] == [
        ("docker", "node", "20", 3, False), ("actions", "actions/checkout", "v4", 5, False), ("actions", "./own", None, 6, True),
        ("docker", "alpine", "3", 7, False), ("actions", "org/repo/.github/workflows/x.yml", "main", 9, False),
        ("pre-commit", "astral-sh/ruff-pre-commit", "v0.7.1", 2, False), ("pypi", "types-requests", "==2.0", 6, False),
    ] or report.dependencies[0].manifest == ".pre-commit-config.yaml"  # fmt: skip


def test_a_hooks_packages_are_not_answered_by_the_projects_lock(tmp_path):
    report = read(tmp_path, {
        "pyproject.toml": '[project]\nname = "x"\ndependencies = ["types-requests"]\n',
        "uv.lock": '[[package]]\nname = "types-requests"\nversion = "2.9"\nsource = { registry = "r" }\n',
        ".pre-commit-config.yaml": "repos:\n  - repo: https://github.com/a/b\n    rev: v1\n    hooks:\n      - id: b\n        additional_dependencies: [types-requests]\n",
    })  # fmt: skip
    assert {(d.manifest, d.resolved) for d in report.dependencies if d.name == "types-requests"} == {
        (".pre-commit-config.yaml", None),
        ("pyproject.toml", "2.9"),
    }


def test_a_locked_version_that_the_requirement_refuses_is_no_answer(tmp_path):
    report = read(tmp_path, {
        "pyproject.toml": '[project]\nname = "x"\ndependencies = ["a>=3", "b==1.0", "c>=1"]\n',
        "uv.lock": "".join(f'[[package]]\nname = "{name}"\nversion = "2.0"\nsource = {{ registry = "r" }}\n\n' for name in "abc"),
    })  # fmt: skip
    assert {d.name: (d.resolved, d.lock) for d in report.dependencies if d.direct} == {
        "a": (None, None), "b": ("1.0", None), "c": ("2.0", "uv.lock"),
    }  # fmt: skip


def test_a_gem_built_for_several_platforms_is_one_and_answers_its_requirement(tmp_path):
    lock = "GEM\n  specs:\n    pg (1.6.3-aarch64-linux)\n    pg (1.6.3-x86_64-linux-gnu)\n    rake (13.0.0)\n"
    report = read(tmp_path, {"Gemfile": "gem 'pg', '~> 1.6', '>= 1.6.3'\n", "Gemfile.lock": lock})
    assert [(d.name, d.resolved, d.direct) for d in report.dependencies] == [
        ("pg", "1.6.3", True),
        ("rake", "13.0.0", False),
    ]
