"""Secrets are found by their form, made-up ones are not, and no value is ever kept.

The values here are put together from pieces, so that no scanner of this repository takes them for real ones.
"""

from __future__ import annotations

import random
import string
import time
from pathlib import Path

import pytest

from repo_architect.analysis import languages, secrets
from repo_architect.analysis.files import read_tree
from repo_architect.analysis.limits import Limits, Notes
from repo_architect.secret_patterns import scan_text


def noise(length: int, alphabet: str = string.ascii_letters + string.digits, seed: int = 7) -> str:
    return "".join(random.Random(seed).choices(alphabet, k=length))


HEX = "0123456789abcdef"
UPPER = string.ascii_uppercase + "234567"
SECRETS = {
    "private key": "-----BEGIN RSA " + "PRIVATE KEY-----\n" + noise(64) + "\n-----END RSA PRIVATE KEY-----",
    "AWS access key": "AK" + "IA" + noise(16, UPPER),
    "AWS secret key": "aws_secret_access_key = " + noise(40),
    "GitHub token": "gh" + "p_" + noise(36),
    "GitLab token": "gl" + "pat-" + noise(20),
    "Slack token": "xo" + "xb-" + noise(12, string.digits) + "-" + noise(24),
    "Slack webhook": "https://hooks.slack"
    ".com/services/T" + noise(8, UPPER) + "/B" + noise(8, UPPER) + "/" + noise(24),
    "Stripe key": "sk_" + "live_" + noise(24),
    "Google API key": "AI" + "za" + noise(35),
    "OpenAI key": "s" + "k-" + noise(48),
    "npm token": "np" + "m_" + noise(36),
    "PyPI token": "py" + "pi-AgEI" + noise(60),
    "SendGrid key": "S" + "G." + noise(22) + "." + noise(43),
    "JSON web token": "ey" + "J" + noise(30) + ".ey" + "J" + noise(60) + "." + noise(43),
    "password in an address": "postgres://app:" + noise(14) + "@db.internal.net:5432/app",
    "Azure storage key": "Account" + "Key=" + noise(86) + "==",
    "Telegram token": noise(9, string.digits) + ":A" + "A" + noise(33),
}


def find(root: Path, files: dict[str, str | bytes]) -> list[tuple[str, str, int]]:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    tree = read_tree(root, Limits(), Notes())
    languages.detect(tree)
    return [(found.kind, found.path, found.line) for found in secrets.find(tree)]


@pytest.mark.parametrize("kind", sorted(SECRETS))
def test_a_secret_is_told_by_kind_and_line(tmp_path: Path, kind: str) -> None:
    assert find(tmp_path, {"src/config.py": f"a = 1\nb = '''\n{SECRETS[kind]}\n'''\n"}) == [
        (kind, "src/config.py", 3)
    ]


@pytest.mark.parametrize("kind", sorted(SECRETS))
def test_a_cut_secret_is_none(kind: str) -> None:
    assert list(scan_text(SECRETS[kind][: len(SECRETS[kind]) // 3])) == []


@pytest.mark.parametrize(
    "text",
    [
        "AK" + "IAIOSFODNN7EXAMPLE",
        "gh" + "p_" + "x" * 36,
        "sk_" + "live_" + "0" * 24,
        "-----BEGIN PRIVATE " + "KEY-----",
        'if text.startswith("-----BEGIN RSA PRIVATE ' + 'KEY-----"):',
        "postgres://user:password@host.example.com/db",
        "postgres://app:" + noise(14) + "@localhost/db",
        "postgres://app:${DB_PASSWORD}@db.internal.net/app",
        "https://example.com:8080/path@1.2.3.com",
        (
            "ey"
            "JhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.ey"
            "JzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV"
        ),
        "git@github.com:a/b.git",
    ],
)
def test_what_is_made_up_is_no_secret(text: str) -> None:
    assert list(scan_text(text)) == []


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("app/settings.py", f'SECRET_KEY = "{noise(50)}"', True),
        ("app/settings.py", f"'api_key': '{noise(32, HEX)}'", True),
        ("app/config.ts", f'const dbPassword = "{noise(20)}";', True),
        (".env", f"SECRET_TOKEN={noise(40)}", True),
        ("app/config.ts", f"SECRET_TOKEN={noise(40)}", False),
        (".env.example", f"SECRET_TOKEN={noise(40)}", False),
        ("tests/test_a.py", f'SECRET_KEY = "{noise(50)}"', False),
        ("app/settings.py", 'SECRET_KEY = "django-insecure-change-me-123"', False),
        ("app/settings.py", 'SECRET_NAME = "projects/1/secrets/database-2"', False),
        ("app/settings.py", f'PUBLIC_KEY = "{noise(50)}"', False),
        ("app/a.ts", 'token: "reset-password-token-v2-header"', False),
        ("app/a.ts", f'const tokenUrl = "{noise(40)}"', False),
        ("app/a.ts", 'password: "passwordConfirmation1Label"', False),
        ("app/a.yml", "password: ${{ secrets.DATABASE_PASSWORD_1 }}", False),
        ("docs/a.md", f'SECRET_KEY = "{noise(50)}"', False),
        ("app/lang/en.json", f'"password": "{noise(20)}"', False),
    ],
)
def test_random_values_named_as_secrets(tmp_path: Path, path: str, text: str, found: bool) -> None:
    expected = [("random value named as a secret", path, 2)] if found else []
    assert find(tmp_path, {path: f"\n{text}\n"}) == expected


def test_in_tests_only_what_an_issuer_gives_counts_and_is_told_apart(tmp_path: Path) -> None:
    files = {
        "tests/a.py": SECRETS["GitHub token"],
        "tests/b.py": SECRETS["JSON web token"],
        "examples/c.pem": SECRETS["private key"],
    }
    assert find(tmp_path, dict(files)) == [
        ("private key, in a test or example", "examples/c.pem", 1),
        ("GitHub token, in a test or example", "tests/a.py", 1),
    ]


def test_what_others_wrote_or_a_tool_made_is_not_looked_at(tmp_path: Path) -> None:
    token = SECRETS["GitHub token"]
    assert (
        find(
            tmp_path,
            {
                "node_modules/a.js": token,
                "poetry.lock": token,
                "a.png": token,
                "b.bin": b"\0" + token.encode(),
            },
        )
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN PRIVATE " + "KEY-----\n" + "A: b\n" * 50_000,
        "-----BEGIN PRIVATE " + "KEY-----\n" + "a: " * 40,
        "password = " * 40_000,
        "://" + "a:" * 200_000,
        "ey" + "J" + "a" * 400_000,
        "aws_key" * 60_000,
    ],
)
def test_hostile_text_costs_little(tmp_path: Path, text: str) -> None:
    began = time.process_time()
    find(tmp_path, {"a.py": text})
    assert time.process_time() - began < 2


def test_no_value_is_kept(tmp_path: Path) -> None:
    told = repr(find(tmp_path, {"a.py": "\n".join(SECRETS.values())}))
    assert len(SECRETS) <= told.count("a.py")
    assert not any(value[-16:] in told for value in SECRETS.values())


def test_tests_that_stand_at_the_end_of_a_rust_file_are_tests(tmp_path: Path) -> None:
    value = noise(32)
    code = f'const A: &str = "x";\nlet secret = "{value}";\n\n#[cfg(test)]\nmod tests {{\n    let secret = "{value}";\n    let t = "{SECRETS["GitHub token"]}";\n}}\n'
    assert find(tmp_path, {"src/a.rs": code}) == [
        ("random value named as a secret", "src/a.rs", 2),
        ("GitHub token, in a test or example", "src/a.rs", 7),
    ]


@pytest.mark.parametrize("path", ["Shop.Tests/Keys.cs", "src/functionalTest/Keys.kt"])
def test_random_values_in_projects_of_tests_are_no_secrets(tmp_path: Path, path: str) -> None:
    assert find(tmp_path, {path: f'secret = "{noise(32)}"\n'}) == []


def test_what_an_empty_field_shows_is_an_example(tmp_path: Path) -> None:
    field = f'<Input\n  placeholder="{SECRETS["Telegram token"]}"\n/>\n'
    assert find(tmp_path, {"src/a.tsx": field}) == [("Telegram token, in a test or example", "src/a.tsx", 2)]


def test_examples_in_the_description_of_an_api_open_nothing(tmp_path: Path) -> None:
    code = f'[\n  required: true,\n  example:\n    "Bearer {SECRETS["JSON web token"]}"\n]\n'
    assert find(tmp_path, {"lib/a.ex": code}) == [("JSON web token, in a test or example", "lib/a.ex", 4)]
