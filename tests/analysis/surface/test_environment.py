from __future__ import annotations

from pathlib import Path

import pytest

from support.surface import surface_of

READS: dict[str, tuple[str, dict[str, tuple[str | None, bool]]]] = {
    "a.py": (
        ("import os\nfrom os import environ, getenv\n# os.environ['COMMENTED']\nos.environ['NEEDED']\n"
        "os.environ.get('OPTIONAL')\nenviron.get('PORT', '8000')\ngetenv('HOST', default='h')\n"
        "print(\"os.environ['QUOTED']\")\nos.environ['SET'] = 'x'\nif 'MAYBE' in os.environ: ...\n"),
        {"NEEDED": (None, True), "OPTIONAL": (None, False), "PORT": ("8000", False), "HOST": ("h", False), "MAYBE": (None, False)},
    ),
    "wsgi.py": (
        "def app(environ, start):\n    a = environ['PATH_INFO']\n    b = environ.get('SCRIPT_NAME', '')\n    return request.environ['HTTP_HOST']\n",
        {},
    ),
    "Main.hs": (
        'a = getEnv "A"\nb = getEnv "B" `catch` absent\n',
        {"A": (None, True), "B": (None, False)},
    ),
    "b.py": (
        "from decouple import config\nDEBUG = config('DEBUG', default=False, cast=bool)\n",
        {"DEBUG": ("False", False)},
    ),
    "c.py": (
        "import environ\nenv = environ.Env()\nURL = env.db('DATABASE_URL')\nX = env('X', default='1')\n",
        {"DATABASE_URL": (None, True), "X": ("1", False)},
    ),
    "a.ts": (
        ("const a = process.env.A;\nconst b = process.env.B || 'two';\nconst c = process.env['C'] ?? `three`;\n"
        "const { D, E = '5', F: g } = process.env;\nimport.meta.env.VITE_H;\nimport.meta.env.DEV;\n// process.env.NO\n"
        "const u = `http://${process.env.I}/x`;\n"),
        {"A": (None, False), "B": ("two", False), "C": ("three", False), "D": (None, False), "E": ("5", False),
         "F": (None, False), "VITE_H": (None, False), "I": (None, False)},
    ),
    "a.go": (
        "package a\nimport \"os\"\ntype C struct { P string `env:\"PORT\" envDefault:\"1\"` }\nvar x = os.Getenv(\"X\")\n",
        {"PORT": (None, False), "X": (None, False)},
    ),
    "a.rs": ("fn f() { std::env::var(\"A\").unwrap_or(\"b\".into()); env::var(\"B\"); }\n", {"A": ("b", False), "B": (None, False)}),
    "clap.rs": (
        '#[derive(Parser)]\nstruct A {\n  #[arg(long, env = "A")]\n  a: String,\n  #[arg(\n    long,\n    env = "B",\n    default_value = "b"\n  )]\n  b: String,\n}\n',
        {"A": (None, False), "B": ("b", False)},
    ),
    "A.java": ("class A { String a = System.getenv(\"A\"); @Value(\"${PORT:80}\") int p; }\n", {"A": (None, False), "PORT": ("80", False)}),
    "a.rb": ("ENV['A'] || 'x'\nENV.fetch('B', 'y')\nENV['C'] = '1'\n", {"A": ("x", False), "B": ("y", False)}),
    "a.php": ("<?php\n$a = env('A', 'x'); $b = getenv('B'); $c = $_ENV['C'] ?? 'z';\n", {"A": ("x", False), "B": (None, False), "C": ("z", False)}),
    "a.cs": ("class A { string s = Environment.GetEnvironmentVariable(\"S\") ?? \"d\"; }\n", {"S": ("d", False)}),
}  # fmt: skip


@pytest.mark.parametrize("path", READS)
def test_reads_are_found_with_their_defaults(tmp_path: Path, path: str) -> None:
    source, expected = READS[path]
    assert surface_of(tmp_path, {path: source}).variables() == expected


REQUIRED: dict[str, tuple[str, str, bool]] = {
    "python, checked and raised": ("a.py", "import os\nkey = os.environ.get('X')\nif not key:\n    raise ValueError('X')\n", True),
    "python, checked and logged": ("a.py", "import os\nkey = os.environ.get('X')\nif not key:\n    print('no X')\n", False),
    "python, checked against None": ("a.py", "import os\nkey = os.getenv('X')\nif key is None:\n    sys.exit(1)\n", True),
    "python, membership": ("a.py", "import os\nif 'X' not in os.environ:\n    raise SystemExit('X')\n", True),
    "python, asserted": ("a.py", "import os\nkey = os.getenv('X')\nassert key, 'X'\n", True),
    "python, own function that raises": (
        "a.py", "import os\ndef need(name):\n    value = os.getenv(name)\n    if not value:\n        raise KeyError(name)\n    return value\nkey = need('X')\n", True,
    ),
    "python, own function with a default": ("a.py", "import os\ndef flag(s, default):\n    return os.getenv(s, default) == '1'\nA = flag('X', '0')\n", False),
    "typescript, asserted not null": ("a.ts", "const key = process.env.X!;\n", True),
    "javascript, compared": ("a.js", "if (process.env.X == null) { throw new Error('x') }\n", True),
    "javascript, checked and thrown": ("a.js", "const key = process.env.X;\nif (!key) {\n  throw new Error('X');\n}\n", True),
    "javascript, thrown at once": ("a.js", "const key = process.env.X ?? (() => { throw new Error('X') })();\n", True),
    "javascript, a switch": ("a.js", "if (process.env.X) {\n  process.exit(1);\n}\n", False),
    "javascript, ends well without it": ("a.js", "if (!process.env.X) {\n  process.exit(0);\n}\n", False),
    "javascript, negated": ("a.js", "if (!process.env.X) {\n  throw new Error('X');\n}\n", True),
    "javascript, used": ("a.js", "const key = process.env.X;\nif (!key) {\n  return;\n}\n", False),
    "javascript, own function": ("a.js", "function env(name) { const v = process.env[name]; if (!v) { throw new Error(name) } return v }\nenv('X')\n", True),
    "go, checked": ("a.go", 'package a\nimport "os"\nfunc f() {\n\tx := os.Getenv("X")\n\tif x == "" {\n\t\tlog.Fatal("X")\n\t}\n}\n', True),
    "go, looked up": ("a.go", 'package a\nimport "os"\nfunc f() error {\n\tx, ok := os.LookupEnv("X")\n\tif !ok {\n\t\treturn errors.New("X")\n\t}\n}\n', True),
    "go, tag": ("a.go", 'package a\ntype C struct { P string `env:"X,required"` }\n', True),
    "rust, unwrapped": ("a.rs", 'fn f() { let x = std::env::var("X").unwrap(); }\n', True),
    "rust, expected": ("a.rs", 'fn f() { let x = env::var("X").expect("X must be set"); }\n', True),
    "rust, tried": ("a.rs", 'fn f() -> R { let x = env::var("X")?; }\n', True),
    "rust, tried and used": ("a.rs", 'fn f() -> R { let x = env::var("X")?.parse::<u16>(); }\n', True),
    "rust, tried with a message": ("a.rs", 'fn f() -> R { let x = env::var("X").map_err(|e| anyhow(format!("no X: {}", g(e))))?; }\n', True),
    "rust, given as an option": ("a.rs", 'fn f() { let x = env::var("X").ok(); }\n', False),
    "python, asked for above": ("a.py", "import os\nif os.environ.get('X'):\n    KEY = {\n        'x': os.environ['X'],\n    }\n", False),
    "python, another asked for above": ("a.py", "import os\nif os.environ.get('XY'):\n    KEY = os.environ['X']\n", True),
    "python, asked for and done": ("a.py", "import os\nif os.environ.get('X'):\n    print('X')\nKEY = os.environ['X']\n", True),
    "python, absent above": ("a.py", "import os\nif not os.getenv('X'):\n    os.environ['X']\n", True),
    "typescript, asserted with a fallback behind": ("a.ts", "const port = Number.parseInt(process.env.X!, 10) || 80;\n", False),
    "rust, if let": ("a.rs", 'fn f() { if let Ok(x) = env::var("X") { g(x) } }\n', False),
    "ruby, fetched": ("a.rb", "key = ENV.fetch('X')\n", True),
    "ruby, fetched with a block": ("a.rb", "key = ENV.fetch('X') { 1 }\n", False),
    "java, required": ("A.java", 'class A { @Value("${X_KEY}") String x; String y = System.getenv("X"); void f() { if (y == null) { throw new E(); } } }\n', True),
    "csharp, thrown": ("A.cs", 'class A { string s = Environment.GetEnvironmentVariable("X") ?? throw new E(); }\n', True),
    "php, thrown": ("a.php", "<?php\n$k = getenv('X') ?: throw new E();\n", True),
    "elixir, fetched": ("a.ex", 'System.fetch_env!("X")\n', True),
    "elixir, raised": ("a.exs", 'key = System.get_env("X") || raise "X"\n', True),
    "elixir, asked": ("a.exs", 'key = System.get_env("X")\n', False),
    "swift": ("a.swift", 'let a = ProcessInfo.processInfo.environment["X"]\n', False),
    "dart": ("a.dart", "final a = Platform.environment['X'];\n", False),
}  # fmt: skip


@pytest.mark.parametrize("name", REQUIRED)
def test_a_variable_is_required_where_its_absence_fails(tmp_path: Path, name: str) -> None:
    path, source, required = REQUIRED[name]
    assert surface_of(tmp_path, {path: source}).variables()["X"][1] is required


def test_what_the_build_sets_is_no_variable_of_the_environment(tmp_path: Path) -> None:
    files = {
        "a.rs": 'const V: &str = env!("CARGO_PKG_VERSION");\nconst M: &str = env!("MINE");\n',
        "build.rs": 'fn main() { println!("cargo:rustc-env=MINE=1"); }\n',
        "next.config.js": "module.exports = { env: { version: '1', base } }\n",
        "a.js": "const v = process.env.version + process.env.base + process.env.REAL\n",
    }
    assert set(surface_of(tmp_path, files).variables()) == {"REAL"}


def test_settings_classes_give_their_fields_under_their_prefix(tmp_path: Path) -> None:
    source = (
        "from pydantic import Field\nfrom pydantic_settings import BaseSettings, SettingsConfigDict\n"
        "class Base(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='APP_')\n"
        "class Settings(Base):\n    port: int = 80\n    url: str\n    other: str = Field('x', alias='OTHER')\n"
        "    must: str = Field(...)\n    _hidden: int = 1\nclass NotSettings(Other):\n    no: int = 1\n"
    )
    assert surface_of(tmp_path, {"s.py": source}).variables() == {
        "APP_PORT": ("80", False), "APP_URL": (None, True), "OTHER": ("x", False), "APP_MUST": (None, True),
    }  # fmt: skip


def test_examples_and_compose_files_are_read(tmp_path: Path) -> None:
    files = {
        ".env.example": "# comment\nDB_URL=postgres://localhost/x\nexport PORT=80 # why\n#UNUSED=1\n",
        "docker-compose.yml": "services:\n  a:\n    image: x:${TAG:-latest}\n    ports: ['${PORT}:80']\n    # ${NO}\n",
    }
    assert surface_of(tmp_path, files).variables() == {
        "DB_URL": ("postgres://localhost/x", None), "PORT": (None, False), "TAG": ("latest", False), "UNUSED": ("1", None),
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "getenv('API_TOKEN', 'abc')",
        "getenv('DB', 'postgres://u:p@h/x')",
        "getenv('SECRET_KEY', 'k')",
        "getenv('X', 'ghp1234567890abcdefghij')",
        "getenv('DB', 'Server=db,1433;User ID=sa;Password=Your$tr0ng;TrustServerCertificate=true')",
    ],
)
def test_a_default_that_looks_like_a_secret_is_not_kept(tmp_path: Path, line: str) -> None:
    (found,) = surface_of(tmp_path, {"a.py": f"from os import getenv\n{line}\n"}).env_vars
    assert found.default is None
    assert found.required is False


def test_evidence_names_each_line_and_tests_do_not_count(tmp_path: Path) -> None:
    files = {
        "a.py": "import os\nos.environ['A']\n",
        "b.py": "import os\n\nos.environ['A']\n",
        "tests/test_a.py": "os.environ['T']\n",
    }
    (found,) = surface_of(tmp_path, files).env_vars
    assert [str(place) for place in found.evidence] == ["a.py:2", "b.py:3"]


FAR: dict[str, tuple[dict[str, str], set[str]]] = {
    "python, imported": (
        {"kit/env.py": "import os\ndef value(name: str) -> str:\n    return os.environ.get(name, '')\n",
         "app.py": "from kit.env import (\n    value,\n)\nhome = value('APP_HOME')\n"},
        {"APP_HOME"},
    ),
    "python, by way of another": (
        {"env.py": "import os\ndef value(name):\n    return os.getenv(name)\n",
         "paths.py": "from env import value\ndef path(key: str):\n    return value(key)\nhome = path('APP_HOME')\n"},
        {"APP_HOME"},
    ),
    "python, of another name": (
        {"env.py": "import os\ndef value(name):\n    return os.getenv(name)\n", "app.py": "def f(x): ...\nf('APP_HOME')\nvalue('APP_ROOT')\n"},
        set(),
    ),
    "go, in the package": (
        {"a/env.go": "package a\nfunc lookup(env string) string {\n\treturn os.Getenv(env)\n}\n",
         "a/parse.go": "package a\nfunc parse(target *string, env string) error {\n\traw := lookup(env)\n\treturn nil\n}\n",
         "a/config.go": 'package a\nvar x = parse(&c.Home, "APP_HOME")\n', "b/config.go": 'package b\nvar x = parse(&c.Home, "APP_ROOT")\n'},
        {"APP_HOME"},
    ),
    "go, by a constant": (
        {"a/env.go": "package a\nfunc lookup(env string) string {\n\treturn os.Getenv(env)\n}\n",
         "a/keys.go": 'package a\nconst (\n\tEnvHome = "APP_HOME"\n\tEnvUnused = "APP_UNUSED"\n)\n', "a/config.go": "package a\nvar x = lookup(EnvHome)\nvar y = other(EnvUnused)\n"},
        {"APP_HOME"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAR)
def test_functions_of_other_files_that_read_what_they_are_given(tmp_path: Path, case: str) -> None:
    files, expected = FAR[case]

    assert set(surface_of(tmp_path, files).variables()) == expected


def test_functions_that_hand_on_to_each_other_end(tmp_path: Path) -> None:
    source = "import os\ndef a(x):\n    return b(x)\ndef b(x):\n    return a(x)\na('APP_HOME')\n"

    assert surface_of(tmp_path, {"a.py": source}).variables() == {}
