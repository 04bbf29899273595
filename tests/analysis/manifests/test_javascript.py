"""What JavaScript's manifests and lock files declare and lock, with lines."""

from __future__ import annotations

import json

import pytest

from support.manifests import declared, locked, read

PACKAGE = """{
  "name": "shop",
  "dependencies": {
    "react": "^18.2.0",
    "alias": "npm:@scope/real@^1",
    "own": "workspace:*"
  },
  "devDependencies": { "vitest": "1.0.0" },
  "peerDependencies": { "vue": ">=3", "svelte": "4" },
  "peerDependenciesMeta": { "svelte": { "optional": true } },
  "optionalDependencies": { "fsevents": "*" }
}
"""


def test_package_json_gives_every_table(tmp_path):
    report = read(tmp_path, {"package.json": PACKAGE})
    assert declared(report) == [
        ("@scope/real", "^1", "runtime", 5) if name == "alias" else entry
        for name, entry in [
            ("react", ("react", "^18.2.0", "runtime", 4)), ("alias", ()), ("own", ("own", "workspace:*", "runtime", 6)),
            ("vitest", ("vitest", "1.0.0", "development", 8)), ("svelte", ("svelte", "4", "optional", 9)),
            ("vue", ("vue", ">=3", "peer", 9)), ("fsevents", ("fsevents", None, "optional", 11)),
        ]
    ]  # fmt: skip
    assert [d.internal for d in report.dependencies] == [False, False, True, False, False, False, False]
    assert report.dependencies[1].purl == "pkg:npm/%40scope/real"


LOCK_3 = {
    "name": "shop",
    "lockfileVersion": 3,
    "packages": {
        "": {"name": "shop", "dependencies": {"react": "^18.2.0"}},
        "node_modules/react": {"version": "18.3.1", "resolved": "x", "dependencies": {"loose-envify": "^1"}},
        "node_modules/loose-envify": {"version": "1.4.0", "engines": {"node": ">=6"}},
        "node_modules/vitest": {"version": "1.0.0", "dev": True},
        "node_modules/vitest/node_modules/react": {"version": "17.0.0", "dev": True},
        "node_modules/own": {"resolved": "packages/own", "link": True},
        "packages/own": {"version": "1.0.0"},
    },
}
LOCK_1 = {
    "name": "shop",
    "version": "1.0.0",
    "lockfileVersion": 1,
    "dependencies": {
        "react": {"version": "18.3.1", "requires": {"loose-envify": "^1"}},
        "loose-envify": {"version": "1.4.0"},
        "vitest": {
            "version": "1.0.0",
            "dev": True,
            "dependencies": {"react": {"version": "17.0.0", "dev": True}},
        },
    },
}


@pytest.mark.parametrize("lock", [LOCK_3, LOCK_1])
@pytest.mark.parametrize("indent", [2, 4, None])
def test_package_lock_reads_the_same_however_it_is_written(tmp_path, lock, indent):
    text = json.dumps(lock, indent=indent)
    report = read(tmp_path, {"package-lock.json": text})
    assert sorted(locked(report)) == [
        ("loose-envify", "1.4.0", "runtime"), ("react", "17.0.0", "development"), ("react", "18.3.1", "runtime"), ("vitest", "1.0.0", "development"),
    ]  # fmt: skip
    lines = text.splitlines()
    assert all(d.name in lines[d.lock_line - 1] for d in report.dependencies)


def test_the_workspace_gets_the_version_in_its_own_node_modules(tmp_path):
    report = read(tmp_path, {
        "package.json": json.dumps({"name": "root", "private": True, "workspaces": ["packages/*"]}),
        "packages/a/package.json": json.dumps({"name": "a", "dependencies": {"x": "^1", "b": "*"}}),
        "packages/b/package.json": json.dumps({"name": "b", "dependencies": {"x": "^2"}}),
        "package-lock.json": json.dumps({"lockfileVersion": 3, "packages": {
            "node_modules/x": {"version": "1.1.0"}, "packages/b/node_modules/x": {"version": "2.2.0"},
        }}, indent=2),
    })  # fmt: skip
    found = {(d.component, d.name): (d.resolved, d.internal) for d in report.dependencies}
    assert found == {
        ("packages/a", "x"): ("1.1.0", False),
        ("packages/a", "b"): (None, True),
        ("packages/b", "x"): ("2.2.0", False),
    }
    assert {c.path: c.workspace for c in report.components} == {
        ".": None,
        "packages/a": ".",
        "packages/b": ".",
    }


YARN_1 = """# yarn lockfile v1


"@babel/core@^7.0.0", "@babel/core@^7.1.0":
  version "7.2.0"
  resolved "https://example.org/x.tgz"
  dependencies:
    lodash "^4"

lodash@^4, lodash@^4.17.0:
  version "4.17.21"

lodash@^3:
  version "3.10.1"
"""
YARN_BERRY = """__metadata:
  version: 8

"@babel/core@npm:^7.0.0, @babel/core@npm:^7.1.0":
  version: 7.2.0
  resolution: "@babel/core@npm:7.2.0"
  dependencies:
    lodash: "npm:^4"

"lodash@npm:^4, lodash@npm:^4.17.0":
  version: 4.17.21
  resolution: "lodash@npm:4.17.21"

"lodash@npm:^3":
  version: 3.10.1
  resolution: "lodash@npm:3.10.1"

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
"""


@pytest.mark.parametrize(
    ("text", "manager"), [(YARN_1, "yarn"), (YARN_BERRY, "yarn"), (YARN_BERRY.replace("\n", "\r\n"), "yarn")]
)
def test_yarn_lock_answers_by_the_range_that_was_asked(tmp_path, text, manager):
    report = read(
        tmp_path,
        {
            "package.json": '{"name": "shop",\n"dependencies": {"lodash": "^3", "@babel/core": "^7.1.0"}}',
            "yarn.lock": text,
        },
    )
    assert {(d.name, d.resolved, d.lock_line) for d in report.dependencies if d.direct} == {
        (
            name,
            version,
            next(n for n, line in enumerate(text.splitlines(), 1) if line.lstrip('"').startswith(start)),
        )
        for name, version, start in [
            ("lodash", "3.10.1", "lodash@^3" if text == YARN_1 else "lodash@npm:^3"),
            ("@babel/core", "7.2.0", "@babel/core@"),
        ]
    }
    assert locked(report) == [("lodash", "4.17.21", "runtime")]
    assert report.components[0].package_manager == manager


PNPM_9 = """lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      react:
        specifier: ^18.2.0
        version: 18.3.1
  packages/a:
    dependencies:
      react:
        specifier: ^17
        version: 17.0.2(x@1.0.0)
      b:
        specifier: workspace:*
        version: link:../b

packages:

  '@types/node@20.1.0':
    resolution: {integrity: sha512-x}

  react@17.0.2:
    resolution: {integrity: sha512-x}

  react@18.3.1:
    resolution: {integrity: sha512-x}
"""
PNPM_6 = """lockfileVersion: '6.0'

dependencies:
  react:
    specifier: ^18.2.0
    version: 18.3.1

packages:

  /@types/node@20.1.0:
    resolution: {integrity: sha512-x}
    dev: true

  /react@18.3.1(x@1.0.0):
    resolution: {integrity: sha512-x}
"""
PNPM_5 = """lockfileVersion: 5.4

specifiers:
  react: ^18.2.0

dependencies:
  react: 18.3.1_x@1.0.0

packages:

  /@types/node/20.1.0:
    resolution: {integrity: sha512-x}
    dev: true

  /react/18.3.1_x@1.0.0:
    resolution: {integrity: sha512-x}
"""


@pytest.mark.parametrize(
    ("text", "scope"), [(PNPM_5, "development"), (PNPM_6, "development"), (PNPM_9, "runtime")]
)
def test_pnpm_lock_of_each_version(tmp_path, text, scope):
    report = read(
        tmp_path,
        {"package.json": '{"name": "shop", "dependencies": {"react": "^18.2.0"}}', "pnpm-lock.yaml": text},
    )
    assert report.dependencies[0].resolved == "18.3.1"
    assert ("@types/node", "20.1.0", scope) in locked(report)
    assert ("react", "18.3.1", "runtime") not in locked(report)


def test_pnpm_workspace_members_get_their_importers_version(tmp_path):
    report = read(tmp_path, {
        "package.json": '{"name": "shop", "dependencies": {"react": "^18.2.0"}}',
        "pnpm-workspace.yaml": "packages:\n  - 'packages/**'\n  - '!packages/old'\n",
        "packages/a/package.json": '{"name": "a", "dependencies": {"react": "^17", "b": "workspace:*"}}',
        "packages/b/package.json": '{"name": "b"}',
        "packages/old/package.json": '{"name": "old"}',
        "pnpm-lock.yaml": PNPM_9,
    })  # fmt: skip
    assert {(d.component, d.name, d.resolved, d.internal) for d in report.dependencies if d.manifest} == {
        (".", "react", "18.3.1", False), ("packages/a", "react", "17.0.2", False), ("packages/a", "b", None, True),
    }  # fmt: skip
    assert {c.path: c.workspace for c in report.components} == {
        ".": None,
        "packages/a": ".",
        "packages/b": ".",
        "packages/old": None,
    }


def test_bun_and_deno(tmp_path):
    report = read(tmp_path, {
        "package.json": '{"name": "shop", "dependencies": {"zod": "^3"}}',
        "bun.lock": '{\n "workspaces": {"": {"devDependencies": {"prettier": "3"}},},\n "packages": {\n  "zod": ["zod@3.24.2", "", {}, "x"],\n  "a/zod": ["zod@2.0.0", "", {}],\n  "prettier": ["prettier@3.5.3", ""],\n }\n}',
        "edge/deno.json": '{"name": "@own/edge", "imports": {"fs": "jsr:@std/fs@^1", "chalk": "npm:chalk@5", "oak": "https://deno.land/x/oak@v12/mod.ts"}}',
    })  # fmt: skip
    assert {(d.ecosystem, d.name, d.requirement, d.resolved) for d in report.dependencies if d.manifest} == {
        ("npm", "zod", "^3", "3.24.2"), ("jsr", "@std/fs", "^1", None), ("npm", "chalk", "5", None), ("deno", "oak", "v12", None),
    }  # fmt: skip
    assert locked(report) == [("zod", "2.0.0", "runtime"), ("prettier", "3.5.3", "development")]
