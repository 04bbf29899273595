"""serverless.yml: functions, what calls them, and the resources beside them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from repo_architect.analysis.architecture.cloud import Reference, Resource
from repo_architect.analysis.architecture.cloudformation import gateway, handler_file, of_template
from repo_architect.analysis.architecture.documents import is_aside, yaml_documents
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Located
from repo_architect.contracts import Evidence

_NAME = re.compile(r"serverless(\.[\w-]+)?\.ya?ml$")
_WEB = frozenset({"http", "httpApi", "websocket", "alb"})
_SOURCES = {"sqs": "AWS::SQS::Queue", "sns": "AWS::SNS::Topic", "s3": "AWS::S3::Bucket", "kinesis": "AWS::Kinesis::Stream", "dynamodb": "AWS::DynamoDB::Table",
            "eventBridge": "AWS::Events::EventBus", "kafka": "AWS::MSK::Cluster", "rabbitmq": "AWS::AmazonMQ::Broker"}  # fmt: skip
_NO_NAMES = frozenset({"Arn", "dynamodb", "kinesis"})
_ENVIRONMENT = re.compile(r"environment\.(\w+)")


def resources(tree: FileTree) -> list[Resource]:
    """Functions, gateways, sources of events and resources of each serverless file."""
    return [
        resource
        for file in tree.files
        if _NAME.match(file.name) and not is_aside(tree, file.path)
        for document in yaml_documents(tree, file.path)
        if document.at("functions") is not None
        for resource in _of_file(tree, document, file.path)
    ]


def _of_file(tree: FileTree, document: Located, path: str) -> Iterator[Resource]:
    beside = document.at("resources")
    declared = list(of_template(tree, beside, path)) if beside is not None else []
    yield from declared
    named = dict(_named_by_environment(document, path))
    for key, value in document.items("functions"):
        handler = value.text("handler")
        function = Resource(f"{path}:{key}", "function", Evidence(path=path, line=key.line), title=str(key))
        function.path = handler_file(tree, posixpath.dirname(path), handler)
        ids = {resource.name for resource in declared}
        function.references = list(_used(tree, function, named))
        for event in value.elements("events"):
            yield from _event(event, function, ids, path)
        yield function


def _named_by_environment(document: Located, path: str) -> Iterator[tuple[str, Reference]]:
    """Environment variables of all functions that name a resource: by its id, or since it takes its name from them."""
    environment = {str(key): value for key, value in document.items("provider", "environment")}
    for key, value in document.items("resources", "Resources"):
        text = " ".join(
            str(inner.value) for _, inner in value.items("Properties") if isinstance(inner.value, str)
        )
        for name in _ENVIRONMENT.findall(text):
            if name in environment:
                yield name, Reference(f"{path}:{key}", Evidence(path=path, line=environment[name].line))
        for name, given in environment.items():
            whole = given.value if isinstance(given.value, str) else given.text("Ref") or ""
            if whole == key or (whole and f" {whole} " in f" {text} "):
                yield name, Reference(f"{path}:{key}", Evidence(path=path, line=given.line))


def _used(tree: FileTree, function: Resource, named: dict[str, Reference]) -> Iterator[Reference]:
    """Resources whose variable the code of a function reads."""
    lines = (tree.text(function.path) or "").splitlines() if function.path else []
    for name, reference in named.items():
        for number, line in enumerate(lines, 1):
            if re.search(rf"\b{re.escape(name)}\b", line) and function.path:
                yield Reference(reference.name, Evidence(path=function.path, line=number))
                yield reference
                break


def _event(event: Located, function: Resource, ids: set[str], path: str) -> Iterator[Resource]:
    for kind, value in event.items():
        here = Evidence(path=path, line=kind.line)
        name = str(kind)
        if name == "stream":
            name = "dynamodb" if "dynamodb" in str(value.text("type") or value.value) else "kinesis"
        if name in _WEB:
            yield gateway(path, here, [function.name])
        elif name in _SOURCES:
            known, title = _source(value, ids, path)
            place = known or f"{path}:{name}:{title}"
            function.references.append(Reference(place, here, listens=True))
            if title and not known:
                yield Resource(place, _SOURCES[name], here, title=title)


def _source(value: Located, ids: set[str], path: str) -> tuple[str | None, str | None]:
    """What sends a function its events: a resource of the file, else one by its name."""
    words = list(_words(value))
    known = next((f"{path}:{word}" for word in words if f"{path}:{word}" in ids), None)
    title = next(
        (word for word in words if re.fullmatch(r"[A-Za-z][\w-]+", word) and word not in _NO_NAMES), None
    )
    return known, title


def _words(value: Located) -> Iterator[str]:
    pending = [value]
    while pending:
        here = pending.pop()
        if isinstance(here.value, dict):
            pending.extend(inner for _, inner in here.items())
        elif isinstance(here.value, list):
            pending.extend(here.elements())
        elif isinstance(here.value, str):
            yield here.value.partition(".")[0]
            if here.value.startswith("arn:"):
                yield re.split(r"[:/]", here.value)[-1]
