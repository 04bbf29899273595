"""Rails' routes.rb and Sinatra's blocks, read line by line with a stack of the blocks that are open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

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
_LIST = re.compile(r"\b(only|except):\s*(?:(?:%[iwIW])?[\[(]([^\])]*)[\])]|([:\"']\w+))")
_ROCKET = re.compile(
    r":(only|except|path|to|via|on|controller|action|at|module|param|as|constraints|shallow|concerns|defaults|format)\s*=>\s*"
)
_ONE_LINE = re.compile(
    r"^((?:member|collection|new|namespace|scope|resources?|constraints)\b[^{}]*?)\s*(?:\{|\bdo\b)\s*([a-z][^{}]*?)\s*(?:\}|\bend)$"
)
_OPTIONAL = re.compile(r"\(\.:format\)|\([^()]*\)")
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
    lines = [
        (number, _ROCKET.sub(r"\1: ", part)) for number, line in _lines(text) for part in _unfolded(line)
    ]
    engines = {
        found.group(1): _option(line, "at") or found.group(2) or ""
        for _, line in lines
        if (found := re.match(r"mount\s*\(?\s*([\w:]+)(?:\s*=>\s*[\"']([^\"']*))?", line))
    }
    concerns = _concerns(lines)
    yield from _drawn([one for one in lines if one[0] not in concerns[1]], [], engines, concerns[0])


def _unfolded(line: str) -> list[str]:
    """A block of one line, as the lines it stands for."""
    found = _ONE_LINE.match(line)
    if found is None:
        return [line]
    return [f"{found.group(1).strip()} do", *(part.strip() for part in found.group(2).split(";")), "end"]


Lines = list[tuple[int, str]]


def _concerns(lines: Lines) -> tuple[dict[str, Lines], set[int]]:
    """The lines of each `concern :name do`, and the numbers of all of these."""
    found: dict[str, Lines] = {}
    taken: set[int] = set()
    name, depth = "", 0
    for number, line in lines:
        opened = re.match(r"concern\s*\(?\s*:(\w+).*\bdo\b", line)
        if opened is not None and not name:
            name, depth = opened.group(1), 1
            found[name] = []
        elif name:
            depth += bool(_OPENS.search(line)) - (line == "end" or line.startswith("end "))
            if depth > 0:
                found[name].append((number, line))
        else:
            continue
        taken.add(number)
        name = name if depth else ""
    return found, taken


def _drawn(
    lines: Lines, stack: list[_Block], engines: dict[str, str], concerns: dict[str, Lines]
) -> Iterator[Found]:
    bottom = len(stack)
    for number, line in lines:
        if line == "end" or line.startswith("end "):
            if len(stack) > bottom:
                stack.pop()
            continue
        word, rest = _word(line)
        opens = _OPENS.search(line) is not None
        engine = re.match(r"([\w:]+)\.routes\.draw\b", line)
        yield from _rails_line(stack, word, rest, number)
        block = _rails_block(word, rest)
        if engine is not None:
            block = _Block("draw", "/" + engines.get(engine.group(1), "").strip("/"))
        used = re.findall(r"\w+", line.partition("concerns")[2].lstrip(":").partition(" do")[0])
        below = [*stack, block] if word != "concerns" else stack
        for name in used if "concerns" in line and len(stack) < 20 else ():
            yield from _drawn(concerns.get(name, []), list(below), engines, {})
        if opens:
            stack.append(block)


def _word(line: str) -> tuple[str, str]:
    found = _WORD.match(line)
    return (found.group(1), found.group(2)) if found else ("", "")


def _prefix(stack: list[_Block]) -> str:
    """The path that the open blocks make. A resource's own member path counts for what is nested in it."""
    whole = ""
    for index, block in enumerate(stack):
        whole = paths.join(whole, block.prefix)
        below = stack[index + 1].word if index + 1 < len(stack) else ""
        if block.word in ("resources", "resource") and below not in ("collection", "new") and block.member:
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
        module = _option(rest, "module")
        given = path if path is not None else name
        return _Block(word, "/" + given if given else "", module=name if module is None else module)
    if word == "scope":
        given = path if path is not None else name if _NAME.match(rest) else ""
        given = _OPTIONAL.sub("", given)
        return _Block(word, "/" + given.strip("/") if given else "", module=_option(rest, "module") or "")
    if word in ("resources", "resource"):
        parameter = _option(rest, "param") or "id"
        member = f"/:{_single(name)}_{parameter}" if word == "resources" else ""
        return _Block(word, "/" + (path if path is not None else name), member)
    if word == "new":
        return _Block(word, "/new")
    return _Block(word, "")


def _rails_line(stack: list[_Block], word: str, rest: str, line: int) -> Iterator[Found]:
    prefix = _prefix(stack)
    module = "".join(f"{block.module}/" for block in stack if block.module)
    if word == "mount":
        at = _option(rest, "at") or next(iter(re.findall(r"=>\s*[\"']([^\"']*)", rest)), None)
        named = re.match(r"([\w:]+)", rest)
        if at is not None and at.strip("/"):
            whole = paths.join(prefix, "/" + at.strip("/"))
            yield Found("ANY", whole, "Rails", named.group(1) if named else None, line)
    elif word in ("resources", "resource"):
        names = re.findall(
            r":(\w+)(?=\s*(?:,|$|\)|do))",
            rest.split(" only:", maxsplit=1)[0].split(" except:", maxsplit=1)[0],
        ) or [_named(rest)]
        for name in names if _NAME.match(rest) else []:
            for one in _resource_lines(prefix, word, name, rest, line):
                yield replace(one, handler=module + (one.handler or ""))
    elif word in VERBS or word == "match":
        for one in _verb_line(stack, prefix, word, rest, line):
            yield replace(one, handler=module + one.handler if one.handler else None)
    elif word == "root":
        target = re.search(r"[\"']([\w/]+#\w+)[\"']", rest)
        yield Found("GET", prefix or "/", "Rails", target.group(1) if target else None, line)


def _resource_lines(prefix: str, word: str, name: str, rest: str, line: int) -> Iterator[Found]:
    actions = tuple(action for action in _RESOURCES if word == "resources" or action != "index")
    chosen = _LIST.search(rest)
    if chosen is not None:
        listed = set(re.findall(r"\w+", chosen.group(2) or chosen.group(3) or ""))
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
    path = _OPTIONAL.sub("", name.group(1) or name.group(2) or "")
    inside = stack[-1] if stack else None
    if inside is not None and inside.word == "resources" and re.search(r"on:\s*:(member|collection)", rest):
        prefix = paths.join(_prefix(stack[:-1]), inside.prefix)
        prefix = paths.join(prefix, ":id") if "on: :member" in rest else prefix
    target = re.search(r"(?:to:|=>)\s*[\"']([\w/]+#\w+)[\"']", rest)
    methods = (
        [word.upper()]
        if word != "match"
        else [
            verb.upper()
            for verb in re.findall(r"\b(get|post|put|patch|delete|head|all)\b", rest.partition("via:")[2])
        ]
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
        ("tuses", "tus"),
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
        path = re.match(r"[\"']([^\"']*)[\"']|%r\{(.*)\}(?=[\s,)])|/(.*)/(?=[\s,)])", rest)
        if word in (*VERBS, "link", "unlink") and path is not None and re.search(r"\bdo\b|\{", rest):
            yield Found(
                word.upper(), paths.join("".join(stack), _written(path)) or "/", "Sinatra", None, number
            )
        if _OPENS.search(line):
            stack.append(_written(path) if word == "namespace" and path is not None else "")


def _written(path: re.Match[str]) -> str:
    """A text as it is, or the pattern of `%r{...}`."""
    return path.group(1) or path.group(2) or path.group(3) or ""
