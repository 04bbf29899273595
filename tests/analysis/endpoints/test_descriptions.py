from __future__ import annotations

from pathlib import Path

import pytest

from support.endpoints import endpoints, endpoints_of, write

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "openapi with a server and its variables": (
        {
            "api/spec.yaml": "openapi: 3.0.0\nservers:\n  - url: https://x.org/{v}\n    variables: {v: {default: v2}}\n"
            "paths:\n  /a/{id}:\n    parameters: []\n    get: {operationId: one}\n    query: {}\n"
        },
        ["GET /v2/a/{id}", "QUERY /v2/a/{id}"],
    ),
    "swagger in json": (
        {"swagger.json": '{"swagger": "2.0", "basePath": "/api/", "paths": {"/x": {"post": {}}, "x-y": {"get": {}}}}'},
        ["POST /api/x"],
    ),
    "asyncapi 2": ({"a.yml": "asyncapi: 2.6.0\nchannels:\n  user/signup:\n    publish: {operationId: s}\n"}, ["PUBLISH user/signup"]),
    "asyncapi 3": (
        {
            "a.yml": "asyncapi: 3.0.0\nchannels:\n  c: {address: user/in}\noperations:\n  on:\n    action: receive\n"
            "    channel: {$ref: '#/channels/c'}\n"
        },
        ["RECEIVE user/in"],
    ),
    "graphql": (
        {
            "s.graphql": 'type User { id: ID }\ntype Query {\n  "one: user"\n  user(id: ID, of: [X!]): User # a: b\n  all: [User]\n}\n'
            "extend type Mutation { add(x: Int): User }\nquery Q { user }\n"
        },
        ["QUERY user", "QUERY all", "MUTATION add"],
    ),
    "grpc with http bindings": (
        {
            "a.proto": 'package a.v1;\n// service No { rpc X (Y) returns (Z); }\nservice S {\n  rpc Get (Q) returns (R) {\n'
            '    option (google.api.http) = { get: "/v1/{name}" additional_bindings { post: "/v1:get" } };\n  }\n  rpc Put (Q) returns (R);\n}\n'
        },
        ["RPC /a.v1.S/Get", "GET /v1/{name}", "POST /v1:get", "RPC /a.v1.S/Put"],
    ),
    "malformed": ({"openapi.yaml": "openapi: 3\npaths: [\n", "s.graphql": "type Query {", "b.proto": "service {{{ rpc ("}, []),
    "configuration that is no description": ({"c.yaml": "name: openapi\npaths: {/x: {get: {}}}\n"}, []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_descriptions_are_read(tmp_path: Path, name: str) -> None:
    files, expected = CASES[name]
    assert sorted(endpoints(tmp_path, **files)) == sorted(expected)


def test_a_description_says_so_and_where(tmp_path: Path) -> None:
    write(tmp_path, {"o.yml": "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      operationId: one\n"})
    (found,) = endpoints_of(tmp_path)
    assert (found.source, found.framework, found.handler, str(found.evidence)) == (
        "description",
        "OpenAPI",
        "one",
        "o.yml:4",
    )
