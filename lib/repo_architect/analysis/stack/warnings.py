"""Alerts that only the files tell: how images are built."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from repo_architect.analysis.stack.images import CLUSTER, DOCKERFILES, Image
from repo_architect.analysis.stack.sources import Sources
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.repo_shape import Alert

_MAX_EVIDENCE = 20
_USER = re.compile(r"^[ \t]*USER[ \t]+(\S+)", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(r"^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)", re.IGNORECASE | re.MULTILINE)
_RUNS = re.compile(r"^[ \t]*(?:CMD|ENTRYPOINT)\b", re.IGNORECASE | re.MULTILINE)
_FORBIDDEN = re.compile(r"^[ \t]*runAsNonRoot:[ \t]*true\b", re.MULTILINE)
_STEPS_DOWN = re.compile(
    r"\b(?:gosu|su-exec|setpriv|s6-setuidgid|runuser|chpst)\b|\bsu (?:-\w+ )*[\w$]+ -c\b|\bexec su\b"
)
_UNPRIVILEGED = re.compile(r"nonroot|unprivileged|distroless.*nonroot|chainguard/|dhi\.io/", re.IGNORECASE)


def find(sources: Sources, images: Sequence[Image]) -> tuple[Alert, ...]:
    """Alerts of container images, each once for all the places it holds."""
    return (*_untagged(images), *_as_root(sources))


def _untagged(images: Sequence[Image]) -> Iterator[Alert]:
    loose = [
        image for image in images if image.tag in (None, "latest") and not image.digest and _is_public(image)
    ]
    if loose:
        yield Alert(
            level="warning",
            title="Container images without a fixed tag",
            detail=f"{_uses(len(loose))} no tag, or `latest`: the same commit can build something else tomorrow.",
            fix="Name a version, better a digest: `image:1.2.3@sha256:…`.",
            evidence=tuple(image.evidence for image in loose[:_MAX_EVIDENCE]),
        )


def _uses(number: int) -> str:
    return "One use of an image names" if number == 1 else f"{number} uses of an image name"


def _is_public(image: Image) -> bool:
    """Whether what the image holds is decided here: a base, or a service of a compose file."""
    name = image.evidence.path.rpartition("/")[2]
    return image.base or name.startswith(("docker-compose", "compose"))


def _as_root(sources: Sources) -> Iterator[Alert]:
    places = []
    for pattern in DOCKERFILES:
        for path in sources.files(pattern):
            text = sources.text(path) or ""
            line = None if _steps_down(text, sources) else _root_line(text)
            if line:
                places.append(Evidence(path=path, line=line))
    if places and not _is_forbidden(sources):
        yield Alert(
            level="warning",
            title="Containers run as root",
            detail=f"{_dockerfiles(len(places))} without changing to another user.",
            fix="Create a user and change to it with `USER` before `CMD` or `ENTRYPOINT`.",
            evidence=tuple(sorted(set(places), key=lambda place: (place.path, place.line))[:_MAX_EVIDENCE]),
        )


def _dockerfiles(number: int) -> str:
    return "One Dockerfile starts its program" if number == 1 else f"{number} Dockerfiles start their program"


def _steps_down(text: str, sources: Sources) -> bool:
    """Whether the program is started through a tool that changes the user: in the Dockerfile, or in a script that it starts."""
    scripts = re.findall(r"(?<![\w.-])[\w.-]{1,100}\.sh\b", text)
    paths = [path for name in sorted(set(scripts)) for path in sources.files(name)]
    return any(_STEPS_DOWN.search(found) for found in (text, *(sources.text(path) or "" for path in paths)))


def _is_forbidden(sources: Sources) -> bool:
    """Whether the cluster is told not to run containers as root."""
    paths = sorted({path for pattern in CLUSTER for path in sources.files(pattern)})
    return any(_FORBIDDEN.search(sources.text(path) or "") for path in paths)


def _root_line(text: str) -> int | None:
    """The line of the last stage's FROM when its program runs as root, None where it does not, or none is started."""
    froms = list(_FROM.finditer(text))
    if not froms:
        return None
    stage = text[froms[-1].start() :]
    users = _USER.findall(stage)
    if not _RUNS.search(stage) or _UNPRIVILEGED.search(froms[-1][1]) or _inherits_user(text, froms[-1][1]):
        return None
    if users and users[-1].split(":")[0] not in ("root", "0"):
        return None
    return text.count("\n", 0, froms[-1].start(1)) + 1


def _inherits_user(text: str, base: str) -> bool:
    """Whether the stage builds on an earlier stage that changed the user."""
    match = re.search(
        rf"^[ \t]*FROM[ \t]+\S+[ \t]+AS[ \t]+{re.escape(base)}\b(.*?)(?=^[ \t]*FROM\b|\Z)",
        text,
        re.IGNORECASE | re.MULTILINE | re.DOTALL,
    )
    users = _USER.findall(match[1]) if match else []
    return bool(users) and users[-1].split(":")[0] not in ("root", "0")
