"""Addresses of files at the commit, for the hosts whose addresses are known."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from repo_architect.contracts.repo_shape import Repository

# how a host is told, its address of a file, of a folder, and of a line
_FORMS = {
    "github": ("{base}/blob/{commit}/{path}", "{base}/tree/{commit}/{path}", "#L{line}"),
    "gitlab": ("{base}/-/blob/{commit}/{path}", "{base}/-/tree/{commit}/{path}", "#L{line}"),
    "gitea": ("{base}/src/commit/{commit}/{path}", "{base}/src/commit/{commit}/{path}", "#L{line}"),
    "bitbucket": ("{base}/src/{commit}/{path}", "{base}/src/{commit}/{path}", "#lines-{line}"),
}
_HOSTS = {
    "github.com": "github",
    "gitlab.com": "gitlab",
    "codeberg.org": "gitea",
    "gitea.com": "gitea",
    "bitbucket.org": "bitbucket",
}
_PREFIXES = {"github.": "github", "gitlab.": "gitlab", "gitea.": "gitea", "forgejo.": "gitea"}


@dataclass(frozen=True)
class WebLinks:
    """Makes addresses; every one is None when the host is not known."""

    base: str | None
    commit: str
    form: str | None

    @classmethod
    def of(cls, repository: Repository) -> WebLinks:
        host = (repository.host or "").lower().partition(":")[0]
        form = _HOSTS.get(host) or next(
            (name for prefix, name in _PREFIXES.items() if host.startswith(prefix)), None
        )
        if form is None or not repository.owner:
            return cls(None, repository.commit, None)
        owner, name = quote(repository.owner, safe="/~"), quote(repository.name, safe="")
        return cls(
            f"https://{quote(repository.host or '', safe=':')}/{owner}/{name}", quote(repository.commit), form
        )

    def file(self, path: str, line: int | None = None) -> str | None:
        """Where a file opens, at a line when one is given."""
        return self._address(0, path, line)

    def folder(self, path: str) -> str | None:
        return self._address(1, path, None)

    def _address(self, kind: int, path: str, line: int | None) -> str | None:
        if self.form is None or self.base is None:
            return None
        form = _FORMS[self.form]
        place = quote(path.encode("utf-8", "surrogateescape"), safe="/")
        address = form[kind].format(base=self.base, commit=self.commit, path=place)
        return address.rstrip("/") + (form[2].format(line=line) if line else "")
