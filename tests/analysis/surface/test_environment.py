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
        {"A": (None, True), "B": ("two", False), "C": ("three", False), "D": (None, True), "E": ("5", False),
         "F": (None, True), "VITE_H": (None, True), "I": (None, True)},
    ),
    "a.go": (
        "package a\nimport \"os\"\ntype C struct { P string `env:\"PORT\" envDefault:\"1\"` }\nvar x = os.Getenv(\"X\")\n",
        {"PORT": (None, False), "X": (None, True)},
    ),
    "a.rs": ("fn f() { std::env::var(\"A\").unwrap_or(\"b\".into()); env::var(\"B\"); }\n", {"A": ("b", False), "B": (None, True)}),
    "A.java": ("class A { String a = System.getenv(\"A\"); @Value(\"${PORT:80}\") int p; }\n", {"A": (None, True), "PORT": ("80", False)}),
    "a.rb": ("ENV['A'] || 'x'\nENV.fetch('B', 'y')\nENV['C'] = '1'\n", {"A": ("x", False), "B": ("y", False)}),
    "a.php": ("<?php\n$a = env('A', 'x'); $b = getenv('B'); $c = $_ENV['C'] ?? 'z';\n", {"A": ("x", False), "B": (None, True), "C": ("z", False)}),
    "a.cs": ("class A { string s = Environment.GetEnvironmentVariable(\"S\") ?? \"d\"; }\n", {"S": ("d", False)}),
}  # fmt: skip


@pytest.mark.parametrize("path", READS)
def test_reads_are_found_with_their_defaults(tmp_path: Path, path: str) -> None:
    source, expected = READS[path]
    assert surface_of(tmp_path, {path: source}).variables() == expected


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
        "DB_URL": ("postgres://localhost/x", None), "PORT": (None, True), "TAG": ("latest", False), "UNUSED": ("1", None),
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "getenv('API_TOKEN', 'abc')",
        "getenv('DB', 'postgres://u:p@h/x')",
        "getenv('SECRET_KEY', 'k')",
        "getenv('X', 'ghp1234567890abcdefghij')",
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
