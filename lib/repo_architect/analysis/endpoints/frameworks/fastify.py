"""Fastify: plugins registered below prefixes, route objects, autoload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.frameworks.common import methods_of, nothing
from repo_architect.analysis.endpoints.frameworks.express import join
from repo_architect.analysis.endpoints.router import Kind, Method, Router
from repo_architect.analysis.endpoints.values import (
    UNKNOWN,
    Arguments,
    Closure,
    External,
    Mapping,
    Native,
    Value,
)

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter


def _verb(method: str) -> Method:
    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        if len(arguments.positional) > 1:
            handler = run.force(arguments.positional[-1])
            if isinstance(handler, Mapping):
                handler = handler.get("handler", UNKNOWN)
            run.add(router, method, run.text(arguments.get(0)), handler, arguments)
        return router

    return made


def _route(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    options = run.force(arguments.get(0))
    if isinstance(options, Mapping):
        path = run.text(options.get("url", options.get("path")))
        for method in methods_of(run, options.get("method"), ("GET",)):
            run.add(router, method, path, options.get("handler", UNKNOWN), arguments)
    return router


def _register(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """Run a plugin with a child of its own."""
    plugin, options = run.force(arguments.get(0)), run.force(arguments.get(1))
    prefix = run.text(options["prefix"]) if isinstance(options, Mapping) and "prefix" in options else ""
    if isinstance(plugin, External):
        if plugin.name in AUTOLOADS and isinstance(options, Mapping):
            _autoload(run, router, options, arguments)
        return router
    _plug(run, router, prefix, plugin, arguments)
    return router


def _plug(run: Interpreter, router: Router, prefix: str, plugin: Value, arguments: Arguments) -> None:
    plugin = run.force(run.attribute(plugin, "default")) if not isinstance(plugin, Closure) else plugin
    if not isinstance(plugin, Closure):
        return
    child = run.new_router(FASTIFY, router.site)
    router.mount(prefix, child)
    options = arguments.get(1)
    done = Native(lambda _, __: UNKNOWN)
    given = [child, options if options is not None else Mapping(), done]
    run.call(plugin, Arguments(given, {}, arguments.line, arguments.site))


def _autoload(run: Interpreter, router: Router, options: Mapping, arguments: Arguments) -> None:
    """@fastify/autoload: each file below a folder is a plugin, its folder its prefix."""
    folder = run.text(options.get("dir")).strip("/")
    given = run.force(options.get("options"))
    prefix = run.text(given["prefix"]) if isinstance(given, Mapping) and "prefix" in given else ""
    for path in sorted(run.world.paths):
        if (
            path.startswith(folder + "/")
            and path.endswith((".js", ".ts", ".mjs", ".cjs"))
            and paths.OPEN not in folder
        ):
            module = run.world.load(path)
            if module is None:
                continue
            below = path[len(folder) :].rpartition("/")[0].replace("/_", "/:")
            own = run.force(module.member("autoPrefix"))
            if isinstance(own, str):
                below = join(below.rpartition("/")[0], own)
            _plug(run, router, join(prefix, below), module.whole(), arguments)


def _plugin(run: Interpreter, arguments: Arguments) -> Value:
    """fastify-plugin wraps a function."""
    return run.force(arguments.get(0))


def _itself(_: Interpreter, router: Router, __: Arguments) -> Value:
    return router


AUTOLOADS = frozenset({"@fastify/autoload", "fastify-autoload", "@fastify/autoload.fastifyAutoload"})
FASTIFY = Kind(
    "Fastify",
    nothing,
    {
        **{
            verb: _verb(verb)
            for verb in ("get", "post", "put", "patch", "delete", "head", "options", "trace")
        },
        "after": _itself,
        "all": _verb("any"),
        "register": _register,
        "route": _route,
        "withTypeProvider": _itself,
    },
    join=join,
)
KINDS = {"fastify": FASTIFY, "fastify.fastify": FASTIFY, "Fastify": FASTIFY}
FUNCTIONS = {"fastify-plugin": _plugin, "fastify-plugin.fastifyPlugin": _plugin}
ANNOTATIONS = {
    f"fastify.{name}": "fastify"
    for name in (
        "FastifyInstance", "FastifyPluginAsync", "FastifyPluginCallback", "FastifyPlugin", "FastifyPluginAsyncTypebox",
        "FastifyPluginAsyncZod",
    )
} | {
    "@fastify/type-provider-typebox.FastifyPluginAsyncTypebox": "fastify",
    "fastify-type-provider-zod.FastifyPluginAsyncZod": "fastify",
}  # fmt: skip
