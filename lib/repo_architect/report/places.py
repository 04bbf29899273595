"""Where a file stands on the web at the commit, for the forges whose addresses are known."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from repo_architect.contracts import Clone

# how a forge shows a line of a file: after the repository's address, and after the file's
FORMS: dict[str, tuple[str, str]] = {
    "github": ("/blob/{commit}/", "#L"),
    "gitlab": ("/-/blob/{commit}/", "#L"),
    "gitea": ("/src/commit/{commit}/", "#L"),
    "bitbucket": ("/src/{commit}/", "#lines-"),
    "sourcehut": ("/tree/{commit}/item/", "#L"),
}
HOSTS = {
    "github.com": "github", "gitlab.com": "gitlab", "codeberg.org": "gitea", "gitea.com": "gitea",
    "bitbucket.org": "bitbucket", "git.sr.ht": "sourcehut", "salsa.debian.org": "gitlab",
    "gitlab.gnome.org": "gitlab", "gitlab.freedesktop.org": "gitlab", "invent.kde.org": "gitlab",
}  # fmt: skip
PREFIXES = {"github.": "github", "gitlab.": "gitlab", "gitea.": "gitea", "forgejo.": "gitea"}


@dataclass(frozen=True)
class Places:
    """Addresses of a repository's files. `file_base` and `line_mark` are empty where the forge is not known."""

    repository: str | None
    file_base: str
    line_mark: str
    commit_url: str | None

    def url(self, path: str, line: int = 1) -> str | None:
        """The address of a line, None where the forge is not known."""
        if not self.file_base:
            return None
        return f"{self.file_base}{quote(path.encode('utf-8', 'replace'), safe='/')}{self.line_mark}{line}"


def places(clone: Clone) -> Places:
    """Addresses for the clone's forge, by the name of its host."""
    base = _base(clone)
    host = (clone.host or "").lower().partition(":")[0]
    kind = HOSTS.get(host) or next(
        (kind for prefix, kind in PREFIXES.items() if host.startswith(prefix)), None
    )
    if base is None or kind is None:
        return Places(base, "", "", None)
    before, mark = FORMS[kind]
    commit = quote(clone.commit, safe="")
    return Places(base, base + before.format(commit=commit), mark, f"{base}/commit/{commit}")


def _base(clone: Clone) -> str | None:
    """The repository's page: an address of the web without credentials, or None."""
    if clone.web_url and web_address(clone.web_url):
        return clone.web_url.rstrip("/")
    if clone.host and clone.owner:
        return f"https://{quote(clone.host, safe=':.')}/{quote(clone.owner, safe='/~')}/{quote(clone.name, safe='')}"
    return None


def web_address(url: str | None) -> str | None:
    """The address when it is http or https and carries no credentials, else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc and "@" not in parts.netloc else None
