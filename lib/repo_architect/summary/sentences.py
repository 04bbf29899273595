"""Three sentences: what it is, what it is made of, how it is run, tested and exposed."""

from __future__ import annotations

from collections.abc import Sequence

from repo_architect.contracts import Evidence, RepoShape
from repo_architect.contracts.summary import Claim
from repo_architect.summary import titles
from repo_architect.summary.aside import is_aside, main_components
from repo_architect.summary.commands import first_command, told
from repo_architect.summary.entries import programs
from repo_architect.summary.languages import main_languages, shown_by
from repo_architect.summary.lead import find_lead, readme_path
from repo_architect.summary.source import Source
from repo_architect.summary.technologies import main_frameworks
from repo_architect.summary.tests import Testing, number, testing
from repo_architect.summary.words import clean, code, count, cut, distinct, join

MAX_EVIDENCE = 8
Clause = tuple[str, Sequence[Evidence]]


def three_sentences(shape: RepoShape, source: Source) -> tuple[Claim, Claim, Claim]:
    return what_it_is(shape, source), what_it_is_made_of(shape), how_it_is_run(shape)


def what_it_is(shape: RepoShape, source: Source) -> Claim:
    """The repository's own words, quoted; where it has none, that."""
    name = cut(clean(shape.repository.name), 80)
    lead = find_lead(shape, source)
    if lead:
        quote = lead.text.replace('"', "'")
        end = "" if quote[-1] in ".!?…。！？" else "."
        return Claim(text=f'{name}, in its own words: "{quote}{end}"', evidence=(lead.evidence,))
    readme = readme_path(shape, source)
    if readme:
        said = f"{name} does not say in a sentence what it is: its {readme} opens with none, and no manifest describes it."
        return Claim(text=said, evidence=(Evidence(path=readme),))
    return Claim(
        text=f"{name} does not say what it is: it has no README, and no manifest describes it.",
        evidence=_anything(shape),
    )


def what_it_is_made_of(shape: RepoShape) -> Claim:
    clauses = [
        clause
        for clause in (_languages(shape), _frameworks(shape), _parts(shape), _stores(shape), _brokers(shape))
        if clause
    ]
    if not clauses:
        files = shape.repository.file_count
        held = f"It holds {count(files, 'file')} and no source code in a known language."
        return Claim(text=held if files else "It is empty: it holds no file.", evidence=_anything(shape))
    return Claim(text=_sentence([text for text, _ in clauses], glue=", "), evidence=_evidence(clauses, shape))


def _languages(shape: RepoShape) -> Clause | None:
    main = main_languages(shape)
    if not main:
        return None
    if len(main) > 1:
        named = "in " + join([f"{language.name} ({language.percent:.0f} %)" for language in main])
    elif main[0].percent >= 99.5:
        named = f"entirely in {main[0].name}"
    else:
        named = f"mostly in {main[0].name} ({main[0].percent:.0f} %)"
    return f"It is written {named}", shown_by(shape, main[0])


def _frameworks(shape: RepoShape) -> Clause | None:
    chosen = main_frameworks(shape)[:4]
    if not chosen:
        return None
    opening = "with" if shape.languages else "It uses"
    return f"{opening} {join([item.name for item in chosen])}", [item.evidence[0] for item in chosen]


def _parts(shape: RepoShape) -> Clause | None:
    parts = main_components(shape)
    if len(parts) < 2:
        return None
    names = distinct(cut(clean(titles.component(part, shape)), 50) for part in parts)
    listed = join(names) if len(names) <= 4 else "among them " + join(names[:3])
    where = [
        part.evidence[0] if part.evidence else Evidence(path=part.manifest or part.path) for part in parts[:3]
    ]
    return f"in {len(parts):,} components ({listed})", where


def _stores(shape: RepoShape) -> Clause | None:
    return _nodes(shape, ("database", "cache", "storage"), "keeping data in")


def _brokers(shape: RepoShape) -> Clause | None:
    return _nodes(shape, ("broker", "queue"), "passing messages through")


def _nodes(shape: RepoShape, kinds: tuple[str, ...], opening: str) -> Clause | None:
    nodes = [node for node in shape.architecture.nodes if node.kind in kinds]
    if not nodes:
        return None
    names = distinct(clean(node.technology or node.name) for node in nodes)
    return f"{opening} {join(names, 4)}", [node.evidence[0] for node in nodes if node.evidence][:3]


def how_it_is_run(shape: RepoShape) -> Claim:
    clauses = [clause for clause in (_run(shape), _tests(shape), _exposed(shape), _checked(shape)) if clause]
    if all(text == _NO_TESTS for text, _ in clauses):
        return Claim(
            text="It names no command to run it, no entry point, no tests and no CI that the analysis knows.",
            evidence=_anything(shape),
        )
    return Claim(text=_sentence(_linked(clauses)), evidence=_evidence(clauses, shape))


_NO_TESTS = "no tests were found"


def _run(shape: RepoShape) -> Clause | None:
    command = first_command(shape, "run")
    named = programs(shape)
    if command and not (named and command.directory != "."):
        return f"it is run with {told(command)}", command.evidence[:1]
    if not named:
        return None
    names = distinct(code(cut(entry.name, 60)) for entry in named)
    return f"it starts at {join(names, 3)}", [entry.evidence[0] for entry in named[:3]]


def _tests(shape: RepoShape) -> Clause:
    """The test files with the command that runs them; a command that is not known to run them stands apart."""
    found = testing(shape)
    largest = sorted(found.run or shape.tests, key=lambda suite: -suite.files)
    where = [suite.evidence[0] for suite in largest if suite.evidence][:1]
    files = number(shape.tests)
    if found.command and (found.run or found.of_the_whole or not files):
        return _with_command(found, files), [*where, found.command.evidence[0]]
    tools = [tool for tool in shape.test_tools if tool.name in _tools_told(shape)]
    where += [tool.evidence[0] for tool in tools[:1]]
    names = join(_tools_told(shape), 3)
    if files:
        return f"it has {count(files, 'test file')}{f' for {names}' if names else ''}", where
    return (f"its tests run with {names}", where) if names else (_NO_TESTS, ())


def _with_command(found: Testing, files: int) -> str:
    told_command, run = told(found.command) if found.command else "", number(found.run)
    if not files:
        return f"its test command is {told_command}"
    if not run:
        return f"it has {count(files, 'test file')}, its test command is {told_command}"
    of_them = f"its {count(run, 'test file')}" if run == files else f"{run:,} of its {files:,} test files"
    return f"{of_them} {'runs' if run == 1 else 'run'} with {told_command}"


def _tools_told(shape: RepoShape) -> list[str]:
    """The tools that the test files are for, else all that run tests."""
    used = {suite.tool for suite in shape.tests if suite.tool}
    names = titles.test_tools(shape)
    return [name for name in names if name in used] or names


def _exposed(shape: RepoShape) -> Clause | None:
    return _endpoints(shape) or _import_paths(shape) or _public_names(shape)


def _endpoints(shape: RepoShape) -> Clause | None:
    found = [endpoint for endpoint in shape.endpoints if not is_aside(endpoint.evidence.path)]
    if not found:
        return None
    described = sum(endpoint.source == "description" for endpoint in found)
    in_code = sorted(found, key=lambda endpoint: endpoint.source == "description")
    if described:
        kind, of_them = (
            "endpoint",
            " (described, not found in code)"
            if described == len(found)
            else f" ({described:,} of them described)",
        )
    else:
        kind, of_them = (
            "HTTP endpoint" if all(item.path.startswith("/") for item in found) else "endpoint",
            "",
        )
    return f"it exposes {count(len(found), kind)}{of_them}", [in_code[0].evidence]


def _import_paths(shape: RepoShape) -> Clause | None:
    exports = [
        entry
        for entry in shape.entry_points
        if entry.kind == "exports" and not is_aside(entry.evidence[0].path)
    ]
    if len(exports) < 2:
        return None
    shortest = min(exports, key=lambda entry: (len(entry.name), entry.name))
    return (
        f"it offers {len(exports):,} import paths ({code(cut(shortest.name, 60))} and below)",
        shortest.evidence[:1],
    )


def _public_names(shape: RepoShape) -> Clause | None:
    main = {part.id for part in main_components(shape)}
    offered = [
        api
        for api in shape.public_api
        if api.functions + api.classes and (api.component is None or api.component in main)
    ]
    functions, classes = (sum(getattr(api, field) for api in offered) for field in ("functions", "classes"))
    parts = [
        count(number, one)
        for number, one in ((functions, "public function"), (classes, "public type"))
        if number
    ]
    where = [api.evidence[0] for api in offered if api.evidence][:1]
    return (f"it offers {join(parts)}", where) if parts else None


def _checked(shape: RepoShape) -> Clause | None:
    if not shape.ci_systems:
        return None
    names = distinct(system.name for system in shape.ci_systems)
    return f"{join(names, 2)} {'checks' if len(names) == 1 else 'check'} it", [
        shape.ci_systems[0].evidence[0]
    ]


def _linked(clauses: Sequence[Clause]) -> list[str]:
    return [text for text, _ in clauses]


def _sentence(texts: Sequence[str], glue: str | None = None) -> str:
    text = glue.join(texts) if glue else join(texts)
    return text[0].upper() + text[1:] + "."


def _evidence(clauses: Sequence[Clause], shape: RepoShape) -> tuple[Evidence, ...]:
    found = tuple(dict.fromkeys(where for _, places in clauses for where in places))
    return found[:MAX_EVIDENCE] or _anything(shape)


def _anything(shape: RepoShape) -> tuple[Evidence, ...]:
    """A file to look at when a sentence says that something is not there."""
    if shape.repository.readme:
        return (Evidence(path=shape.repository.readme),)
    if shape.files:
        return (Evidence(path=shape.files[0].path),)
    return (shape.repository.license.evidence,) if shape.repository.license else ()
