"""Services of docker compose files: images, build folders, environments, what starts first."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from repo_architect.analysis.architecture.documents import is_aside, yaml_documents
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Located
from repo_architect.contracts import Evidence

_NAME = re.compile(r"(docker-)?(compose|stack)[\w.-]*\.ya?ml$", re.IGNORECASE)
_LESSER = frozenset(
    {
        "example",
        "examples",
        "samples",
        "sample",
        "docs",
        "doc",
        "demo",
        "demos",
        "contrib",
        ".devcontainer",
        "dev",
        "benchmark",
        "benchmarks",
    }
)

_PLACES = frozenset(
    {
        "docker",
        "dockerfiles",
        "build",
        "deploy",
        "deployment",
        "container",
        "containers",
        ".docker",
        "compose",
        "infra",
        "ops",
        "packaging",
        "images",
    }
)
_FOR_TESTS = re.compile(r"[._-](tests?|ci|e2e|integration|bench(mark)?)\.ya?ml$", re.IGNORECASE)


@dataclass
class Deployed:
    """A service as a file deploys it. `folder` is where it is built, `needs` what it names as a service beside it."""

    name: str
    evidence: Evidence
    image: str | None = None
    image_line: int = 1
    folder: str | None = None
    dockerfile: str | None = None
    aliases: tuple[str, ...] = ()
    environment: tuple[Setting, ...] = ()
    needs: tuple[tuple[str, str, Evidence], ...] = ()
    published: Evidence | None = None
    grpc: Evidence | None = None


def deployed(tree: FileTree) -> list[Deployed]:
    """The services of the repository's compose files; those of examples only where there are no others."""
    paths = [file.path for file in tree.files if _NAME.match(file.name) and not is_aside(tree, file.path)]
    main = [
        path for path in paths if not (set(path.lower().split("/")[:-1]) & _LESSER or _FOR_TESTS.search(path))
    ]
    # the plain file names a service before its variants for development do
    chosen = sorted(main or paths, key=lambda path: (path.count("/"), len(path), path))
    return [
        service
        for path in chosen
        for document in yaml_documents(tree, path)
        for service in _services(tree, document, path)
    ]


def _services(tree: FileTree, document: Located, path: str) -> Iterator[Deployed]:
    if document.at("services") is not None:
        services = list(document.items("services"))
    else:
        services = [(key, value) for key, value in document.items() if value.at("image") or value.at("build")]
    for name, value in services:
        if isinstance(value.value, dict):
            yield _service(tree, str(name), name.line, value, path)


def _service(tree: FileTree, name: str, line: int, value: Located, path: str) -> Deployed:
    here = Evidence(path=path, line=line)
    folder, dockerfile = _build(tree, value, path)
    image = value.at("image")
    ports = value.at("ports")
    return Deployed(
        name=name,
        evidence=here,
        image=value.text("image"),
        image_line=image.line if image else line,
        folder=folder,
        dockerfile=dockerfile,
        aliases=tuple(alias for key in ("container_name", "hostname") if (alias := value.text(key))),
        environment=tuple(_environment(tree, value, path)),
        needs=tuple(_needs(value, path)),
        published=Evidence(path=path, line=ports.line) if ports and ports.value else None,
    )


def _words(value: Located, key: str) -> list[str]:
    text = value.text(key)
    return [text] if text else [str(word.value) for word in value.elements(key)]


def _build(tree: FileTree, value: Located, path: str) -> tuple[str | None, str | None]:
    """The folder a service is built from, and its Dockerfile; None where either is not in the repository."""
    context = value.text("build") or value.text("build", "context")
    if context is None:
        return (None, None) if value.at("build") is None else (posixpath.dirname(path) or ".", None)
    if "://" in context or context.startswith(("/", "$", "git@")):
        return None, None
    folder = posixpath.normpath(posixpath.join(posixpath.dirname(path), context))
    if folder.startswith(".."):
        return None, None
    dockerfile = posixpath.normpath(posixpath.join(folder, value.text("build", "dockerfile") or "Dockerfile"))
    if dockerfile not in tree:
        return folder, None
    # a shared context: the folder of the Dockerfile says better whose code it is, unless it is but a place for Dockerfiles
    own = posixpath.dirname(dockerfile) or "."
    return (own if folder == "." and not _is_place_for_dockerfiles(own) else folder), dockerfile


def _is_place_for_dockerfiles(folder: str) -> bool:
    return folder.rpartition("/")[2].lower() in _PLACES


def _environment(tree: FileTree, value: Located, path: str) -> Iterator[Setting]:
    for key, inner in value.items("environment"):
        if inner.value is not None:
            yield Setting(str(key), str(inner.value), path, key.line)
    for inner in value.elements("environment"):
        name, sign, text = str(inner.value).partition("=")
        if sign:
            yield Setting(name, text, path, inner.line)
    for name in _words(value, "env_file"):
        file = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        yield from _env_file(tree, file)


def _env_file(tree: FileTree, path: str) -> Iterator[Setting]:
    if path not in tree:
        return
    for number, line in enumerate((tree.text(path) or "").splitlines(), 1):
        key, sign, text = line.strip().partition("=")
        if sign and not key.startswith("#"):
            yield Setting(key.removeprefix("export ").strip(), text.strip("\"' "), path, number)


def _needs(value: Located, path: str) -> Iterator[tuple[str, str, Evidence]]:
    for key, how in (("depends_on", "depends on"), ("links", "link")):
        for name, inner in value.items(key):
            yield str(name), how, Evidence(path=path, line=name.line or inner.line)
        for inner in value.elements(key):
            yield str(inner.value).partition(":")[0], how, Evidence(path=path, line=inner.line)
