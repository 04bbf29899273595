"""Routes registered from what a .proto file says of a service."""

from __future__ import annotations

from pathlib import Path

from support.endpoints import endpoints, endpoints_of, write

PROTO = """syntax = "proto2";
package shop.v1;
// service Ghost { rpc no (A) returns (B) {} }
service Shop {
  rpc getItem (GetItem) returns (GetItem.Response) {
    option (rpc) = {
      endpoints: [{
        method: "GET",
        path: "/items/{id}"
        since { major: 2, minor: 0 },
      }, { method: "POST" path: "/items/get" since { major: 3 minor: 0 } }],
      visibility: PUBLIC,
    };
  }
}
"""
SERVER = """from flask import Flask
from shop.protos import options_pb2
from shop.protos.shop_pb2 import GetItem, Shop
app = Flask(__name__)
HANDLERS = {GetItem: get_item}
def get_item(): ...
def paths(path, version):
    return [f"/api/{version}.0{path}", f"/ajax/{version}.0{path}"]
def service_endpoints(service):
    found = []
    for method in service.DESCRIPTOR.methods:
        for endpoint in method.GetOptions().Extensions[options_pb2.rpc].endpoints:
            for path in paths(endpoint.path, endpoint.since.major):
                found.append((path, HANDLERS.get(service().GetRequestClass(method)), [endpoint.method]))
    return found
for path, handler, methods in service_endpoints(Shop):
    app.add_url_rule(path, None, handler, methods=methods)
"""


def test_routes_of_a_service_that_the_code_registers_are_composed_and_told_once(tmp_path: Path) -> None:
    found = endpoints(tmp_path, **{"shop/server.py": SERVER, "shop/protos/shop.proto": PROTO})
    assert sorted(found) == [
        "GET /ajax/2.0/items/{id}", "GET /api/2.0/items/{id}", "POST /ajax/3.0/items/get", "POST /api/3.0/items/get",
    ]  # fmt: skip


def test_a_service_that_no_code_registers_is_described_with_the_routes_of_its_options(tmp_path: Path) -> None:
    write(tmp_path, {"shop/protos/shop.proto": PROTO})
    found = [(one.method, one.path, one.source, one.evidence.line) for one in endpoints_of(tmp_path)]
    assert sorted(found) == [
        ("GET", "/items/{id}", "description", 9),
        ("POST", "/items/get", "description", 11),
        ("RPC", "/shop.v1.Shop/getItem", "description", 5),
    ]


def test_a_copied_proto_is_told_once_at_its_shortest_path(tmp_path: Path) -> None:
    files = {
        f"{folder}/shop.proto": PROTO for folder in ("services/cart/protos", "protos", "services/mail/protos")
    }
    write(tmp_path, files)
    assert {one.evidence.path for one in endpoints_of(tmp_path)} == {"protos/shop.proto"}
    assert len(endpoints_of(tmp_path)) == 3


def test_a_malformed_option_costs_nothing_but_itself(tmp_path: Path) -> None:
    text = PROTO.replace("endpoints: [{", "endpoints: [{ [[ {{ <", 1)
    assert "RPC /shop.v1.Shop/getItem" in endpoints(tmp_path, **{"a.proto": text, "shop/server.py": SERVER})
