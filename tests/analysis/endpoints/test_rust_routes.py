from __future__ import annotations

from pathlib import Path

import pytest

from support.endpoints import endpoints

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "axum nested across modules": (
        {
            "src/main.rs": "use axum::{routing::{get, post}, Router};\nmod users;\npub fn app(s: S) -> Router {\n"
            '    let a = Router::new().route("/x", get(h).post(j)).layer(l);\n'
            '    a.nest("/users", users::router()).merge(other()).with_state(s)\n}\n'
            'fn other() -> Router { Router::new().route("/o", axum::routing::delete(h)) }\n',
            "src/users.rs": 'use axum::{routing::get, Router};\npub fn router() -> Router {\n    Router::new().route("/:id", get(one))\n}\n',
        },
        ["DELETE /o", "GET /users/:id", "GET /x", "POST /x"],
    ),
    "actix scopes, services and configuration": (
        {
            "src/main.rs": "use actix_web::{get, web, App, HttpServer};\nmod api;\n#[get(\"/hello/{name}\")]\nasync fn hello() -> R { x }\n"
            "#[actix_web::main]\nasync fn main() -> std::io::Result<()> {\n    HttpServer::new(|| {\n        App::new()\n            .wrap(l)\n"
            '            .service(web::scope("/api").service(hello).configure(api::config))\n'
            '            .route("/r", web::post().to(r))\n    }).bind("x")?.run().await\n}\n',
            "src/api.rs": 'use actix_web::web;\npub fn config(cfg: &mut web::ServiceConfig) {\n'
            '    cfg.service(web::resource("/items").route(web::get().to(list)).route(web::put().to(add)));\n}\n',
        },
        ["GET /api/hello/{name}", "GET /api/items", "PUT /api/items", "POST /r"],
    ),
    "actix resources of several paths, methods by guards": (
        {
            "src/main.rs": 'use actix_web::{guard, web, App};\nfn app() {\n    App::new()\n'
            '        .service(web::resource(["/c", "/d"]).to(h))\n'
            '        .service(web::resource("/j").guard(guard::Host("x")).guard(guard::Post()).to(h))\n'
            '        .route("/g", web::route().guard(guard::Get()).to(h));\n}\n',
        },
        ["ANY /c", "ANY /d", "GET /g", "POST /j"],
    ),
    "rocket routes gathered by functions, below a path that is put together": (
        {
            "src/main.rs": '#[macro_use] extern crate rocket;\nmod api;\n#[launch]\nfn r() -> _ {\n'
            '    rocket::custom(config).mount([base, "/api"].concat(), api::routes())\n}\n',
            "src/api.rs": '#[get("/a")]\nfn a() {}\n#[get("/b")]\nfn b() {}\nfn others() -> Vec<rocket::Route> { routes![b] }\n'
            "pub fn routes() -> Vec<rocket::Route> {\n    let mut all = Vec::new();\n    all.append(&mut others());\n"
            "    let mut own = routes![a];\n    all.append(&mut own);\n    all\n}\n",
        },
        ["GET /api/a", "GET /api/b"],
    ),
    "axum filters of methods, nested services, paths put together and loops": (
        {
            "src/main.rs": 'use axum::{routing::{get, on, post, MethodFilter}, Router};\nconst BASE: &str = "/v1";\nfn app() -> Router {\n'
            '    let mut app = Router::new()\n        .route("/b", on(MethodFilter::PUT.or(MethodFilter::DELETE), h))\n'
            '        .nest_service("/static", ServeDir::new("s"));\n    app = app.route(&format!("{}/x/{{id}}", BASE), post(h));\n'
            '    app = app.route(&format!("{BASE}/y"), post(h));\n    app = app.route(concat!("/a", "/b"), get(h));\n'
            '    for p in ["/m", "/n"] { app = app.route(p, get(h)); }\n    app\n}\n',
        },
        ["ANY /static", "DELETE /b", "GET /a/b", "GET /m", "GET /n", "POST /v1/x/{id}", "POST /v1/y", "PUT /b"],
    ),
    "actix functions of several routes and redirects": (
        {
            "src/main.rs": 'use actix_web::{delete, get, routes, web, App};\n#[routes]\n#[get("/one")]\n#[delete("/two")]\nasync fn many() {}\n'
            'fn app() {\n    App::new().service(web::scope("/v1").service(many)).service(web::redirect("/old", "/new"));\n}\n',
        },
        ["ANY /old", "DELETE /v1/two", "GET /v1/one"],
    ),
    "rocket mounts": (
        {
            "src/main.rs": '#[macro_use] extern crate rocket;\n#[get("/a/<id>?<q>")]\nfn a(id: u8) {}\n#[post("/b", data = "<x>")]\nfn b() {}\n'
            '#[launch]\nfn r() -> _ { rocket::build().attach(x).mount("/api", routes![a]) }\n'
        },
        ["GET /api/a/<id>", "POST /b"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_routes_are_found_with_their_whole_path(tmp_path: Path, name: str) -> None:
    files, expected = CASES[name]
    assert sorted(endpoints(tmp_path, **files)) == sorted(expected)
