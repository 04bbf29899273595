"""What the analysis knows for sure: the names, numbers and commands that a claim may use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from repo_architect.contracts import Modules, RepoShape, Summary

_WORD = re.compile(r"[^\W_]+(?:[._+#/@-][^\W_]+)*[+#]*")

_QUANTITY = re.compile(r"(?P<number>\d[\d,]*)\s+(?:[A-Za-z-]+\s+){0,2}?(?P<noun>[a-z]+)\b")


@dataclass(frozen=True)
class Known:
    """`words` are lower case; `counts` maps a noun (singular) to the numbers that are right for it."""

    words: frozenset[str]
    numbers: frozenset[str]
    counts: dict[str, frozenset[int]]
    commands: frozenset[str]

    def runs(self, span: str) -> bool:
        """Whether the span is a known command, or the beginning of one that was cut."""
        begin = span.removesuffix("…")
        return span in self.commands or (
            begin != span and any(command.startswith(begin) for command in self.commands)
        )


def known(shape: RepoShape, modules: Modules, draft: Summary) -> Known:
    """Gather from the analysis and from the deterministic summary, whose sentences are facts themselves."""
    texts = [*_names(shape), *_drafted(draft)]
    commands = frozenset(item.command for item in shape.commands) | frozenset(
        item.name for item in shape.entry_points
    )
    return Known(
        words=frozenset(word for text in texts for word in words(text)) | frozenset(_splits(texts)),
        numbers=frozenset(number for text in texts for number in numbers(text)),
        counts=_with_drafted(_counts(shape, modules), draft),
        commands=commands,
    )


def words(text: str) -> Iterator[str]:
    """The words and dotted, dashed or slashed names of a text, lower case."""
    for found in _WORD.finditer(text.lower()):
        yield found.group()


def numbers(text: str) -> list[str]:
    """The numbers of a text, without thousands separators: `1,200` is `1200`, `3.11` stays."""
    return [found.replace(",", "") for found in re.findall(r"(?<![\w.])\d[\d,]*(?:\.\d+)*(?![\w])", text)]


def _splits(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from re.split(r"[\W_]+", text.lower())


def _names(shape: RepoShape) -> Iterator[str]:
    repository = shape.repository
    yield from (repository.name, repository.owner or "", repository.description or "", *repository.topics)
    for language in shape.languages:
        yield f"{language.name} {language.percent:.0f}"
    for part in shape.components:
        yield f"{part.name} {part.path} {part.kind} {part.package_manager or ''} {part.version or ''}"
    for item in shape.frameworks:
        yield f"{item.name} {item.category} {item.version or ''}"
    for group in (
        shape.package_managers,
        shape.build_tools,
        shape.test_tools,
        shape.linters,
        shape.ci_systems,
        shape.tools,
    ):
        yield from (f"{item.name} {item.version or ''}" for item in group)
    for runtime in shape.runtimes:
        yield f"{runtime.name} {runtime.requirement or ''} {runtime.version or ''}"
    for node in shape.architecture.nodes:
        yield f"{node.name} {node.kind} {node.technology or ''}"
    yield from (entry.name for entry in shape.entry_points)
    yield from (variable.name for variable in shape.env_vars)
    yield from (f"{item.method} {item.path} {item.handler or ''}" for item in shape.endpoints)


def _drafted(draft: Summary) -> Iterator[str]:
    yield from (claim.text for claim in (*draft.sentences, *draft.onboarding, *draft.technologies))
    yield from (f"{spot.path} {spot.reason}" for spot in draft.hotspots)


def _with_drafted(counts: dict[str, frozenset[int]], draft: Summary) -> dict[str, frozenset[int]]:
    """The counts, and those that the deterministic summary gives, such as of the product's own components."""
    for text in _drafted(draft):
        for number, noun in quantities(text):
            if noun in counts:
                counts[noun] |= {number}
    return counts


def quantities(text: str) -> Iterator[tuple[int, str]]:
    """Numbers with the noun (singular) that they count, two words apart at most."""
    for found in _QUANTITY.finditer(text):
        noun = found["noun"]
        singular = noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")
        yield int(found["number"].replace(",", "")), singular


def _counts(shape: RepoShape, modules: Modules) -> dict[str, frozenset[int]]:
    in_code = sum(endpoint.source == "code" for endpoint in shape.endpoints)
    direct = sum(item.direct for item in shape.dependencies)
    tests = sum(suite.files for suite in shape.tests)
    return {
        "endpoint": frozenset({len(shape.endpoints), in_code}),
        "route": frozenset({len(shape.endpoints), in_code}),
        "component": frozenset({len(shape.components)}),
        "dependency": frozenset({len(shape.dependencies), direct}),
        "language": frozenset({len(shape.languages)}),
        "module": frozenset({len(modules.nodes)}),
        "service": frozenset({sum(node.kind in ("service", "web", "worker", "gateway") for node in shape.architecture.nodes), len(shape.architecture.nodes)}),
        "workflow": frozenset({len(shape.workflows)}),
        "test": frozenset({tests}),
        "framework": frozenset({len(shape.frameworks)}),
    }  # fmt: skip
