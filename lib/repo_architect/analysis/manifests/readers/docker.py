"""Dockerfile base images and the images of Compose files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_FROM = re.compile(r"FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?", re.IGNORECASE)
_ARG = re.compile(r"ARG\s+(\w+)=(\S+)", re.IGNORECASE)
_COPY_FROM = re.compile(r"(?:COPY|ADD)\s.*?--from=(\S+)", re.IGNORECASE)
_MOUNT_FROM = re.compile(r"--mount=\S*?\bfrom=([^,\s]+)")
_VARIABLE = re.compile(r"\$\{(\w+)(?::?-([^}]*))?\}|\$(\w+)")


def read(source: Source) -> Iterator[Declared | Locked]:
    """Base images; the last stage's is what runs, the others build it."""
    stages: dict[str, str] = {}
    arguments: dict[str, str] = {}
    images: list[tuple[str, int, bool]] = []
    for number, raw in source.lines():
        line = raw.strip()
        argument = _ARG.match(line)
        if argument:
            arguments.setdefault(argument[1], argument[2].strip("\"'"))
        stage, copied = _FROM.match(line), _COPY_FROM.match(line) or _MOUNT_FROM.search(line)
        if stage:
            image = expand(stage[1], arguments)
            stages_name = (stage[2] or "").lower()
            images.append((stages.get(image.lower(), image), number, True))
            stages[stages_name] = images[-1][0]
        elif copied and not copied[1].isdigit():
            image = expand(copied[1], arguments)
            if image.lower() not in stages:
                images.append((image, number, False))
    yield from _declared(images)


def _declared(images: list[tuple[str, int, bool]]) -> Iterator[Declared]:
    last = max((line for _, line, is_stage in images if is_stage), default=0)
    final = next((image for image, line, _ in images if line == last), "")
    seen: set[str] = set()
    for image, line, is_stage in images:
        if image not in seen and image.lower() != "scratch":
            seen.add(image)
            scope: Scope = "runtime" if is_stage and image == final else "build"
            found = of_image(image, scope, line)
            if found:
                yield found


def read_compose(source: Source) -> Iterator[Declared | Locked]:
    for _, service in source.document.items("services"):
        image = service.at("image")
        if image and isinstance(image.value, str):
            built = service.at("build") is not None
            found = of_image(expand(image.value, {}), "runtime", image.line)
            if found and not built:
                yield found


def identify(source: Source) -> Identity | None:
    del source
    return None


def of_image(image: str, scope: Scope, line: int) -> Declared | None:
    """`registry:5000/name:tag@sha256:…` as a dependency on `registry:5000/name`; None for what stays unknown."""
    name, _, digest = image.partition("@")
    path, colon, tag = name.rpartition(":")
    if not colon or "/" in tag:
        path, tag = name, ""
    if not path or "$" in path:
        return None
    requirement = f"{tag}@{digest}" if tag and digest else tag or digest
    return Declared(path, requirement or None, scope, line)


def expand(image: str, arguments: dict[str, str]) -> str:
    """The image with arguments and defaults filled in; what is unknown stays as written."""
    for _ in range(5):
        filled = _VARIABLE.sub(
            lambda found: arguments.get(found[1] or found[3]) or found[2] or found[0], image
        )
        if filled == image:
            break
        image = filled[:1000]
    return image.strip("\"'")
