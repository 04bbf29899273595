"""Container images that the repository runs or builds on: Dockerfiles, compose files, Kubernetes objects, CI services."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from repo_architect.analysis.stack.sources import Sources
from repo_architect.analysis.stack.version import version_of
from repo_architect.contracts.model import Evidence

DOCKERFILES = (
    "Dockerfile",
    "Dockerfile.*",
    "*.Dockerfile",
    "*.dockerfile",
    "Containerfile",
    "Containerfile.*",
)
COMPOSE = ("{docker-compose,compose}.{yml,yaml}", "{docker-compose,compose}[-.]*.{yml,yaml}")
CLUSTER = tuple(
    f"{{k8s,kubernetes,kube,deploy,deployment,deployments,manifests,kubernetes-manifests,kustomize,base,overlays}}/{below}*.{{yml,yaml}}"
    for below in ("", "**/")
)
_OTHERS = (
    ".github/workflows/*.{yml,yaml}", ".gitlab-ci.yml", ".drone.yml", ".circleci/config.yml", ".devcontainer/*.{yml,yaml}", *CLUSTER,
)  # fmt: skip
_FROM = re.compile(
    r"^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*([^\s#]+)(?:[ \t]+AS[ \t]+(\S+))?", re.IGNORECASE | re.MULTILINE
)
_ARG = re.compile(r"^[ \t]*ARG[ \t]+(\w+)=[\"']?([^\s\"']+)", re.IGNORECASE | re.MULTILINE)
_IMAGE = re.compile(r"[ \t]*(?:-[ \t]+)?(?:image|container):[ \t]*[\"']?([^\s\"'#{]+)")
_NEAR = 60
_MAX_IMAGES = 500
_NAME = re.compile(r"(?P<name>[^\s:@]+(?::\d+/[^\s:@]+)?)(?::(?P<tag>[\w][\w.-]*))?(?:@(?P<digest>\S+))?")


@dataclass(frozen=True, slots=True)
class Image:
    """An image as named: `repository` without Docker Hub's host and `library/`, `tag` as written."""

    repository: str
    tag: str | None
    digest: str | None
    evidence: Evidence
    component: str | None
    base: bool = False
    last: bool = False

    @property
    def version(self) -> str | None:
        return version_of(self.tag) if self.tag else None


def images(sources: Sources) -> tuple[Image, ...]:
    """Every image named, in order of path and line."""
    found = [
        image
        for pattern in DOCKERFILES
        for path in sources.files(pattern)
        for image in _dockerfile(path, sources)
    ]
    paths = {path for pattern in (*COMPOSE, *_OTHERS) for path in sources.files(pattern)}
    found += [image for path in sorted(paths) for image in _yaml(path, sources)]
    return tuple(sorted(set(found), key=lambda image: (image.evidence.path, image.evidence.line)))


def _dockerfile(path: str, sources: Sources) -> Iterator[Image]:
    text = sources.text(path) or ""
    arguments = dict(_ARG.findall(text))
    stages: set[str] = set()
    froms = list(_FROM.finditer(text))
    for match in froms:
        name = _substituted(match[1], arguments)
        if name.lower() not in stages and name != "scratch" and "$" not in name:
            yield from _image(
                name, path, _line(text, match.start(1)), sources, base=True, last=match is froms[-1]
            )
        if match[2]:
            stages.add(match[2].lower())


def _yaml(path: str, sources: Sources) -> Iterator[Image]:
    lines = (sources.text(path) or "").splitlines()
    candidates = [index for index, line in enumerate(lines) if _IMAGE.match(line)]
    if len(candidates) > _MAX_IMAGES:
        sources.tree.notes.skip("too_many", f"more than {_MAX_IMAGES} images in a file", path)
    for index in candidates[:_MAX_IMAGES]:
        match = _IMAGE.match(lines[index])
        name = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", match[1]) if match else "$"
        if "$" not in name and not _is_built_here(lines, index):
            yield from _image(name, path, index + 1, sources)


def _is_built_here(lines: list[str], index: int) -> bool:
    """Whether the table that names the image also says `build:`, as a compose service does of its own image."""
    indent = _indent(lines[index])
    for near in (reversed(lines[max(0, index - _NEAR) : index]), lines[index : index + _NEAR]):
        for line in near:
            if line.strip() and _indent(line) < indent:
                break
            if _indent(line) == indent and line.strip().startswith("build:"):
                return True
    return False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _image(
    name: str, path: str, line: int, sources: Sources, *, base: bool = False, last: bool = False
) -> Iterator[Image]:
    match = _NAME.fullmatch(name)
    if match:
        repository = match["name"].removeprefix("docker.io/").removeprefix("library/")
        evidence = Evidence(path=path, line=line)
        yield Image(repository, match["tag"], match["digest"], evidence, sources.component(path), base, last)


def _substituted(name: str, arguments: dict[str, str]) -> str:
    name = re.sub(r"\$\{(\w+):-([^}]*)\}", lambda match: arguments.get(match[1], match[2]), name)
    return re.sub(r"\$\{?(\w+)\}?", lambda match: arguments.get(match[1], match[0]), name)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
