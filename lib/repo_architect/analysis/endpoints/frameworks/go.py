"""Go: net/http, gin, echo, chi, fiber, gorilla/mux, httprouter."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.frameworks.common import methods_of, nothing
from repo_architect.analysis.endpoints.frameworks.express import join
from repo_architect.analysis.endpoints.paths import join as join_paths
from repo_architect.analysis.endpoints.router import Kind, Method, Route, Router, Site
from repo_architect.analysis.endpoints.values import UNKNOWN, Arguments, Closure, Value

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE")
_METHOD_PATH = re.compile(r"^(?:([A-Z]+)\s+)?(?:[\w.*-]+(?=/))?(/.*)$")


def _verb(method: str) -> Method:
    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        if len(arguments.positional) > 1:
            run.add(router, method, run.text(arguments.get(0)), arguments.positional[-1], arguments)
        return router

    return made


def _method_first(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """`Handle("GET", "/x", h)`, `Match([]string{…}, "/x", h)`."""
    for method in methods_of(run, arguments.get(0), ()):
        run.add(
            router,
            method.removeprefix("METHOD"),
            run.text(arguments.get(1)),
            arguments.positional[-1],
            arguments,
        )
    return router


def _group(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """`Group("/x")`; with a function (`Route("/x", func(r) {…})`) that is run with the group."""
    given = [run.force(value) for value in arguments.positional]
    prefix = run.text(given[0]) if given and not isinstance(given[0], Closure) else ""
    below = run.new_router(router.kind, router.site)
    router.mount(prefix, below)
    last = next((one for one in given if isinstance(one, Closure)), None)
    if last is not None and last.function.body:
        run.call(last, Arguments([below], {}, arguments.line, arguments.site))
    return below


def _mount(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    child = run.router(arguments.get(1))
    if child is not None:
        router.mount(run.text(arguments.get(0)), child)
    return router


def _use(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """fiber's `Use("/x", app)`: a router among the handlers is mounted."""
    path = run.force(arguments.get(0))
    for child in map(run.router, arguments.positional):
        if child is not None and child is not router:
            router.mount(path if isinstance(path, str) else "", child)
    return router


def _itself(_: Interpreter, router: Router, __: Arguments) -> Value:
    return router


def _handle(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """net/http: `HandleFunc("GET /x", h)`; another mux as handler is mounted."""
    pattern, child = run.text(arguments.get(0)), run.router(arguments.get(1))
    found = _METHOD_PATH.match(pattern)
    if child is not None and child is not router:
        stripped = child.attributes.get("stripped")
        router.mount(str(stripped) if stripped is not None else "", child)
    elif found is not None:
        run.add(router, found.group(1) or "ANY", found.group(2), arguments.get(1), arguments)
    return router


def _strip_prefix(run: Interpreter, arguments: Arguments) -> Value:
    child = run.router(arguments.get(1))
    if child is not None:
        child.attributes["stripped"] = run.text(arguments.get(0))
    return child if child is not None else UNKNOWN


def _default_mux(name: str) -> Callable[[Interpreter, Arguments], Value]:
    def made(run: Interpreter, arguments: Arguments) -> Value:
        known = next(
            (router for router in run.routers if router.kind is HTTP and router.site.line == 0), None
        )
        return HTTP.methods[name](run, known or run.new_router(HTTP, Site("", 0)), arguments)

    return made


def _static(wild: str) -> Method:
    """`Static("/x", folder)`: every file of a folder."""

    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        path = run.text(arguments.get(0)).rstrip("/")
        run.add(router, "GET", f"{path}/{wild}", UNKNOWN, arguments)
        return router

    return made


def _file(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    run.add(router, "GET", run.text(arguments.get(0)), UNKNOWN, arguments)
    return router


def _first(run: Interpreter, arguments: Arguments) -> Value:
    return run.force(arguments.get(0))


# gorilla/mux: a route is built in steps, in any order


def _built(run: Interpreter, router: Router) -> Router:
    route = run.new_router(MUX_ROUTE, router.site)
    route.attributes.update(parent=router, path="", methods=(), first=len(router.entries))
    return route


def _mux_start(step: str) -> Method:
    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        return MUX_ROUTE.methods[step](run, _built(run, router), arguments)

    return made


def _mux_handle(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    route = _built(run, router)
    route.attributes["path"] = run.text(arguments.get(0))
    return _finish(run, route, Arguments([arguments.get(1)], {}, arguments.line, arguments.site))


def _finish(run: Interpreter, route: Router, arguments: Arguments) -> Value:
    parent: Router = route.attributes["parent"]
    route.attributes["first"] = len(parent.entries)
    for method in route.attributes["methods"] or ("ANY",):
        run.add(parent, method, route.attributes["path"], arguments.get(0), arguments)
    route.attributes["done"] = True
    return route


def _set_methods(run: Interpreter, route: Router, arguments: Arguments) -> Value:
    methods = methods_of(run, list(arguments.positional), ("ANY",))
    methods = tuple(method.removeprefix("METHOD") for method in methods)
    route.attributes["methods"] = methods
    parent: Router = route.attributes["parent"]
    first = route.attributes["first"]
    if route.attributes.get("done") and first < len(parent.entries):
        old = parent.entries[first]
        if isinstance(old, Route):
            new = [Route(method, old.path, old.handler, old.site, old.framework) for method in methods]
            parent.entries[first : first + 1] = new
    return route


def _set_path(run: Interpreter, route: Router, arguments: Arguments) -> Value:
    route.attributes["path"] = join(route.attributes["path"], run.text(arguments.get(0)))
    return route


def _subrouter(run: Interpreter, route: Router, _: Arguments) -> Value:
    below = run.new_router(MUX, route.site)
    route.attributes["parent"].mount(route.attributes["path"], below)
    return below


MUX_ROUTE = Kind(
    "gorilla/mux",
    nothing,
    {
        "Handler": _finish, "HandlerFunc": _finish, "Methods": _set_methods, "Path": _set_path, "PathPrefix": _set_path,
        "Subrouter": _subrouter, "Name": _itself, "Queries": _itself, "Headers": _itself, "Host": _itself, "Schemes": _itself,
    },
    join=join,
)  # fmt: skip
MUX = Kind(
    "gorilla/mux",
    nothing,
    {
        "Handle": _mux_handle,
        "HandleFunc": _mux_handle,
        **{
            step: _mux_start(step) for step in ("Methods", "Path", "PathPrefix", "Host", "Headers", "Schemes")
        },
        "NewRoute": lambda run, router, _: _built(run, router),
        "StrictSlash": _itself,
    },
    join=join,
)
_UPPER = {verb: _verb(verb) for verb in VERBS}
_TITLE = {verb.title(): _verb(verb) for verb in VERBS}
HTTP = Kind("net/http", nothing, {"Handle": _handle, "HandleFunc": _handle}, join=join)
GIN = Kind(
    "gin",
    nothing,
    {
        **_UPPER,
        "Any": _verb("ANY"),
        "Group": _group,
        "Static": _static("*filepath"),
        "StaticFS": _static("*filepath"),
        "StaticFile": _file,
        "Handle": _method_first,
        "Match": _method_first,
        "Use": _itself,
    },
    join=join,
)
ECHO = Kind(
    "Echo",
    nothing,
    {
        **_UPPER,
        "QUERY": _verb("QUERY"),
        "Add": _method_first,
        "Any": _verb("ANY"),
        "File": _file,
        "Group": _group,
        "Match": _method_first,
        "Static": _static("*"),
    },
    join=join,
)
CHI = Kind(
    "chi",
    nothing,
    {
        **_TITLE, "NotFound": _itself, "MethodNotAllowed": _itself, "Use": _itself, "Group": _group, "Handle": _verb("ANY"), "HandleFunc": _verb("ANY"), "Method": _method_first,
        "MethodFunc": _method_first, "Mount": _mount, "Route": _group, "With": _itself,
    },
    join=join,
)  # fmt: skip
FIBER = Kind(
    "Fiber",
    nothing,
    {
        **_TITLE,
        "Add": _method_first,
        "All": _verb("ANY"),
        "Group": _group,
        "Mount": _mount,
        "Route": _group,
        "Static": _static("*"),
        "Use": _use,
    },
    join=join,
)
HTTPROUTER = Kind(
    "httprouter",
    nothing,
    {**_UPPER, "Handle": _method_first, "Handler": _method_first, "HandlerFunc": _method_first},
    join=join,
)
KINDS = {
    "github.com/gin-gonic/gin.Default": GIN,
    "github.com/gin-gonic/gin.New": GIN,
    "github.com/labstack/echo.New": ECHO,
    "github.com/labstack/echo.NewWithConfig": ECHO,
    "github.com/go-chi/chi.NewRouter": CHI,
    "github.com/go-chi/chi.NewMux": CHI,
    "github.com/gofiber/fiber.New": FIBER,
    "github.com/gorilla/mux.NewRouter": MUX,
    "github.com/julienschmidt/httprouter.New": HTTPROUTER,
    "net/http.NewServeMux": HTTP,
}
_VERB = re.compile(r"%(?:%|[-+# 0]{0,5}[\d.]{0,8}[a-zA-Z])")


def _sprintf(run: Interpreter, arguments: Arguments) -> Value:
    """A text with what is put into it, a hole for what is not known."""
    text = run.force(arguments.get(0))
    if not isinstance(text, str):
        return UNKNOWN
    given = iter(arguments.positional[1:])
    return _VERB.sub(lambda verb: "%" if verb.group() == "%%" else run.text(next(given, UNKNOWN)), text)


def _path_joined(run: Interpreter, arguments: Arguments) -> Value:
    """`path.Join`: parts with one slash between them, empty ones left out."""
    return reduce(join_paths, [part for part in map(run.text, arguments.positional) if part], "")


FUNCTIONS = {
    "fmt.Sprintf": _sprintf,
    "path.Join": _path_joined,
    "net/http.Handle": _default_mux("Handle"),
    "net/http.HandleFunc": _default_mux("HandleFunc"),
    "net/http.HandlerFunc": _first,
    "net/http.StripPrefix": _strip_prefix,
}
ANNOTATIONS = {
    **{
        f"github.com/gin-gonic/gin.{name}": "github.com/gin-gonic/gin.New"
        for name in ("Engine", "RouterGroup", "IRouter", "IRoutes")
    },
    **{f"github.com/labstack/echo.{name}": "github.com/labstack/echo.New" for name in ("Echo", "Group")},
    **{f"github.com/go-chi/chi.{name}": "github.com/go-chi/chi.NewRouter" for name in ("Router", "Mux")},
    **{
        f"github.com/gofiber/fiber.{name}": "github.com/gofiber/fiber.New"
        for name in ("App", "Router", "Group")
    },
    "github.com/gorilla/mux.Router": "github.com/gorilla/mux.NewRouter",
    "github.com/julienschmidt/httprouter.Router": "github.com/julienschmidt/httprouter.New",
    "net/http.ServeMux": "net/http.NewServeMux",
}
