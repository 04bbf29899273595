"""JavaScript and TypeScript specifiers lead to the source that a bundler would take."""

import json

import pytest


def test_a_module_without_extension_is_its_script_before_its_declarations(edges_of):
    found = edges_of({"test/a.js": "require('../app')", "app.js": "", "app.d.ts": ""})

    assert found == {"test/a.js > app.js import 1"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a from './a'", {"src/a.ts import 1"}),
        ("import {x, y as z} from './a';\nimport * as all from './a'", {"src/a.ts import 1,2"}),
        ("import './a'", {"src/a.ts import 1"}),
        ("import type {X} from './a'", {"src/a.ts type 1"}),
        ("import {type X, type Y as Z} from './a'", {"src/a.ts type 1"}),
        ("import {type X, y} from './a'", {"src/a.ts import 1"}),
        ("export {x} from './a'\nexport * from './b'", {"src/a.ts reexport 1", "src/b/index.ts reexport 2"}),
        ("export type {X} from './a'", {"src/a.ts type 1"}),
        ("const a = require('./a')", {"src/a.ts import 1"}),
        ("function f() { return require('./a') }", {"src/a.ts dynamic 1"}),
        ("import x = require('./a')", {"src/a.ts import 1"}),
        ("const a = await import('./a')\nimport(`./b`)", {"src/a.ts dynamic 1", "src/b/index.ts dynamic 2"}),
        ("type A = import('./a').A", {"src/a.ts type 1"}),
        ("import a from './a.js'", {"src/a.ts import 1"}),
        ("import a from './c.mjs'", {"src/c.mts import 1"}),
        ("import a from './a.ts?raw'", {"src/a.ts import 1"}),
        ("import b from './b'", {"src/b/index.ts import 1"}),
        ("import x from '..'", {"index.js import 1"}),
        ("import data from './data.json'\nimport './style.css'", set()),
        ("import fs from 'node:fs'\nimport react from 'react'", set()),
        ("import up from '../../../etc/passwd'", set()),
        ("import(`./${name}`)\nrequire(name)", set()),
        ("// import './a'\nconst s = \"import './a'\"", set()),
    ],
)
def test_a_statement_leads_to(edges_of, text, expected):
    files = {
        "src/a.ts": "",
        "src/b/index.ts": "",
        "src/c.mts": "",
        "index.js": "",
        "src/data.json": "{}",
        "src/style.css": "",
    }
    found = edges_of(files | {"src/importing.ts": text})

    assert found == {f"src/importing.ts > {edge}" for edge in expected}


def package(**fields: object) -> str:
    return json.dumps(fields)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"tsconfig.json": '{"compilerOptions": {"baseUrl": ".", /* c */ "paths": {"@/*": ["src/*"],}}}',
             "src/x.ts": "import '@/y/z'", "src/y/z.tsx": ""},
            {"src/x.ts > src/y/z.tsx import 1"},
            id="paths with a base",
        ),
        pytest.param(
            {"tsconfig.base.json": '{"compilerOptions": {"paths": {"~/*": ["./lib/*"]}}}',
             "app/tsconfig.json": '{"extends": "../tsconfig.base.json"}', "app/x.ts": "import '~/y'", "lib/y.ts": ""},
            {"app/x.ts > lib/y.ts import 1"},
            id="paths inherited, relative to where they are written",
        ),
        pytest.param(
            {"tsconfig.json": '{"files": [], "references": [{"path": "./tsconfig.app.json"}]}',
             "tsconfig.app.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
             "src/x.ts": "import '@/y'", "src/y.ts": ""},
            {"src/x.ts > src/y.ts import 1"},
            id="paths of a referenced configuration",
        ),
        pytest.param(
            {"jsconfig.json": '{"compilerOptions": {"baseUrl": "src"}}', "src/a/x.js": "import 'b/y'", "src/b/y.js": ""},
            {"src/a/x.js > src/b/y.js import 1"},
            id="base alone",
        ),
        pytest.param(
            {"package.json": package(workspaces=["packages/*"]), "packages/a/package.json": package(name="@o/a"),
             "packages/b/package.json": package(name="@o/b", main="dist/index.js"),
             "packages/a/x.ts": "import '@o/b'", "packages/b/src/index.ts": ""},
            {"packages/a/x.ts > packages/b/src/index.ts import 1"},
            id="a sibling of the workspace, built entry told as its source",
        ),
        pytest.param(
            {"pnpm-workspace.yaml": "packages: ['libs/**']", "package.json": "{}",
             "libs/x/a/package.json": package(name="a", exports={"./sub": {"types": "./dist/sub.d.ts", "import": "./dist/sub.js"}}),
             "libs/b/package.json": package(name="b"), "libs/b/i.ts": "import 'a/sub'", "libs/x/a/src/sub.ts": ""},
            {"libs/b/i.ts > libs/x/a/src/sub.ts import 1"},
            id="exports with conditions",
        ),
        pytest.param(
            {"package.json": package(name="me", imports={"#lib/*": "./src/lib/*.js"}), "src/x.js": "import '#lib/y'", "src/lib/y.js": ""},
            {"src/x.js > src/lib/y.js import 1"},
            id="imports of the package",
        ),
        pytest.param(
            {"package.json": package(name="me"), "examples/e/package.json": package(name="react"),
             "src/x.js": "import 'react'", "examples/e/index.js": ""},
            set(),
            id="a package outside of any workspace is nobody's",
        ),
        pytest.param(
            {"package.json": package(name="me", dependencies={"other": "file:./vendor/other"}),
             "vendor/other/package.json": package(name="other"), "vendor/other/index.js": "", "x.js": "import 'other'"},
            {"x.js > vendor/other/index.js import 1"},
            id="a linked package",
        ),
        pytest.param({"tsconfig.json": "{broken", "a.ts": "import './b'", "b.ts": ""}, {"a.ts > b.ts import 1"}, id="broken"),
        pytest.param(
            {"tsconfig.json": '{"extends": "./tsconfig.json"}', "a.ts": "import '@/b'", "b.ts": ""}, set(), id="a loop"
        ),
    ],
)  # fmt: skip
def test_aliases_and_packages(edges_of, files, expected):
    assert edges_of(files) == expected


@pytest.mark.parametrize(
    ("config", "text", "specifier"),
    [
        ("vite.config.ts", "resolve: { alias: { '@': path.resolve(__dirname, './src') } }", "@/y"),
        (
            "vite.config.ts",
            "resolve: { alias: { '@app': fileURLToPath(new URL('./src', import.meta.url)) } }",
            "@app/y",
        ),
        ("vite.config.js", "alias: [{ find: '~', replacement: resolve(__dirname, 'src') }]", "~/y"),
        (
            "webpack.config.js",
            "module.exports = { resolve: { alias: { Lib: path.join(__dirname, 'src/') } } }",
            "Lib/y",
        ),
        ("nuxt.config.ts", "", "~/src/y"),
        ("vue.config.js", "", "@/y"),
    ],
)
def test_aliases_of_bundlers_and_frameworks(edges_of, config, text, specifier):
    found = edges_of({f"web/{config}": text, "web/src/a/x.ts": f"import '{specifier}'", "web/src/y.ts": ""})

    assert found == {"web/src/a/x.ts > web/src/y.ts import 1"}


def test_an_alias_that_code_computes_is_no_literal(edges_of):
    assert (
        edges_of({"vite.config.ts": "alias: { '@': dir }", "src/x.ts": "import '@/y'", "src/y.ts": ""})
        == set()
    )
