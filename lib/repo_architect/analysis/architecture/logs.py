"""Where JVM applications send their logs: appenders of Logback and Log4j that write to Logstash."""

from __future__ import annotations

import re

from repo_architect.analysis.architecture.graph import Graph
from repo_architect.analysis.architecture.spring_apps import Application
from repo_architect.analysis.files import FileTree
from repo_architect.contracts import Evidence

_FILE = re.compile(r"^src/main/resources/(?:[\w-]+/)?(logback|log4j2?)[\w.-]*\.(xml|ya?ml|properties)$")
_APPENDER = re.compile(r"Logstash(?:Tcp|Udp|Access)?\w*Appender|<(?:Socket|Gelf)\b|LogstashLayout")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def add_logs(graph: Graph, tree: FileTree, apps: list[Application]) -> None:
    """Ties to the one Logstash that is deployed, from each application with an appender in its own resources or its libraries'."""
    collectors = [part for part in graph.parts if part.technology == "Logstash"]
    if len(collectors) != 1:
        return
    lines = _appenders(tree)
    for app in apps:
        found = [line for folder in (app.folder, *app.pieces) for line in lines.get(folder, ())]
        if found:
            graph.tie(app.part, collectors[0], "tcp", "TCP", found, strength=3)


def _appenders(tree: FileTree) -> dict[str, list[Evidence]]:
    """The first line of each file that names an appender, by the folder above `src/main`."""
    found: dict[str, list[Evidence]] = {}
    for file in tree.files:
        folder, main, rest = f"/{file.path}".partition("/src/main/")
        if not main or not _FILE.match(f"src/main/{rest}"):
            continue
        text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), tree.text(file.path) or "")
        match = _APPENDER.search(text)
        if match:
            line = Evidence(path=file.path, line=text.count("\n", 0, match.start()) + 1)
            found.setdefault(folder.removeprefix("/") or ".", []).append(line)
    return found
