from __future__ import annotations

from pathlib import Path

import pytest

from support.endpoints import endpoints, endpoints_of, write

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "fastapi prefixes compose across modules": (
        {
            "main.py": "from fastapi import FastAPI\nfrom api.users import router\nfrom core import settings\n"
            "app = FastAPI()\napp.include_router(router, prefix=settings.API)\n",
            "core.py": "class Settings:\n    API: str = '/api/v1'\nsettings = Settings()\n",
            "api/__init__.py": "",
            "api/users.py": "from fastapi import APIRouter\nrouter = APIRouter(prefix='/users')\n"
            "@router.get('/{id}')\ndef one(id: int): ...\n@router.post('')\ndef new(): ...\n"
            "@router.websocket('/live')\nasync def live(ws): ...\n",
        },
        ["POST /api/v1/users", "WS /api/v1/users/live", "GET /api/v1/users/{id}"],
    ),
    "routers that only a hook nobody calls includes": (
        {
            "app.py": "from fastapi import FastAPI\nfrom core import init\nasync def startup(app: FastAPI):\n    init(app)\n"
            "app = FastAPI(lifespan=startup)\n",
            "core.py": "from fastapi import APIRouter, FastAPI\nr = APIRouter(prefix='/r')\n@r.get('/x')\ndef x(): ...\n"
            "def init(app: FastAPI):\n    app.include_router(r)\n",
        },
        ["GET /r/x"],
    ),
    "aiohttp application that is not known, routes added by several methods": (
        {
            "api.py": "from functools import partial\nfrom aiohttp import hdrs, web\nclass Api:\n    def load(self):\n"
            "        for version in found():\n            app = self.apps[version]\n            self._register_audio(app)\n            self._dns(app)\n"
            "    def _logs(self, path: str, app: web.Application) -> None:\n"
            "        app.add_routes([web.get(f'{path}/logs/{{boot}}', partial(self.logs, follow=True))])\n"
            "    def _register_audio(self, app: web.Application) -> None:\n        self._logs('/audio', app)\n"
            "    def _dns(self, app: web.Application) -> None:\n        self._logs('/dns', app)\n"
            "        app.add_routes([web.route(hdrs.METH_ANY, '/any', self.logs)])\n"
            "    async def logs(self, request): ...\n",
        },
        ["ANY /any", "GET /audio/logs/{boot}", "GET /dns/logs/{boot}"],
    ),
    "django patterns reduced from groups": (
        {
            "urls.py": "from functools import reduce\nfrom operator import add\nfrom itertools import chain\nfrom django.urls import path, include\n"
            "import views\na = [path('a/', views.a)]\nb = [path('b/', views.b)]\nc = [path('c/', views.c)]\n"
            "urlpatterns = reduce(add, [a, b])\nurlpatterns += chain(c)\n",
            "views.py": "def a(request): ...\ndef b(request): ...\ndef c(request): ...\n",
        },
        ["ANY /a/", "ANY /b/", "ANY /c/"],
    ),
    "django includes of other packages and of what is not known are no endpoints": (
        {
            "urls.py": "from django.urls import path, include\nfrom django.apps import apps\nimport views\n"
            "urlpatterns = [path('i18n/', include('django.conf.urls.i18n')), path('accounts/', include('allauth.urls')),\n"
            "    path('', include(apps.get_app_config('shop').urls[0])), path('x/', views.x)]\n",
            "views.py": "def x(request): ...\n",
        },
        ["ANY /x/"],
    ),
    "drf-extensions routes below one object, and a router that maps more methods": (
        {
            "urls.py": "from rest_framework.routers import SimpleRouter\nfrom rest_framework_extensions.routers import NestedRouterMixin\n"
            "from rest_framework.viewsets import ReadOnlyModelViewSet\n"
            "class Bulk(NestedRouterMixin, SimpleRouter):\n    def __init__(self):\n        super().__init__()\n"
            "        self.routes[0].mapping.update({'delete': 'bulk_destroy'})\n"
            "class Projects(ReadOnlyModelViewSet):\n    def bulk_destroy(self, request): ...\n"
            "class Builds(ReadOnlyModelViewSet): ...\n"
            "router = Bulk()\nprojects = router.register('projects', Projects)\n"
            "projects.register('builds', Builds, parents_query_lookups=['project__slug'])\nurlpatterns = router.urls\n",
        },
        [
            "DELETE /projects/",
            "GET /projects/",
            "GET /projects/<pk>/",
            "GET /projects/<project__slug>/builds/",
            "GET /projects/<project__slug>/builds/<pk>/",
        ],
    ),
    "fastapi application factory with a loop over routers": (
        {
            "app.py": "from fastapi import APIRouter, FastAPI\na = APIRouter()\nb = APIRouter(prefix='/b')\n"
            "@a.get('/x')\ndef x(): ...\n@b.put('/y')\ndef y(): ...\n"
            "def create(base='/api'):\n    app = FastAPI()\n    for r in (a, b):\n"
            "        app.include_router(r, prefix=base)\n    return app\n",
        },
        ["PUT /api/b/y", "GET /api/x"],
    ),
    "subclass of a router that adds its own prefix": (
        {
            "app.py": "from fastapi import APIRouter\nclass Admin(APIRouter):\n"
            "    def __init__(self, prefix=''):\n        super().__init__(prefix='/admin' + prefix)\n"
            "r = Admin('/users')\n@r.delete('/{id}')\ndef gone(id): ...\n",
        },
        ["DELETE /admin/users/{id}"],
    ),
    "fastapi add_api_route and api_route": (
        {
            "app.py": "from fastapi import FastAPI\nfrom http import HTTPMethod\napp = FastAPI()\ndef f(): ...\n"
            "app.add_api_route('/a', f, methods=['POST', HTTPMethod.PUT])\n"
            "@app.api_route('/b', methods=['GET', 'DELETE'])\ndef b(): ...\n",
        },
        ["POST /a", "PUT /a", "DELETE /b", "GET /b"],
    ),
    "starlette routes, mounts and endpoint classes": (
        {
            "app.py": "from starlette.applications import Starlette\nfrom starlette.routing import Mount, Route\n"
            "from starlette.endpoints import HTTPEndpoint\nclass User(HTTPEndpoint):\n    def get(self): ...\n"
            "    def put(self): ...\ndef home(r): ...\nV = 'v1'\n"
            "app = Starlette(routes=[Route('/', home), Mount(f'/{V}', routes=[Route('/users', User)])])\n",
        },
        ["GET /", "GET /v1/users", "PUT /v1/users"],
    ),
    "flask blueprints, nested and mounted with another prefix": (
        {
            "app.py": "from flask import Flask\nfrom views import outer\ndef create_app():\n    app = Flask(__name__)\n"
            "    app.register_blueprint(outer, url_prefix='/shop')\n    return app\n",
            "views.py": "from flask import Blueprint\nouter = Blueprint('o', __name__, url_prefix='/old')\n"
            "inner = Blueprint('i', __name__, url_prefix='/items')\nouter.register_blueprint(inner)\n"
            "@inner.route('/<int:id>', methods=['GET', 'POST'])\ndef item(id): ...\n@outer.get('/')\ndef all(): ...\n",
        },
        ["GET /shop/", "GET /shop/items/<int:id>", "POST /shop/items/<int:id>"],
    ),
    "flask method views and rules": (
        {
            "app.py": "from flask import Flask\nfrom flask.views import MethodView\napp = Flask('x')\n"
            "class User(MethodView):\n    def get(self): ...\n    def delete(self): ...\n"
            "app.add_url_rule('/u/<id>', view_func=User.as_view('u'))\n",
        },
        ["DELETE /u/<id>", "GET /u/<id>"],
    ),
    "flask-restful resources below a blueprint": (
        {
            "api.py": "from flask import Blueprint, Flask\nfrom flask_restful import Api, Resource\n"
            "bp = Blueprint('api', __name__, url_prefix='/api')\napi = Api(bp)\nclass Item(Resource):\n"
            "    def get(self): ...\n    def put(self): ...\napi.add_resource(Item, '/items', '/things')\n"
            "app = Flask('x')\napp.register_blueprint(bp)\n",
        },
        ["GET /api/items", "PUT /api/items", "GET /api/things", "PUT /api/things"],
    ),
    "restx namespaces": (
        {
            "api.py": "from flask_restx import Api, Namespace, Resource\napi = Api(prefix='/v2')\n"
            "ns = Namespace('cats', path='/cats')\napi.add_namespace(ns)\n"
            "@ns.route('/<id>')\nclass Cat(Resource):\n    def get(self, id): ...\n",
        },
        ["GET /v2/cats/<id>"],
    ),
    "django includes and nested patterns": (
        {
            "site/urls.py": "from django.urls import include, path, re_path\nurlpatterns = [\n"
            "    path('blog/', include('blog.urls')),\n    path('n/', include([path('x/', lambda r: r)])),\n"
            "    re_path(r'^y/(?P<year>[0-9]{4})/$', lambda r: r),\n]\n",
            "blog/urls.py": "from django.urls import path\nfrom . import views\n"
            "urlpatterns = [path('<int:pk>/', views.Post.as_view()), path('', views.home)]\n",
            "blog/views.py": "from django.views.generic import DetailView\nfrom django.views.decorators.http import require_POST\n"
            "class Post(DetailView): ...\n@require_POST\ndef home(r): ...\n",
            "blog/__init__.py": "",
        },
        ["POST /blog/", "GET /blog/<int:pk>/", "ANY /n/x/", "ANY /y/<year>/"],
    ),
    "rest framework routers, actions and mixins": (
        {
            "urls.py": "from django.urls import include, path\nfrom rest_framework.routers import SimpleRouter\n"
            "from views import Users\nr = SimpleRouter()\nr.register('users', Users)\n"
            "urlpatterns = [path('api/', include(r.urls))]\n",
            "views.py": "from rest_framework import mixins, viewsets\nfrom rest_framework.decorators import action\n"
            "class Users(mixins.ListModelMixin, viewsets.GenericViewSet):\n    lookup_field = 'name'\n"
            "    def destroy(self, r, name): ...\n    @action(detail=True, methods=['post'], url_path='ban')\n"
            "    def block(self, r, name): ...\n",
        },
        ["GET /api/users/", "DELETE /api/users/<name>/", "POST /api/users/<name>/ban/"],
    ),
    "aiohttp tables, views and sub-applications": (
        {
            "app.py": "from aiohttp import web\nroutes = web.RouteTableDef()\n@routes.get('/a')\nasync def a(r): ...\n"
            "async def b(r): ...\nsub = web.Application()\nsub.add_routes([web.post('/b', b)])\n"
            "def make():\n    app = web.Application()\n    app.add_routes(routes)\n    app.add_subapp('/sub', sub)\n"
            "    app.router.add_delete('/c', b)\n    return app\n",
        },
        ["GET /a", "DELETE /c", "POST /sub/b"],
    ),
    "sanic blueprint groups": (
        {
            "app.py": "from sanic import Blueprint, Sanic\nbp = Blueprint('b', url_prefix='/b')\n@bp.get('/x')\nasync def x(r): ...\n"
            "app = Sanic('s')\napp.blueprint(Blueprint.group(bp, url_prefix='/api'))\n",
        },
        ["GET /api/b/x"],
    ),
    "falcon responders": (
        {
            "app.py": "import falcon\nclass Thing:\n    def on_get(self, q, r): ...\n    def on_post_all(self, q, r): ...\n"
            "app = falcon.App()\napp.add_route('/t/{id}', Thing())\napp.add_route('/t', Thing(), suffix='all')\n",
        },
        ["POST /t", "GET /t/{id}"],
    ),
    "tornado handlers": (
        {
            "app.py": "import tornado.web\nclass H(tornado.web.RequestHandler):\n    def get(self): ...\n"
            "app = tornado.web.Application([(r'/h/(.*)', H)])\n",
        },
        ["GET /h/(.*)"],
    ),
    "bottle's default application": (
        {
            "app.py": "from bottle import route, get\n@route('/a', method='POST')\ndef a(): ...\n@get('/b')\ndef b(): ...\n"
        },
        ["POST /a", "GET /b"],
    ),
    "an unknown prefix in the middle is shown by its name, at the start left out": (
        {
            "app.py": "from fastapi import FastAPI\nimport os\napp = FastAPI()\nbase = os.environ['BASE']\n"
            "@app.get(base + '/a')\ndef a(): ...\n@app.get(f'/x/{base}/b')\ndef b(): ...\n",
        },
        ["GET /a", "GET /x/{BASE}/b"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_routes_are_found_with_their_whole_path(tmp_path: Path, name: str) -> None:
    files, expected = CASES[name]
    assert sorted(endpoints(tmp_path, **files)) == sorted(expected)


NEGATIVE = {
    "clients": "import requests, httpx\nfrom fastapi import FastAPI\nrequests.get('/x')\nhttpx.post('/y')\nd = {}\nd.get('/z')\n",
    "a class of one's own with routing methods": "class Router:\n    def get(self, p): ...\nr = Router()\nr.get('/x')\n",
    "django models": "from django.db import models\npath = models.path('x')\n",
    "fastapi's test client": "from fastapi.testclient import TestClient\nc = TestClient(None)\nc.get('/x')\n",
}


@pytest.mark.parametrize("name", NEGATIVE)
def test_what_only_looks_like_a_route_is_not_one(tmp_path: Path, name: str) -> None:
    assert endpoints(tmp_path, **{"app.py": NEGATIVE[name]}) == []


def test_routes_of_tests_are_left_out(tmp_path: Path) -> None:
    test = "from flask import Flask\napp = Flask('t')\n@app.get('/t')\ndef t(): ...\n"
    assert endpoints(tmp_path / "only", **{"tests/test_app.py": test, "a/_smoke_tests/b.py": test}) == []
    product = test.replace("'/t'", "'/p'")
    assert endpoints(tmp_path / "both", **{"tests/test_app.py": test, "testimonials.py": product}) == [
        "GET /p"
    ]


def test_evidence_is_the_line_of_the_decorator_and_the_handler_is_named(tmp_path: Path) -> None:
    source = "from fastapi import FastAPI\napp = FastAPI()\n\n@app.get('/a')\nasync def read(): ...\n"
    write(tmp_path, {"app.py": source})
    (found,) = endpoints_of(tmp_path)
    assert (found.handler, found.framework, found.source) == ("read", "FastAPI", "code")
    assert str(found.evidence) == "app.py:4"


@pytest.mark.parametrize(
    "source",
    [
        "from fastapi import FastAPI\napp = FastAPI(\n@app.get(",
        "from flask import Flask\n" + "(" * 3000,
        "from fastapi import APIRouter\na = APIRouter()\na.include_router(a)\ndef f(): return f()\nf()\n",
        "from fastapi import APIRouter\nclass A(A): ...\nx = A()\nfor i in i: ...\n\x00\n",
        "from django.urls import path, include\nurlpatterns = [path('a/', include('urls'))]\n",
    ],
)
def test_malformed_or_circular_sources_do_no_harm(tmp_path: Path, source: str) -> None:
    write(tmp_path, {"urls.py": source})
    endpoints_of(tmp_path)
