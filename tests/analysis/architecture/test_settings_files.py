import pytest

from support.architectures import architecture_of, edges, kinds, proof

COMPOSE = "services:\n  shop-api: {build: api}\n  shop-pricing: {build: pricing}\n  shop-web: {build: web}\n  kafka: {image: apache/kafka}\n"
MICRONAUT = "micronaut:\n  application:\n    name: pricing\nkafka:\n  bootstrap:\n    servers: ${KAFKA_HOST:localhost}:${KAFKA_PORT:9092}\nstore:\n  url: jdbc:h2:mem:dev\n"


def test_settings_name_stores_by_key_and_services_by_address(tmp_path):
    found = architecture_of(
        tmp_path,
        {
            "compose.yml": COMPOSE,
            "api/appsettings.json": '{"Pricing": {"Uri": "http://pricing/api"},\n "ConnectionStrings": {"Main": "Database=x;Host=localhost;Port=5432"}}\n',
            "web/ocelot.json": '{"Routes": [\n  {"ServiceName": "shop-api"}]}\n',
            "pricing/src/main/resources/application.yml": MICRONAUT,
            "pricing/src/test/resources/application.yml": "redis: {host: localhost}\n",
        },
    )
    assert edges(found) == {
        ("shop-api", "shop-pricing"): "HTTP", ("shop-api", "PostgreSQL"): "SQL", ("shop-web", "shop-api"): "HTTP", ("shop-pricing", "kafka"): "Kafka",
    }  # fmt: skip
    assert proof(found, "shop-api", "PostgreSQL") == ["api/appsettings.json:2"]
    assert proof(found, "shop-pricing", "kafka") == ["pricing/src/main/resources/application.yml:6"]


def test_application_settings_of_dotnet_may_hold_comments(tmp_path):
    text = '{\n  // of the test stage\n  "Pricing": {"Uri": "http://pricing/api"},\n}\n'
    found = architecture_of(tmp_path, {"compose.yml": COMPOSE, "api/appsettings.json": text})
    assert proof(found, "shop-api", "shop-pricing") == ["api/appsettings.json:3"]


def test_a_declarative_client_leads_to_the_service_it_names(tmp_path):
    code = 'package x;\n@Client(id = "pricing")\ninterface P {}\n'
    found = architecture_of(tmp_path, {"compose.yml": COMPOSE, "api/P.java": code})
    assert proof(found, "shop-api", "shop-pricing") == ["api/P.java:2"]


@pytest.mark.parametrize("text", ["{", "[]", '{"a": {"Host": 3, "Uri": "::"}}', "null", ""])
def test_odd_settings_cost_nothing(tmp_path, text):
    found = architecture_of(
        tmp_path, {"compose.yml": COMPOSE, "api/appsettings.json": text, "api/application.yml": text}
    )
    assert not found.edges


def test_a_library_that_services_are_built_with_is_no_service(tmp_path):
    from repo_architect import analysis

    (tmp_path / "pyproject.toml").write_text('[project]\nname = "root"\n')
    for name, more in (("shop", ', "contracts"'), ("contracts", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pyproject.toml").write_text(
            f'[project]\nname = "{name}"\nversion = "1"\ndependencies = ["fastapi"{more}]\n'
        )
        (tmp_path / name / "app.py").write_text(
            "from fastapi import FastAPI\napp = FastAPI()\n\n\n@app.get('/x')\ndef x(): ...\n"
        )
    found = analysis.analyze(tmp_path, analysis.identify(tmp_path)).shape
    kind = {component.name: component.kind for component in found.components}
    assert ("contracts" in kinds(found.architecture)) == (kind["contracts"] != "library")
    assert "shop" in kinds(found.architecture)
