"""Systems outside: by host, in Elixir, and images of others told from the repository's own."""

import pytest

from support.architectures import architecture_of, edges, kinds, proof

PYTHON = '[project]\nname = "shop"\nversion = "1"\n'


@pytest.mark.parametrize(
    ("host", "name"),
    [("api.stripe.com", "Stripe"), ("hooks.slack.com", "Slack"), ("api.acme.io", "api.acme.io")],
)
def test_a_host_of_a_known_system_is_called_by_that_system(tmp_path, host, name):
    code = f'import requests\n\nrequests.post("https://{host}/v1")\n'
    found = architecture_of(tmp_path, {"pyproject.toml": PYTHON, "shop.py": code})
    assert edges(found) == {("shop", name): "HTTPS" if name != host else "HTTP"}


def test_a_library_and_an_address_of_one_system_are_one_box(tmp_path):
    code = 'import requests\nimport stripe\n\nrequests.post("https://api.stripe.com/v1")\n'
    manifest = PYTHON + 'dependencies = ["stripe"]\n'
    found = architecture_of(tmp_path, {"pyproject.toml": manifest, "shop.py": code})
    assert set(kinds(found)) == {"shop", "Stripe"}
    assert {"shop.py:2", "shop.py:4"} <= set(proof(found, "shop", "Stripe"))


MIX = 'defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop]\n  defp deps do\n    [\n      {:redix, "~> 1.0"}\n    ]\n  end\nend\n'


def test_elixir_speaks_of_systems_by_modules_and_addresses(tmp_path):
    code = (
        'defmodule Shop do\n  @moduledoc """\n  See Tesla.get("https://docs.acme.io/x")\n  """\n'
        '  # Tesla.get("https://old.acme.io")\n  plug(Tesla.Middleware.BaseUrl, "https://api.acme.io")\n  def f, do: Redix.command(:x, [])\nend\n'
    )
    found = architecture_of(tmp_path, {"mix.exs": MIX, "lib/shop.ex": code})
    assert {target for _, target in edges(found)} == {"api.acme.io", "Redis"}
    (shop,) = {source for source, _ in edges(found)}
    assert proof(found, shop, "api.acme.io") == ["lib/shop.ex:6"]
    assert "lib/shop.ex:7" in proof(found, shop, "Redis")


def test_the_one_image_that_nothing_is_known_of_is_made_of_the_repository(tmp_path):
    compose = (
        "services:\n  web: {image: 'shop/shop:1'}\n  jobs: {image: 'shop/shop:1'}\n  db: {image: postgres}\n"
    )
    code = "import stripe\n"
    files = {"compose.yml": compose, "Dockerfile": "FROM python\n", "shop.py": code}
    found = architecture_of(tmp_path, {**files, "pyproject.toml": PYTHON + 'dependencies = ["stripe"]\n'})
    assert edges(found) == {("web", "Stripe"): "HTTPS"}


@pytest.mark.parametrize(
    ("service", "kind"),
    [
        ("postgres: {image: acme/upgraded}", "database"),
        ("postgres_a: {image: acme/upgraded, environment: {POSTGRES_DB: x}}", "database"),
        ("postgres_a: {image: acme/upgraded}", "service"),
        ("redis-exporter: {image: acme/exporter}", "service"),
    ],
)
def test_a_store_of_an_unknown_image_is_known_by_its_name_and_settings(tmp_path, service, kind):
    compose = (
        f"services:\n  {service}\n  other: {{image: acme/other, depends_on: [{service.partition(':')[0]}]}}\n"
    )
    found = architecture_of(tmp_path, {"compose.yml": compose})
    assert kinds(found)[service.partition(":")[0]] == kind


def test_a_project_of_an_application_host_is_the_service_that_is_built_around_it(tmp_path):
    host = (
        'if (x)\n{\n    y();\n}\nvar db = builder.AddPostgres("db");\nvar a = builder.AddProject<Projects.Flight_Api>("flight-service").WithReference(db);\n'
        "DistributedApplication.CreateBuilder(args);\n"
    )
    project = '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>'
    files = {
        "host/Program.cs": host,
        "src/Flight/Api/Flight.Api.csproj": project,
        "src/Flight/Dockerfile": "FROM dotnet\n",
    }
    compose = "services:\n  flight: {build: src/Flight}\n"
    found = architecture_of(tmp_path, {"compose.yml": compose, **files})
    assert edges(found) == {("flight", "db"): "SQL"}


@pytest.mark.parametrize(
    ("module", "image", "own"),
    [
        ("feeds.app/v2", "feeds/feeds:1", True),
        ("github.com/acme/feeds", "ghcr.io/acme/feeds", True),
        ("github.com/acme/feeds", "acme/reader", False),
    ],
)
def test_an_image_named_as_what_stands_at_the_top_is_made_of_the_repository(tmp_path, module, image, own):
    compose = f"services:\n  web: {{image: '{image}'}}\n  notify: {{image: acme/notify}}\n"
    files = {
        "contrib/compose.yml": compose,
        "go.mod": f"module {module}\n\ngo 1.22\n",
        "main.go": 'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.Get("https://api.stripe.com/v1")\n}\n',
    }
    found = architecture_of(tmp_path, files)
    assert (("web", "Stripe") in edges(found)) is own


@pytest.mark.parametrize("here", [".", "$PWD", "${PWD}"])
def test_a_proxy_is_given_its_configuration_from_where_it_is_started(tmp_path, here):
    compose = f"services:\n  door:\n    image: caddy:2\n    volumes: ['{here}/Caddyfile:/etc/caddy/Caddyfile']\n  shop:\n    image: acme/shop\n"
    files = {"deploy/compose.yml": compose, "deploy/Caddyfile": "shop.example.org\nreverse_proxy shop:8080\n"}
    assert proof(architecture_of(tmp_path, files), "door", "shop")[0] == "deploy/Caddyfile:2"
