from __future__ import annotations

from pathlib import Path

import pytest

from support.endpoints import endpoints

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "rails": (
        {
            "config/routes.rb": "Rails.application.routes.draw do\n  root 'home#index'\n  namespace :api do\n    resources :users, only: [:index, :show] do\n"
            "      member do\n        post :ban\n      end\n      resources :posts, only: [:create]\n      get :top, on: :collection\n    end\n  end\n"
            "  get '/health', to: 'health#show' # get '/no'\n  match 'x', to: 'x#y', via: [:get, :post]\n  resource :profile, only: :show\nend\n"
        },
        [
            "GET /", "GET /api/users", "GET /api/users/:id", "POST /api/users/:id/ban", "POST /api/users/:user_id/posts",
            "GET /api/users/top", "GET /health", "GET /x", "POST /x", "GET /profile",
        ],
    ),
    "sinatra": (
        {"app.rb": "require 'sinatra'\nget '/a/:id' do\n  x.get('/no')\nend\nnamespace '/api' do\n  post '/b' do\n  end\nend\n"},
        ["GET /a/:id", "POST /api/b"],
    ),
    "sinatra patterns and link": (
        {"app.rb": "require 'sinatra'\nget %r{/hello/([a-z]+)} do |c|\nend\nlink '/j' do\nend\nget %r{no}\n"},
        ["GET /hello/([a-z]+)", "LINK /j"],
    ),
    "laravel": (
        {
            "routes/api.php": "<?php\nuse Illuminate\\Support\\Facades\\Route;\nRoute::prefix('v1')->middleware('auth')->group(function () {\n"
            "  Route::get('/a/{id}', [AController::class, 'show']);\n  // Route::get('/no', 'x');\n"
            "  Route::apiResource('photos.comments', C::class)->only(['index', 'destroy']);\n});\n"
            "Route::group(['prefix' => 'g'], function () {\n  Route::match(['put', 'patch'], 'm', fn () => 1);\n});\n",
            "routes/web.php": "<?php\nuse Illuminate\\Support\\Facades\\Route;\nRoute::view('/w', 'w');\n",
        },
        [
            "GET /api/v1/a/{id}", "GET /api/v1/photos/{photo}/comments", "DELETE /api/v1/photos/{photo}/comments/{comment}",
            "PUT /api/g/m", "PATCH /api/g/m", "GET /w",
        ],
    ),
    "slim": (
        {"app.php": "<?php\nuse Slim\\Factory\\AppFactory;\n$app = AppFactory::create();\n$app->group('/u', function ($group) {\n  $group->delete('/{id}', H::class);\n});\n"},
        ["DELETE /u/{id}"],
    ),
    "symfony": (
        {
            "A.php": "<?php\nuse Symfony\\Component\\Routing\\Attribute\\Route;\n#[Route('/api')]\nclass A {\n  #[Route('/x/{id}', name: 'x', methods: ['GET', 'PUT'])]\n"
            "  public function x() {}\n  #[Route(path: '/y')]\n  public function y() {}\n}\n"
        },
        ["GET /api/x/{id}", "PUT /api/x/{id}", "ANY /api/y"],
    ),
    "symfony attributes below the prefix that the last import of their folder gives": (
        {
            "config/routes.yaml": "controllers:\n  resource: ../src/Controller/\n  type: attribute\n  prefix: /{_locale}\n"
            "auth:\n  resource:\n    path: ../src/Controller/Auth/\n    namespace: App\\Controller\\Auth\n  type: attribute\n  prefix: /auth\n",
            "src/Controller/A.php": "<?php\nuse Symfony\\Component\\Routing\\Attribute\\Route;\nclass A {\n  #[Route('/x')]\n  public function x() {}\n}\n",
            "src/Controller/Auth/B.php": "<?php\nuse Symfony\\Component\\Routing\\Attribute\\Route;\nclass B {\n  #[Route('/y')]\n  public function y() {}\n}\n",
        },
        ["ANY /auth/y", "ANY /{_locale}/x"],
    ),
    "symfony's controllers of the project below one prefix": (
        {
            "app/config/routes.yaml": "controllers:\n  resource: routing.controllers\n  prefix: /v1\n",
            "app/src/A.php": "<?php\nuse Symfony\\Component\\Routing\\Attribute\\Route;\nclass A {\n  #[Route('/x')]\n  public function x() {}\n}\n",
        },
        ["ANY /v1/x"],
    ),
    "ktor": (
        {
            "A.kt": 'import io.ktor.server.routing.*\nfun Application.m() {\n  routing {\n    route("/api") {\n      users()\n      get("{id}") { call.respond("}") }\n    }\n  }\n}\n'
            'fun Route.users() {\n  route("users") {\n    post { x.map { it } }\n  }\n}\n'
        },
        ["POST /api/users", "GET /api/{id}"],
    ),
    "phoenix": (
        {
            "lib/a_web/router.ex": 'defmodule A.Router do\n  use A, :router\n  pipeline :api do\n    plug :accepts, ["json"]\n  end\n'
            '  scope "/api", A do\n    pipe_through :api\n    get "/x/:id", XController, :show\n    resources "/users", UserController, only: [:index] do\n'
            '      resources "/posts", PostController, only: [:create]\n    end\n  end\nend\n'
        },
        ["GET /api/x/:id", "GET /api/users", "POST /api/users/:user_id/posts"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_prefixes_come_from_the_blocks_around(tmp_path: Path, name: str) -> None:
    files, expected = CASES[name]
    assert sorted(endpoints(tmp_path, **files)) == sorted(expected)


NOT_ROUTES: dict[str, tuple[dict[str, str], list[str]]] = {
    "documentation of elixir": (
        {
            "lib/router.ex": 'defmodule A.Router do\n  use A, :router\n  @moduledoc """\n  get "/no", C, :a\n  """\n  scope "/s" do\n'
            "    @doc \'\'\'\n    post \"/no\", C, :b\n    \'\'\'\n    get \"/yes\", C, :c\n  end\nend\n"
        },
        ["GET /s/yes"],
    ),
    "texts of php": (
        {
            "routes/web.php": "<?php\nuse Illuminate\\Support\\Facades\\Route;\n$a = <<<'TXT'\nRoute::get('/no', 'x');\n  TXT;\n"
            "$b = \"Route::get('/no', 'x')\";\n$c = <<<OTHER\nRoute::post('/no', 'x');\nOTHER;\nRoute::get('/yes', 'x');\n$d = <<<NEVER\nRoute::get('/no', 'x');\n"
        },
        ["GET /yes"],
    ),
    "pages between blocks of php": (
        {
            "routes/web.php": "<p>It's Route::get('/no', 'x')</p>\n<?php\nRoute::get('/a', 'x');\n?>\n<p>Don't Route::get('/no', 'x')</p>\n<?php\nRoute::get('/b', 'x');\n"
        },
        ["GET /a", "GET /b"],
    ),
    "tests within a crate": (
        {
            "src/main.rs": "use axum::{Router, routing::get};\nfn app() -> Router { Router::new().route(\"/yes\", get(h)) }\n"
            '#[cfg(test)]\nmod tests {\n  fn a() -> Router { Router::new().route("/no", get(h)) }\n}\n'
            '#[tokio::test]\nasync fn b() { let app = Router::new().route("/no", get(h)); }\n'
            '#[cfg(not(test))]\nfn c() -> Router { Router::new().route("/also", get(h)) }\n'
        },
        ["GET /also", "GET /yes"],
    ),
    "comments of scripts": (
        {
            "package.json": '{"dependencies": {"next": "15"}}',
            "pages/api/a.ts": "// if (req.method === 'DELETE') {}\n/* case 'PUT': */\nconst url = 'http://x' // y\n"
            "export default function handler(req) { if (req.method === 'POST') {} }\n",
        },
        ["POST /api/a"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), NOT_ROUTES.values(), ids=NOT_ROUTES)
def test_what_only_looks_like_a_route_is_none(
    tmp_path: Path, files: dict[str, str], expected: list[str]
) -> None:
    assert sorted(endpoints(tmp_path, **files)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "routes.draw do " * 50,
        "end\nend\nend",
        "Route::get('/x'",
        "Route::group(" * 100,
        "routing { route( {{{",
    ],
)
def test_malformed_sources_do_no_harm(tmp_path: Path, text: str) -> None:
    files = {
        "a.rb": "sinatra\n" + text,
        "b.php": "<?php Slim\\ " + text,
        "c.kt": "import io.ktor.server.x\n" + text,
    }
    endpoints(tmp_path, **files, **{"router.ex": "use X, :router\n" + text})
