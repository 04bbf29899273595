"""Three first steps for a newcomer: set it up, run or test it, read this first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from repo_architect.contracts import Evidence, Modules, RepoShape
from repo_architect.contracts.repo_shape import Command
from repo_architect.contracts.summary import Claim, SummaryHotspot
from repo_architect.summary import titles
from repo_architect.summary.aside import main_components
from repo_architect.summary.commands import first_command, told
from repo_architect.summary.entries import programs
from repo_architect.summary.lead import readme_path
from repo_architect.summary.source import Source
from repo_architect.summary.tests import testing
from repo_architect.summary.words import clean, code, count, cut, join

CONTRIBUTING = (
    "CONTRIBUTING.md",
    "CONTRIBUTING.rst",
    ".github/CONTRIBUTING.md",
    "docs/CONTRIBUTING.md",
    "CONTRIBUTING",
)
_COMPILERS = re.compile(
    r"(?:\./)?(?:cargo|go|mvnw?|gradlew?|make|cmake|dotnet|bazel|swift|stack|cabal|mix|sbt|zig|meson)\b"
)


def onboarding_steps(
    shape: RepoShape, modules: Modules, source: Source, hotspots: Sequence[SummaryHotspot]
) -> tuple[Claim, Claim, Claim]:
    """Always three; where the repository says nothing for one, the step says that."""
    return set_up(shape, source), run_or_test(shape), read_first(shape, modules, source, hotspots)


def set_up(shape: RepoShape, source: Source) -> Claim:
    command = first_command(shape, "install") or _compiles(shape)
    needs = _runtimes(shape, command.component if command else None)
    if command:
        return _claim(f"Set up: {told(command)}{needs[0]}.", (command.evidence[0], *needs[1]))
    manifests = [
        part.manifest for part in main_components(shape) if part.manifest and part.kind != "infrastructure"
    ]
    if manifests:
        others = f" and {count(len(manifests) - 1, 'other manifest')}" if len(manifests) > 1 else ""
        said = f"Set up: no install command is named; dependencies are declared in {code(manifests[0])}{others}{needs[0]}."
        return _claim(said, (Evidence(path=manifests[0]), *needs[1]))
    readme = readme_path(shape, source)
    if readme:
        return _claim(
            f"Set up: nothing to install was found; start with {code(readme)}.", (Evidence(path=readme),)
        )
    return _claim("Set up: nothing to install was found, and there is no README.", ())


def _compiles(shape: RepoShape) -> Command | None:
    """The build command, where building is all there is to set up."""
    command = first_command(shape, "build")
    return command if command and _COMPILERS.match(command.command) else None


def _runtimes(shape: RepoShape, component: str | None) -> tuple[str, tuple[Evidence, ...]]:
    """` (needs Python >=3.10 and Node.js 18)`, and where it says so."""
    stated = [item for item in shape.runtimes if item.requirement or item.version]
    of_it = [item for item in stated if component and item.component in (component, None)] or stated
    named = {item.name: item for item in reversed(of_it)}
    chosen = list(named.values())[::-1][:3]
    if not chosen:
        return "", ()
    texts = [
        f"{titles.runtime(clean(item.name))} {cut(clean(item.requirement or item.version or ''), 40)}"
        for item in chosen
    ]
    return f" (needs {join(texts)})", tuple(item.evidence[0] for item in chosen)


def run_or_test(shape: RepoShape) -> Claim:
    run, test = _run(shape), _test(shape)
    if run and test:
        return _claim(f"Run it with {run[0]} and {test[0]}.", (run[1], *test[1]))
    if test:
        return _claim(f"{test[0][0].upper()}{test[0][1:]}.", test[1])
    if run:
        return _claim(f"Run it with {run[0]}; no test command was found.", (run[1],))
    return _otherwise(shape)


def _test(shape: RepoShape) -> tuple[str, tuple[Evidence, ...]] | None:
    """The test command, with the part that it tests where that is not all; and where tests have none, that."""
    found = testing(shape)
    if not found.command:
        return None
    name = "it" if found.of_the_whole else _name(found.command.component or found.command.directory, shape)
    said, where = f"test {name} with {told(found.command)}", found.command.evidence[:1]
    if found.run or found.of_the_whole:
        return said, where
    suite = max(found.others, key=lambda suite: suite.files)
    tool = f" ({clean(suite.tool)})" if suite.tool else ""
    return (
        f"{said}; no command was found for the tests of {_name(suite.component or '.', shape)}{tool}",
        (*where, *suite.evidence[:1]),
    )


def _name(component: str, shape: RepoShape) -> str:
    part = next((part for part in shape.components if part.id == component), None)
    return code(cut(titles.component(part, shape) if part else component, 60))


def _run(shape: RepoShape) -> tuple[str, Evidence] | None:
    """The run command of the whole, else the program that is installed, else the run command of a part."""
    command = first_command(shape, "run")
    program = next((entry for entry in programs(shape) if entry.kind in ("console_script", "bin")), None)
    if program and not (command and command.directory == "."):
        return code(cut(program.name, 60)), program.evidence[0]
    return (told(command), command.evidence[0]) if command else None


def _otherwise(shape: RepoShape) -> Claim:
    build = first_command(shape, "build") or first_command(shape, "docs")
    if build:
        return _claim(
            f"Build it with {told(build)}; no command to run or test it was found.", (build.evidence[0],)
        )
    tools = titles.test_tools(shape)
    if tools:
        where = next(tool.evidence[0] for tool in shape.test_tools if tool.name == tools[0])
        return _claim(f"Test it with {join(tools, 2)}: no command is written down.", (where,))
    return _claim("Run or test it: no command for either was found.", ())


def read_first(
    shape: RepoShape, modules: Modules, source: Source, hotspots: Sequence[SummaryHotspot]
) -> Claim:
    readme = readme_path(shape, source)
    guide = next((name for name in CONTRIBUTING if source.lines(name)), None)
    entry = _entry(shape, modules, source)
    hotspot = next((spot.path for spot in hotspots), None)
    where = list(dict.fromkeys(
        (path, line) for path, line in ((readme, 1), (guide, 1), entry or (None, 1), (hotspot, 1)) if path
    ))  # fmt: skip
    by_path = {path: (path, line) for path, line in reversed(where)}
    chosen = [place for place in where if by_path[place[0]] == place][:3]
    if not chosen:
        return _claim("Read first: no file stands out.", ())
    listed = ", then ".join(code(path) for path, _ in chosen)
    return _claim(f"Read first: {listed}.", tuple(Evidence(path=path, line=line) for path, line in chosen))


def _entry(shape: RepoShape, modules: Modules, source: Source) -> tuple[str, int] | None:
    """The file in which execution begins: the target of an entry point where it names a file, else where it is declared."""
    known = {fact.path for fact in shape.files} | set(modules.files)
    for entry in programs(shape):
        places = [place for place in entry.evidence if place.path in known]
        if places:
            return places[0].path, places[0].line
        named = _file_of(entry.target or "", known)
        if named and source.lines(named):
            return named, 1
    return None


def _file_of(target: str, known: set[str]) -> str | None:
    """The source file that `package.module:function` or a path stands for; the shortest where several could."""
    module = target.partition(":")[0].strip().removeprefix("./")
    endings = (module, f"{module.replace('.', '/')}.py", f"{module.replace('.', '/')}/__init__.py")
    found = [
        path
        for path in known
        for ending in endings
        if module and (path == ending or path.endswith("/" + ending))
    ]
    return min(found, key=lambda path: (len(path), path), default=None)


def _claim(text: str, evidence: tuple[Evidence, ...]) -> Claim:
    return Claim(text=text, evidence=tuple(dict.fromkeys(evidence)))
