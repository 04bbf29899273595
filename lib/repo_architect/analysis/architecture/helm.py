"""Helm charts: templates with what values.yaml says put in, line by line, so that every line keeps its number.

Not a rendering: names made by helpers become stable words, what is looped over or unknown is left empty.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from repo_architect.analysis import located
from repo_architect.analysis.architecture.deployed import Deployed
from repo_architect.analysis.architecture.documents import is_aside, yaml_documents
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Located, Malformed
from repo_architect.contracts import Evidence

_ACTION = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}")
_ALONE = re.compile(r"^[ \t]*\{\{-?\s*(.*?)\s*-?\}\}\s*$")
_INCLUDE = re.compile(r'(?:include|template)\s+(?:\(\s*printf\s+)?"([\w.%-]+)"')
_INDENT = re.compile(r"\|\s*n?indent\s+(\d+)")
_VALUE = re.compile(r"^\(?\s*\$?\.Values\.([\w.-]+)")
_QUOTED = re.compile(r'^"([^"]*)"')
_DEFAULT = re.compile(r'\|\s*default\s+"?([\w./:-]+)"?|^default\s+"?([\w./:-]+)"?\s+\$?\.Values')
_LABELS = re.compile(r"labels|selector|annotations", re.IGNORECASE)


class Chart(NamedTuple):
    """A folder with Chart.yaml."""

    folder: str
    name: str
    values: Located
    described: Located


def documents(tree: FileTree) -> list[tuple[str, Located]]:
    """The manifests that the charts' templates make, by path; those that cannot be read so are noted."""
    found: list[tuple[str, Located]] = []
    for chart in charts(tree):
        for file in tree.files:
            if file.path.startswith(f"{chart.folder}/templates/") and file.name.endswith((".yaml", ".yml")):
                text = tree.text(file.path) or ""
                try:
                    found += [
                        (file.path, document) for document in located.yaml_documents(filled(text, chart))
                    ]
                except Malformed:
                    tree.notes.skip("malformed", "Helm template whose values cannot be put in", file.path)
    return found


def charts(tree: FileTree) -> list[Chart]:
    """The charts of the repository, without those it carries along from others."""
    return [
        Chart(file.folder, described[0].text("name") or posixpath.basename(file.folder), values[0] if values else Located({}, 1), described[0])
        for file in tree.files
        if file.name == "Chart.yaml" and file.folder != "." and not is_aside(tree, file.path)
        for described in [yaml_documents(tree, file.path)]
        if described
        for values in [yaml_documents(tree, f"{file.folder}/values.yaml") if f"{file.folder}/values.yaml" in tree else []]
    ]  # fmt: skip


def dependencies(tree: FileTree) -> Iterator[Deployed]:
    """Charts that a chart takes from elsewhere: a database beside it, for example; those switched off by values are left out."""
    for chart in charts(tree):
        for entry in chart.described.elements("dependencies"):
            name = entry.at("name")
            condition = (entry.text("condition") or "").partition(",")[0]
            switch = chart.values.at(*condition.split(".")) if condition else None
            if (
                name is not None
                and isinstance(name.value, str)
                and (switch is None or switch.value is not False)
            ):
                if (entry.text("repository") or "").startswith("file:"):
                    continue
                here = Evidence(path=f"{chart.folder}/Chart.yaml", line=name.line)
                alias = entry.text("alias") or name.value
                yield Deployed(
                    alias,
                    here,
                    image=f"chart/{name.value}",
                    image_line=name.line,
                    aliases=(f"{chart.name}-{alias}",),
                )


def filled(text: str, chart: Chart) -> str:
    """A template with values put in; lines that only control are empty, and so are branches that values rule out."""
    lines: list[str] = []
    open_blocks: list[bool] = []
    for line in text.splitlines():
        alone = _ALONE.match(line)
        words = alone[1].split() if alone and "}}" not in alone[1] else []
        word = words[0] if words else ""
        if word in ("if", "with", "range", "define", "block"):
            open_blocks.append(
                word not in ("define", "range", "block") and _holds(words[1:], chart, word == "with")
            )
        elif word == "else" and open_blocks:
            open_blocks[-1] = not open_blocks[-1] and (len(words) < 3 or _holds(words[2:], chart, False))
        elif word == "end" and open_blocks:
            open_blocks.pop()
        elif all(open_blocks):
            lines.append(_line(line, alone[1] if words and alone else None, chart))
            continue
        lines.append("")
    return "\n".join(lines) + "\n"


def _holds(words: list[str], chart: Chart, is_block: bool) -> bool:
    """Whether a condition holds by the values; one that is not understood does. What `with` rebinds is not followed."""
    if is_block:
        return False
    text = " ".join(words).strip("() ")
    if text.startswith("not "):
        return not _holds(text[4:].split(), chart, False)
    match = re.fullmatch(r"\(?eq\s+\"([^\"]*)\"\s+\$?\.Values\.([\w.-]+)\)?", text) or None
    other = re.fullmatch(r"\(?eq\s+\$?\.Values\.([\w.-]+)\s+\"([^\"]*)\"\)?", text)
    if match or other:
        key, wanted = (match[2], match[1]) if match else (other[1], other[2]) if other else ("", "")
        return chart.values.text(*key.split(".")) == wanted
    plain = re.fullmatch(r"\$?\.Values\.([\w.-]+)", text)
    if plain:
        found = chart.values.at(*plain[1].split("."))
        return bool(found and found.value)
    return True


def _line(line: str, alone: str | None, chart: Chart) -> str:
    if alone is not None:
        include = _INCLUDE.search(alone)
        indent = _INDENT.search(alone)
        if include and _LABELS.search(include[1]) and "annotations" not in include[1].lower():
            # helpers give workloads and the services that select them the same labels
            return f"{' ' * int(indent[1]) if indent else ''}{include[1]}: helper"
        return ""
    if "{{" not in line:
        return line
    done = _ACTION.sub(lambda match: _value(match[1], chart), line)
    return "" if "{{" in done or "}}" in done else done


def _value(expression: str, chart: Chart) -> str:
    """What an expression stands for, empty where it cannot be told."""
    include = _INCLUDE.search(expression)
    if include:
        given = chart.values.text("fullnameOverride")
        words = [word for word in include[1].split(".") if word not in ("fullname", "name")]
        return "-".join([given or words[0] if words else chart.name, *words[1:]])
    value = _VALUE.match(
        expression.removeprefix("tpl ").removeprefix("quote ").removeprefix("required ").strip()
    )
    found = chart.values.at(*value[1].split(".")) if value else None
    if found is not None and not isinstance(found.value, dict | list) and found.value not in (None, ""):
        text = found.raw or str(found.value)
        return "" if "{{" in text else text
    default = _DEFAULT.search(expression)
    if default:
        return default[1] or default[2]
    quoted = _QUOTED.match(expression)
    if quoted:
        return quoted[1]
    return {".Chart.Name": chart.name, ".Release.Name": chart.name, "$.Release.Name": chart.name}.get(
        expression.partition("|")[0].strip(), ""
    )
