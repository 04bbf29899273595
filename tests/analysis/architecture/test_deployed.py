import json
from pathlib import Path

import pytest

from repo_architect.analysis.limits import Notes
from support.architectures import architecture_of, edges, kinds, proof

COMPOSE = """\
services:
  web:
    build: ./web
    ports: ["80:80"]
    depends_on: [cache]
    environment:
      DATABASE_URL: postgres://u:p@db:5432/x
      API_ADDR: api:9000
  api:
    build: {context: ./api}
    links:
      - db
  db:
    image: registry.example.org:5000/library/postgres:16-alpine
  cache:
    image: bitnami/redis:7
"""
CODE = {
    "web/Dockerfile": "FROM python:3.12\n",
    "web/app.py": "x = 1\n",
    "api/Dockerfile": "FROM golang:1.22\n",
}


def test_compose_services_are_nodes_with_kinds_by_their_images(tmp_path):
    found = architecture_of(tmp_path, {"docker-compose.yml": COMPOSE, **CODE})
    assert kinds(found) == {
        "web": "web",
        "api": "service",
        "db": "database",
        "cache": "cache",
        "user": "user",
    }
    technology = {node.name: node.technology for node in found.nodes}
    assert (technology["db"], technology["cache"]) == ("PostgreSQL", "Redis")


def test_edges_come_from_environments_links_and_start_order_each_with_its_line(tmp_path):
    found = architecture_of(tmp_path, {"docker-compose.yml": COMPOSE, **CODE})
    assert edges(found) == {
        ("web", "db"): "SQL",
        ("web", "api"): "HTTP",
        ("web", "cache"): "depends on",
        ("api", "db"): "link",
        ("user", "web"): "HTTP",
    }
    assert proof(found, "web", "db") == ["docker-compose.yml:7"]
    assert proof(found, "api", "db") == ["docker-compose.yml:12"]


def test_variants_of_a_compose_file_do_not_double_its_services(tmp_path):
    dev = COMPOSE.replace("postgres:16-alpine", "postgres:17")
    found = architecture_of(tmp_path, {"docker-compose.yml": COMPOSE, "docker-compose.dev.yml": dev, **CODE})
    assert len(found.nodes) == 5
    assert proof(found, "web", "db") == ["docker-compose.yml:7", "docker-compose.dev.yml:7"]


def test_compose_files_of_tests_and_examples_do_not_count_beside_the_main_one(tmp_path):
    other = "services:\n  sut:\n    image: alpine\n    depends_on: [web]\n  web:\n    image: x\n"
    paths = ["docker-compose.test.yml", "examples/a/docker-compose.yml", "tests/docker-compose.yml"]
    found = architecture_of(tmp_path, {"docker-compose.yml": COMPOSE, **dict.fromkeys(paths, other), **CODE})
    assert "sut" not in kinds(found)


def test_what_developers_run_counts_only_where_nothing_else_is_composed(tmp_path):
    own = "services:\n  box:\n    build: .\n  broker:\n    image: rabbitmq\n"
    example = "services:\n  web:\n    image: me/web\n"
    alone = architecture_of(tmp_path / "alone", {".devcontainer/docker-compose.yml": own})
    assert "broker" in kinds(alone)
    beside = {".devcontainer/docker-compose.yml": own, "contrib/docker-compose.yml": example}
    assert not {"box", "broker"} & set(kinds(architecture_of(tmp_path / "beside", beside)))


def test_an_address_in_the_code_of_a_service_beats_its_start_order(tmp_path):
    app = "import redis\n\n\ndef connect():\n    return redis.Redis(host='cache', port=6379)\n"
    found = architecture_of(tmp_path, {"docker-compose.yml": COMPOSE, **CODE, "web/app.py": app})
    assert edges(found)[("web", "cache")] == "Redis"
    assert proof(found, "web", "cache")[0] == "web/app.py:5"


@pytest.mark.parametrize(
    "line", ["# redis://cache:6379", '"""redis://cache:6379/0 in a docstring is no call"""  # "cache"']
)
def test_what_stands_in_a_comment_is_no_call(tmp_path, line):
    compose = "services:\n  web: {build: web}\n  cache: {image: redis}\n"
    found = architecture_of(
        tmp_path,
        {
            "compose.yaml": compose,
            **CODE,
            "web/app.py": f"{line}\n" if line[0] == "#" else "x = 1  # '" + "redis://cache'\n",
        },
    )
    assert not found.edges


def test_own_listening_addresses_and_labels_are_no_edges(tmp_path):
    compose = """\
services:
  broker:
    image: confluentinc/cp-kafka
    environment: {KAFKA_ADVERTISED_LISTENERS: "PLAINTEXT://web:9092", MODE: web}
  web: {build: web}
"""
    found = architecture_of(tmp_path, {"compose.yml": compose, **CODE})
    assert not found.edges


def test_a_dockerfile_built_on_a_database_is_that_database(tmp_path):
    compose = "services:\n  store: {build: store}\n  web: {build: web, depends_on: {store: {condition: service_started}}}\n"
    found = architecture_of(
        tmp_path, {"compose.yml": compose, **CODE, "store/Dockerfile": "FROM alpine AS x\nFROM mongo:7\n"}
    )
    assert kinds(found)["store"] == "database"
    assert edges(found) == {("web", "store"): "depends on"}


KUBERNETES = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
      - name: server
        image: shop
        env:
        - name: CART_ADDR
          value: "cart-service:7070"
        - name: REDIS_ADDR
          valueFrom: {configMapKeyRef: {name: places, key: redis}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart}
spec:
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: server, image: cart}]}
---
apiVersion: v1
kind: Service
metadata: {name: cart-service}
spec:
  selector: {app: cart}
  ports:
  - name: grpc
    port: 7070
---
apiVersion: v1
kind: ConfigMap
metadata: {name: places}
data:
  redis: redis-cart.default.svc.cluster.local:6379
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: redis-cart}
spec:
  template:
    metadata: {labels: {app: redis-cart}}
    spec: {containers: [{name: redis, image: "redis:alpine"}]}
"""


def test_kubernetes_workloads_are_reached_by_the_names_of_their_services(tmp_path):
    found = architecture_of(tmp_path, {"k8s/all.yaml": KUBERNETES})
    assert edges(found) == {("shop", "cart"): "gRPC", ("shop", "redis-cart"): "Redis"}
    assert proof(found, "shop", "cart") == ["k8s/all.yaml:14", "k8s/all.yaml:32"]
    assert proof(found, "shop", "redis-cart") == ["k8s/all.yaml:39"]


def test_the_same_service_in_compose_and_kubernetes_is_one_node(tmp_path):
    compose = "services:\n  shop: {build: shop}\n  redis-cart: {image: redis}\n"
    found = architecture_of(
        tmp_path, {"k8s/all.yaml": KUBERNETES, "compose.yml": compose, "shop/Dockerfile": "FROM x\n"}
    )
    assert sorted(kinds(found)) == ["cart", "redis-cart", "shop"]
    shop = next(node for node in found.nodes if node.name == "shop")
    assert shop.path == "shop"
    assert {line.path for line in shop.evidence} == {"compose.yml", "k8s/all.yaml"}


def test_helm_templates_are_left_alone(tmp_path):
    found = architecture_of(
        tmp_path, {"chart/templates/d.yaml": KUBERNETES.replace("shop", "{{ .Values.name }}")}
    )
    assert not found.nodes


def test_a_procfile_names_web_and_worker(tmp_path):
    found = architecture_of(
        tmp_path, {"Procfile": "web: gunicorn app\nworker: rq worker\nrelease: migrate\n"}
    )
    assert kinds(found) == {"web": "web", "worker": "worker"}


BROKEN = ["services: [", "services:\n  a: 1\n  b: [x]\n", "- 1\n- 2\n", "services:\n  a:\n    build: {context: 5}\n    ports: 7\n    environment: 3\n    depends_on: {b: }\n",
          "services:\n  a:\n    build: ../../etc\n    env_file: ../../../etc/passwd\n", "kind: Deployment\napiVersion: v1\nmetadata: 3\nspec: []\n",
          "kind: Service\napiVersion: v1\nmetadata: {name: 5}\nspec: {selector: 3, ports: {}}\n", "\x00\xff", ""]  # fmt: skip


@pytest.mark.parametrize("text", BROKEN)
def test_malformed_files_cost_a_note_at_most(tmp_path, text):
    notes = Notes()
    architecture_of(tmp_path, {"docker-compose.yml": text, "k8s/x.yaml": text, "Procfile": text}, notes)
    assert all(limit.reason == "malformed" for limit in notes.limits())


def test_the_same_files_give_the_same_architecture(tmp_path):
    one = architecture_of(tmp_path, {"docker-compose.yml": COMPOSE, "k8s/all.yaml": KUBERNETES, **CODE})
    two = architecture_of(tmp_path, {})
    assert one.model_dump_json() == two.model_dump_json()


NGINX = "upstream backend {\n  server api:9000 weight=2;\n}\nserver {\n  location / { }\n    proxy_pass http://web;\n  # proxy_pass http://db:1;\n}\n"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("proxy/nginx.conf", NGINX, {"api": 2, "web": 6}),
        (
            "proxy/000-default.conf",
            "ProxyPass /api http://api:9000/\nProxyPass / http://web/\n",
            {"api": 1, "web": 2},
        ),
        (
            "Caddyfile",
            "example.org {\n  reverse_proxy /api/* api:9000\n  reverse_proxy web:80\n}\n",
            {"api": 2, "web": 3},
        ),
    ],
)
def test_a_reverse_proxy_leads_where_its_configuration_says(tmp_path, path, text, expected):
    compose = "services:\n  proxy: {build: proxy}\n  web: {build: web}\n  api: {build: api}\n"
    found = architecture_of(
        tmp_path, {"compose.yml": compose, **CODE, "proxy/Dockerfile": "FROM nginx:1\n", path: text}
    )
    assert {target: proof(found, "proxy", target) for target in ("api", "web")} == {
        target: [f"{path}:{line}"] for target, line in expected.items()
    }


def test_services_of_vendored_code_are_not_the_projects(tmp_path: Path) -> None:
    from repo_architect import analysis

    (tmp_path / "sample").mkdir()
    (tmp_path / "sample/compose.yml").write_text("services:\n  db:\n    image: postgres:17\n")
    (tmp_path / "app.py").write_text("x = 1\n")

    def found() -> list[str]:
        shape = analysis.analyze(tmp_path, analysis.identify(tmp_path)).shape
        return [node.name for node in shape.architecture.nodes]

    assert "db" in found()
    (tmp_path / ".gitattributes").write_text("sample/** linguist-vendored\n")
    assert "db" not in found()


VARIABLES = """\
services:
  web:
    build: {context: ., dockerfile: "${WEB_DOCKERFILE}"}
    image: ${NAME}:${TAG:-latest}
    environment:
      - API_ADDR
      - UNSET
      - DB=postgres://${DB_HOST}/x
  api: {build: {context: ., dockerfile: ./api/Dockerfile}}
  store: {image: "${STORE_IMAGE}"}
"""
DOTENV = "API_HOST=api\nAPI_ADDR=${API_HOST}:9000\nDB_HOST=store\nSTORE_IMAGE=postgres:17\nWEB_DOCKERFILE=./web/Dockerfile\n"


@pytest.mark.parametrize("name", [".env", ".env.example"])
def test_variables_of_compose_files_stand_for_what_the_file_beside_says(tmp_path, name):
    found = architecture_of(tmp_path, {"compose.yaml": VARIABLES, name: DOTENV, **CODE})
    assert edges(found) == {("web", "api"): "HTTP", ("web", "store"): "SQL"}
    assert proof(found, "web", "api") == ["compose.yaml:6", f"{name}:2", f"{name}:1"]
    assert {node.name: node.path for node in found.nodes} == {"web": "web", "api": "api", "store": None}


def test_a_variable_that_refers_to_itself_is_left_alone(tmp_path):
    compose = "services:\n  web: {build: web, environment: [A_HOST]}\n  a: {image: redis}\n"
    assert not architecture_of(
        tmp_path, {"compose.yaml": compose, ".env": "A_HOST=${B}\nB=${A_HOST}x\n", **CODE}
    ).edges


def test_an_extended_service_has_what_the_base_gives_it(tmp_path):
    base = "services:\n  base:\n    build: web\n    environment: {CACHE_HOST: cache}\n"
    compose = "services:\n  one: {extends: {file: base.yaml, service: base}}\n  cache: {image: redis}\n"
    found = architecture_of(tmp_path, {"compose.yaml": compose, "base.yaml": base, **CODE})
    assert proof(found, "one", "cache") == ["base.yaml:4"]
    assert {node.name: node.path for node in found.nodes}["one"] == "web"


def test_included_files_count_whatever_they_are_called(tmp_path):
    compose = "include: [stores.yaml, {path: ../out.yaml}, missing.yaml]\nservices:\n  web: {build: web, environment: {CACHE_HOST: cache}}\n"
    stores = "services:\n  cache: {image: redis}\n"
    found = architecture_of(tmp_path, {"compose.yaml": compose, "stores.yaml": stores, **CODE})
    assert edges(found) == {("web", "cache"): "Redis"}


@pytest.mark.parametrize("extra", ["profiles: [test]", "image: mcr.microsoft.com/playwright:v1.49"])
def test_what_only_tests_the_others_is_no_part_of_them(tmp_path, extra):
    compose = f"services:\n  web: {{build: web, depends_on: [cache]}}\n  cache: {{image: redis}}\n  shots:\n    {extra}\n    depends_on: [web]\n"
    assert "shots" not in kinds(architecture_of(tmp_path, {"compose.yaml": compose, **CODE}))


def test_a_dockerfiles_environment_leads_too(tmp_path):
    compose = "services:\n  web: {build: web}\n  api: {build: api}\n"
    docker = "FROM x\nENV API_HOST=api \\\n    OTHER=1\nENV MODE web\n"
    found = architecture_of(tmp_path, {"compose.yaml": compose, **CODE, "web/Dockerfile": docker})
    assert proof(found, "web", "api") == ["web/Dockerfile:2"]


def test_names_that_differ_by_a_prefix_of_all_are_one_part(tmp_path):
    compose = "services:\n  shop-web: {build: web, depends_on: [kafka]}\n  shop-api: {build: api}\n  kafka: {image: example/event-kafka}\n"
    other = KUBERNETES.replace("redis-cart", "shop-kafka").replace("redis:alpine", "example/event-kafka")
    found = architecture_of(tmp_path, {"compose.yaml": compose, "k8s/all.yaml": other, **CODE})
    assert kinds(found)["kafka"] == "broker"
    assert "shop-kafka" not in kinds(found)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("@api/source", "api"), ("@shop/checkout", "checkout"), ("plain", "plain")],
)
def test_a_component_is_called_by_the_word_that_tells(tmp_path, name, expected):
    package = json.dumps({"name": name, "dependencies": {"stripe": "1"}})
    found = architecture_of(tmp_path, {"package.json": package, "a.js": 'import s from "stripe"\n'})
    assert expected in kinds(found)


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"shop/templates/index.html": "x"}, "web"),
        ({"shop/tests/templates/index.html": "x"}, "service"),
        ({"shop/app.py": "x"}, "service"),
    ],
)
def test_a_published_service_that_holds_pages_is_a_front_end(tmp_path, files, kind):
    compose = "services:\n  shop: {build: shop, ports: ['80:80']}\n  other: {build: api, ports: ['81:80']}\n"
    found = architecture_of(tmp_path, {"compose.yml": compose, **CODE, **files})
    assert kinds(found)["shop"] == kind
    assert ("user" in kinds(found)) == (kind == "web")


def test_pages_of_what_is_called_an_api_are_not_for_people(tmp_path):
    compose = "services:\n  orderapi: {build: api, ports: ['80:80']}\n"
    found = architecture_of(tmp_path, {"compose.yml": compose, **CODE, "api/templates/index.html": "x"})
    assert kinds(found)["orderapi"] == "service"


def test_a_port_of_the_container_alone_publishes_nothing(tmp_path):
    compose = "services:\n  web: {build: web, ports: ['80'], depends_on: [x]}\n  x: {image: redis}\n"
    assert "user" not in kinds(architecture_of(tmp_path, {"compose.yml": compose, **CODE}))
