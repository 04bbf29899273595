import pytest

from support.architectures import architecture_of, edges, proof

PROTO = "syntax = 'proto3';\nservice CartService {\n  rpc Get (A) returns (B) {}\n}\n"
COMPOSE = "services:\n  shop: {build: shop}\n  cart: {build: cart}\n"
CLIENTS = {
    "Go": ("m.go", "package m\n\nvar c = pb.NewCartServiceClient(conn)\n"),
    "Python": ("m.py", "x = 1\n\nstub = demo_pb2_grpc.CartServiceStub(channel)\n"),
    "Java": ("M.java", "class M {\n\n  Object o = CartServiceGrpc.newBlockingStub(channel);\n}\n"),
    "JavaScript": ("m.js", "let a\n\nconst c = new pb.CartServiceClient(address)\n"),
    "C#": ("M.cs", "class M {\n\n  object c = new CartService.CartServiceClient(channel);\n}\n"),
    "Rust": ("m.rs", "fn m() {\n\n  CartServiceClient::connect(x);\n}\n"),
    "Ruby": ("m.rb", "x = 1\n\nstub = Demo::CartService::Stub.new(host)\n"),
}
SERVERS = {
    "Go": ("s.go", "package s\nfunc f() { pb.RegisterCartServiceServer(srv, s) }\n"),
    "Python": ("s.py", "x = 1\ndemo_pb2_grpc.add_CartServiceServicer_to_server(s, server)\n"),
    "Java": ("S.java", "class S\n  extends CartServiceGrpc.CartServiceImplBase {}\n"),
    "C#": ("S.cs", "class S\n : CartService.CartServiceBase {}\n"),
    "JavaScript": ("s.js", "let a\nserver.addService(demo.CartService.service, {})\n"),
    "Rust": ("s.rs", "fn s() {\n  CartServiceServer::new(x);\n}\n"),
}


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("server", SERVERS)
def test_a_stub_leads_to_the_one_that_offers_the_service(tmp_path, client, server):
    name, text = CLIENTS[client]
    place, code = SERVERS[server]
    found = architecture_of(
        tmp_path,
        {"compose.yml": COMPOSE, "protos/demo.proto": PROTO, f"shop/{name}": text, f"cart/{place}": code},
    )
    assert edges(found) == {("shop", "cart"): "gRPC"}
    assert proof(found, "shop", "cart") == [f"shop/{name}:3", f"cart/{place}:2"]


@pytest.mark.parametrize(
    "change",
    [
        {"protos/demo.proto": "message Cart {}\n"},
        {"shop/m.py": "# CartServiceStub(channel)\n"},
        {"shop/m.py": "x = 1\n", "shop/demo_pb2_grpc.py": "CartServiceStub(channel)\n"},
        {"shop/s.py": "add_CartServiceServicer_to_server(s)\n"},
    ],
)
def test_a_stub_proves_nothing_without_a_service_of_one_part(tmp_path, change):
    files = {
        "protos/demo.proto": PROTO,
        "shop/m.py": "CartServiceStub(channel)\n",
        "cart/s.py": "add_CartServiceServicer_to_server(s)\n",
    }
    assert not architecture_of(tmp_path, {"compose.yml": COMPOSE, **files, **change}).edges


REQUIREMENTS = "kafka-python\nredis\npsycopg2\n"
STORES = "  kafka: {image: apache/kafka}\n  cache: {image: redis}\n  db: {image: postgres}\n"


@pytest.mark.parametrize(
    ("code", "target", "flow"),
    [
        ("from kafka import KafkaConsumer\nc = KafkaConsumer('x')\n", "kafka", "to_source"),
        ("from kafka import KafkaProducer\nc = KafkaProducer('x')\n", "kafka", "to_target"),
        ("import kafka\na = kafka.KafkaProducer('x')\nc = kafka.KafkaConsumer('x')\n", "kafka", "to_target"),
        ("import redis\nredis.Redis().blpop('votes')\n", "cache", "to_source"),
        ("import redis\nredis.Redis().rpush('votes', 1)\n", "cache", "to_target"),
        ("import psycopg2\nrun('INSERT INTO votes VALUES (1)')\n", "db", "to_target"),
        ("import psycopg2\nrun('SELECT a FROM votes')\n", "db", "to_source"),
        (
            "import psycopg2\nrun('SELECT a FROM votes')\nrun('INSERT INTO votes VALUES (1)')\n",
            "db",
            "to_source",
        ),
    ],
)
def test_which_way_messages_and_rows_go(tmp_path, code, target, flow):
    found = architecture_of(
        tmp_path,
        {"compose.yml": COMPOSE + STORES, "shop/requirements.txt": REQUIREMENTS, "shop/app.py": code},
    )
    assert {edge.target: edge.flow for edge in found.edges} == {target: flow}
