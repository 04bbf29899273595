"""Services of docker compose files: images, build folders, environments, what starts first."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from repo_architect.analysis.architecture.compose_files import (
    ComposeFile,
    compose_files,
    is_place_for_dockerfiles,
)
from repo_architect.analysis.architecture.compose_values import command, host_ports, mounts, pairs, works_in
from repo_architect.analysis.architecture.deployed import Deployed
from repo_architect.analysis.architecture.documents import yaml_documents
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.architecture.variables import env_file
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Located
from repo_architect.contracts import Evidence

_TEST_PROFILE = re.compile(r"^(tests?|ci|e2e|integration|playwright|cypress)([._-]|$)", re.IGNORECASE)


def deployed(tree: FileTree) -> list[Deployed]:
    """The services of the repository's compose files; those of examples only where there are no others."""
    return _places(
        [
            service
            for file in compose_files(tree)
            for document in yaml_documents(tree, file.path)
            for service in _services(file, document)
        ]
    )


def _places(services: list[Deployed]) -> list[Deployed]:
    """Services built from one folder by Dockerfiles of their own folders are told apart by those."""
    shared = Counter(
        folder
        for folder, _ in {
            (s.folder, posixpath.dirname(s.dockerfile)) for s in services if s.folder and s.dockerfile
        }
    )
    for service in services:
        own = posixpath.dirname(service.dockerfile or "")
        if service.folder and shared[service.folder] > 1 and own and not is_place_for_dockerfiles(own):
            service.folder = own
    return services


def _services(file: ComposeFile, document: Located) -> Iterator[Deployed]:
    if document.at("services") is not None:
        services = list(document.items("services"))
    else:
        services = [(key, value) for key, value in document.items() if value.at("image") or value.at("build")]
    for name, value in services:
        if isinstance(value.value, dict) and not _is_for_tests(value):
            yield _extended(file, document, value, _service(file, str(name), name.line, value))


def _is_for_tests(value: Located) -> bool:
    profiles = _words(value, "profiles")
    return bool(profiles) and all(_TEST_PROFILE.search(profile) for profile in profiles)


def _service(file: ComposeFile, name: str, line: int, value: Located) -> Deployed:
    folder, dockerfile = _build(file, value)
    folder = works_in(file, value) or folder
    image = value.at("image")
    ports = value.at("ports")
    return Deployed(
        name=name,
        evidence=Evidence(path=file.path, line=line),
        image=file.text(value, "image"),
        image_line=image.line if image else line,
        folder=folder,
        dockerfile=dockerfile,
        aliases=tuple(alias for key in ("container_name", "hostname") if (alias := file.text(value, key))),
        environment=(*_environment(file, value), *command(file, value)),
        needs=tuple(_needs(value, file.path)),
        published=Evidence(path=file.path, line=ports.line) if ports and _publishes(ports) else None,
        mounts=tuple(mounts(file, value)),
        ports=tuple(host_ports(file, value)),
        arguments=tuple(text for _, text, _ in pairs(value, "build", "args")),
        labels=tuple(
            Setting(key, file.variables.fill(text), file.path, number)
            for key, text, number in pairs(value, "labels")
        ),
    )


def _publishes(ports: Located) -> bool:
    """Whether a port of the host leads in; `8080` alone is the container's own."""
    entries = ports.elements()
    return any(isinstance(port.value, dict) or ":" in str(port.value) for port in entries)


def _extended(file: ComposeFile, document: Located, value: Located, service: Deployed) -> Deployed:
    """The service with what the one that it extends gives it."""
    name = value.text("extends") or value.text("extends", "service")
    other = value.text("extends", "file")
    if not name:
        return service
    path = file.beside(file.variables.fill(other)) if other else file.path
    documents = (
        [document] if path == file.path else yaml_documents(file.tree, path) if path in file.tree else []
    )
    base = next((found for inner in documents if (found := inner.at("services", name)) is not None), None)
    if base is None or base is value:
        return service
    place = ComposeFile(file.tree, path, file.variables)
    given = _service(place, name, base.line, base)
    own = {setting.key for setting in service.environment}
    return replace(
        service,
        image=service.image or given.image,
        folder=service.folder or given.folder,
        dockerfile=service.dockerfile or given.dockerfile,
        environment=(*service.environment, *(entry for entry in given.environment if entry.key not in own)),
        needs=service.needs or given.needs,
    )


def _words(value: Located, key: str) -> list[str]:
    text = value.text(key)
    return [text] if text else [str(word.value) for word in value.elements(key)]


def _build(file: ComposeFile, value: Located) -> tuple[str | None, str | None]:
    """The folder a service is built from, and its Dockerfile; None where either is not in the repository."""
    context = file.text(value, "build") or file.text(value, "build", "context")
    if context is None:
        return (None, None) if value.at("build") is None else (posixpath.dirname(file.path) or ".", None)
    if "://" in context or context.startswith(("/", "$", "git@")):
        return None, None
    folder = file.beside(context)
    if folder.startswith(".."):
        return None, None
    dockerfile = posixpath.normpath(
        posixpath.join(folder, file.text(value, "build", "dockerfile") or "Dockerfile")
    )
    if dockerfile not in file.tree:
        return folder, None
    # a shared context: the folder of the Dockerfile says better whose code it is, unless it is but a place for Dockerfiles
    own = posixpath.dirname(dockerfile) or "."
    return (own if folder == "." and not is_place_for_dockerfiles(own) else folder), dockerfile


def _environment(file: ComposeFile, value: Located) -> Iterator[Setting]:
    for key, inner in value.items("environment"):
        yield from _setting(file, str(key), None if inner.value is None else str(inner.value), key.line)
    for inner in value.elements("environment"):
        name, sign, text = str(inner.value).partition("=")
        yield from _setting(file, name, text if sign else None, inner.line)
    for name in _words(value, "env_file"):
        for setting in env_file(file.tree, file.beside(file.variables.fill(name))):
            yield setting._replace(value=file.variables.fill(setting.value))


def _setting(file: ComposeFile, name: str, value: str | None, line: int) -> Iterator[Setting]:
    """A variable of a service; one without a value is handed on from outside."""
    given = value if value is not None else f"${{{name}}}"
    filled = file.variables.fill(given)
    if value is not None or filled != given:
        yield Setting(name, filled, file.path, line, file.variables.lines(given))


def _needs(value: Located, path: str) -> Iterator[tuple[str, str, Evidence]]:
    beside = (value.text("network_mode") or "").partition("service:")[2]
    if beside:
        yield beside, "beside", Evidence(path=path, line=value.line)
    for key, how in (("depends_on", "depends on"), ("links", "link")):
        for name, inner in value.items(key):
            yield str(name), how, Evidence(path=path, line=name.line or inner.line)
        for inner in value.elements(key):
            yield str(inner.value).partition(":")[0], how, Evidence(path=path, line=inner.line)
