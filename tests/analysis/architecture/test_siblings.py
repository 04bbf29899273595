"""Services that share folders, containers that stand beside others, and proxies that find services by what is said of them."""

import pytest

from support.architectures import architecture_of, edges, flows, kinds, proof

GO = "module example.com/shop\n\ngo 1.22\n\nrequire github.com/lib/pq v1.10.0\n"
USES = 'package main\n\nimport (\n\t_ "github.com/lib/pq"\n)\n\nfunc main() {}\n'


def dockerfile(name):
    return f'FROM golang:1.22 AS build\nCOPY . .\nRUN go build -o /app ./cmd/{name}\nFROM scratch\nCMD ["/app"]\n'


def test_services_of_one_folder_own_what_is_named_after_them(tmp_path):
    compose = "services:\n" + "".join(
        f"  {name}: {{build: {{context: ., dockerfile: docker/{name}.Dockerfile}}}}\n"
        for name in ("cart", "bill")
    )
    found = architecture_of(
        tmp_path,
        {
            "compose.yml": compose + "  db: {image: postgres}\n",
            "go.mod": GO,
            "docker/cart.Dockerfile": dockerfile("cart"),
            "docker/bill.Dockerfile": dockerfile("bill"),
            "cmd/cart/main.go": "package main\n\nfunc main() {}\n",
            "cmd/bill/main.go": "package main\n\nfunc main() {}\n",
            "internal/bill/store.go": USES,
        },
    )
    assert edges(found) == {("bill", "db"): "SQL"}
    assert {node.name: node.path for node in found.nodes if node.path} == {
        "cart": "cmd/cart",
        "bill": "cmd/bill",
    }


def test_one_dockerfile_with_an_argument_for_each_service_divides_the_folder(tmp_path):
    compose = "services:\n" + "".join(
        f"  {name}: {{build: {{context: ., args: {{NAME: {name}}}}}, ports: ['{port}:80']}}\n"
        for name, port in (("cart", 81), ("bill", 82))
    )
    files = {
        "Dockerfile": "FROM python:3.12\nARG NAME\nCOPY services/$NAME .\n",
        "services/cart/a.py": "x = 1\n",
    }
    code = 'import requests\n\n\ndef pay():\n    return requests.get("http://cart/x")\n'
    found = architecture_of(tmp_path, {"compose.yml": compose, **files, "services/bill/a.py": code})
    assert proof(found, "bill", "cart") == ["services/bill/a.py:5"]


def test_a_container_called_like_another_service_is_not_that_service(tmp_path):
    compose = "services:\n  shop: {image: acme/shop, depends_on: [db]}\n  db: {image: postgres, container_name: shop}\n"
    assert edges(architecture_of(tmp_path, {"compose.yml": compose})) == {("shop", "db"): "depends on"}


def test_an_image_whose_tag_names_a_folder_is_made_of_it(tmp_path):
    compose = "services:\n  api: {image: 'ghcr.io/acme/demo:shop-api-latest'}\n  x: {image: redis}\n"
    code = 'import redis\n\nr = redis.Redis(host="x", port=6379)\n'
    manifest = '[project]\nname = "shop-api"\nversion = "1"\ndependencies = ["redis"]\n'
    found = architecture_of(
        tmp_path, {"compose.yml": compose, "src/shop-api/pyproject.toml": manifest, "src/shop-api/a.py": code}
    )
    assert edges(found) == {("api", "x"): "Redis"}


@pytest.mark.parametrize(
    ("source", "target", "kept"),
    [
        ("{build: api, depends_on: [b]}", "{build: web}", True),
        ("{build: api, depends_on: [b]}", "{build: api}", False),
        ("{build: api, depends_on: [b]}", "{image: postgres}", True),
    ],
)
def test_the_order_of_start_is_no_use_between_containers_of_one_code(tmp_path, source, target, kept):
    compose = f"services:\n  a: {source}\n  b: {target}\n"
    code = {"api/Dockerfile": "FROM python\n", "web/Dockerfile": "FROM python\n"}
    assert (("a", "b") in edges(architecture_of(tmp_path, {"compose.yml": compose, **code}))) == kept


@pytest.mark.parametrize("name", ["worker", "mail-worker"])
def test_nothing_uses_a_worker_by_starting_after_it(tmp_path, name):
    compose = f"services:\n  shop: {{build: shop, depends_on: [{name}]}}\n  {name}: {{build: w}}\n"
    code = {"shop/Dockerfile": "FROM python\n", "w/Dockerfile": "FROM python\n"}
    assert not edges(architecture_of(tmp_path, {"compose.yml": compose, **code}))


def test_a_configuration_is_that_of_the_proxy_that_is_given_it(tmp_path):
    compose = (
        "services:\n  proxy:\n    image: nginx\n    ports: ['80:80']\n    volumes: ['./nginx.conf:/etc/nginx/nginx.conf:ro']\n"
        "  app: {build: .}\n  ui: {image: acme/ui}\n"
    )
    conf = 'upstream a {\n  server "app:80";\n}\nlocation / {\n  proxy_pass http://ui:1;\n}\n'
    found = architecture_of(
        tmp_path,
        {"docker/compose.yml": compose, "docker/nginx.conf": conf, "docker/Dockerfile": "FROM python\n"},
    )
    assert edges(found) == {("proxy", "app"): "HTTP", ("proxy", "ui"): "HTTP", ("user", "proxy"): "HTTP"}
    assert proof(found, "proxy", "ui") == ["docker/nginx.conf:5"]


@pytest.mark.parametrize(
    ("image", "mark"),
    [
        ("traefik:v3", "labels: ['traefik.http.routers.app.rule=Host(`a.example`)']"),
        ("nginxproxy/nginx-proxy", "environment: {VIRTUAL_HOST: a.example.org}"),
    ],
)
def test_proxies_that_find_services_by_their_marks_lead_to_them(tmp_path, image, mark):
    compose = f"services:\n  edge: {{image: '{image}', ports: ['80:80']}}\n  app:\n    image: acme/app\n    {mark}\n  other: {{image: acme/b}}\n"
    found = architecture_of(tmp_path, {"compose.yml": compose})
    assert edges(found) == {("edge", "app"): "HTTP", ("user", "edge"): "HTTP"}
    assert proof(found, "edge", "app") == ["compose.yml:5"]


@pytest.mark.parametrize(
    "line",
    [
        "    command: ['serve', '--store=http://db-api:80/x']",
        "    command: wait-for db-api:80 -- serve",
        "    entrypoint: sh -c 'serve db-api:80'",
    ],
)
def test_addresses_of_a_command_lead_to_services(tmp_path, line):
    compose = f"services:\n  a:\n    image: acme/a\n{line}\n  db-api: {{image: acme/db-api}}\n"
    assert proof(architecture_of(tmp_path, {"compose.yml": compose}), "a", "db-api") == ["compose.yml:4"]


def test_a_port_of_the_machine_leads_to_the_sibling_that_the_setting_names(tmp_path):
    compose = (
        "services:\n  orders: {build: o, ports: ['5001:80']}\n  cart:\n    build: c\n    environment:\n"
        "      ORDERS_URL: http://localhost:5001\n      PUBLIC_URL: http://localhost:5001\n      CORS_ORIGINS_ORDERS: http://localhost:5001\n"
    )
    code = {"o/Dockerfile": "FROM python\n", "c/Dockerfile": "FROM python\n"}
    assert proof(architecture_of(tmp_path, {"compose.yml": compose, **code}), "cart", "orders") == [
        "compose.yml:6"
    ]


@pytest.mark.parametrize(
    ("key", "flow"),
    [("RabbitMQHandler", "to_source"), ("RabbitMQPublisher", "to_target"), ("RabbitMQ", "to_target")],
)
def test_settings_tell_who_hears_a_broker(tmp_path, key, flow):
    compose = "services:\n  mail: {build: mail}\n  mq: {image: rabbitmq}\n"
    settings = f'{{"{key}": {{"Host": "mq"}}}}'
    files = {"mail/Dockerfile": "FROM python\n", "mail/appsettings.json": settings}
    assert flows(architecture_of(tmp_path, {"compose.yml": compose, **files}))["mail", "mq"] == flow


def test_what_rust_code_is_tested_with_proves_nothing(tmp_path):
    compose = "services:\n  a: {build: a}\n  b: {image: acme/b}\n"
    code = '#[cfg(test)]\nmod tests {\n  fn x() { reqwest::get("http://b/x"); }\n}\n'
    files = {"a/Dockerfile": "FROM rust\n", "a/src/lib.rs": code}
    assert not edges(architecture_of(tmp_path, {"compose.yml": compose, **files}))


def test_a_library_beside_deployed_services_is_no_box(tmp_path):
    compose = "services:\n  a: {build: a}\n  mq: {image: rabbitmq}\n"
    library = '{"name": "bus", "dependencies": {"amqplib": "1"}}'
    files = {
        "a/Dockerfile": "FROM node\n",
        "bus/package.json": library,
        "bus/a.js": 'import a from "amqplib"\n',
    }
    assert "bus" not in kinds(architecture_of(tmp_path, {"compose.yml": compose, **files}))
