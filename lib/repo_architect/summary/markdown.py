"""summary.md: the summary for people, with a link to each place where the forge is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from repo_architect.contracts import Evidence, RepoShape, Summary
from repo_architect.summary.words import clean, code, count

SHOWN = 3
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")

# where a forge shows a file at a commit
BLOB = {
    "github": "https://{host}/{owner}/{name}/blob/{commit}/{path}#L{line}",
    "gitlab": "https://{host}/{owner}/{name}/-/blob/{commit}/{path}#L{line}",
    "gitea": "https://{host}/{owner}/{name}/src/commit/{commit}/{path}#L{line}",
    "bitbucket": "https://{host}/{owner}/{name}/src/{commit}/{path}#lines-{line}",
}
HOSTS = {"codeberg.org": "gitea"}


def to_markdown(summary: Summary, shape: RepoShape) -> str:
    """GitHub-flavoured Markdown; every text of the repository is escaped. Claims that were refused are not in it."""
    parts = [
        f"# {escape(shape.repository.name)}",
        *(f"{prose(claim.text)}{_places(claim.evidence, shape)}" for claim in summary.sentences),
        *_section("Hotspots", [f"- {code(spot.path)}: {prose(spot.reason)}{_places(spot.evidence, shape)}" for spot in summary.hotspots]),
        *_section("First steps", [f"{number}. {prose(claim.text)}{_places(claim.evidence, shape)}" for number, claim in enumerate(summary.onboarding, 1)]),
        *_section("Key technologies", [f"- {prose(claim.text)}{_places(claim.evidence, shape)}" for claim in summary.technologies]),
        _footer(summary, shape),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Text that Markdown shows as it is: nothing in it is markup, a link, or a mention."""
    shown = _SPECIAL.sub(r"\\\1", clean(text))
    shown = re.sub(r"@(?=\w)", "@\u2060", shown)
    return re.sub(r"(?i)\b(https?|ftp|www)(?=[:.])", "\\1\u2060", shown)


def prose(text: str) -> str:
    """Our own sentence: code spans stay, everything else is escaped."""
    flat = clean(text)
    parts, begin = [], 0
    for span in _CODE.finditer(flat):
        parts += [escape_keeping_edges(flat[begin : span.start()]), span.group()]
        begin = span.end()
    return "".join([*parts, escape_keeping_edges(flat[begin:])])


def escape_keeping_edges(text: str) -> str:
    lead = " " if text[:1] == " " else ""
    tail = " " if len(text) > 1 and text[-1] == " " else ""
    return f"{lead}{escape(text)}{tail}"


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"## {title}", "\n".join(lines)] if lines else []


def _places(evidence: Sequence[Evidence], shape: RepoShape) -> str:
    shown = [_place(where, shape) for where in evidence[:SHOWN]]
    more = [f"{len(evidence) - SHOWN} more"] if len(evidence) > SHOWN else []
    return f" ({', '.join(shown + more)})" if shown else ""


def _place(where: Evidence, shape: RepoShape) -> str:
    repository = shape.repository
    host = (repository.host or "").lower()
    pattern = BLOB.get(HOSTS.get(host) or host.partition(".")[0])
    if not pattern or not repository.owner:
        return code(str(where))
    values = {
        "owner": repository.owner,
        "name": repository.name,
        "commit": repository.commit,
        "path": where.path,
    }
    safe = {key: quote(value.encode("utf-8", "replace"), safe="/~") for key, value in values.items()}
    return f"[{code(str(where))}]({pattern.format(**safe, host=quote(host, safe=':.'), line=where.line)})"


def _footer(summary: Summary, shape: RepoShape) -> str:
    backend = summary.backend
    who = (
        f"with {code(backend.model or backend.name)}, every claim checked against the files"
        if backend.model
        else "without a model"
    )
    refused = (
        f" {count(len(summary.rejected), 'claim')} of the model {'was' if len(summary.rejected) == 1 else 'were'} refused."
        if summary.rejected
        else ""
    )
    note = f" {escape(backend.note)}" if backend.note else ""
    return f"---\n\nWritten {who}, from commit {code(shape.repository.commit[:12])}.{refused}{note}"
