import pytest

from support.architectures import architecture_of, edges, flows, proof

COMPOSE = """\
services:
  cart: {build: cart}
  orders: {build: orders}
  cart-dapr:
    image: daprio/daprd:edge
    command: ["./daprd", "--app-id", "cart-app", "--app-port", "80"]
    depends_on: [cart]
"""
DOCKER = {"cart/Dockerfile": "FROM python\n", "orders/Dockerfile": "FROM python\n"}


def component(kind, name="store", scope=""):
    scopes = f"scopes: [{scope}]\n" if scope else ""
    return f"apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {{name: {name}}}\nspec:\n  type: {kind}\n  metadata: [{{name: redisHost, value: 'localhost:6379'}}]\n{scopes}"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.go", 'package main\n\nimport dapr "github.com/dapr/go-sdk/client"\n\nfunc f() { c.InvokeMethod(ctx, "cart-app", "x", "get") }\n'),
        ("a.py", 'from dapr.clients import DaprClient\n\n\n\nDaprClient().invoke_method("cart-app", "x")\n'),
        ("a.cs", 'using Dapr.Client;\n\n\n\nvar c = DaprClient.CreateInvokeHttpClient("cart-app");\n'),
        ("a.js", "\n\n\n\nfetch(`http://localhost:3500/v1.0/invoke/cart-app/method/x`)\n"),
        ("a.ts", "const target = process.env.CART || 'cart-app'\n\n\n\naxios.get(u, {headers: {'dapr-app-id': `${target}`}})\n"),
    ],
)  # fmt: skip
def test_a_call_by_application_id_leads_to_the_service_beside_that_sidecar(tmp_path, path, code):
    found = architecture_of(tmp_path, {"compose.yml": COMPOSE, **DOCKER, f"orders/{path}": code})
    assert edges(found) == {("orders", "cart"): "HTTP"}
    assert proof(found, "orders", "cart") == [f"orders/{path}:5"]


def test_state_leads_to_the_store_of_the_component(tmp_path):
    code = 'from dapr.clients import DaprClient\n\nDaprClient().save_state(store_name="store", key="a", value="b")\n'
    files = {"components/a.yaml": component("state.mongodb"), "orders/a.py": code}
    found = architecture_of(tmp_path, {"compose.yml": COMPOSE, **DOCKER, **files})
    assert proof(found, "orders", "MongoDB") == ["orders/a.py:3", "components/a.yaml:5"]


def test_components_of_other_scopes_are_not_meant(tmp_path):
    code = 'from dapr.clients import DaprClient\n\nDaprClient().save_state(store_name="store", key="a", value="b")\n'
    files = {"components/a.yaml": component("state.mongodb", scope="cart-app"), "orders/a.py": code}
    assert not edges(architecture_of(tmp_path, {"compose.yml": COMPOSE, **DOCKER, **files}))


def test_subscribers_are_sent_to_and_publishers_send(tmp_path):
    files = {
        "components/a.yaml": component("pubsub.rabbitmq", "bus"),
        "cart/a.py": 'from dapr.clients import DaprClient\n\nDaprClient().publish_event(pubsub_name="bus", topic_name="t")\n',
        "orders/a.py": 'from dapr.ext.fastapi import DaprApp\n\n\n@dapr.subscribe(pubsub_name="bus", topic="t")\ndef f(): ...\n',
    }
    found = architecture_of(tmp_path, {"compose.yml": COMPOSE, **DOCKER, **files})
    assert flows(found) == {("cart", "RabbitMQ"): "to_target", ("orders", "RabbitMQ"): "to_source"}


def test_a_sidecar_is_told_by_its_network_and_by_a_flag_of_one_dash(tmp_path):
    base = "services:\n  cart: {build: cart}\n  orders: {build: orders}\n  cart-dapr: {image: 'daprio/daprd:1', network_mode: 'service:cart'}\n"
    override = "services:\n  cart-dapr:\n    command: [./daprd, -app-id, basket]\n"
    code = 'from dapr.clients import DaprClient\n\nDaprClient().invoke_method("basket", "x")\n'
    files = {"docker-compose.yml": base, "docker-compose.override.yml": override, "orders/a.py": code}
    assert edges(architecture_of(tmp_path, {**DOCKER, **files})) == {("orders", "cart"): "HTTP"}


def test_of_components_of_one_name_the_plainest_place_counts(tmp_path):
    code = 'from dapr.clients import DaprClient\n\nDaprClient().save_state(store_name="store", key="a", value="b")\n'
    files = {
        "components/a.yaml": component("state.mongodb"),
        "deploy/k8s/a.yaml": component("state.postgresql"),
    }
    found = architecture_of(tmp_path, {"compose.yml": COMPOSE, **DOCKER, **files, "orders/a.py": code})
    assert set(edges(found)) == {("orders", "MongoDB")}
