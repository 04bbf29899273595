"""Routes that a file's place gives: Next.js, Nuxt and Nitro, SvelteKit, Remix and React Router, Astro.

A row of `STYLES` says where such files lie and how their path is made; which methods a file answers is what it
exports. A style counts only in a folder whose package.json (or one above) depends on its framework.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from repo_architect.analysis.endpoints.router import Route, Site
from repo_architect.analysis.files import FileTree

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_EVERY = ("ALL", "fallback")
_EXPORTED = re.compile(
    r"^export\s+(?:async\s+)?(?:function\*?|const|let|var)\s+(\w+)|^export\s*(?:const\s*)?\{([^}]*)\}",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Style:
    """`place` has the groups `root` and `route`; `methods` gives (method, handler) of a file's text and name."""

    framework: str
    packages: tuple[str, ...]
    place: re.Pattern[str]
    path: Callable[[str], str]
    methods: Callable[[str, str], list[tuple[str, str | None]]]


def exported(text: str) -> dict[str, int]:
    """Names that a script exports, with their lines."""
    found: dict[str, int] = {}
    for hit in _EXPORTED.finditer(text):
        line = text.count("\n", 0, hit.start()) + 1
        names = (
            [hit.group(1)]
            if hit.group(1)
            else [part.split(" as ")[-1].split(":")[-1].strip() for part in hit.group(2).split(",")]
        )
        found.update({name: line for name in names if name})
    return found


def _by_exports(text: str, _: str) -> list[tuple[str, str | None]]:
    names = exported(text)
    return [("ANY" if name in _EVERY else name, name) for name in names if name in METHODS or name in _EVERY]


def _by_suffix(text: str, name: str) -> list[tuple[str, str | None]]:
    """Nitro: `users.post.ts` answers POST, `users.ts` everything."""
    parts = name.split(".")
    method = (
        parts[-2].upper() if len(parts) > 2 and parts[-2].upper() in (*METHODS, "CONNECT", "TRACE") else "ANY"
    )
    return [(method, "default")] if "export default" in text or "eventHandler" in text.lower() else []


_METHOD_TEST = re.compile(
    r"\bmethod\s*(?:===?|!==?)\s*[\"'](GET|POST|PUT|PATCH|DELETE)[\"']|\bcase\s+[\"'](GET|POST|PUT|PATCH|DELETE)[\"']"
)


def _any(text: str, _: str) -> list[tuple[str, str | None]]:
    """A handler of pages/api: the methods it asks for, else any."""
    if "export default" not in text and "module.exports" not in text and "export {" not in text:
        return []
    asked = dict.fromkeys(one or two for one, two in _METHOD_TEST.findall(text))
    return [(method, "default") for method in asked] or [("ANY", "default")]


def _page(text: str, _: str) -> list[tuple[str, str | None]]:
    return [("GET", "default")] if "export default" in text or "export {" in text else []


def _plain_page(_: str, __: str) -> list[tuple[str, str | None]]:
    return [("GET", None)]


def _actions(text: str, _: str) -> list[tuple[str, str | None]]:
    return [("POST", "actions")] if "actions" in exported(text) else []


def _remix(text: str, _: str) -> list[tuple[str, str | None]]:
    """An action gets every request but GET and HEAD, unless it asks for methods itself."""
    names = exported(text)
    found: list[tuple[str, str | None]] = []
    if "loader" in names or "export default" in text or "default" in names:
        found.append(("GET", "loader" if "loader" in names else "default"))
    if "action" in names:
        asked = dict.fromkeys(one or two for one, two in _METHOD_TEST.findall(text))
        found.extend((method, "action") for method in asked if method != "GET")
        every = ("POST", "PUT", "PATCH", "DELETE") if not asked or asked.keys() == {"GET"} else ()
        found.extend((method, "action") for method in every)
    return found


def _next_path(route: str) -> str:
    """Groups `(x)`, slots `@x` and the file's name left out."""
    parts = [
        part
        for part in route.split("/")
        if part and not (part.startswith("(") and part.endswith(")")) and not part.startswith("@")
    ]
    return "/" + "/".join(parts)


def _pages_path(route: str) -> str:
    return "/" + re.sub(r"(?:^|/)index$", "", route)


def _nitro_path(route: str) -> str:
    stem = re.sub(r"\.(?:get|post|put|patch|delete|head|options|connect|trace)$", "", route)
    return "/" + re.sub(r"(?:^|/)index$", "", stem)


def _remix_path(route: str) -> str:
    """`users.$id.tsx` and `users/$id/route.tsx`: dots are slashes, `_x` and `x_` only lay out."""
    route = re.sub(r"/(?:route|index)$", "", route)
    literal = re.sub(r"\[(.*?)\]", lambda hit: hit.group(1).replace(".", "\0"), route)
    parts = re.split(r"[./]", literal)
    named = [
        part.rstrip("_").replace("\0", ".")
        for part in parts
        if part and not part.startswith("_") and part != "index"
    ]
    return "/" + "/".join(
        "*" if part == "$" else ":" + part[1:] if part.startswith("$") else part for part in named
    )


_SCRIPT = r"\.(?:[cm]?[jt]sx?)$"
STYLES: tuple[Style, ...] = (
    Style("Next.js", ("next",), re.compile(rf"^(?P<root>(?:.*/)?)(?:src/)?app/(?P<route>(?:.*/)?)route{_SCRIPT}"), _next_path, _by_exports),
    Style("Next.js", ("next",), re.compile(rf"^(?P<root>(?:.*/)?)(?:src/)?app/(?P<route>(?:.*/)?)page{_SCRIPT}"), _next_path, _page),
    Style("Next.js", ("next",), re.compile(rf"^(?P<root>(?:.*/)?)(?:src/)?pages/(?P<route>api/.*?){_SCRIPT}"), _pages_path, _any),
    Style("Next.js", ("next",), re.compile(r"^(?P<root>(?:.*/)?)(?:src/)?pages/(?P<route>(?!api/)(?:.*/)?(?!_app|_document|_error|_middleware|404|500)[^/]*?)\.[jt]sx?$"), _pages_path, _page),
    Style("Nuxt", ("nuxt", "nuxt3", "nitropack", "nitro"), re.compile(rf"^(?P<root>(?:.*/)?)(?:server/)?(?P<route>api/.*?){_SCRIPT}"), _nitro_path, _by_suffix),
    Style("Nuxt", ("nuxt", "nuxt3", "nitropack", "nitro"), re.compile(rf"^(?P<root>(?:.*/)?)server/routes/(?P<route>.*?){_SCRIPT}"), _nitro_path, _by_suffix),
    Style("Nitro", ("nitropack", "nitro"), re.compile(rf"^(?P<root>(?:.*/)?)(?<!server/)routes/(?P<route>.*?){_SCRIPT}"), _nitro_path, _by_suffix),
    Style("SvelteKit", ("@sveltejs/kit",), re.compile(rf"^(?P<root>(?:.*/)?)src/routes/(?P<route>(?:.*/)?)\+server{_SCRIPT}"), _next_path, _by_exports),
    Style("SvelteKit", ("@sveltejs/kit",), re.compile(r"^(?P<root>(?:.*/)?)src/routes/(?P<route>(?:.*/)?)\+page\.svelte$"), _next_path, _plain_page),
    Style("SvelteKit", ("@sveltejs/kit",), re.compile(r"^(?P<root>(?:.*/)?)src/routes/(?P<route>(?:.*/)?)\+page\.server\.[jt]s$"), _next_path, _actions),
    Style("Remix", ("@remix-run/react", "@remix-run/node", "@remix-run/dev"), re.compile(rf"^(?P<root>(?:.*/)?)app/routes/(?P<route>.*?){_SCRIPT}"), _remix_path, _remix),
    Style("React Router", ("@react-router/fs-routes",), re.compile(rf"^(?P<root>(?:.*/)?)app/routes/(?P<route>.*?){_SCRIPT}"), _remix_path, _remix),
    Style("Astro", ("astro",), re.compile(r"^(?P<root>(?:.*/)?)src/pages/(?P<route>.*?)\.[jt]s$"), _pages_path, _by_exports),
    Style("Astro", ("astro",), re.compile(r"^(?P<root>(?:.*/)?)src/pages/(?P<route>.*?)\.(?:astro|mdx?|html)$"), _pages_path, _plain_page),
)  # fmt: skip


CONFIGURED = {
    "astro": "astro", "next": "next", "nitro": "nitro", "nuxt": "nuxt", "remix": "@remix-run/dev", "svelte": "@sveltejs/kit",
}  # fmt: skip
"""Configuration files, by what stands before `.config.`, that say a framework as a package does."""
_PLACED = re.compile(r"(?:^|/)(?:app|pages|api|routes)/.*(?<!\.d\.ts)$")


def routes_by_place(tree: FileTree) -> Iterator[tuple[str, Route]]:
    """(path, route) of every file that is a route by its place."""
    depends = _packages(tree)
    if not depends:
        return
    for file in tree.own(tree.files):
        for style in STYLES if _PLACED.search(file.path) else ():
            place = style.place.match(file.path)
            if place is not None and _depends(depends, place["root"], style.packages):
                yield from _of_file(tree, file.path, style, place["route"])
                break


def _of_file(tree: FileTree, path: str, style: Style, route: str) -> Iterator[tuple[str, Route]]:
    text = _COMMENT.sub(_blanked, tree.text(path) or "")
    names = exported(text)
    for method, handler in style.methods(text, path.rpartition("/")[2]):
        whole = style.path(route.rstrip("/"))
        line = names.get(handler or "", 0) or _default_line(text)
        yield (
            whole,
            Route(
                method, whole, handler if handler != "default" else None, Site(path, line), style.framework
            ),
        )


_COMMENT = re.compile(
    r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*(?:`|\Z)|//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)"
)


def _blanked(found: re.Match[str]) -> str:
    """A comment as spaces; a text as it is."""
    text = found.group()
    return re.sub(r"[^\n]", " ", text) if text.startswith("/") else text


def _default_line(text: str) -> int:
    at = max(text.find("export default"), text.find("module.exports"))
    return text.count("\n", 0, at) + 1 if at > 0 else 1


def _packages(tree: FileTree) -> dict[str, frozenset[str]]:
    """Names of packages that each package.json mentions as keys, by its folder."""
    wanted = {package for style in STYLES for package in style.packages}
    found: dict[str, frozenset[str]] = {}
    for file in tree.named("package.json"):
        text = tree.text(file.path) or ""
        named = frozenset(package for package in wanted if f'"{package}"' in text)
        if named:
            found[file.path[: -len("package.json")]] = named
    for file in tree:
        package = CONFIGURED.get(file.name.partition(".config.")[0]) if ".config." in file.name else None
        if package is not None:
            folder = file.path[: -len(file.name)]
            found[folder] = found.get(folder, frozenset()) | {package}
    return found


def _depends(depends: dict[str, frozenset[str]], root: str, packages: tuple[str, ...]) -> bool:
    """Whether the nearest package.json at or above `root` that names any of the frameworks names one of these."""
    while True:
        if root in depends:
            return bool(depends[root].intersection(packages))
        if not root:
            return False
        root = root.rstrip("/").rpartition("/")[0]
        root = root + "/" if root else ""
