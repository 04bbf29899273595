import pytest

from repo_architect.analysis.architecture import technologies
from support.architectures import architecture_of, edges, kinds, proof

PYPROJECT = '[project]\nname = "shop"\nversion = "1"\ndependencies = [\n  "fastapi",\n  "stripe>=5",\n  "psycopg[binary]",\n]\n'


def test_an_outside_system_needs_a_declaration_and_a_use(tmp_path):
    found = architecture_of(
        tmp_path, {"pyproject.toml": PYPROJECT, "shop/pay.py": "import os\nimport stripe\n"}
    )
    assert kinds(found)["Stripe"] == "external"
    assert edges(found) == {("shop", "Stripe"): "HTTPS"}
    assert proof(found, "shop", "Stripe") == ["shop/pay.py:2", "pyproject.toml:6"]


@pytest.mark.parametrize(
    "contents",
    [
        {"pyproject.toml": PYPROJECT, "shop/pay.py": "import os\n"},
        {"pyproject.toml": '[project]\nname = "shop"\n', "shop/pay.py": "import stripe\n"},
        {"pyproject.toml": PYPROJECT, "tests/test_pay.py": "import stripe\n"},
        {"pyproject.toml": PYPROJECT, "shop/pay.py": "# import stripe\n"},
    ],
)
def test_one_of_the_two_alone_proves_nothing(tmp_path, contents):
    assert not architecture_of(tmp_path, contents).edges


def test_an_address_with_a_scheme_is_a_use_of_the_driver(tmp_path):
    found = architecture_of(
        tmp_path,
        {"pyproject.toml": PYPROJECT, "shop/db.py": 'URL = "postgresql+psycopg://u:p@localhost/x"\n'},
    )
    assert edges(found) == {("shop", "PostgreSQL"): "SQL"}


def test_the_deployed_database_is_the_one_that_a_library_talks_to(tmp_path):
    compose = "services:\n  shop: {build: .}\n  store: {image: postgres}\n"
    found = architecture_of(
        tmp_path,
        {
            "pyproject.toml": PYPROJECT,
            "shop/db.py": "import psycopg\n",
            "compose.yml": compose,
            "Dockerfile": "FROM python\n",
        },
    )
    assert edges(found) == {("shop", "store"): "SQL"}


def test_a_plain_library_has_no_architecture(tmp_path):
    found = architecture_of(
        tmp_path, {"pyproject.toml": '[project]\nname = "plain"\n', "plain/a.py": "import os\n"}
    )
    assert not found.nodes


def test_every_row_of_the_table_is_well_formed_and_none_is_shadowed():
    rows = technologies.table()
    assert len({row.name for row in rows}) == len(rows)
    for row in rows:
        assert row.images or row.schemes or row.packages or row.resources
        assert all(technologies.by_scheme(scheme) is row for scheme in row.schemes)
        for ecosystem, names in row.packages.items():
            assert all(technologies.by_package(ecosystem, name) is row for name in names)


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("postgres", "PostgreSQL"),
        ("docker.io/library/postgres:16@sha256:abc", "PostgreSQL"),
        ("registry:5000/bitnami/redis", "Redis"),
        ("mcr.microsoft.com/mssql/server:2022", "Microsoft SQL Server"),
        ("wurstmeister/kafka:2.13", "Kafka"),
        ("someone/app", None),
        ("", None),
    ],
)
def test_images_are_known_whatever_their_registry_and_tag(image, name):
    found = technologies.by_image(image)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("path", "text", "technology"),
    [
        ("prisma/schema.prisma", 'datasource db {\n  provider = "postgresql"\n}\n', "PostgreSQL"),
        ("config/database.yml", "default:\n  adapter: mysql2\n", "MySQL"),
        ("lib/shop/repo.ex", "use Ecto.Repo,\n  adapter: Ecto.Adapters.Postgres\n", "PostgreSQL"),
        (
            "shop/settings.py",
            "DATABASES = {'default': {\n  'ENGINE': 'django.db.backends.postgresql'}}\n",
            "PostgreSQL",
        ),
        ("src/data.ts", "const a = new DataSource({\n  type: 'mysql', host: h })\n", "MySQL"),
        ("src/Startup.cs", "class S {\n  void A() { o.UseSqlServer(x); } }\n", "Microsoft SQL Server"),
        ("config/database.php", "<?php\n$a = env('DB_CONNECTION', 'pgsql');\n", "PostgreSQL"),
    ],
)
def test_a_mapper_is_told_which_database_to_use(tmp_path, path, text, technology):
    compose = "services:\n  app: {build: .}\n"
    found = architecture_of(tmp_path, {"compose.yml": compose, "Dockerfile": "FROM x\n", path: text})
    assert {node.technology for node in found.nodes if node.kind == "database"} == {technology}
    assert proof(found, "app", technology) == [f"{path}:2"]


@pytest.mark.parametrize("text", ["# 'django.db.backends.postgresql'\n", "x = 'sqlite'\n"])
def test_a_mapper_that_is_told_nothing_has_no_database(tmp_path, text):
    compose = "services:\n  app: {build: .}\n"
    assert not architecture_of(
        tmp_path, {"compose.yml": compose, "Dockerfile": "FROM x\n", "a.py": text}
    ).edges


def test_a_database_that_serves_anothers_clients_is_the_one_they_talk_to(tmp_path):
    compose = "services:\n  app: {build: .}\n  store: {image: mariadb}\n"
    found = architecture_of(
        tmp_path,
        {
            "compose.yml": compose,
            "Dockerfile": "FROM x\n",
            "requirements.txt": "pymysql\n",
            "a.py": "import pymysql\n",
        },
    )
    assert edges(found) == {("app", "store"): "SQL"}
