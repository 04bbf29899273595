"""Rails' routes.rb and Sinatra's blocks, read line by line with a stack of the blocks that are open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.dsl.found import Found, resource

VERBS = ("get", "post", "put", "patch", "delete", "options", "head")
_RESOURCES = ("index", "create", "new", "show", "edit", "update", "destroy")
_CREATE: dict[str, tuple[tuple[str, str], ...]] = {"create": (("POST", ""),)}
_OPENS = re.compile(
    r"(?:^|\s)do\s*(?:\|[^|]*\|)?\s*$|^(?:if|unless|case|class|module|def|begin|while)\b(?!.*\bend\b)|=\s*(?:if|case)\b"
)
_WORD = re.compile(r"^(?:\w+\.)?(\w+)\b\s*\(?\s*(.*)$")
_NAME = re.compile(r"^(?::(\w+)|[\"']([^\"']*)[\"'])")
_LIST = re.compile(r"\b(only|except):\s*(?:\[([^\]]*)\]|%i\[([^\]]*)\]|:(\w+))")
_OPTION = r"\b{}:\s*(?::(\w+)|[\"']([^\"']*)[\"'])"


@dataclass(slots=True)
class _Block:
    """An open block: what it adds to paths, and what a resource inside of it is nested below."""

    word: str
    prefix: str
    member: str = ""
    module: str = ""


def read(path: str, text: str) -> Iterator[Found]:
    """Routes of Rails where they are drawn, of Sinatra elsewhere."""
    if ".routes.draw" in text or (path.endswith("routes.rb") or "/config/routes/" in path):
        yield from _rails(text)
    else:
        yield from _sinatra(text)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines without comments, those that end with a comma joined with what follows."""
    held, start = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        plain = re.sub(r"(^|\s)#(?![{]).*$", "", line).strip()
        start = start if held else number
        held = f"{held} {plain}".strip()
        if not held.endswith(","):
            yield start, held
            held = ""


def _rails(text: str) -> Iterator[Found]:
    stack: list[_Block] = []
    for number, line in _lines(text):
        if line == "end" or line.startswith("end "):
            if stack:
                stack.pop()
            continue
        word, rest = _word(line)
        yield from _rails_line(stack, word, rest, number)
        if _OPENS.search(line):
            stack.append(_rails_block(word, rest))


def _word(line: str) -> tuple[str, str]:
    found = _WORD.match(line)
    return (found.group(1), found.group(2)) if found else ("", "")


def _prefix(stack: list[_Block]) -> str:
    """The path that the open blocks make. A resource's own member path counts for what is nested in it."""
    whole = ""
    for index, block in enumerate(stack):
        whole = paths.join(whole, block.prefix)
        below = stack[index + 1].word if index + 1 < len(stack) else ""
        if block.word in ("resources", "resource") and below != "collection" and block.member:
            whole = paths.join(
                whole,
                block.member
                if below != "member"
                else block.member.replace(f":{_single(block.prefix)}_id", ":id"),
            )
    return whole


def _rails_block(word: str, rest: str) -> _Block:
    name, path = _named(rest), _option(rest, "path")
    if word == "namespace":
        return _Block(word, "/" + (path if path is not None else name), module=name)
    if word == "scope":
        given = path if path is not None else name if _NAME.match(rest) else ""
        return _Block(word, "/" + given.strip("/") if given else "")
    if word in ("resources", "resource"):
        parameter = _option(rest, "param") or "id"
        member = f"/:{_single(name)}_{parameter}" if word == "resources" else ""
        return _Block(word, "/" + (path if path is not None else name), member)
    return _Block(word, "")


def _rails_line(stack: list[_Block], word: str, rest: str, line: int) -> Iterator[Found]:
    prefix = _prefix(stack)
    if word in ("resources", "resource"):
        names = re.findall(
            r":(\w+)(?=\s*(?:,|$|\)|do))",
            rest.split(" only:", maxsplit=1)[0].split(" except:", maxsplit=1)[0],
        ) or [_named(rest)]
        for name in names if _NAME.match(rest) else []:
            yield from _resource_lines(prefix, word, name, rest, line)
    elif word in VERBS or word == "match":
        yield from _verb_line(stack, prefix, word, rest, line)
    elif word == "root":
        target = re.search(r"[\"']([\w/]+#\w+)[\"']", rest)
        yield Found("GET", prefix or "/", "Rails", target.group(1) if target else None, line)


def _resource_lines(prefix: str, word: str, name: str, rest: str, line: int) -> Iterator[Found]:
    actions = tuple(action for action in _RESOURCES if word == "resources" or action != "index")
    chosen = _LIST.search(rest)
    if chosen is not None:
        listed = set(re.findall(r"\w+", chosen.group(2) or chosen.group(3) or chosen.group(4) or ""))
        actions = tuple(action for action in actions if (action in listed) == (chosen.group(1) == "only"))
    controller = _option(rest, "controller") or (name if word == "resources" else f"{name}s")
    base = paths.join(prefix, "/" + (_option(rest, "path") or name))
    parameter = ":" + (_option(rest, "param") or "id")
    for action, method, below in resource(actions, parameter, word == "resource", _CREATE):
        yield Found(method, base + below, "Rails", f"{controller}#{action}", line)


def _verb_line(stack: list[_Block], prefix: str, word: str, rest: str, line: int) -> Iterator[Found]:
    name = _NAME.match(rest)
    if name is None:
        return
    path = name.group(1) or name.group(2) or ""
    inside = stack[-1] if stack else None
    if inside is not None and inside.word == "resources" and re.search(r"on:\s*:(member|collection)", rest):
        prefix = paths.join(_prefix(stack[:-1]), inside.prefix)
        prefix = paths.join(prefix, ":id") if "on: :member" in rest else prefix
    target = re.search(r"(?:to:|=>)\s*[\"']([\w/]+#\w+)[\"']", rest)
    methods = (
        [word.upper()]
        if word != "match"
        else [verb.upper() for verb in re.findall(r":(\w+)", rest.partition("via:")[2])]
    )
    for method in methods or ["ANY"]:
        verb = "ANY" if method == "ALL" else method
        whole = paths.join(prefix, "/" + path.strip("/")) if path.strip("/") else prefix or "/"
        yield Found(verb, whole, "Rails", target.group(1) if target else None, line)


def _named(rest: str) -> str:
    found = _NAME.match(rest)
    return (found.group(1) or found.group(2) or "").strip("/") if found else ""


def _option(rest: str, name: str) -> str | None:
    found = re.search(_OPTION.format(name), rest)
    return (found.group(1) or found.group(2) or "").strip("/") if found else None


def _single(name: str) -> str:
    """Rails' singular of a plural, as far as its rules of thumb go."""
    name = name.strip("/").rpartition("/")[2]
    for plural, single in (
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("ss", "ss"),
        ("s", ""),
    ):
        if name.endswith(plural):
            return name[: -len(plural)] + single
    return name


def _sinatra(text: str) -> Iterator[Found]:
    stack: list[str] = []
    for number, line in _lines(text):
        if line == "end" or line.startswith(("end ", "end.")):
            if stack:
                stack.pop()
            continue
        word, rest = _word(line)
        path = re.match(r"[\"']([^\"']*)[\"']", rest)
        if word in VERBS and path is not None and re.search(r"\bdo\b|\{", rest):
            yield Found(
                word.upper(), paths.join("".join(stack), path.group(1)) or "/", "Sinatra", None, number
            )
        if _OPENS.search(line):
            stack.append(path.group(1) if word == "namespace" and path is not None else "")
