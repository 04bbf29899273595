"""Routes put together from prefixes that stand elsewhere, over many frameworks."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.endpoints import endpoints, endpoints_of, write

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "django routers joined with lists, views of other packages": (
        {
            "urls.py": "from django.urls import include, path\nfrom django.views.generic import TemplateView\n"
            "from rest_framework.routers import DefaultRouter\nfrom .views import A\n"
            "class Own(DefaultRouter):\n    @property\n    def urls(self):\n        return super().urls + []\n"
            'router = Own()\nrouter.register("as", A)\n'
            'urlpatterns = [path("t/", TemplateView.as_view())]\nurlpatterns += router.urls\n',
            "views.py": "from rest_framework.viewsets import ReadOnlyModelViewSet\nclass A(ReadOnlyModelViewSet): pass\n",
        },
        ["GET /", "GET /as/", "GET /as/<pk>/", "GET /t/"],
    ),
    "jax-rs locators below the nearest application": (
        {
            "a/src/main/java/App.java": 'import jakarta.ws.rs.*;\n@ApplicationPath("/a") class App extends Application {}\n',
            "a/src/main/java/R.java": 'import jakarta.ws.rs.*;\n@Path("/r") class R { @Path("{id}/sub") public Sub sub() { return null; } }\n',
            "a/src/main/java/Sub.java": "import jakarta.ws.rs.*;\nclass Sub { @GET public String one() { return null; } }\n",
            "b/src/main/java/App.java": 'import jakarta.ws.rs.*;\n@ApplicationPath("b") class App extends Application {}\n',
            "b/src/main/java/R.java": 'import jakarta.ws.rs.*;\n@Path("r") class R { @POST public void two() {} }\n',
        },
        ["GET /a/r/{id}/sub", "POST /b/r"],
    ),
    "jax-rs below a servlet's mapping": (
        {
            "src/main/webapp/WEB-INF/web.xml": "<web-app><servlet-mapping><servlet-name>jersey</servlet-name>"
            "<url-pattern>/rest/*</url-pattern></servlet-mapping></web-app>",
            "src/main/java/R.java": 'import jakarta.ws.rs.*;\n@Path("/r") class R { @GET public void one() {} }\n',
        },
        ["GET /rest/r"],
    ),
    "spring's functional routes": (
        {
            "A.java": "import org.springframework.web.reactive.function.server.*;\nclass A {\n"
            '  RouterFunction<S> a(H h) { return route(GET("/a").and(accept(J)), h::a).andNest(path("/x"), route(GET("/y"), h::y)); }\n'
            '  RouterFunction<S> b(H h) { return route().path("/p", b -> b.POST("/q", h::q)).DELETE("/d", h::d).build(); }\n}\n'
        },
        ["GET /a", "DELETE /d", "POST /p/q", "GET /x/y"],
    ),
    "spring's placeholders": (
        {
            "src/main/java/A.java": "import org.springframework.web.bind.annotation.*;\n"
            '@RestController @RequestMapping("${api.base}/a") class A { @GetMapping("${x.y:z}") void o() {} }\n',
            "src/main/resources/application.yml": "api:\n  base: /v9\n",
        },
        ["GET /v9/a/z"],
    ),
    "asp.net areas, accepted verbs, hubs": (
        {
            "A.cs": "using Microsoft.AspNetCore.Mvc;\n"
            '[Area("Admin")] [Route("[area]/[controller]/[action]")]\npublic class DashController : Controller\n{\n'
            "    public IActionResult Index() { return View(); }\n    [HttpPost] public IActionResult Save() { return View(); }\n}\n"
            '[Route("api")] public class XController : ControllerBase\n{\n'
            '    [AcceptVerbs("GET", "PUT", Route = "av")] public IActionResult Av() => Ok();\n}\n',
            "P.cs": 'using Microsoft.AspNetCore.Builder;\napp.MapHub<Chat>("/chat"); app.MapHealthChecks("/up");\n',
        },
        ["ANY /Admin/Dash/Index", "POST /Admin/Dash/Save", "GET /api/av", "PUT /api/av", "GET /up", "WS /chat"],
    ),
    "kotlin's router": (
        {
            "A.kt": "import org.springframework.web.reactive.function.server.coRouter\nfun r(h: H) = coRouter {\n"
            '  "/posts".nest {\n    GET("", h::all)\n    "/{id}".nest { PUT("/c", h::c) }\n  }\n  GET("/last") { ok() }\n}\n'
        },
        ["GET /last", "GET /posts", "PUT /posts/{id}/c"],
    ),
    "nest versions, a prefix with exceptions, paths of an enum": (
        {
            "paths.ts": "export enum Paths { Users = 'users', Other }\n",
            "main.ts": "import { NestFactory } from '@nestjs/core';\nimport { VersioningType } from '@nestjs/common';\nimport { App } from './app';\n"
            "async function run() { const app = await NestFactory.create(App); app.setGlobalPrefix('api', { exclude: ['health'] });\n"
            "  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }); }\nrun();\n",
            "app.ts": "import { Controller, Get, Module, Post, VERSION_NEUTRAL } from '@nestjs/common';\nimport { Paths } from './paths';\n"
            "@Controller(Paths.Users) export class U { @Get(':id') one() {} }\n"
            "@Controller({ path: 'n', version: VERSION_NEUTRAL }) export class N { @Post() two() {} }\n"
            "@Controller({ path: 'health', version: VERSION_NEUTRAL }) export class H { @Get() ok() {} }\n"
            "@Module({ controllers: [U, N, H] }) export class App {}\n",
        },
        ["POST /api/n", "GET /api/v1/users/:id", "GET /health"],
    ),
    "nest's application that only gives its settings": (
        {
            "main.ts": "import { NestFactory } from '@nestjs/core';\nimport { App } from './app';\n"
            "async function run() {\n  const settings = await NestFactory.create(App);\n  await settings.close();\n"
            "  const app = await NestFactory.create(App);\n  app.setGlobalPrefix('api');\n  await app.listen(3000);\n}\nrun();\n",
            "app.ts": "import { Controller, Get, Module } from '@nestjs/common';\n@Controller('u') export class U { @Get() one() {} }\n"
            "@Module({ controllers: [U] }) export class App {}\n",
        },
        ["GET /api/u"],
    ),
    "rocket's function named as its crate, routes of other modules": (
        {
            "src/main.rs": '#[macro_use] extern crate rocket;\nmod u;\n#[route(PUT, uri = "/r/<id>")]\nfn r() {}\n'
            '#[launch]\nfn rocket() -> _ { rocket::build().mount("/api", routes![r]).mount("/u", u::routes()) }\n',
            "src/u.rs": '#[get("/<id>")]\nfn one() {}\npub fn routes() -> Vec<rocket::Route> { rocket::routes![one] }\n',
        },
        ["PUT /api/r/<id>", "GET /u/<id>"],
    ),
    "two crates with modules of the same name": (
        {
            f"{name}/src/{file}.rs": text.replace("NAME", name)
            for name in ("a", "b")
            for file, text in (
                ("main", 'use axum::Router;\nmod api;\nfn app() -> Router { Router::new().nest("/NAME", api::router()) }\n'),
                ("api", 'use axum::{Router, routing::get};\npub fn router() -> Router { Router::new().route("/of-NAME", get(h)) }\n'),
            )
        },
        ["GET /a/of-a", "GET /b/of-b"],
    ),
    "utoipa's paths mounted by name": (
        {
            "src/main.rs": "use utoipa_axum::{router::OpenApiRouter, routes};\nmod users;\n"
            'fn app() -> OpenApiRouter { OpenApiRouter::new().nest("/api", OpenApiRouter::new().routes(routes!(users::list))) }\n',
            "src/users.rs": '#[utoipa::path(method(get, head), path = "/users", tag = "get")]\npub async fn list() {}\n',
        },
        ["GET /api/users", "HEAD /api/users"],
    ),
    "a class that others make under another name stands where they put it": (
        {
            "index.js": "const server = require('./server')\nconst one = new server()\none.start()\n",
            "server.js": "const express = require('express')\nconst Api = require('./api')\nclass Server {\n  constructor() { this.api = new Api(this) }\n"
            "  start() {\n    const app = express()\n    app.use('/api', this.api.router)\n  }\n  more(app) { app.use(log) }\n}\nmodule.exports = Server\n",
            "api.js": "const express = require('express')\nclass Api {\n  constructor(server) {\n    this.router = express()\n    this.init()\n  }\n"
            "  init() { this.router.get('/users', list) }\n}\nmodule.exports = Api\n",
        },
        ["GET /api/users"],
    ),
    "rails concerns, engines and scopes": (
        {
            "config/routes.rb": "Rails.application.routes.draw do\n  concern :c do\n    resources :notes, :only => [:index]\n  end\n"
            '  namespace :admin do\n    resources :posts, only: %i[show], concerns: :c do\n      member { post :publish }\n    end\n  end\n'
            '  scope "(:locale)", module: "web" do\n    match "x", to: "x#y", via: %i[get post]\n  end\n'
            '  mount Blog::Engine, at: "/blog"\nend\nBlog::Engine.routes.draw do\n  get "/about" => "p#about"\nend\n'
        },
        [
            "GET /admin/posts/:id", "POST /admin/posts/:id/publish", "GET /admin/posts/:post_id/notes", "ANY /blog",
            "GET /blog/about", "GET /x", "POST /x",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_a_route_has_its_whole_path(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    assert sorted(endpoints(tmp_path, **files)) == sorted(expected)


def test_the_controller_of_a_namespace_is_named_with_it(tmp_path: Path) -> None:
    write(tmp_path, {"config/routes.rb": CASES["rails concerns, engines and scopes"][0]["config/routes.rb"]})
    handlers = {one.path: one.handler for one in endpoints_of(tmp_path)}
    assert handlers["/admin/posts/:id"] == "admin/posts#show"
    assert handlers["/x"] == "web/x#y"


def test_a_view_of_the_rest_framework_says_so(tmp_path: Path) -> None:
    text = (
        "from django.urls import path\nfrom rest_framework.views import APIView\n"
        "class V(APIView):\n    def get(self, request): ...\nurlpatterns = [path('v/', V.as_view())]\n"
    )
    write(tmp_path, {"urls.py": text})
    assert [one.framework for one in endpoints_of(tmp_path)] == ["Django REST framework"]


def test_a_route_of_two_branches_is_told_once_with_its_handler(tmp_path: Path) -> None:
    text = (
        'package main\nimport "net/http"\nfunc quit(w http.ResponseWriter, r *http.Request) {}\nfunc main() {\n'
        '\tmux := http.NewServeMux()\n\tif on {\n\t\tmux.HandleFunc("POST /quit", quit)\n\t} else {\n'
        '\t\tmux.HandleFunc("POST /quit", func(w http.ResponseWriter, r *http.Request) {})\n\t}\n}\n'
    )
    write(tmp_path, {"main.go": text})
    assert [(one.path, one.handler, one.evidence.line) for one in endpoints_of(tmp_path)] == [
        ("/quit", "quit", 7)
    ]


def test_an_application_of_another_module_gives_no_prefix(tmp_path: Path) -> None:
    files = {
        f"{name}/src/main/java/R.java": 'import jakarta.ws.rs.*;\n@Path("r") class R { @GET public void one() {} }\n'
        for name in "abcd"
    }
    files["a/src/main/java/App.java"] = (
        'import jakarta.ws.rs.*;\n@ApplicationPath("/api") class App extends Application {}\n'
    )
    assert endpoints(tmp_path, **files) == ["GET /api/r", "GET /r", "GET /r", "GET /r"]


def test_symfony_routes_of_a_file_name_their_controller(tmp_path: Path) -> None:
    text = "docs:\n  path: /docs\n  controller: App\\Controller\\Docs::show\n  methods: [GET, POST]\nrest:\n  resource: ../src/\n"
    write(tmp_path, {"config/routes.yaml": text, "config/routes/bad.yaml": "a: [\n"})
    assert [(one.method, one.path, one.handler) for one in endpoints_of(tmp_path)] == [
        ("GET", "/docs", "Docs.show"),
        ("POST", "/docs", "Docs.show"),
    ]


def test_ktor_reads_constants_resources_and_methods(tmp_path: Path) -> None:
    text = (
        'import io.ktor.server.routing.*\nconst val BASE = "/base"\nfun Application.m() { routing {\n'
        '  route(BASE) { get("/x") { } \n route("/{id}", HttpMethod.Put) { handle { } } }\n  get<Articles.Id> { }\n} }\n'
        '@Resource("/articles")\nclass Articles {\n  @Resource("{id}") class Id(val parent: Articles = Articles())\n}\n'
    )
    assert endpoints(tmp_path, **{"A.kt": text}) == ["GET /articles/{id}", "GET /base/x", "PUT /base/{id}"]
