"""CI systems other than GitHub's: their jobs and scripts where they are YAML, their path where they are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from repo_architect.analysis.located import Located
from repo_architect.analysis.stack.row import rows
from repo_architect.analysis.stack.sources import Sources
from repo_architect.contracts.repo_shape import Job, Step, Workflow

_GITLAB_RESERVED = frozenset(
    {
        "image",
        "services",
        "stages",
        "types",
        "before_script",
        "after_script",
        "variables",
        "cache",
        "include",
        "workflow",
        "default",
        "spec",
    }
)
_LANGUAGES = {
    "python": "python",
    "node_js": "node",
    "go": "go",
    "jdk": "java",
    "rust": "rust",
    "rvm": "ruby",
    "php": "php",
    "dotnet": "dotnet",
}
_IMAGES = {"python": "python", "node": "node", "golang": "go", "rust": "rust", "ruby": "ruby", "php": "php", "openjdk": "java",
           "eclipse-temurin": "java", "maven": "", "cimg/python": "python", "cimg/node": "node", "cimg/go": "go",
           "cimg/rust": "rust", "cimg/ruby": "ruby", "cimg/openjdk": "java", "circleci/python": "python", "circleci/node": "node",
           "circleci/golang": "go"}  # fmt: skip


def workflows(sources: Sources) -> Iterator[Workflow]:
    """One workflow for each file of a CI system that is not GitHub's."""
    for row in rows():
        if row.kind != "ci_systems" or row.name.endswith(" Actions") or row.needs:
            continue
        for path in sorted({path for sign in row.signs for path in sources.files(sign.pattern)}):
            yield _workflow(row.name, path, sources)


def _workflow(system: str, path: str, sources: Sources) -> Workflow:
    document = sources.document(path) if path.endswith((".yml", ".yaml")) else None
    reader = _READERS.get(system)
    jobs = tuple(reader(document)) if reader and document is not None else ()
    return Workflow(system=system, path=path, name=document.text("name") if document else None, jobs=jobs)


def _gitlab(document: Located) -> Iterator[Job]:
    shared = _image(document)
    for key, job in document.items():
        if key in _GITLAB_RESERVED or key.startswith(".") or not isinstance(job.value, dict):
            continue
        lines = [
            line for name in ("before_script", "script", "after_script") for line in _lines(job.at(name))
        ]
        image = _image(job) or shared
        yield Job(name=str(key), runs_on=image, steps=tuple(lines), line=key.line, versions=_versions(image))


def _circle(document: Located) -> Iterator[Job]:
    for key, job in document.items("jobs"):
        image = job.written("docker", 0, "image") or job.written("machine", "image")
        steps = []
        for step in job.elements("steps"):
            run = step.at("run")
            text = run.written("command") or run.written() if run else None
            if run is not None and text:
                steps.append(Step(name=run.written("name"), run=text, line=run.key_line("command")))
        yield Job(name=str(key), runs_on=image, steps=tuple(steps), line=key.line, versions=_versions(image))


def _travis(document: Located) -> Iterator[Job]:
    versions: dict[str, tuple[str, ...]] = {}
    for key, runtime in _LANGUAGES.items():
        value = document.at(key)
        if value is not None:
            texts = [item.written() for item in (value, *value.elements())]
            versions[runtime] = tuple(dict.fromkeys(text for text in texts if text))
    for entry in [*document.elements("matrix", "include"), *document.elements("jobs", "include")]:
        for key, runtime in _LANGUAGES.items():
            text = entry.written(key)
            if text:
                versions[runtime] = tuple(dict.fromkeys((*versions.get(runtime, ()), text)))
    names = ("before_install", "install", "before_script", "script")
    steps = tuple(line for name in names for line in _lines(document.at(name)))
    yield Job(
        name="travis",
        runs_on=document.written("dist") or document.written("os"),
        steps=steps,
        versions=versions,
    )


def _azure(document: Located) -> Iterator[Job]:
    found = [job for stage in document.elements("stages") for job in stage.elements("jobs")]
    found += document.elements("jobs")
    for job in found:
        name = job.written("job") or job.written("deployment") or job.written("template") or "job"
        yield _azure_job(name, job, document)
    if document.at("steps") is not None:
        yield _azure_job("job", document, document)


def _azure_job(name: str, job: Located, document: Located) -> Job:
    pool = job.written("pool", "vmImage") or document.written("pool", "vmImage")
    steps = []
    for step in job.elements("steps"):
        for key in ("script", "bash", "pwsh", "powershell"):
            text = step.text(key)
            if text:
                steps.append(Step(name=step.written("displayName"), run=text, line=step.key_line(key)))
        task = step.text("task")
        if task:
            steps.append(Step(name=step.written("displayName"), uses=task, line=step.line))
    return Job(name=name, runs_on=pool, steps=tuple(steps), line=job.line)


def _drone(document: Located) -> Iterator[Job]:
    for step in [*document.elements("steps"), *document.elements("pipeline")]:
        image = step.written("image")
        yield Job(
            name=step.written("name") or "step",
            runs_on=image,
            steps=tuple(_lines(step.at("commands"))),
            line=step.line,
            versions=_versions(image),
        )
    for name in ("steps", "pipeline"):
        for key, step in document.items(name):
            image = step.written("image")
            yield Job(
                name=str(key),
                runs_on=image,
                steps=tuple(_lines(step.at("commands"))),
                line=key.line,
                versions=_versions(image),
            )


def _bitbucket(document: Located) -> Iterator[Job]:
    shared = document.written("image")
    pipelines = document.at("pipelines")
    steps = list(_bitbucket_steps(pipelines)) if pipelines else []
    for index, step in enumerate(steps, 1):
        image = step.written("image") or shared
        name = step.written("name") or f"step {index}"
        yield Job(
            name=name,
            runs_on=image,
            steps=tuple(_lines(step.at("script"))),
            line=step.line,
            versions=_versions(image),
        )


def _bitbucket_steps(value: Located) -> Iterator[Located]:
    for key, below in value.items():
        if key == "step":
            yield below
        else:
            yield from _bitbucket_steps(below)
    for element in value.elements():
        yield from _bitbucket_steps(element)


def _appveyor(document: Located) -> Iterator[Job]:
    names = ("install", "before_build", "build_script", "before_test", "test_script", "after_test")
    steps = tuple(line for name in names for line in _lines(document.at(name)))
    yield Job(name="appveyor", runs_on=document.written("image"), steps=steps)


def _cirrus(document: Located) -> Iterator[Job]:
    for key, task in document.items():
        if key.endswith("task"):
            image = task.written("container", "image")
            scripts = [name for name in list(task.keys()) if name.endswith("script")]
            steps = tuple(line for name in scripts for line in _lines(task.at(name)))
            yield Job(
                name=task.written("name") or str(key),
                runs_on=image,
                steps=steps,
                line=key.line,
                versions=_versions(image),
            )


def _buildkite(document: Located) -> Iterator[Job]:
    for step in document.elements("steps"):
        lines = [line for name in ("command", "commands") for line in _lines(step.at(name))]
        if lines:
            yield Job(
                name=step.written("label") or step.written("key") or "step",
                runs_on=None,
                steps=tuple(lines),
                line=step.line,
            )


def _cloud_build(document: Located) -> Iterator[Job]:
    for step in document.elements("steps"):
        words = [element.written() or "" for element in step.elements("args")]
        yield Job(
            name=step.written("id") or step.written("name") or "step",
            runs_on=step.written("name"),
            steps=(Step(run=" ".join(words), line=step.line),) if words else (),
            line=step.line,
        )


def _code_build(document: Located) -> Iterator[Job]:
    for key, phase in document.items("phases"):
        yield Job(name=str(key), runs_on=None, steps=tuple(_lines(phase.at("commands"))), line=key.line)


def _lines(value: Located | None) -> Iterator[Step]:
    """Steps of a script: one text, or a list of texts."""
    if value is None:
        return
    if isinstance(value.value, str):
        yield Step(run=value.value, line=value.line)
    for element in value.elements():
        yield from _lines(element)


def _image(table: Located) -> str | None:
    return table.written("image") or table.written("image", "name")


def _versions(image: str | None) -> dict[str, tuple[str, ...]]:
    match = re.fullmatch(r"(?:docker\.io/)?(?:library/)?([^\s:@]+):(\d[\w.]*).*", image or "")
    runtime = _IMAGES.get(match[1]) if match else None
    return {runtime: (match[2],)} if match and runtime else {}


_READERS: dict[str, Callable[[Located], Iterator[Job]]] = {
    "GitLab CI": _gitlab,
    "CircleCI": _circle,
    "Travis CI": _travis,
    "Azure Pipelines": _azure,
    "Drone": _drone,
    "Woodpecker": _drone,
    "Bitbucket Pipelines": _bitbucket,
    "AppVeyor": _appveyor,
    "Cirrus CI": _cirrus,
    "Buildkite": _buildkite,
    "Google Cloud Build": _cloud_build,
    "AWS CodeBuild": _code_build,
}
