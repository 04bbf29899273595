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
        "compose.yml:6",
        "compose.yml:2",
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


SHARED = "services:\n" + "".join(
    f"  {name}: {{build: {name}, env_file: .env}}\n" for name in ("cart", "bill", "mail")
)


@pytest.mark.parametrize(
    ("line", "code", "expected"),
    [
        ("MAIL_ADDR=mail:80", 'os.environ["MAIL_ADDR"]', {("cart", "mail")}),
        ("MAIL_ADDR=mail:80", "pass", {("cart", "mail"), ("bill", "mail")}),
        ("STORE_URL=postgres://db/x", 'os.environ["STORE_URL"]', {("cart", "db")}),
    ],
)
def test_what_several_services_are_given_proves_a_use_only_for_those_that_read_it(
    tmp_path, line, code, expected
):
    files = {f"{name}/Dockerfile": "FROM python\n" for name in ("cart", "bill", "mail")}
    files |= {
        "cart/app.py": f"import os\n\n{code}\n",
        "compose.yml": SHARED + "  db: {image: postgres}\n",
        ".env": line,
    }
    assert set(edges(architecture_of(tmp_path, files))) == expected


def test_a_store_that_is_given_the_settings_of_all_uses_none_of_them(tmp_path):
    compose = "services:\n  db: {image: postgres, env_file: .env}\n  a: {image: acme/a, env_file: .env}\n  b: {image: acme/b}\n"
    found = architecture_of(tmp_path, {"compose.yml": compose, ".env": "B_ADDR=b:80\n"})
    assert ("db", "b") not in edges(found)


def test_a_service_works_in_the_folder_that_is_mounted_there(tmp_path):
    compose = (
        "services:\n" + "".join(
            f"  {name}: {{build: docker, working_dir: /code/{name}, volumes: ['./src:/code']}}\n" for name in ("cart", "bill")
        )
    )  # fmt: skip
    code = 'import requests\n\nrequests.get("http://bill/x")\n'
    files = {"docker/Dockerfile": "FROM python\n", "src/cart/a.py": code, "src/bill/a.py": "x = 1\n"}
    assert proof(architecture_of(tmp_path, {"compose.yml": compose, **files}), "cart", "bill") == [
        "src/cart/a.py:3"
    ]


def test_an_image_that_is_built_here_is_one_part_whatever_it_is_deployed_as(tmp_path):
    compose = "services:\n  shop: {build: shop, image: 'acme/shop:1'}\n  db: {image: postgres}\n"
    pod = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: front}\nspec:\n  template:\n    spec:\n      containers:\n      - {image: 'acme/shop:2', name: x, env: [{name: DB_URL, value: 'postgres://db/x'}]}\n"
    files = {"compose.yml": compose, "shop/Dockerfile": "FROM python\n", "k8s/front.yaml": pod}
    assert edges(architecture_of(tmp_path, files)) == {("shop", "db"): "SQL"}


def test_clusters_of_envoy_lead_to_their_services(tmp_path):
    compose = "services:\n  gw: {build: gw, ports: ['80:80']}\n  cart: {image: acme/cart}\n  bill: {image: acme/bill}\n"
    envoy = "static_resources:\n  listeners:\n  - address: {socket_address: {address: 0.0.0.0}}\n  clusters:\n  - socket_address:\n      address: cart\n  - route: {prefix_rewrite: /v1.0/invoke/bill/method/}\n"
    files = {"compose.yml": compose, "gw/Dockerfile": "FROM envoyproxy/envoy\n", "gw/envoy.yaml": envoy}
    found = architecture_of(tmp_path, files)
    assert (proof(found, "gw", "cart"), proof(found, "gw", "bill")) == (
        ["gw/envoy.yaml:6"],
        ["gw/envoy.yaml:7"],
    )


def test_components_of_one_name_are_called_by_their_folders(tmp_path):
    package = (
        '{"name": "shop", "dependencies": {"stripe": "1", "express": "4"}, "scripts": {"start": "node a.js"}}'
    )
    files = {f"{name}/{file}": text for name in ("cart", "bill") for file, text in
             (("package.json", package), ("a.js", 'import s from "stripe"\n'), ("Dockerfile", "FROM node\n"))}  # fmt: skip
    assert set(edges(architecture_of(tmp_path, files))) == {("cart", "Stripe"), ("bill", "Stripe")}


def test_who_plays_the_user_is_no_door_and_leaves_the_door_open(tmp_path):
    compose = "services:\n  app: {build: app, ports: ['81:80']}\n  loadgen: {build: load, ports: ['82:80'], links: [app]}\n"
    files = {"app/Dockerfile": "FROM python\n", "load/Dockerfile": "FROM python\n"}
    assert ("user", "app") in edges(architecture_of(tmp_path, {"compose.yml": compose, **files}))
    assert ("user", "loadgen") not in edges(architecture_of(tmp_path, {"compose.yml": compose, **files}))


def test_others_software_called_after_a_proxy_is_a_gateway(tmp_path):
    compose = (
        "services:\n  shop-nginx: {image: acme/shop, depends_on: [rails]}\n  rails: {image: acme/shop}\n"
    )
    assert kinds(architecture_of(tmp_path, {"compose.yml": compose}))["shop-nginx"] == "gateway"


def test_containers_of_one_code_and_command_use_the_stores_that_the_code_speaks_of(tmp_path):
    compose = "services:\n  a1: {build: a}\n  a2: {build: a}\n  w: {build: a, command: work}\n  kv: {image: redis}\n"
    code = 'import redis\n\nr = redis.Redis(host="kv", port=6379)\n'
    files = {"a/Dockerfile": "FROM python\n", "a/app.py": code}
    assert set(edges(architecture_of(tmp_path, {"compose.yml": compose, **files}))) == {
        ("a1", "kv"),
        ("a2", "kv"),
    }


def test_commands_tell_services_of_one_folder_apart(tmp_path):
    compose = "services:\n" + "".join(
        f"  {name}: {{build: ., entrypoint: {name}}}\n" for name in ("cart", "bill")
    )
    files = {
        "Dockerfile": "FROM python\n",
        "services/bill/a.py": 'import requests\n\nrequests.get("http://cart/x")\n',
    }
    found = architecture_of(tmp_path, {"compose.yml": compose, **files, "services/cart/a.py": "x = 1\n"})
    assert proof(found, "bill", "cart") == ["services/bill/a.py:3"]


def test_a_name_that_several_containers_have_leads_to_none(tmp_path):
    compose = "services:\n  a: {image: acme/a, depends_on: [b, c]}\n  b: {image: memcached, hostname: mc}\n  c: {image: memcached, hostname: mc}\n"
    assert set(edges(architecture_of(tmp_path, {"compose.yml": compose}))) == {("a", "b"), ("a", "c")}


def test_a_variable_of_nginx_that_is_an_address_leads_from_whoever_copies_the_file(tmp_path):
    compose = "services:\n  dev: {build: {context: ui, dockerfile: ../dev.Dockerfile}}\n  live: {build: {context: ui, dockerfile: ../live.Dockerfile}}\n  api: {image: acme/api}\n"
    files = {
        "dev.Dockerfile": "FROM node\nCOPY . .\n",
        "live.Dockerfile": "FROM nginx\nCOPY nginx.conf /etc/nginx/\n",
        "ui/nginx.conf": "set $up http://api:80;\nproxy_pass $up;\n",
        "ui/vite.config.js": "export default { server: { proxy: { '/api': { target: 'http://api:80' } } } }\n",
    }
    found = architecture_of(tmp_path, {"compose.yml": compose, **files})
    assert proof(found, "live", "api") == ["ui/nginx.conf:1"]
    assert proof(found, "dev", "api") == ["ui/vite.config.js:1"]


def test_of_configuration_maps_of_one_name_the_nearest_counts(tmp_path):
    def manifests(host):
        pod = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: NAME}\nspec:\n  template:\n    spec:\n      containers:\n      - image: acme/NAME\n        name: x\n"
        env = "        envFrom: [{configMapRef: {name: places}}]\n"
        places = f"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: places}}\ndata:\n  API_ADDR: {host}:80\n"
        return pod.replace("NAME", "shop") + env + "---\n" + pod.replace("NAME", host) + places

    files = {
        "k8s/all.yaml": manifests("api"),
        "other/k8s/all.yaml": manifests("mono").replace("name: shop", "name: alone"),
    }
    found = set(edges(architecture_of(tmp_path, files)))
    assert ("shop", "api") in found
    assert ("shop", "mono") not in found


def test_images_of_others_that_are_open_are_where_people_come_in(tmp_path):
    compose = "services:\n  blog: {image: acme/blog, ports: ['80:80'], depends_on: [db]}\n  db: {image: postgres, ports: ['5432:5432']}\n"
    assert set(edges(architecture_of(tmp_path, {"compose.yml": compose}))) == {
        ("user", "blog"),
        ("blog", "db"),
    }


def test_a_variable_called_like_a_technology_leads_to_the_store_that_it_names(tmp_path):
    compose = "services:\n  a: {image: acme/a, environment: {REDIS: store-back, MODE: store-back}}\n  store-back: {image: redis}\n"
    found = architecture_of(tmp_path, {"compose.yml": compose})
    assert edges(found) == {("a", "store-back"): "Redis"}
