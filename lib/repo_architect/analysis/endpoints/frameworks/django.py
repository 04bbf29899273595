"""Django: `urlpatterns`, `include`, views as functions and classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.frameworks.common import (
    add_all,
    class_methods,
    methods_of,
    nothing,
)
from repo_architect.analysis.endpoints.patterns import plain
from repo_architect.analysis.endpoints.router import Kind, Route, Router, Site
from repo_architect.analysis.endpoints.values import (
    UNKNOWN,
    Arguments,
    ClassValue,
    Closure,
    Declared,
    External,
    Hidden,
    Instance,
    ModuleValue,
    Native,
    Value,
    View,
)

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter
    from repo_architect.analysis.endpoints.world import Module

VIEW_METHODS: dict[str, tuple[str, ...]] = {
    "TemplateView": ("GET",), "DetailView": ("GET",), "ListView": ("GET",), "ArchiveIndexView": ("GET",),
    "YearArchiveView": ("GET",), "MonthArchiveView": ("GET",), "DayArchiveView": ("GET",), "DateDetailView": ("GET",),
    "FormView": ("GET", "POST"), "CreateView": ("GET", "POST"), "UpdateView": ("GET", "POST"),
    "DeleteView": ("GET", "POST", "DELETE"),
    "PasswordChangeDoneView": ("GET",), "PasswordResetDoneView": ("GET",), "PasswordResetCompleteView": ("GET",),
    "PasswordResetConfirmView": ("GET", "POST"), "TodayArchiveView": ("GET",), "WeekArchiveView": ("GET",),
    "FilterView": ("GET",), "JavaScriptCatalog": ("GET",), "LoginView": ("GET", "POST"), "LogoutView": ("POST",),
    "PasswordChangeView": ("GET", "POST"), "PasswordResetView": ("GET", "POST"),
    "CreateAPIView": ("POST",), "ListAPIView": ("GET",), "RetrieveAPIView": ("GET",), "DestroyAPIView": ("DELETE",),
    "UpdateAPIView": ("PUT", "PATCH"), "ListCreateAPIView": ("GET", "POST"),
    "RetrieveUpdateAPIView": ("GET", "PUT", "PATCH"), "RetrieveDestroyAPIView": ("GET", "DELETE"),
    "RetrieveUpdateDestroyAPIView": ("GET", "PUT", "PATCH", "DELETE"),
    "TokenObtainPairView": ("POST",), "TokenRefreshView": ("POST",), "TokenVerifyView": ("POST",),
    "ObtainAuthToken": ("POST",), "SpectacularAPIView": ("GET",), "SpectacularSwaggerView": ("GET",),
    "SpectacularRedocView": ("GET",), "SessionWizardView": ("GET", "POST"), "CookieWizardView": ("GET", "POST"),
    "NamedUrlSessionWizardView": ("GET", "POST"), "vanilla.DeleteView": ("GET", "POST"),
}  # fmt: skip
"""The methods that views of Django and of its REST framework answer; by the whole name where packages differ."""


def join(prefix: str, path: str) -> str:
    """Django sets patterns one after another as they are written."""
    return prefix + path


def urls_of(run: Interpreter, module: Module) -> Router | None:
    """The `urlpatterns` of a module as a router, None when it has none."""
    known = module.scope.names.get("<urls>")
    if known is None:
        patterns = run.force(module.scope.names.get("urlpatterns"))
        if isinstance(patterns, Router):
            return patterns
        known = run.new_router(DJANGO, Site(module.path, 1)) if isinstance(patterns, list) else UNKNOWN
        module.scope.names["<urls>"] = known
        if isinstance(known, Router):
            add_all(run, known, patterns)
    return known if isinstance(known, Router) else None


def _path(_: Interpreter, arguments: Arguments) -> Value:
    return Declared(lambda run, router: _apply(run, router, run.text(arguments.get(0, "route")), arguments))


def _re_path(_: Interpreter, arguments: Arguments) -> Value:
    def apply(run: Interpreter, router: Router) -> None:
        _apply(run, router, plain(run.text(arguments.get(0, "route", "regex"))), arguments)

    return Declared(apply)


def _apply(run: Interpreter, router: Router, route: str, arguments: Arguments) -> None:
    view = run.force(arguments.get(1, "view"))
    if isinstance(view, Router):
        router.mount(route, view)
    elif isinstance(view, list):
        below = run.new_router(DJANGO, Site(arguments.site, arguments.line))
        add_all(run, below, view[0] if view and isinstance(run.force(view[0]), list) else view)
        router.mount(route, below)
    elif isinstance(view, External) and view.name.endswith("site.urls"):
        run.add(router, "ANY", route, External("admin"), arguments)
    elif not (isinstance(view, External) and view.name.endswith(".urls")) and not (
        isinstance(view, Hidden) and view.hint in ("urls", "include")
    ):
        _add(run, router, route, view, arguments)


def _add(run: Interpreter, router: Router, route: str, view: Value, arguments: Arguments) -> None:
    if isinstance(view, View) and view.actions is not None:
        for method, action in view.actions.items():
            run.add(router, method, route, f"{run.name_of(view.handler)}.{run.text(action)}", arguments)
        return
    handler = run.force(view.handler) if isinstance(view, View) else view
    first = len(router.entries)
    methods = (isinstance(view, View) and view.methods) or view_methods(run, handler)
    for method in methods or ("ANY",):
        named = f"{handler.name}.{method.lower()}" if isinstance(handler, ClassValue) and methods else None
        if named is not None:
            run.add(router, method, route, named, arguments)
        else:
            run.add(router, method, route, handler, arguments)
    if _of_rest_framework(run, view, handler):
        router.entries[first:] = [
            replace(entry, framework=REST) if isinstance(entry, Route) else entry
            for entry in router.entries[first:]
        ]


def _of_rest_framework(run: Interpreter, view: Value, handler: Value) -> bool:
    """Whether a view is one of the REST framework's: by its bases, or by its decorator."""
    from repo_architect.analysis.endpoints.classes import lineage

    if isinstance(view, View) and view.framework == REST:
        return True
    bases = lineage(run, handler) if isinstance(handler, ClassValue) else [handler]
    return any(
        isinstance(base, External) and base.name.startswith(("rest_framework", "drf_spectacular"))
        for base in bases
    )


def view_methods(run: Interpreter, handler: Value) -> tuple[str, ...]:
    """The methods a view answers, as far as its class and its bases tell."""
    from repo_architect.analysis.endpoints.classes import find_member, lineage

    if isinstance(handler, External):
        return _methods_of_external(handler.name.removesuffix(".as_view"))
    if not isinstance(handler, ClassValue):
        return ()
    bases = [base.name for base in lineage(run, handler) if isinstance(base, External)]
    inherited = [method for base in bases for method in _methods_of_external(base)]
    methods = dict.fromkeys([*class_methods(run, handler), *inherited])
    allowed = methods_of(run, find_member(run, handler, "http_method_names"), ())
    return tuple(method for method in methods if not allowed or method in allowed)


def _methods_of_external(name: str) -> tuple[str, ...]:
    return VIEW_METHODS.get(name) or VIEW_METHODS.get(name.rpartition(".")[2], ())


def _include(run: Interpreter, arguments: Arguments) -> Value:
    target = run.force(arguments.get(0, "arg"))
    if isinstance(target, str):
        module = _module_named(run, target, arguments.site)
        return (urls_of(run, module) if module is not None else None) or UNKNOWN
    if isinstance(target, ModuleValue):
        return urls_of(run, target.module) or UNKNOWN
    return target


def _module_named(run: Interpreter, name: str, site: str) -> Module | None:
    importing = run.world.modules.get(site)
    path = run.world.resolve(importing, name, None) if importing is not None else None
    return run.world.load(path) if path is not None else None


def _patterns(run: Interpreter, arguments: Arguments) -> Value:
    """`i18n_patterns(…)` and the old `patterns("", …)`: a list of their arguments."""
    return [given for given in arguments.positional if isinstance(run.force(given), Declared | Router | list)]


def _allowing(*fixed: str) -> Callable[[Interpreter, Arguments], Value]:
    def made(run: Interpreter, arguments: Arguments) -> Value:
        if fixed:
            return View(arguments.get(0), fixed)
        methods = methods_of(run, arguments.get(0, "http_method_names", "request_method_list"), ("GET",))
        return Native(lambda _, given: View(given.get(0), methods))

    return made


def _wrapped(run: Interpreter, arguments: Arguments) -> Value:
    """A decorator called as a function over a view: `csrf_exempt(view)`, `cache_page(60)(view)`."""
    view = run.force(arguments.get(0))
    if isinstance(view, View | Closure | ClassValue | Instance):
        return view
    return Native(lambda run, given: run.force(given.get(0)))


def _api_view(run: Interpreter, arguments: Arguments) -> Value:
    methods = methods_of(run, arguments.get(0, "http_method_names"), ("GET",))
    return Native(lambda _, given: View(given.get(0), methods, framework=REST))


REST = "Django REST framework"
DJANGO = Kind("Django", nothing, {}, join=join)
KINDS: dict[str, Kind] = {}
FUNCTIONS = {
    **dict.fromkeys(("django.urls.path", "django.urls.conf.path"), _path),
    **dict.fromkeys(
        (
            "django.urls.re_path",
            "django.urls.conf.re_path",
            "django.conf.urls.url",
            "django.conf.urls.defaults.url",
        ),
        _re_path,
    ),
    **dict.fromkeys(
        ("django.urls.include", "django.urls.conf.include", "django.conf.urls.include"), _include
    ),
    **dict.fromkeys(("django.conf.urls.i18n.i18n_patterns", "django.conf.urls.patterns"), _patterns),
    **dict.fromkeys(
        (
            "django.contrib.admin.views.decorators.staff_member_required",
            "django.contrib.auth.decorators.login_required",
            "django.contrib.auth.decorators.permission_required",
            "django.contrib.auth.decorators.user_passes_test",
            "django.views.decorators.cache.cache_page",
            "django.views.decorators.cache.never_cache",
            "django.views.decorators.clickjacking.xframe_options_exempt",
            "django.views.decorators.csrf.csrf_exempt",
            "django.views.decorators.csrf.ensure_csrf_cookie",
            "django.views.decorators.vary.vary_on_cookie",
        ),
        _wrapped,
    ),
    "django.views.decorators.http.require_GET": _allowing("GET"),
    "django.views.decorators.http.require_POST": _allowing("POST"),
    "django.views.decorators.http.require_http_methods": _allowing(),
    "django.views.decorators.http.require_safe": _allowing("GET", "HEAD"),
    "rest_framework.decorators.api_view": _api_view,
}
