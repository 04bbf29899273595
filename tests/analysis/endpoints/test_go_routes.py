from __future__ import annotations

from pathlib import Path

import pytest

from support.endpoints import endpoints

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "net/http with methods in patterns and mounted muxes": (
        {
            "main.go": 'package main\nimport "net/http"\nfunc main() {\n  api := http.NewServeMux()\n  api.HandleFunc("GET /x/{id}", h)\n'
            '  mux := http.NewServeMux()\n  mux.Handle("/api/", http.StripPrefix("/api", api))\n  http.HandleFunc("/z", h)\n}\n'
        },
        ["GET /api/x/{id}", "ANY /z"],
    ),
    "chi groups in a method, routes added by a function that takes handlers": (
        {
            "api.go": 'package api\nimport (\n  "net/http"\n  "github.com/go-chi/chi/v5"\n)\ntype Api struct { ds int }\n'
            "func (api *Api) routes() http.Handler {\n  r := chi.NewRouter()\n  r.Group(func(r chi.Router) {\n"
            '    h(r, "ping", api.Ping)\n  })\n  return r\n}\n'
            "func h(r chi.Router, path string, f func(w http.ResponseWriter, r *http.Request)) {\n"
            '  r.HandleFunc("/"+path, f)\n}\n'
        },
        ["ANY /ping"],
    ),
    "echo with a configuration, passed on from elsewhere": (
        {
            "routes.go": 'package routes\nimport "github.com/labstack/echo/v5"\n'
            "func NewEcho() *echo.Echo {\n  return echo.NewWithConfig(echo.Config{})\n}\n"
            'func Register(e *echo.Echo) {\n  g := e.Group("/api")\n  g.GET("/x", x)\n}\n',
            "main.go": 'package main\nimport "x.org/a/routes"\nfunc main() {\n  routes.Register(server())\n}\n',
        },
        ["GET /api/x"],
    ),
    "routers that are fields of an object handed in, as injection does": (
        {
            "server.go": 'package server\nimport (\n  "github.com/gin-gonic/gin"\n  "x.org/a/router"\n)\n'
            "func New(users *router.Users) *gin.Engine {\n  r := gin.New()\n"
            '  users.Register(r.Group("/api"))\n  return r\n}\n',
            "router/users.go": 'package router\nimport "github.com/gin-gonic/gin"\ntype Users struct { store int }\n'
            'func (u *Users) Register(r *gin.RouterGroup) {\n  r.GET("/users", u.all)\n}\n',
        },
        ["GET /api/users"],
    ),
    "gin groups across packages": (
        {
            "cmd/main.go": 'package main\nimport (\n  "github.com/gin-gonic/gin"\n  "x.org/a/internal/users"\n)\n'
            'func main() {\n  r := gin.Default()\n  v1 := r.Group("/v1")\n  users.Register(v1)\n}\n',
            "internal/users/users.go": 'package users\nimport "github.com/gin-gonic/gin"\nconst base = "/users"\n'
            'func Register(g *gin.RouterGroup) {\n  u := g.Group(base)\n  u.GET("/:id", one)\n  u.Any("/any", one)\n}\n',
        },
        ["GET /v1/users/:id", "ANY /v1/users/any"],
    ),
    "echo in a struct whose methods stand in another file": (
        {
            "s/server.go": 'package s\nimport "github.com/labstack/echo/v4"\ntype Server struct { e *echo.Echo }\n'
            'func New() *Server {\n  s := &Server{e: echo.New()}\n  s.routes()\n  return s\n}\n',
            "s/routes.go": 'package s\nimport "github.com/labstack/echo/v4"\nvar _ = echo.New\nfunc (s *Server) routes() {\n  s.e.POST("/a", s.add)\n}\n',
        },
        ["POST /a"],
    ),
    "chi's nested routes and mounts": (
        {
            "main.go": 'package main\nimport "github.com/go-chi/chi/v5"\nfunc main() {\n  r := chi.NewRouter()\n'
            '  r.Route("/articles", func(r chi.Router) {\n    r.Get("/", list)\n    r.With(p).Post("/", add)\n'
            '    r.Route("/{id}", func(r chi.Router) { r.Delete("/", gone) })\n  })\n  r.Mount("/admin", admin())\n}\n'
            'func admin() chi.Router {\n  r := chi.NewRouter()\n  r.Get("/x", x)\n  return r\n}\n'
        },
        ["GET /admin/x", "GET /articles", "POST /articles", "DELETE /articles/{id}"],
    ),
    "fiber": (
        {"main.go": 'package main\nimport "github.com/gofiber/fiber/v2"\nfunc main() {\n  app := fiber.New()\n  app.Group("/api").Get("/x", h)\n  app.All("/y", h)\n}\n'},
        ["GET /api/x", "ANY /y"],
    ),
    "gorilla's subrouters and methods": (
        {
            "main.go": 'package main\nimport (\n  "net/http"\n  "github.com/gorilla/mux"\n)\nfunc main() {\n  r := mux.NewRouter()\n'
            '  s := r.PathPrefix("/api").Subrouter()\n  s.HandleFunc("/x", h).Methods("GET", http.MethodPut)\n'
            '  s.Methods("POST").Path("/y").HandlerFunc(h)\n  r.HandleFunc("/z", h)\n}\n'
        },
        ["GET /api/x", "PUT /api/x", "POST /api/y", "ANY /z"],
    ),
    "a router of a package called so, filled by an object of another package, mounted below a version": (
        {
            "web/web.go": 'package web\nimport (\n  "net/http"\n  "github.com/prometheus/common/route"\n  api_v1 "x.org/p/web/api/v1"\n)\n'
            'type Handler struct {\n  apiV1 *api_v1.API\n  router *route.Router\n}\n'
            'func New() *Handler {\n  router := route.New().WithInstrumentation(x)\n  router = router.WithPrefix("/p")\n'
            '  router.Get("/graph", h)\n  router.Get("name")\n  router.Get("name", "default")\n  return &Handler{router: router}\n}\n'
            'func (h *Handler) Run() {\n  mux := http.NewServeMux()\n  mux.Handle("/", h.router)\n  av1 := route.New()\n'
            '  h.apiV1.Register(av1)\n  mux.Handle("/api/v1/", http.StripPrefix("/api/v1", av1))\n}\n',
            "web/api/v1/api.go": 'package v1\nimport "github.com/prometheus/common/route"\ntype API struct { ready func() }\n'
            'func (api *API) query() {}\nfunc (api *API) Register(r *route.Router) {\n  r.Get("/query", api.ready(api.query))\n  r.Del("/query", api.query)\n}\n',
        },
        ["GET /p/graph", "GET /api/v1/query", "DELETE /api/v1/query"],
    ),
    "a client is not a server": (
        {"main.go": 'package main\nimport "net/http"\nfunc main() {\n  http.Get("/x")\n  c := http.Client{}\n  c.Get("/y")\n}\n'},
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_routes_are_found_with_their_whole_path(tmp_path: Path, name: str) -> None:
    files, expected = CASES[name]
    assert sorted(endpoints(tmp_path, **files)) == sorted(expected)


ROUTE = (
    'package main\nimport (\n\t"net/http"\n\t"github.com/gorilla/mux"\n)\n'
    "type Route struct {\n\tMethod, Pattern string\n\tHandler http.HandlerFunc\n}\ntype Routes []Route\n"
    'func (r Route) Methods() []string { return []string{r.Method, "OPTIONS"} }\n'
    "func main() {\n\trouter := mux.NewRouter()\n"
)
ADDED = (
    "for _, r := range routes {\n\t\trouter.Methods(r.Method).Path(r.Pattern).Handler(r.Handler)\n\t}\n}\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('routes := []Route{{"GET", "/a", h}, Route{"PUT", "/b", h}}\n' + ADDED, ["GET /a", "PUT /b"]),
        ('routes := Routes{Route{"GET", "/a", h}, {Method: "PUT", Pattern: "/b"}}\n' + ADDED, ["GET /a", "PUT /b"]),
        ('routes := []*Route{{"GET", "/a", h}, &Route{"PUT", "/b", h}}\n' + ADDED, ["GET /a", "PUT /b"]),
        ('routes := map[string]Route{"x": {"GET", "/a", h}, "y": {Method: "PUT", Pattern: "/b"}}\n' + ADDED, ["GET /a", "PUT /b"]),
        ('routes := []struct{ Method, Pattern string; Handler any }{{"GET", "/a", h}}\n' + ADDED, ["GET /a"]),
        ('routes := []Route{{"GET", "/a", h}}\nfor i := range routes {\n\trouter.HandleFunc(routes[i].Pattern, h).Methods(routes[i].Method)\n}\n}\n', ["GET /a"]),
        ('for _, r := range []Route{{"GET", "/a", h}} {\n\trouter.Methods(r.Methods()...).Path(r.Pattern).Handler(h)\n}\n}\n', ["GET /a", "OPTIONS /a"]),
        ('for path, handler := range map[string]http.HandlerFunc{"/a": h, "/b": h} {\n\trouter.HandleFunc(path, handler)\n}\n}\n', ["ANY /a", "ANY /b"]),
        ("for _, r := range unknown() {\n\trouter.HandleFunc(r.Path, h)\n}\n}\n", []),
    ],
)  # fmt: skip
def test_tables_of_routes_are_looped_over(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert endpoints(tmp_path, **{"main.go": ROUTE + text}) == expected


def test_a_router_that_is_asserted_is_taken_for_one(tmp_path: Path) -> None:
    text = (
        'package main\nimport (\n\t"net/http"\n\t"github.com/gorilla/mux"\n)\ntype Server struct{ *http.Server }\n'
        "func (s *Server) Register(x int) {\n\trouter := s.Server.Handler.(*mux.Router)\n"
        '\tapi := router.PathPrefix("/api").Subrouter()\n\tapi.HandleFunc("/a", h).Methods("GET")\n}\n'
    )
    assert endpoints(tmp_path, **{"main.go": text}) == ["GET /api/a"]


def test_a_name_that_a_block_declares_ends_with_it(tmp_path: Path) -> None:
    text = (
        'package main\nimport (\n\t"fmt"\n\t"github.com/gorilla/mux"\n)\nfunc main() {\n\tapi := mux.NewRouter().PathPrefix("/api").Subrouter()\n'
        '\t{\n\t\tapi := api.PathPrefix("/a").Subrouter()\n\t\tapi.HandleFunc("/x", h)\n\t}\n'
        '\tfor _, name := range []string{"b", "c"} {\n\t\tapi := api.PathPrefix(fmt.Sprintf("/%s/%d", name, 1+one)).Subrouter()\n\t\tapi.HandleFunc("/y", h)\n\t}\n'
        '\tif on {\n\t\tapi = api.PathPrefix("/set").Subrouter()\n\t}\n\tapi.HandleFunc("/z", h)\n}\n'
    )
    assert endpoints(tmp_path, **{"main.go": text}) == [
        "ANY /api/a/x", "ANY /api/b/{one}/y", "ANY /api/c/{one}/y", "ANY /api/set/z",
    ]  # fmt: skip


def test_paths_that_are_joined(tmp_path: Path) -> None:
    text = (
        'package main\nimport (\n\t"net/http"\n\t"path"\n)\nconst base = "/web/"\nfunc main() {\n'
        '\thttp.HandleFunc(path.Join(base, "", "/client", name), h)\n}\n'
    )
    assert endpoints(tmp_path, **{"main.go": text}) == ["ANY /web/client/{name}"]
