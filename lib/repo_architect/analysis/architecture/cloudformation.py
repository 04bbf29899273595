"""CloudFormation and SAM templates, and the resources of serverless files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from repo_architect.analysis.architecture.cloud import Reference, Resource
from repo_architect.analysis.architecture.documents import is_aside, yaml_documents
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Located
from repo_architect.contracts import Evidence

_INSIDE = re.compile(r"\$\{(\w+)(?:\.\w+)?\}")
_NAMES = ("FunctionName", "TableName", "QueueName", "TopicName", "BucketName", "DBInstanceIdentifier", "Name")
_WEB_EVENTS = frozenset({"Api", "HttpApi"})
GATEWAY = "API Gateway"


def resources(tree: FileTree) -> list[Resource]:
    """The resources of the repository's templates; names are looked up within a template."""
    found: list[Resource] = []
    for file in tree.files:
        if (
            not file.name.endswith((".yaml", ".yml", ".template"))
            or file.size > 1_000_000
            or is_aside(tree, file.path)
        ):
            continue
        text = tree.text(file.path) or ""
        if "AWS::" in text and re.search(
            r"^(AWSTemplateFormatVersion|Transform|Resources)\s*:", text, re.MULTILINE
        ):
            for document in yaml_documents(tree, file.path):
                found.extend(of_template(tree, document, file.path))
    return found


def of_template(tree: FileTree, template: Located, path: str) -> Iterator[Resource]:
    """The resources of a template, and a gateway where functions are asked over HTTP without one of their own."""
    ids = {str(key) for key, _ in template.items("Resources")}
    for key, value in template.items("Resources"):
        kind = value.text("Type")
        if kind is None:
            continue
        here = Evidence(path=path, line=key.line)
        properties = value.at("Properties") or value
        titles = [
            title
            for name in _NAMES
            if (title := properties.text(name)) and re.fullmatch(r"[\w.-]+", title) and title not in ids
        ]
        resource = Resource(
            f"{path}:{key}",
            kind,
            here,
            title=titles[0] if titles else str(key),
            engine=properties.text("Engine"),
        )
        resource.path = _code(tree, properties, template, path)
        resource.references = list(_references(properties, ids, path))
        yield resource
        yield from _gateway(properties, resource, path)


def _gateway(properties: Located, function: Resource, path: str) -> Iterator[Resource]:
    for _, event in properties.items("Events"):
        kind = event.at("Type")
        if kind is not None and kind.value in _WEB_EVENTS:
            if not any(reference.listens for reference in function.references):
                yield gateway(path, Evidence(path=path, line=kind.line), [function.name])
            return


def gateway(path: str, line: Evidence, functions: list[str]) -> Resource:
    """A gateway that nothing declares but the events of functions."""
    references = [Reference(name, line) for name in functions]
    return Resource(f"{path}:{GATEWAY}", "AWS::Serverless::Api", line, title=GATEWAY, references=references)


def _code(tree: FileTree, properties: Located, template: Located, path: str) -> str | None:
    """The folder of a function's code, or the file of its handler in it."""
    place = properties.text("CodeUri") or template.text("Globals", "Function", "CodeUri")
    if place is None or "://" in place:
        return None
    folder = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
    if folder.startswith(".."):
        return None
    handler = properties.text("Handler") or template.text("Globals", "Function", "Handler")
    return handler_file(tree, folder, handler) or folder


def handler_file(tree: FileTree, folder: str, handler: str | None) -> str | None:
    """`src/users.list` is src/users.js, or .ts, .py, .rb."""
    if not handler:
        return None
    stem = posixpath.normpath(posixpath.join(folder, handler.rpartition(".")[0] or handler))
    options = (f"{stem}{ending}" for ending in (".js", ".ts", ".mjs", ".py", ".rb", ".cjs", ".tsx"))
    return next((option for option in options if option in tree), None)


def _references(value: Located, ids: set[str], path: str) -> Iterator[Reference]:
    """Logical ids below a value; those of events are listened to."""
    pending: list[tuple[Located, bool]] = [(value, False)]
    while pending:
        here, events = pending.pop()
        if isinstance(here.value, dict):
            pending.extend((inner, events or key == "Events") for key, inner in reversed(list(here.items())))
        elif isinstance(here.value, list):
            pending.extend((inner, events) for inner in reversed(list(here.elements())))
        elif isinstance(here.value, str):
            words = [here.value.partition(".")[0], *(match[1] for match in _INSIDE.finditer(here.value))]
            for word in dict.fromkeys(words):
                if word in ids:
                    yield Reference(f"{path}:{word}", Evidence(path=path, line=here.line), events)
