"""Parts for deployed services: the same service in several files is one part."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable

from repo_architect.analysis.architecture import containers
from repo_architect.analysis.architecture.deployed import Deployed
from repo_architect.analysis.architecture.folders import Folders, folder_by_name, folders_by_name
from repo_architect.analysis.architecture.graph import Graph, Part, normal
from repo_architect.analysis.architecture.own_folders import give_own_folders
from repo_architect.analysis.architecture.technologies import image_name
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.manifests import ManifestReport

Deployments = list[tuple[Part, Deployed]]


def add_deployed(
    graph: Graph, tree: FileTree, manifests: ManifestReport, services: list[Deployed]
) -> Deployments:
    """A part for each service; what it is told by its image or Dockerfile, its folder by its build or its name."""
    folders = folders_by_name(tree, manifests)
    deployments: Deployments = []
    prefix = _shared_prefix(services)
    single = _single_images(services)
    _drop_names_of_others(services)
    _join_variants(services)
    for service in services:
        if containers.is_test_runner(tree, service.image, service.dockerfile):
            continue
        part = _made_of(graph, service, deployments) or _part(graph, service, prefix)
        _place(part, service, manifests, folders)
        known = _describe(tree, part, service)
        if not known and service.image and service.image in single:
            graph.call(part, image_name(service.image).rpartition("/")[2])
        if prefix:
            graph.call(part, service.name.removeprefix(prefix))
        deployments.append((part, service))
        for port, line in service.ports:
            graph.listen(part, port, line)
    _know_own_image(tree, manifests, deployments)
    give_own_folders(tree, deployments)
    for part, service in deployments:
        for name, how, line in service.needs:
            target = graph.find(name)
            if target:
                sends = target.kind in ("database", "config")
                graph.tie(part, target, target_kind(target, "uses"), how, [line], strength=1, reverse=sends)
    return deployments


def _drop_names_of_others(services: list[Deployed]) -> None:
    """A container's name that is another service's name in the same file leads to that service; one that several have leads nowhere."""
    names = Counter((service.evidence.path, normal(service.name)) for service in services)
    names.update(
        (service.evidence.path, name)
        for service in services
        for name in {normal(alias) for alias in service.aliases} - {normal(service.name)}
    )
    for service in services:
        service.aliases = tuple(
            alias
            for alias in service.aliases
            if normal(alias) == normal(service.name) or names[service.evidence.path, normal(alias)] == 1
        )


def _join_variants(services: list[Deployed]) -> None:
    """`orders-native` of the image `orders:native` is orders, where every file deploys but one variant of it."""
    variants = [(service, base) for service in services if (base := _base_of_variant(service))]
    counts = Counter((service.evidence.path, base) for service, base in variants)
    for service, base in variants:
        if counts[service.evidence.path, base] == 1:
            service.aliases = (*service.aliases, service.name)
            service.name = base


def _base_of_variant(service: Deployed) -> str | None:
    """The name of an image, where a service's name is that and a word of its tag."""
    base, _, tag = (service.image or "").rpartition("/")[2].partition(":")
    start, _, ending = service.name.rpartition("-")
    return base if base and start == base and ending in re.split(r"[-_.]", tag) else None


def _know_own_image(tree: FileTree, manifests: ManifestReport, deployments: Deployments) -> None:
    """An image named as what stands at the top is the repository's; so is the one that nothing is known of, where one is made at the top."""
    unknown = {part: service for part, service in deployments if not part.own and part.technology is None}
    if any(part.path == "." for part, _ in deployments):
        return
    names = _names_of_top(manifests)
    named = [
        part for part, service in unknown.items() if service.image and _image_word(service.image) in names
    ]
    for part in named or _only_unknown(tree, unknown):
        part.path, part.own, part.component = ".", True, manifests.component_of(".")


def _names_of_top(manifests: ManifestReport) -> set[str]:
    """What the component at the top goes by: `miniflux.app/v2` is also miniflux."""
    names = [component.name for component in manifests.components if component.path == "."]
    words = [re.sub(r"/v\d+$", "", name).rpartition("/")[2] for name in names]
    return {normal(word) for name in words for word in (name, name.partition(".")[0])} - {""}


def _image_word(image: str) -> str:
    return normal(image_name(image).rpartition("/")[2])


def _only_unknown(tree: FileTree, unknown: dict[Part, Deployed]) -> Iterable[Part]:
    images = {image_name(service.image) if service.image else "" for service in unknown.values()}
    return unknown if len(images) == 1 and "Dockerfile" in tree else ()


def _single_images(services: list[Deployed]) -> set[str]:
    """Images that no file deploys under two names."""
    users = {(one.evidence.path, one.image, one.name) for one in services if one.image}
    counts = Counter((path, image) for path, image, _ in users)
    return {image for _, image in counts} - {image for (_, image), count in counts.items() if count > 1}


def _place(part: Part, service: Deployed, manifests: ManifestReport, folders: Folders) -> None:
    part.evidence.append(service.evidence)
    part.runs = True
    part.path = part.path or service.folder or folder_by_name(service, folders)
    part.component = manifests.component_of(part.path) if part.path else None
    part.published.extend([service.published] if service.published else [])


def _describe(tree: FileTree, part: Part, service: Deployed) -> bool:
    """Tell what a part is made of, and what its Dockerfile sets; whether its technology is known."""
    known = _known(tree, service, part)
    if known:
        part.technology, part.protocol = known.technology.name, known.technology.protocol
        part.kind = known.technology.kind
        part.evidence.append(known.evidence)
    elif not part.technology and not part.path:
        known = containers.of_name(service.name, service.environment, service.evidence)
        if known:
            part.technology, part.protocol = known.technology.name, known.technology.protocol
            part.kind = known.technology.kind
    if service.kind and part.kind == "service":
        part.kind = service.kind
    part.own = part.path is not None
    dockerfile = service.dockerfile or (posixpath.join(part.path, "Dockerfile") if part.path else None)
    if dockerfile and dockerfile in tree:
        service.environment += tuple(containers.environment(tree, dockerfile))
    return known is not None


def _made_of(graph: Graph, service: Deployed, deployments: Deployments) -> Part | None:
    """The one part that another file builds as the image that is deployed here under a name of its own."""
    if not service.image or service.folder or graph.find(service.name):
        return None
    image = image_name(service.image)
    makers = {part for part, other in deployments if other.image and image_name(other.image) == image}
    built = [part for part, other in deployments if part in makers and other.folder]
    if len(makers) != 1 or not built:
        return None
    graph.call(built[0], service.name, *service.aliases)
    return built[0]


def _part(graph: Graph, service: Deployed, prefix: str) -> Part:
    """The part of that name; also where one file gives all names a prefix and another does not."""
    plain = service.name.removeprefix(prefix)
    known = graph.find(service.name) or (graph.find(plain) if prefix and plain != service.name else None)
    if known and normal(known.name) not in (normal(service.name), normal(plain)):
        known = graph.find(service.name)
    if known is None and service.image and not service.folder:
        alike = [
            part
            for part in graph.parts
            if part.own and normal(part.name).rstrip("s") == normal(service.name).rstrip("s")
        ]
        known = alike[0] if len(alike) == 1 else None
    if known:
        graph.call(known, service.name, *service.aliases)
        return known
    return graph.part(service.name, *service.aliases)


def _shared_prefix(services: list[Deployed]) -> str:
    """What most names of deployed services begin with: `shop-` of shop-cart, shop-orders and shop-db."""
    names = sorted({service.name for service in services if "-" in service.name})
    counts = Counter(name.partition("-")[0] + "-" for name in names)
    prefix, count = counts.most_common(1)[0] if counts else ("", 0)
    return prefix if count >= 3 and 2 * count >= len({service.name for service in services}) else ""


def target_kind(target: Part, otherwise: str = "http") -> str:
    """How a part is talked to: its technology's protocol."""
    return target.protocol.lower() or otherwise


def _known(tree: FileTree, service: Deployed, part: Part) -> containers.Known | None:
    if part.technology:
        return None
    said = containers.of_image(service.image, service.evidence.path, service.image_line)
    if service.dockerfile or (part.path and not service.image):
        found = containers.of_dockerfile(
            tree, service.dockerfile or posixpath.join(part.path or ".", "Dockerfile")
        )
        if found and found.technology.kind == "gateway" and _has_code(tree, part.path):
            return None
        return found or (said if said and not _has_code(tree, part.path) else None)
    return said


def _has_code(tree: FileTree, folder: str | None) -> bool:
    return folder is not None and any(
        f"{folder}/{name}" in tree for name in ("package.json", "pubspec.yaml", "Cargo.toml", "pom.xml")
    )
