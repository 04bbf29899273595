"""Variants of a committed flow: another runner, image or namespace. Comments and layout stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import yaml

from repo_architect.kestra_client.flow_files import Flow, parse
from repo_architect.kestra_client.settings import NAMESPACE

Runner = Literal["process", "docker"]
DOCKER = "io.kestra.plugin.scripts.runner.docker.Docker"
SCRIPTS = "io.kestra.plugin.scripts."
IMAGE = "repo-architect-agent:latest"
IMAGE_VARIABLE = "image"


@dataclass(frozen=True)
class Variant:
    """How flows are wanted: `process` as committed, `docker` each task in a container of `image`."""

    runner: Runner = "process"
    image: str | None = None
    namespace: str = NAMESPACE


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str


def render(flow: Flow, variant: Variant) -> Flow:
    """The flow as the variant wants it. Raises ValueError when the result is no flow (a defect of ours)."""
    source = flow.source
    root = _mapping(source)
    edits = [*_namespaces(root, variant.namespace), *_images(root, variant.image)]
    if variant.runner == "docker":
        edits += _containers(source, root, variant.image)
    made = parse(_edited(source, edits))
    if made is None:
        raise ValueError(f"the flow {flow.id} cannot be rendered")
    return made


def _mapping(source: str) -> yaml.MappingNode:
    root = yaml.compose(source, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise TypeError("a flow is a mapping")
    return root


def _namespaces(root: yaml.Node, namespace: str) -> Iterator[_Edit]:
    for mapping in _mappings(root):
        node = _get(mapping, "namespace")
        if isinstance(node, yaml.ScalarNode) and node.value == NAMESPACE and namespace != NAMESPACE:
            yield _replaced(node, namespace)


def _images(root: yaml.MappingNode, image: str | None) -> Iterator[_Edit]:
    variables = _get(root, "variables")
    node = _get(variables, IMAGE_VARIABLE) if isinstance(variables, yaml.MappingNode) else None
    if image and isinstance(node, yaml.ScalarNode):
        yield _replaced(node, _quoted(image))


def _containers(source: str, root: yaml.MappingNode, image: str | None) -> Iterator[_Edit]:
    variables = _get(root, "variables")
    declared = isinstance(variables, yaml.MappingNode) and _get(variables, IMAGE_VARIABLE) is not None
    wanted = _quoted(f"{{{{ vars.{IMAGE_VARIABLE} }}}}" if declared else image or IMAGE)
    for mapping in _mappings(root):
        kind = _get(mapping, "type")
        if isinstance(kind, yaml.ScalarNode) and kind.value.startswith(SCRIPTS) and _get(mapping, "id"):
            yield from _container(source, mapping, kind, wanted)


def _container(source: str, task: yaml.MappingNode, kind: yaml.ScalarNode, image: str) -> Iterator[_Edit]:
    runner = _get(task, "taskRunner")
    runner_type = _get(runner, "type") if isinstance(runner, yaml.MappingNode) else None
    container = _get(task, "containerImage")
    added = []
    if isinstance(runner_type, yaml.ScalarNode):
        yield _replaced(runner_type, DOCKER)
    else:
        added.append(("taskRunner", f"{{ type: {DOCKER} }}"))
    if isinstance(container, yaml.ScalarNode):
        yield _replaced(container, image)
    else:
        added.append(("containerImage", image))
    if added:
        yield _after(source, task, kind, added)


def _after(source: str, task: yaml.MappingNode, kind: yaml.ScalarNode, added: list[tuple[str, str]]) -> _Edit:
    """New properties behind the type: on lines of their own, or in the braces of a task written in one line."""
    if task.flow_style:
        text = "".join(f", {name}: {value}" for name, value in added)
        return _Edit(kind.end_mark.index, kind.end_mark.index, text)
    indent = " " * task.value[0][0].start_mark.column
    end = source.find("\n", kind.end_mark.index)
    end = len(source) if end < 0 else end
    return _Edit(end, end, "".join(f"\n{indent}{name}: {value}" for name, value in added))


def _mappings(node: yaml.Node) -> Iterator[yaml.MappingNode]:
    """Every mapping once, also where an alias stands for it."""
    seen: set[int] = set()
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        if isinstance(current, yaml.MappingNode):
            yield current
            waiting.extend(value for _, value in current.value)
        elif isinstance(current, yaml.SequenceNode):
            waiting.extend(current.value)


def _get(mapping: yaml.MappingNode, name: str) -> yaml.Node | None:
    return next((value for key, value in mapping.value if key.value == name), None)


def _replaced(node: yaml.Node, text: str) -> _Edit:
    return _Edit(node.start_mark.index, node.end_mark.index, text)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _edited(source: str, edits: list[_Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        source = source[: edit.start] + edit.text + source[edit.end :]
    return source
