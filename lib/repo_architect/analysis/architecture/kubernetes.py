"""Workloads and services of Kubernetes manifests."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from repo_architect.analysis.architecture import helm
from repo_architect.analysis.architecture.compose_values import words
from repo_architect.analysis.architecture.deployed import Deployed
from repo_architect.analysis.architecture.documents import is_aside, yaml_documents
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.located import Located
from repo_architect.contracts import Evidence

_WORKLOADS = {"Deployment": ("template",), "StatefulSet": ("template",), "DaemonSet": ("template",), "ReplicaSet": ("template",),
              "Job": ("template",), "CronJob": ("jobTemplate", "spec", "template"), "Rollout": ("template",), "DeploymentConfig": ("template",)}  # fmt: skip
# what says of a name only that it is a workload's
_KIND = re.compile(r"[-_.](deployment|deploy|statefulset|daemonset|pod)$", re.IGNORECASE)
_LOOKS_LIKE = re.compile(r"^kind:\s*[\"']?(" + "|".join(_WORKLOADS) + r"|Service|ConfigMap)\b", re.MULTILINE)


def deployed(tree: FileTree) -> list[Deployed]:
    """A service for each workload; the Services that select it give it their names."""
    documents = [
        (file.path, document) for file in _manifests(tree) for document in yaml_documents(tree, file.path)
    ]
    documents += helm.documents(tree)
    maps = _Maps(documents)
    workloads = [found for path, document in documents if (found := _workload(document, path, maps))]
    for path, document in documents:
        if document.text("kind") == "Service":
            _name_of_service(document, path, workloads)
        if document.text("kind") in ("Ingress", "HTTPRoute"):
            _publish(document, path, workloads)
    return [*(service for service, _ in workloads), *helm.dependencies(tree)]


class _Maps:
    """Settings of configuration maps and secrets by name; one name may stand in several places."""

    def __init__(self, documents: list[tuple[str, Located]]) -> None:
        self._found: dict[str, list[list[Setting]]] = {}
        for path, document in documents:
            if document.text("kind") in ("ConfigMap", "Secret"):
                for name, settings in _config_map(document, path):
                    self._found.setdefault(name, []).append(settings)

    def near(self, name: str | None, path: str) -> list[Setting]:
        """The settings of that name that stand nearest to a file."""
        known = [settings for settings in self._found.get(name or "", ()) if settings]
        return max(
            known, key=lambda settings: len(posixpath.commonpath((settings[0].path, path))), default=[]
        )


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
            [
                Setting(str(key), str(value.value), path, key.line)
                for key, value in document.items(
                    "data" if document.text("kind") == "ConfigMap" else "stringData"
                )
            ],
        )


def _workload(document: Located, path: str, maps: _Maps) -> tuple[Deployed, dict[str, str]] | None:
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
        name=_KIND.sub("", name.value) or name.value,
        evidence=Evidence(path=path, line=name.line),
        image=first.text("image"),
        image_line=image.line if image else name.line,
        environment=tuple(
            setting for container in containers for setting in _environment(container, path, maps)
        ),
        kind="worker" if document.text("kind") in ("CronJob", "Job") else None,
    )
    given = document.text("spec", *inner, "metadata", "annotations", "dapr.io/app-id")
    service.aliases = (given,) if given else ()
    return service, labels


def _environment(container: Located, path: str, maps: _Maps) -> Iterator[Setting]:
    for entry in container.elements("env"):
        key, value = entry.text("name"), entry.at("value")
        if key and value is not None and value.value is not None:
            yield Setting(key, str(value.value), path, value.line)
        reference = entry.at("valueFrom", "configMapKeyRef") or entry.at("valueFrom", "secretKeyRef")
        if key and reference is not None:
            yield from (
                Setting(key, setting.value, setting.path, setting.line)
                for setting in maps.near(reference.text("name"), path)
                if setting.key == reference.text("key")
            )
    for part in [*container.elements("command"), *container.elements("args")]:
        yield from words(str(part.value), path, part.line)
    for entry in container.elements("envFrom"):
        yield from maps.near(entry.text("configMapRef", "name") or entry.text("secretRef", "name"), path)


def _publish(document: Located, path: str, workloads: list[tuple[Deployed, dict[str, str]]]) -> None:
    """The workloads that an ingress sends requests to are open to the outside."""
    for name, line in _backends(document):
        for service, _ in workloads:
            if name in (service.name, *service.aliases):
                service.published = service.published or Evidence(path=path, line=line)


def _backends(document: Located) -> Iterator[tuple[str, int]]:
    for rule in document.elements("spec", "rules"):
        for entry in [*rule.elements("http", "paths"), *rule.elements("backendRefs")]:
            options = (
                entry.at("backend", "service", "name"),
                entry.at("backend", "serviceName"),
                entry.at("name"),
            )
            yield from ((str(name.value), name.line) for name in options if name is not None)


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
