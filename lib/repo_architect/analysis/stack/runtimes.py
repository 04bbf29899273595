"""Language runtimes: what is asked for, what is pinned, and until when it is supported."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from repo_architect.analysis.manifests.folders import standing
from repo_architect.analysis.stack import end_of_life
from repo_architect.analysis.stack.images import Image
from repo_architect.analysis.stack.match import MAX_EVIDENCE
from repo_architect.analysis.stack.row import table
from repo_architect.analysis.stack.sources import Sources
from repo_architect.analysis.stack.version import key, version_of
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.repo_shape import Runtime, Workflow


@dataclass(frozen=True, slots=True)
class Said:
    """One place that says something of a runtime: a `requirement`, a `version`, one of the versions `listed`, or only that it is used."""

    runtime: str
    component: str | None
    how: str
    text: str
    evidence: Evidence
    rank: int


def find(sources: Sources, images: Sequence[Image], workflows: Sequence[Workflow]) -> tuple[Runtime, ...]:
    """One entry for each runtime of each component, in order of component and name."""
    groups: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for said in (*_in_files(sources), *_in_images(images), *_in_workflows(sources, workflows)):
        groups[said.component or "", said.runtime].append(said)
    return tuple(
        _runtime(name, said)
        for (_, name), said in sorted(groups.items())
        if not _is_of_tools(name, said, sources)
    )


def _is_of_tools(runtime: str, said: Sequence[Said], sources: Sources) -> bool:
    """Whether only the CI sets a runtime up, in a repository without a file of its language: for a tool of the CI."""
    endings = table("runtimes.yaml")[runtime].get("endings")
    return (
        bool(endings)
        and all(item.how == "tested" for item in said)
        and not sources.has_ending(tuple(endings))
    )


def _in_files(sources: Sources) -> Iterator[Said]:
    for runtime, row in table("runtimes.yaml").items():
        for rank, place in enumerate(row["places"]):
            for path in sources.files(place["file"]):
                if _is_of_fixture(path, sources):
                    continue
                for text, line in _texts(place, path, sources):
                    yield Said(
                        runtime,
                        sources.component(path),
                        place["as"],
                        text,
                        Evidence(path=path, line=line),
                        rank,
                    )


def _is_of_fixture(path: str, sources: Sources) -> bool:
    """Whether a file serves a fixture of the tests, and no component of its own."""
    folder = path.rpartition("/")[0] or "."
    return standing(folder) == "fixture" and sources.folder_of(sources.component(path)) != folder


def _texts(place: dict[str, Any], path: str, sources: Sources) -> Iterator[tuple[str, int]]:
    if "key" in place:
        yield from _values(place, path, sources)
        return
    text = sources.text(path) or ""
    for match in re.finditer(place["text"], text, re.MULTILINE):
        line = text.count("\n", 0, match.start(1)) + 1
        yield _formed(place, match[1].strip()), line
        if place["as"] != "listed":
            return


def _values(place: dict[str, Any], path: str, sources: Sources) -> Iterator[tuple[str, int]]:
    document = sources.document(path)
    value = document.at(*place["key"].split(".")) if document else None
    if value is None:
        return
    for element in (value, *value.elements()):
        text = element.written()
        match = re.search(place.get("text", r"\A\s*(\S.*?)\s*\Z"), text) if text else None
        if match:
            yield _formed(place, match[1]), element.line


def _formed(place: dict[str, Any], text: str) -> str:
    text = (text.replace("_", ".") if place.get("underscores") else text).rstrip(".")
    text = re.sub(r"^1\.(\d)$", r"\1", text) if place.get("one_dot") else text
    return f">={text}" if place.get("floor") and text[:1].isdigit() else text


def _in_images(images: Sequence[Image]) -> Iterator[Said]:
    owners = {
        repository: runtime
        for runtime, row in table("runtimes.yaml").items()
        for repository in row.get("images", ())
    }
    for image in images:
        runtime = owners.get(image.repository)
        service = image.evidence.path.rpartition("/")[2].startswith(("docker-compose", "compose"))
        if runtime and (image.base or service) and image.version and image.version[0].isdigit():
            yield Said(runtime, image.component, "version", image.version, image.evidence, 50)
        elif image.base and image.tag:
            yield from _within(image)


def _within(image: Image) -> Iterator[Said]:
    """The runtime that another tool's image names in its tag, as `uv:0.11-python3.12` does."""
    for runtime, row in table("runtimes.yaml").items():
        if image.repository in row.get("within", ()):
            match = re.search(rf"(?<![a-z]){row['word']}-?(\d[\d.]*)", image.tag or "")
            if match:
                yield Said(runtime, image.component, "version", match[1], image.evidence, 50)


def _in_workflows(sources: Sources, workflows: Sequence[Workflow]) -> Iterator[Said]:
    known = table("runtimes.yaml")
    for workflow in workflows:
        for job in workflow.jobs:
            for runtime, versions in job.versions.items():
                for version in versions:
                    if runtime in known and version[:1].isdigit():
                        yield Said(
                            runtime,
                            sources.component("."),
                            "tested",
                            version,
                            Evidence(path=workflow.path, line=job.line),
                            60,
                        )


def _runtime(name: str, said: list[Said]) -> Runtime:
    ordered = sorted(said, key=lambda item: (item.rank, item.evidence.path, item.evidence.line))
    requirement = _first(ordered, "requirement") or _span(_all(ordered, "listed"))
    version = _precise(_first(ordered, "version"), requirement) or _newest(
        _all(ordered, "tested") if not requirement else ()
    )
    places = dict.fromkeys((item.evidence.path, item.evidence.line) for item in ordered)
    return Runtime(
        name=name,
        requirement=requirement,
        version=version,
        component=ordered[0].component,
        end_of_life=end_of_life.last_day(name, requirement, version),
        evidence=tuple(Evidence(path=path, line=line) for path, line in list(places)[:MAX_EVIDENCE]),
    )


def _precise(version: str | None, requirement: str | None) -> str | None:
    """A version that tells something; a bare major does not where the requirement is of that major and finer."""
    bare = version is not None and version.isdigit()
    return None if bare and re.search(rf"(?<![\d.]){version}\.\d", requirement or "") else version


def _first(said: list[Said], how: str) -> str | None:
    return next((item.text for item in said if item.how == how), None)


def _all(said: list[Said], how: str) -> tuple[str, ...]:
    return tuple(item.text for item in said if item.how == how)


def _newest(versions: Iterable[str]) -> str | None:
    return max((found for version in versions if (found := version_of(version))), key=key, default=None)


def _span(versions: Sequence[str]) -> str | None:
    """What classifiers say together: at least the oldest."""
    return f">={min(versions, key=key)}" if versions else None
