"""Workloads and services of Kubernetes manifests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.architecture.deployed import Deployed
from repo_architect.analysis.architecture.documents import is_aside, yaml_documents
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.located import Located
from repo_architect.contracts import Evidence

_WORKLOADS = {"Deployment": ("template",), "StatefulSet": ("template",), "DaemonSet": ("template",), "ReplicaSet": ("template",),
              "Job": ("template",), "CronJob": ("jobTemplate", "spec", "template"), "Rollout": ("template",), "DeploymentConfig": ("template",)}  # fmt: skip
_LOOKS_LIKE = re.compile(r"^kind:\s*[\"']?(" + "|".join(_WORKLOADS) + r"|Service|ConfigMap)\b", re.MULTILINE)


def deployed(tree: FileTree) -> list[Deployed]:
    """A service for each workload; the Services that select it give it their names."""
    documents = [
        (file.path, document) for file in _manifests(tree) for document in yaml_documents(tree, file.path)
    ]
    maps = {
        name: value
        for path, document in documents
        if document.text("kind") == "ConfigMap"
        for name, value in _config_map(document, path)
    }
    workloads = [found for path, document in documents if (found := _workload(document, path, maps))]
    for path, document in documents:
        if document.text("kind") == "Service":
            _name_of_service(document, path, workloads)
    return [service for service, _ in workloads]


def _manifests(tree: FileTree) -> Iterator[SourceFile]:
    for file in tree.files:
        if file.name.endswith((".yaml", ".yml")) and file.size < 1_000_000 and not is_aside(tree, file.path):
            text = tree.text(file.path) or ""
            # a Helm template is no YAML before it is rendered
            if "apiVersion" in text and "{{" not in text and _LOOKS_LIKE.search(text):
                yield file


def _config_map(document: Located, path: str) -> Iterator[tuple[str, list[Setting]]]:
    name = document.text("metadata", "name")
    if name:
        yield (
            name,
            [Setting(str(key), str(value.value), path, key.line) for key, value in document.items("data")],
        )


def _workload(
    document: Located, path: str, maps: dict[str, list[Setting]]
) -> tuple[Deployed, dict[str, str]] | None:
    inner = _WORKLOADS.get(document.text("kind") or "")
    name = document.at("metadata", "name")
    pod = document.at("spec", *inner, "spec") if inner else None
    if inner is None or name is None or pod is None or not isinstance(name.value, str):
        return None
    containers = list(pod.elements("containers"))
    first = containers[0] if containers else pod
    image = first.at("image")
    labels = {
        str(key): str(value.value) for key, value in document.items("spec", *inner, "metadata", "labels")
    }
    service = Deployed(
        name=name.value,
        evidence=Evidence(path=path, line=name.line),
        image=first.text("image"),
        image_line=image.line if image else name.line,
        environment=tuple(
            setting for container in containers for setting in _environment(container, path, maps)
        ),
    )
    return service, labels


def _environment(container: Located, path: str, maps: dict[str, list[Setting]]) -> Iterator[Setting]:
    for entry in container.elements("env"):
        key, value = entry.text("name"), entry.at("value")
        if key and value is not None and value.value is not None:
            yield Setting(key, str(value.value), path, value.line)
        reference = entry.at("valueFrom", "configMapKeyRef")
        if key and reference is not None:
            yield from (
                Setting(key, setting.value, setting.path, setting.line)
                for setting in maps.get(reference.text("name") or "", ())
                if setting.key == reference.text("key")
            )
    for entry in container.elements("envFrom"):
        yield from maps.get(entry.text("configMapRef", "name") or "", ())


def _name_of_service(document: Located, path: str, workloads: list[tuple[Deployed, dict[str, str]]]) -> None:
    name = document.text("metadata", "name")
    selector = {str(key): str(value.value) for key, value in document.items("spec", "selector")}
    if not name or not selector:
        return
    for service, labels in workloads:
        if selector.items() <= labels.items():
            service.aliases = tuple(dict.fromkeys((*service.aliases, name)))
            kind = document.at("spec", "type")
            if kind is not None and kind.value == "LoadBalancer":
                service.published = Evidence(path=path, line=kind.line)
            port = next(
                (
                    port
                    for port in document.elements("spec", "ports")
                    if "grpc" in str(port.text("name") or "").lower()
                ),
                None,
            )
            if port is not None:
                service.grpc = Evidence(path=path, line=port.line)
