"""Where JVM applications send their logs: appenders of Logback and Log4j that write to a collector."""

from __future__ import annotations

import re

from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.architecture.spring_application import Application
from repo_architect.analysis.files import FileTree
from repo_architect.contracts import Evidence

_FILE = re.compile(r"^src/main/resources/(?:[\w-]+/)?(logback|log4j2?)[\w.-]*\.(xml|ya?ml|properties)$")
_APPENDERS = {
    "Logstash": re.compile(r"Logstash(?:Tcp|Udp|Access)?\w*Appender|<(?:Socket|Gelf)\b|LogstashLayout"),
    "Loki": re.compile(r"Loki4j\w*Appender"),
    "Fluentd": re.compile(r"Fluent(?:Logback|cy)\w*Appender"),
}
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def add_logs(graph: Graph, tree: FileTree, apps: list[Application]) -> None:
    """Ties to the one collector that is deployed, from each application with an appender in its own resources or its libraries'."""
    for technology, pattern in _APPENDERS.items():
        collectors = [part for part in graph.parts if part.technology == technology]
        if len(collectors) == 1:
            _add_collector(graph, collectors[0], _appenders(tree, pattern), apps)


def _add_collector(
    graph: Graph, collector: Part, lines: dict[str, list[Evidence]], apps: list[Application]
) -> None:
    label = collector.protocol or "TCP"
    for app in apps:
        found = [line for folder in (app.folder, *app.pieces) for line in lines.get(folder, ())]
        if found:
            graph.tie(app.part, collector, label.lower(), label, found, strength=3)


def _appenders(tree: FileTree, pattern: re.Pattern[str]) -> dict[str, list[Evidence]]:
    """The first line of each file that names an appender, by the folder above `src/main`."""
    found: dict[str, list[Evidence]] = {}
    for file in tree.files:
        folder, main, rest = f"/{file.path}".partition("/src/main/")
        if not main or not _FILE.match(f"src/main/{rest}"):
            continue
        text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), tree.text(file.path) or "")
        match = pattern.search(text)
        if match:
            line = Evidence(path=file.path, line=text.count("\n", 0, match.start()) + 1)
            found.setdefault(folder.removeprefix("/") or ".", []).append(line)
    return found
