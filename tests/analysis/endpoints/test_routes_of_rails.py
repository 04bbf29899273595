"""Routes of Rails: what its mapper makes of scopes, resources, verbs, loops and other files."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.endpoints import endpoints, endpoints_of, write

CASES: dict[str, tuple[str, list[str]]] = {
    "paths of resources named anew": (
        'resources :posts, only: %i[new edit], path: "artikel", path_names: { new: "neu", edit: "aendern" }',
        ["GET /artikel/neu", "GET /artikel/:id/aendern"],
    ),
    "paths named anew by a scope": (
        'scope path_names: { new: "neu" } do\n  resources :a, only: :new\n  resource :b, only: :new\nend',
        ["GET /a/neu", "GET /b/neu"],
    ),
    "shallow resources": (
        ("namespace :api do\n  resources :posts, shallow: true, only: [] do\n    resources :notes, only: [:index, :show] do\n"
        "      post :pin, on: :member\n      resources :votes, only: [:create, :destroy]\n    end\n  end\nend"),
        [
            "GET /api/posts/:post_id/notes", "GET /api/notes/:id", "POST /api/notes/:id/pin",
            "POST /api/notes/:note_id/votes", "DELETE /api/votes/:id",
        ],
    ),
    "a shallow block and a path for what is shallow": (
        'scope shallow_path: "s" do\n  resources :a, only: [] do\n    shallow do\n      resources :b, only: %i[index show]\n    end\n  end\nend',
        ["GET /a/:a_id/b", "GET /s/b/:id"],
    ),
    "options that blocks pass on": (
        "with_options only: [:index] do |o|\n  o.resources :a, :b\n  resources :c, only: :show\nend\nscope only: :create do\n  resources :d\nend",
        ["GET /a", "GET /b", "GET /c/:id", "POST /d"],
    ),
    "loops over literals": (
        ('ACTIONS = %i[x y].freeze\nACTIONS.each { |name| get "#{name}/go", to: "c##{name}" }\n'
        '{ a: "b" }.each do |from, to|\n  get from, to: "c##{to}"\nend\n["p", "q"].each_with_index do |one, _|\n  post one\nend'),
        ["GET /x/go", "GET /y/go", "GET /a", "POST /p", "POST /q"],
    ),
    "a loop over what is not known": (
        'Plugin.all.each { |plugin| get "/plugins/#{plugin}/x", to: "c#x" }',
        ["GET /plugins/{plugin}/x"],
    ),
    "methods of the file": (
        "def votable(name)\n  post \"#{name}/up\"\nend\nresources :a, only: [] do\n  member { votable('v') }\nend",
        ["POST /a/:id/v/up"],
    ),
    "several verbs of a line": (
        "get :a, :b, to: 'c#d'\nmatch 'm', to: 'c#m', via: :all\nmatch({ 'n' => 'c#n', via: [:put, :patch] })",
        ["GET /a", "GET /b", "ANY /m", "PUT /n", "PATCH /n"],
    ),
    "every branch": (
        ("if Rails.env.development?\n  get 'dev'\nelse\n  get 'prod'\nend\nget 'x' unless ENV['Y']\nconstraints(Sub) { get 'sub' }\n"
        "authenticate :user, ->(u) { u.admin? } do\n  get 'admin'\nend"),
        ["GET /dev", "GET /prod", "GET /x", "GET /sub", "GET /admin"],
    ),
    "a resource that is one": (
        "resource :profile, only: %i[show update] do\n  get :avatar\n  resources :keys, only: :index\nend",
        ["GET /profile", "PATCH /profile", "PUT /profile", "GET /profile/avatar", "GET /profile/keys"],
    ),
    "parameters, lists and nests": (
        "resources :people, param: :slug, only: [:show] do\n  resources :statuses, only: :index\n  new { get :preview }\n  collection { get :search }\nend",
        ["GET /people/:slug", "GET /people/:person_slug/statuses", "GET /people/new/preview", "GET /people/search"],
    ),
    "lists of actions that are computed": (
        "LIST = %i[index]\nresources :a, only: LIST + [:show]\nresources :b, except: %i[new edit create update destroy show]",
        ["GET /a", "GET /a/:id", "GET /b"],
    ),
    "what is not a route": (
        "direct(:home) { get '/no' }\nresolve('Basket') { [:basket] }\nx = get_routes('no')\n# get 'no'\nconcern(:c) { get 'no' }",
        [],
    ),
    "segments that are optional": ("get 'books(/:id)(.:format)', to: 'b#x'", ["GET /books"]),
    "nothing that a mount at the root says": ("mount Blog::Engine, at: '/'\nmount App => '/app'", ["ANY /app"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_routes_are_those_of_rails_mapper(tmp_path: Path, text: str, expected: list[str]) -> None:
    drawn = f"Rails.application.routes.draw do\n{text}\nend\n"
    assert sorted(endpoints(tmp_path, **{"config/routes.rb": drawn})) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "handler"),
    [
        ("get 'x', to: 'a#b'", "a#b"),
        ("get 'x' => 'a#b'", "a#b"),
        ("namespace(:api) { get 'x', to: 'a#b' }", "api/a#b"),
        ("scope(module: 'web') { get 'x', to: '/a#b' }", "a#b"),
        ("controller(:a) { get 'x', action: :b }", "a#b"),
        ("get 'x', controller: 'a', action: 'b'", "a#b"),
        ("resources(:a, only: []) { get :b }", "a#b"),
        ("resources(:p, module: 'q', only: []) { get :b }", "q/p#b"),
        ("get 'a/b'", "a#b"),
        ("get 'x', to: redirect('/y')", None),
        ("resource :a, only: :show", "as#show"),
        ("root 'a#b'", "a#b"),
    ],
)
def test_the_handler_is_controller_and_action(tmp_path: Path, text: str, handler: str | None) -> None:
    write(tmp_path, {"config/routes.rb": f"Rails.application.routes.draw do\n{text}\nend\n"})
    assert [one.handler for one in endpoints_of(tmp_path)] == [handler]


def test_words_count_only_where_routes_are_drawn(tmp_path: Path) -> None:
    text = "delete :no\nApp::Engine.routes.append do\n  get 'yes', :to => 'a#b', :id => /x/, 'q' => 'c#d'\nend\nlog.append { get 'no' }\n"
    assert endpoints(tmp_path, **{"lib/engine.rb": text}) == ["GET /q"]


def test_constraints_of_parts_are_not_paths(tmp_path: Path) -> None:
    text = "Rails.application.routes.draw do\n  get 'f/:id', :to => 'a#b', :id => /x/, :name => 'y'\nend\n"
    assert endpoints(tmp_path, **{"config/routes.rb": text}) == ["GET /f/:id"]


def test_files_that_are_drawn_stand_below_the_place_that_draws_them(tmp_path: Path) -> None:
    files = {
        "config/routes.rb": "Rails.application.routes.draw do\n  namespace :api do\n    draw :v1\n  end\nend\n",
        "config/routes/v1.rb": "get 'users', to: 'users#index'\ndraw(:deep)\n",
        "config/routes/deep.rb": "get 'deep', to: 'deep#x'\ndraw(:v1)\n",
        "config/routes/alone.rb": "get 'alone', to: 'a#b'\n",
    }
    write(tmp_path, files)
    found = {
        (one.path, one.handler, one.evidence.path, one.evidence.line)
        for one in endpoints_of(tmp_path)
        if "deep/deep" not in one.path
    }
    assert {
        ("/api/users", "api/users#index", "config/routes/v1.rb", 1),
        ("/api/deep", "api/deep#x", "config/routes/deep.rb", 1),
    } == found


def test_an_engine_is_below_its_mount_in_another_file(tmp_path: Path) -> None:
    files = {
        "config/routes.rb": "Rails.application.routes.draw do\n  scope('/in') { mount Blog::Engine => '/blog' }\nend\n",
        "engines/blog/config/routes.rb": "Blog::Engine.routes.draw do\n  resources :posts, only: :index\nend\n",
    }
    assert endpoints(tmp_path, **files) == ["ANY /in/blog", "GET /in/blog/posts"]
