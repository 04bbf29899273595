"""A forge that behaves as GitHub or Gitea does, as far as a pull request goes; its repositories are real ones."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from support import git

TOKEN = "token-canary-77d1"


@dataclass
class Forge:
    """`repositories` maps a full name to the fields of the API's answer that a test sets; `faults` come first:
    (method, end of the path) to a list of answers that are given one by one."""

    kind: str
    server: git.GitServer
    root: Path
    repositories: dict[str, dict[str, Any]] = field(default_factory=dict)
    pulls: list[dict[str, Any]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    faults: dict[tuple[str, str], list[tuple[int, dict[str, str], object]]] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    login: str | None = "me"
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def base(self) -> str:
        return "/api/v3" if self.kind == "github" else "/api/v1"

    def bare(self, full_name: str) -> Path:
        return self.root / f"{full_name}.git"

    def add(self, full_name: str, source: Path, **fields: Any) -> Path:
        """Put a copy of a repository on the forge."""
        self.bare(full_name).parent.mkdir(parents=True, exist_ok=True)
        self.repositories[full_name] = {
            "full_name": full_name, "default_branch": "main", "archived": False, "permissions": {"push": True, "pull": True}, **fields,
        }  # fmt: skip
        if not (source / "HEAD").exists():
            return git.bare(source, self.bare(full_name))
        return Path(shutil.copytree(source, self.bare(full_name)))

    def answer(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, str], Any]:
        parts = urlsplit(path)
        where = parts.path.removeprefix(self.base)
        self.calls.append((method, where))
        for (faulty, end), answers in self.faults.items():
            if faulty == method and where.endswith(end) and answers:
                return answers.pop(0)
        scheme = "Bearer" if self.kind == "github" else "token"
        if not parts.path.startswith(self.base) or headers.get("Authorization") != f"{scheme} {TOKEN}":
            return 401, {}, {"message": "Bad credentials"}
        return self._route(method, where, dict(parse_qsl(parts.query)), json.loads(body or b"{}"))

    def _route(
        self, method: str, where: str, query: dict[str, str], body: dict[str, Any]
    ) -> tuple[int, dict[str, str], Any]:
        if where == "/user":
            return (
                (200, {}, {"login": self.login}) if self.login else (403, {}, {"message": "not accessible"})
            )
        name, _, rest = where.removeprefix("/repos/").partition("/")[2].partition("/")
        full_name = f"{where.removeprefix('/repos/').partition('/')[0]}/{name}"
        if full_name not in self.repositories:
            return 404, {}, {"message": "Not Found"}
        if rest == "":
            return 200, self.headers, self.repositories[full_name]
        if rest == "forks":
            return self._fork(full_name)
        if rest == "pulls":
            return (200, {}, self._list(query)) if method == "GET" else self._open(full_name, body)
        return self._edit(int(rest.rpartition("/")[2]), body)

    def _fork(self, full_name: str) -> tuple[int, dict[str, str], Any]:
        fork = f"{self.login}/{full_name.partition('/')[2]}"
        if fork in self.repositories and self.kind == "gitea":
            return 409, {}, {"message": "The repository with the same name already exists."}
        if fork not in self.repositories:
            self.add(fork, self.bare(full_name), parent={"full_name": full_name})
        return 202, {}, self.repositories[fork]

    def _list(self, query: dict[str, str]) -> list[dict[str, Any]]:
        found = [pull for pull in self.pulls if query.get("state") == "all" or pull["state"] == "open"]
        if self.kind == "github" and "head" in query:
            found = [pull for pull in found if pull["head"]["label"] == query["head"]]
        size = int(query.get("per_page" if self.kind == "github" else "limit", 30))
        start = (int(query.get("page", 1)) - 1) * size
        return list(reversed(found))[start : start + size]

    def _open(self, full_name: str, body: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        owner, _, branch = body["head"].rpartition(":")
        head = f"{owner}/{full_name.partition('/')[2]}" if owner else full_name
        if any(
            p["state"] == "open" and (p["head"]["repo"]["full_name"], p["head"]["ref"]) == (head, branch)
            for p in self.pulls
        ):
            return (
                (422 if self.kind == "github" else 409),
                {},
                {
                    "message": "Validation Failed",
                    "errors": [{"message": "A pull request already exists for me:x."}],
                },
            )
        made = {
            "number": next(self.numbers), "title": body["title"], "body": body["body"], "state": "open", "merged": False,
            "draft": body.get("draft", False), "base": {"ref": body["base"]},
            "head": {"ref": branch, "label": f"{head.partition('/')[0]}:{branch}", "repo": {"full_name": head}, "sha": git.head(self.bare(head), branch)},
        }  # fmt: skip
        made["html_url"] = f"{self.server.url}/{full_name}/pull/{made['number']}"
        self.pulls.append(made)
        return 201, {}, made

    def _edit(self, number: int, body: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        pull = next(pull for pull in self.pulls if pull["number"] == number)
        pull.update(body)
        return 200, {}, pull


@contextmanager
def serve(root: Path, kind: str) -> Iterator[Forge]:
    """A running forge of a kind (`github`, `gitea`) whose token may write."""
    root.mkdir(parents=True, exist_ok=True)
    with git.serve(root, tokens={TOKEN: "write"}) as server:
        forge = Forge(kind, server, root)
        server.api = forge.answer
        yield forge
