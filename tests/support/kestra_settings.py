"""Which settings Kestra's libraries declare."""

from __future__ import annotations

import json
import re
import zipfile
from functools import cache
from typing import Any

from support.kestra_engine import FOLDER

# What the web server's library declares, which is not among the engine's.
WEBSERVER_ONLY = re.compile(r"kestra\.(server\.basic-auth\.(username|password)|tutorial-flows\.enabled)$")
# Read without a declaration; the engine's own settings have them.
_UNDECLARED = ("kestra.queue.type", "kestra.encryption.secret-key", "kestra.storage.local.base-path")


def flat(tree: Any, prefix: str = "") -> dict[str, Any]:
    """{"a.b[0].c": value} of a tree of settings."""
    if isinstance(tree, dict):
        return {
            k: v for key, value in tree.items() for k, v in flat(value, f"{prefix}.{key}".lstrip(".")).items()
        }
    if isinstance(tree, list):
        return {k: v for n, value in enumerate(tree) for k, v in flat(value, f"{prefix}[{n}]").items()}
    return {prefix: tree}


def undeclared(settings: Any) -> list[str]:
    """The keys below `kestra` that no library of Kestra's declares."""
    plain = {re.sub(r"\[\d+\].*", "", key) for key in flat(settings["kestra"], "kestra")}
    unknown = plain - _declared() - set(_UNDECLARED)
    return sorted(key for key in unknown if not WEBSERVER_ONLY.match(key))


@cache
def _declared() -> frozenset[str]:
    found: set[str] = set()
    for jar in sorted((FOLDER / "lib").glob("*-2.0.*.jar")):
        with zipfile.ZipFile(jar) as opened:
            if "META-INF/spring-configuration-metadata.json" in opened.namelist():
                read = json.loads(opened.read("META-INF/spring-configuration-metadata.json"))
                found |= {one["name"] for one in read.get("properties", ())}
    return frozenset(found)
