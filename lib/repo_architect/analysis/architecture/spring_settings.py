"""Settings of Spring applications: their own files, what a configuration server has for them, and the environment they are deployed with."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from repo_architect.analysis.architecture.documents import flat, settings, yaml_documents
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.files import FileTree

_FILE = re.compile(
    r"^(?:(.+)/)?src/main/(?:resources|webapp/WEB-INF/classes)/(?:config/)?(application|bootstrap)(-[\w.]+)?\.(ya?ml|properties)$"
)
UNLIKELY_PROFILE = re.compile(r"(^|[-,\s])(tests?|it|e2e|ci|testing|integration-?test)$")
_PROFILE_KEYS = ("spring.profiles", "spring.config.activate.on-profile", "spring.profiles.include")
_ENVIRONMENT = re.compile(r"[A-Z][A-Z0-9_]+$")
# words of settings that have a dash, which a variable cannot have
_DASHED = tuple(
    (words.replace("-", "."), words)
    for words in (
        "bootstrap-servers", "service-url", "base-url", "issuer-uri", "jwk-set-uri", "user-info-uri", "token-uri", "access-token-uri", "contact-points",
        "jdbc-url", "client-uri", "server-addr", "config-server", "cluster-nodes", "default-zone",
    )
)  # fmt: skip


def own_settings(tree: FileTree) -> dict[str, list[Setting]]:
    """The settings in the files of each folder above `src/main`; the plain files first, those of tests left out."""
    found: dict[str, list[Setting]] = defaultdict(list)
    paths = [file.path for file in tree.files if _FILE.match(file.path)]
    for path in sorted(paths, key=lambda path: (len(path), path)):
        match = _FILE.match(path)
        if match and not UNLIKELY_PROFILE.search(match[3] or ""):
            found[match[1] or "."].extend(active_settings(tree, path))
    return found


def active_settings(tree: FileTree, path: str) -> list[Setting]:
    """The values of a file without the documents that only tests use."""
    if path.endswith(".properties"):
        return settings(tree, path)
    found = [list(flat(document, "", path)) for document in yaml_documents(tree, path)]
    return [setting for document in found if not _is_for_tests(document) for setting in document]


def _is_for_tests(document: list[Setting]) -> bool:
    return any(
        setting.key in _PROFILE_KEYS[:2] and UNLIKELY_PROFILE.search(setting.value.strip("[]\"' "))
        for setting in document
    )


def of_environment(variables: Iterable[Setting]) -> Iterator[Setting]:
    """Variables as the settings that Spring makes of them, and by their own names for placeholders."""
    for variable in variables:
        yield variable
        if variable.key == "SPRING_APPLICATION_JSON":
            yield from _of_json(variable)
        elif _ENVIRONMENT.match(variable.key) or "_" in variable.key:
            yield variable._replace(key=_dotted(variable.key))


def _dotted(name: str) -> str:
    key = name.lower().replace("_", ".")
    for dotted, dashed in _DASHED:
        key = re.sub(rf"(^|\.){re.escape(dotted)}(?=\.|$)", rf"\g<1>{dashed}", key)
    return key


def _of_json(variable: Setting) -> Iterator[Setting]:
    try:
        values = json.loads(variable.value.strip("'"))
    except ValueError:
        return
    for key, value in _flat(values, "", 0):
        yield variable._replace(key=key, value=value)


def _flat(value: Any, key: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and depth < 20:
        for name, inner in value.items():
            yield from _flat(inner, f"{key}.{name}" if key else str(name), depth + 1)
    elif isinstance(value, str | int | float):
        yield key, str(value)
