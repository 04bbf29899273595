"""GitHub Actions: what workflows and actions use; pre-commit: the repositories of hooks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.located import Located
from repo_architect.analysis.manifests.model import Declared, Locked, Source
from repo_architect.analysis.manifests.readers import docker, npm, requirements


def read_workflow(source: Source) -> Iterator[Declared | Locked]:
    for _, job in source.document.items("jobs"):
        yield from _uses(job.at("uses"))
        for step in job.elements("steps"):
            yield from _uses(step.at("uses"))
        containers = [job.at("container"), *(service for _, service in job.items("services"))]
        for container in containers:
            image = container.at("image") if container and isinstance(container.value, dict) else container
            found = (
                docker.of_image(image.value, "development", image.line)
                if image and isinstance(image.value, str)
                else None
            )
            if found:
                yield Declared(found.name, found.requirement, "development", found.line, ecosystem="docker")


def read_action(source: Source) -> Iterator[Declared | Locked]:
    for step in source.document.elements("runs", "steps"):
        yield from _uses(step.at("uses"))
    image = source.document.at("runs", "image")
    if image and isinstance(image.value, str) and image.value.startswith("docker://"):
        yield from _uses(image)
    elif image and isinstance(image.value, str):
        yield Declared(image.value, None, "development", image.line, local=True)


def _uses(found: Located | None) -> Iterator[Declared]:
    """`owner/name/path@ref`, `docker://image`; a path in this repository is local."""
    if found is None or not isinstance(found.value, str):
        return
    used = found.value.strip()
    if used.startswith("docker://"):
        image = docker.of_image(used.removeprefix("docker://"), "development", found.line)
        if image:
            yield Declared(image.name, image.requirement, "development", found.line, ecosystem="docker")
    elif used.startswith("./"):
        yield Declared(used, None, "development", found.line, local=True)
    elif "/" in used:
        name, _, reference = used.partition("@")
        yield Declared(name, reference or None, "development", found.line)


def read_pre_commit(source: Source) -> Iterator[Declared | Locked]:
    for repository in source.document.elements("repos"):
        url = repository.at("repo")
        if url is None or not isinstance(url.value, str) or url.value in ("local", "meta", "builtin"):
            yield from _additional(repository)
            continue
        name = re.sub(r"^(?:https?://|git@|ssh://git@)(?:www\.)?|\.git$", "", url.value.rstrip("/"))
        name = name.removeprefix("github.com/").removeprefix("github.com:")
        yield Declared(name, repository.written("rev"), "development", url.line)
        yield from _additional(repository)


def _additional(repository: Located) -> Iterator[Declared]:
    for hook in repository.elements("hooks"):
        node = hook.text("language") == "node"
        for entry in hook.elements("additional_dependencies"):
            if not isinstance(entry.value, str):
                continue
            if node or entry.value.startswith("@"):
                name, _, version = (
                    entry.value.rpartition("@") if "@" in entry.value[1:] else (entry.value, "", "")
                )
                found: Declared | None = npm.declared(
                    name, Located(version, entry.line), "development", entry.line
                )
            else:
                found = requirements.parse(entry.value, "development", entry.line)
            if found:
                ecosystem = "npm" if node or entry.value.startswith("@") else "pypi"
                yield Declared(found.name, found.requirement, "development", entry.line, ecosystem=ecosystem)
