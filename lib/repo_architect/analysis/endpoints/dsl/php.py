"""Laravel, Lumen and Slim: chains of calls with groups inside; Symfony: attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.dsl.found import Found, resource, without_documents

VERBS = ("get", "post", "put", "patch", "delete", "options", "any")
_HEAD = re.compile(r"(?:\bRoute::|\$(?:router|app|group|route|this->router|r)->)(\w+)\s*\(")
_NEXT = re.compile(r"\s*->\s*(\w+)\s*\(")
_TOKEN = re.compile(
    r"//[^\n]*|(?<!&)#(?!\[)[^\n]*|/\*[\s\S]*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[()\[\]{}]"
)
_DOCUMENT = re.compile(r"<<<[ \t]*[\"']?(\w+)[\"']?[ \t]*$", re.MULTILINE)
_AGAIN = re.compile(r"<\?(?:php\b|=)")
_STRING = re.compile(r"[\"']([^\"']*)[\"']")
_ALL: tuple[str, ...] = ("index", "create", "store", "show", "edit", "update", "destroy")
_API: tuple[str, ...] = ("index", "store", "show", "update", "destroy")
_ATTRIBUTE = re.compile(r"#\[\s*(?:\w+\s*(?:\([^()]*\))?\s*,\s*)*Route\(|\*\s*@Route\(")
_DECLARED = re.compile(r"\b(class|function)\s+(\w+)")


@dataclass(frozen=True, slots=True)
class _Link:
    """A call of a chain, with its arguments as written and where they begin."""

    name: str
    arguments: str
    start: int


def read(path: str, text: str) -> Iterator[Found]:
    plain = _without_comments(text)
    if "Symfony" in text and _ATTRIBUTE.search(text) is not None:
        yield from _symfony(text)
        return
    framework = "Slim" if "Slim\\" in text else "Lumen" if "Lumen" in text else "Laravel"
    prefix = "/api" if framework == "Laravel" and re.search(r"(?:^|/)routes/api\.php$", path) else ""
    yield from _calls(plain, 0, len(plain), prefix, framework)


def _without_comments(text: str) -> str:
    """The text without comments, documents, and calls that stand in texts."""
    return _TOKEN.sub(
        _plain, without_documents(_without_pages(text), _DOCUMENT, lambda opened: f"\n{opened.group(1)}")
    )


def _without_pages(text: str) -> str:
    """The text without what stands before the first `<?php`, and between `?>` and the next.

    A `?>` that none follows may be within a text.
    """
    kept, position, end = [], 0, 0
    while end >= 0 and (again := _AGAIN.search(text, end)) is not None:
        kept += [text[position:end], re.sub(r"[^\n]", " ", text[end : again.end()])]
        position = again.end()
        end = text.find("?>", position)
    return "".join([*kept, text[position:]])


def _plain(token: re.Match[str]) -> str:
    text = token.group()
    if text[:1] in "/#":
        return re.sub(r"[^\n]", " ", text)
    return _HEAD.sub(lambda call: " " * len(call.group()), text) if text[:1] in "\"'" else text


def _calls(text: str, start: int, end: int, prefix: str, framework: str) -> Iterator[Found]:
    position = start
    while (head := _HEAD.search(text, position, end)) is not None:
        links, position = _chain(text, head)
        below = prefix
        for link in links:
            if link.name in ("prefix", "group"):
                below = _joined(below, _group_prefix(link))
        group = next((link for link in links if link.name == "group" and "{" in link.arguments), None)
        if group is not None:
            yield from _calls(text, group.start, group.start + len(group.arguments), below, framework)
        else:
            yield from _route(text, links, below, framework)


def _chain(text: str, head: re.Match[str]) -> tuple[list[_Link], int]:
    links: list[_Link] = []
    found: re.Match[str] | None = head
    end = head.end()
    while found is not None:
        end = _balanced(text, found.end() - 1)
        links.append(_Link(found.group(1), text[found.end() : end - 1], found.end()))
        found = _NEXT.match(text, end)
    return links, end


def _balanced(text: str, start: int) -> int:
    depth = 0
    for token in _TOKEN.finditer(text, start):
        sign = token.group()
        depth += (sign in ("(", "[", "{")) - (sign in (")", "]", "}"))
        if depth == 0:
            return token.end()
    return len(text)


def _group_prefix(link: _Link) -> str:
    if link.name == "prefix":
        found = _STRING.match(link.arguments.strip())
    else:
        found = re.search(
            r"[\"']prefix[\"']\s*=>\s*[\"']([^\"']*)[\"']", link.arguments.partition("{")[0]
        ) or _STRING.match(link.arguments.strip())
    return found.group(1) if found else ""


def _joined(prefix: str, path: str) -> str:
    return paths.join(prefix, "/" + path.strip("/")) if path.strip("/") else prefix


def _route(text: str, links: list[_Link], prefix: str, framework: str) -> Iterator[Found]:
    for link in links:
        strings = _STRING.findall(link.arguments)
        line = text.count("\n", 0, link.start) + 1
        if link.name in VERBS and _STRING.match(link.arguments.strip()):
            path = _joined(prefix, strings[0]) or "/"
            yield Found(link.name.upper(), path, framework, _handler(link.arguments), line)
        elif link.name in ("match", "map") and "[" in link.arguments:
            listed, _, rest = link.arguments.partition("]")
            given = _STRING.search(rest)
            whole = _joined(prefix, given.group(1)) or "/" if given is not None else ""
            for method in _STRING.findall(listed) if given is not None else ():
                yield Found(method.upper(), whole, framework, _handler(rest), line)
        elif link.name in ("view", "redirect", "permanentRedirect") and framework == "Laravel" and strings:
            yield Found(
                "GET" if link.name == "view" else "ANY",
                _joined(prefix, strings[0]) or "/",
                framework,
                None,
                line,
            )
        elif link.name in ("resource", "apiResource", "resources", "apiResources", "singleton"):
            yield from _resource(link, links, prefix, line)


def _resource(link: _Link, links: list[_Link], prefix: str, line: int) -> Iterator[Found]:
    actions: tuple[str, ...] = _API if link.name.startswith("api") else _ALL
    for limit in links:
        named = set(_STRING.findall(limit.arguments))
        if limit.name in ("only", "except"):
            actions = tuple(action for action in actions if (action in named) == (limit.name == "only"))
    option = re.search(r"[\"'](only|except)[\"']\s*=>\s*\[([^\]]*)\]", link.arguments)
    if option is not None:
        named = set(_STRING.findall(option.group(2)))
        actions = tuple(action for action in actions if (action in named) == (option.group(1) == "only"))
    pairs = re.findall(
        r"[\"']([\w./-]+)[\"']\s*(?:,|=>)\s*([\w\\]+)::class|[\"']([\w./-]+)[\"']\s*,\s*[\"']", link.arguments
    )
    for name, controller, other in pairs:
        whole = "/".join(
            part if last else f"{part}/{{{_single(part)}}}" for part, last in _parts(name or other)
        )
        parameter = "{" + _single((name or other).rpartition(".")[2]) + "}"
        for action, method, below in resource(actions, parameter):
            handler = f"{controller.rpartition(chr(92))[2]}.{action}" if controller else None
            yield Found(method, _joined(prefix, whole) + below, "Laravel", handler, line)


def _parts(name: str) -> list[tuple[str, bool]]:
    parts = name.strip("/").split(".")
    return [(part, index == len(parts) - 1) for index, part in enumerate(parts)]


def _single(name: str) -> str:
    name = name.rpartition("/")[2].replace("-", "_")
    return (
        name[:-3] + "y"
        if name.endswith("ies")
        else name[:-1]
        if name.endswith("s") and not name.endswith("ss")
        else name
    )


def _handler(arguments: str) -> str | None:
    pair = re.search(r"\[\s*\\?([\w\\]+)::class\s*,\s*[\"'](\w+)[\"']", arguments)
    if pair is not None:
        return f"{pair.group(1).rpartition(chr(92))[2]}.{pair.group(2)}"
    named = re.search(r"[\"']([\w\\]+@\w+)[\"']|,\s*\\?([\w\\]+)::class", arguments)
    return (named.group(1) or named.group(2)).rpartition("\\")[2] if named else None


def _symfony(text: str) -> Iterator[Found]:
    prefix, owner = "", ""
    for attribute in _ATTRIBUTE.finditer(text):
        end = _balanced(text, attribute.end() - 1)
        arguments = text[attribute.end() : end - 1]
        declared = _DECLARED.search(text, end)
        if declared is None:
            continue
        given = re.match(r"\s*(?:path\s*[:=]\s*)?[\"']([^\"']*)[\"']", arguments) or re.search(
            r"\bpath\s*[:=]\s*[\"']([^\"']*)[\"']", arguments
        )
        path = given.group(1) if given else ""
        if declared.group(1) == "class":
            prefix, owner = path, declared.group(2)
            continue
        methods = re.search(r"\bmethods\s*[:=]\s*(?:[\[{]([^\]}]*)[\]}]|[\"'](\w+)[\"'])", arguments)
        named = re.findall(
            r"\b(?:METHOD_)?([A-Z]{3,})\b", (methods.group(1) or methods.group(2)) if methods else ""
        ) or ["ANY"]
        owner = owner or next(iter(re.findall(r"\bclass\s+(\w+)", text[: attribute.start()])[-1:]), "")
        line = text.count("\n", 0, attribute.start()) + 1
        for method in named:
            yield Found(
                method, paths.join(prefix, path) or "/", "Symfony", f"{owner}.{declared.group(2)}", line
            )
