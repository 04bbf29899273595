"""Databases that the settings of an object-relational mapper name: Prisma, Rails, Ecto, Laravel; Django, TypeORM and EF Core in code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.architecture.documents import is_aside, supports
from repo_architect.analysis.architecture.facts import Spoken
from repo_architect.analysis.files import FileTree

# by file, what names the database's scheme
_FILES = (
    (
        re.compile(r"(^|/)[\w.-]+\.prisma$"),
        re.compile(r'^[ \t]*provider\s*=\s*"(postgresql|mysql|sqlserver|mongodb|cockroachdb)"'),
    ),
    (
        re.compile(r"(^|/)config/database\.yml(\.\w+)?$"),
        re.compile(r"^[ \t]*adapter:\s*[\"']?(postgresql|postgis|mysql2|trilogy|sqlserver)\b"),
    ),
    (re.compile(r"(^|/)repo\.ex$"), re.compile(r"Ecto\.Adapters\.(Postgres|MyXQL|Tds)\b")),
    (re.compile(r"(^|/)\.env(\.example)?$"), re.compile(r"^DB_CONNECTION=(mysql|pgsql|mariadb|sqlsrv)\b")),
)
_CODE = {
    "Python": re.compile(rb"[\"']django\.(?:db|contrib\.gis\.db)\.backends\.(postgresql|postgis|mysql|oracle)"),
    "JavaScript": re.compile(rb"(?:new DataSource\(|createConnection\(|TypeOrmModule\.forRoot\w*\(|new Sequelize\(|defineConfig\()[^;]{0,400}?\b(?:type|dialect):\s*[\"'](postgres|postgresql|mysql|mariadb|mssql|mongodb|oracle)[\"']", re.DOTALL),
    "C#": re.compile(rb"\.(?:Use|Add)(Npgsql|SqlServer|MySql|Oracle|Cosmos)(?:DbContext|DataSource)?\s*(?:<[\w.]+>)?\("),
    "PHP": re.compile(rb"env\(\s*['\"]DB_CONNECTION['\"]\s*,\s*['\"](mysql|pgsql|mariadb|sqlsrv)['\"]"),
}  # fmt: skip
_SCHEMES = {
    "npgsql": "postgres", "pgsql": "postgres", "myxql": "mysql", "tds": "sqlserver", "trilogy": "mysql", "sqlsrv": "sqlserver", "mysql2": "mysql",
}  # fmt: skip
for _language in ("TypeScript", "TSX", "JSX"):
    _CODE[_language] = _CODE["JavaScript"]


def named_in_files(tree: FileTree) -> Iterator[Spoken]:
    """What the settings of mappers name, a scheme for each line."""
    for file in tree.files:
        for path, pattern in _FILES:
            if not path.search(file.path) or is_aside(tree, file.path) or supports(file.path):
                continue
            for number, line in enumerate((tree.text(file.path) or "").splitlines(), 1):
                match = pattern.search(line)
                if match:
                    yield Spoken("stores", _scheme(match[1]), file.path, number)
                    break


def named_in_code(source: bytes, path: str, language: str) -> Iterator[tuple[Spoken, int]]:
    """What code tells a mapper, with its offset."""
    pattern = _CODE.get(language)
    match = pattern.search(source) if pattern else None
    if match:
        yield Spoken("stores", _scheme(match[1].decode()), path, 0), match.start(1)


def _scheme(word: str) -> str:
    return _SCHEMES.get(word.lower(), word.lower())
