"""What a service is made of: its image, the last base image of its Dockerfile, and what those are known as."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from repo_architect.analysis.architecture import technologies
from repo_architect.analysis.architecture.compose_values import words
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.architecture.technologies import Technology
from repo_architect.analysis.files import FileTree
from repo_architect.contracts import Evidence

_FROM = re.compile(r"^[ \t]*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?", re.IGNORECASE | re.MULTILINE)
# a server that a plain image gets by its package manager
_INSTALLED = re.compile(
    r"(?:apt-get|apk|yum|dnf)\b[^\n]*(?:\\\n[^\n]*)*?\b(?:install|add)\b[^\n]*?\b(apache2|nginx|haproxy|httpd)\b"
)


# what follows the last hyphen of an image that its makers changed: `example/event-kafka`
_KINDRED = {
    "kafka": "apache/kafka", "mysql": "mysql", "zookeeper": "zookeeper", "postgres": "postgres", "postgresql": "postgres", "redis": "redis",
    "valkey": "redis", "mongo": "mongo", "mongodb": "mongo", "rabbitmq": "rabbitmq", "mariadb": "mariadb", "elasticsearch": "elasticsearch",
    "memcached": "memcached", "nginx": "nginx", "clickhouse": "clickhouse",
}  # fmt: skip
_STORE_IS_TOLD = re.compile(
    r"POSTGRES_(DB|INITDB_ARGS)$|MYSQL_(ROOT_PASSWORD|DATABASE)$|MONGO_INITDB_|RABBITMQ_DEFAULT_|MARIADB_"
)
_TEST_RUNNERS = re.compile(
    r"(^|[/-])(playwright|cypress|selenium|puppeteer|testcafe|newman|codeceptjs|standalone-chrome)(/|-|$)"
)
_ENV = re.compile(r"^[ \t]*ENV\s+(.+)$", re.IGNORECASE)
_RUNS = re.compile(r"^[ \t]*(?:CMD|ENTRYPOINT)\b", re.IGNORECASE)
_PAIR = re.compile(r"""([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S+)""")


class Known(NamedTuple):
    technology: Technology
    evidence: Evidence


def of_image(image: str | None, path: str, line: int) -> Known | None:
    found = _by_image(image) if image else None
    return Known(found, Evidence(path=path, line=line)) if found else None


def of_name(name: str, settings: tuple[Setting, ...], evidence: Evidence) -> Known | None:
    """The store that a service of others' software is called after, alone or beside settings that only such a store is given."""
    words = re.split(r"[-_]", name.lower())
    marked = any(_STORE_IS_TOLD.match(setting.key) for setting in settings)
    word = words[0] if len(words) == 1 else next((word for word in words if marked and word in _KINDRED), "")
    found = technologies.by_image(_KINDRED[word]) if word in _KINDRED else None
    return Known(found, evidence) if found else None


def _by_image(image: str) -> Technology | None:
    name = technologies.image_name(image)
    kindred = _KINDRED.get(re.split(r"[-_/]", name)[-1]) if "/" in name else None
    return technologies.by_image(image) or (technologies.by_image(kindred) if kindred else None)


def is_test_runner(tree: FileTree, image: str | None, dockerfile: str | None) -> bool:
    """Whether a container only tests the others."""
    base = _last_stage(tree.text(dockerfile) or "") if dockerfile else None
    names = [image or "", base[1] if base else ""]
    return any(_TEST_RUNNERS.search(technologies.image_name(name)) for name in names)


def environment(tree: FileTree, dockerfile: str) -> Iterator[Setting]:
    """What a Dockerfile's ENV lines set, and the words of what it runs."""
    goes_on = False
    for number, line in enumerate((tree.text(dockerfile) or "").splitlines(), 1):
        match = _ENV.match(line)
        text = match[1] if match else line if goes_on else ""
        pairs = _PAIR.findall(text)
        if match and not pairs:
            key, _, value = match[1].strip().partition(" ")
            pairs = [(key, value)]
        goes_on = bool(text) and line.rstrip().endswith("\\")
        if _RUNS.match(line):
            yield from words(line, dockerfile, number)
        yield from (Setting(key, value.strip("\"'"), dockerfile, number) for key, value in pairs)


def of_dockerfile(tree: FileTree, path: str) -> Known | None:
    """What the image that a Dockerfile makes is known as, by its last base image or the server it installs."""
    text = tree.text(path)
    if text is None:
        return None
    last = _last_stage(text)
    found = _by_image(last[1]) if last else None
    if found and last:
        return Known(found, Evidence(path=path, line=text.count("\n", 0, last.start(1)) + 1))
    return _installed(text, path)


def _last_stage(text: str) -> re.Match[str] | None:
    """The line that says what the last stage is built on, through the stages before it."""
    stages = list(_FROM.finditer(text))
    names = {match[2].lower(): match for match in stages if match[2]}
    last = stages[-1] if stages else None
    while last is not None and last[1].lower() in names and names[last[1].lower()].start() < last.start():
        last = names[last[1].lower()]
    return last


def _installed(text: str, path: str) -> Known | None:
    match = _INSTALLED.search(text)
    if match is None:
        return None
    server = {"apache2": "httpd"}.get(match[1], match[1])
    found = technologies.by_image(server)
    return Known(found, Evidence(path=path, line=text.count("\n", 0, match.start(1)) + 1)) if found else None
