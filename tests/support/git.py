"""Repositories made by a test, and a small git server over http (git's own http-backend)."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.com",
    "GIT_AUTHOR_DATE": "2024-02-03T04:05:06+01:00",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.com",
    "GIT_COMMITTER_DATE": "2024-02-03T04:05:06+01:00",
}


def environment() -> dict[str, str]:
    """An environment in which git reads nobody's configuration."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, **IDENTITY, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}


def git(folder: Path, *arguments: str, data: bytes | None = None) -> str:
    """Standard output of a git command."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment(), input=data, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def make_repository(
    folder: Path, files: Mapping[str, str | bytes] | None = None, branch: str = "main"
) -> Path:
    """A repository with one commit of `files` (a README where none are given) on `branch`."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", branch)
    commit(folder, {"README.md": "# Sample\n"} if files is None else files)
    return folder


def commit(folder: Path, files: Mapping[str, str | bytes], message: str = "change") -> str:
    """Write `files`, commit everything, and return the commit."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return head(folder)


def head(folder: Path, name: str = "HEAD") -> str:
    """The commit that `name` stands for."""
    return git(folder, "rev-parse", name)


def commit_tree(folder: Path, entries: Mapping[bytes, bytes], branch: str = "main") -> str:
    """Commit files under any names at all, without writing them: what a hostile repository may hold."""
    lines = b""
    for name, content in entries.items():
        blob = git(folder, "hash-object", "-w", "--stdin", data=content)
        lines += b"100644 blob " + blob.encode() + b"\t" + name + b"\0"
    tree = git(folder, "mktree", "-z", data=lines)
    made = git(folder, "commit-tree", tree, "-m", "hostile")
    git(folder, "update-ref", f"refs/heads/{branch}", made)
    return made


def bare(source: Path, target: Path) -> Path:
    """A bare copy of a repository, as a server keeps it."""
    git(source, "clone", "-q", "--bare", str(source), str(target))
    git(target, "config", "http.receivepack", "true")
    return target


@dataclass
class GitServer:
    """Serves the bare repositories below `root`.

    `tokens` maps a token to what it may do (`read`, `write`, `write /owner/`); with none everybody may read and nobody write.
    A `dumb` one hands out files, as a plain web server does. `api` answers below `/api/`. `answers` maps a path's beginning to a status, or to an address to redirect to.
    """

    root: Path
    tokens: dict[str, str] = field(default_factory=dict)
    answers: dict[str, int | str] = field(default_factory=dict)
    private: bool = False
    dumb: bool = False
    api: Callable[[str, str, Mapping[str, str], bytes], tuple[int, dict[str, str], object]] | None = None
    requests: list[tuple[str, str, str | None]] = field(default_factory=list)
    url: str = ""

    def may(self, authorization: str | None, right: str, path: str) -> int:
        """The status for a request: 200, 401 (not known) or 403 (known, not allowed)."""
        if not authorization:
            return 200 if right == "read" and not self.private else 401
        try:
            password = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")[2]
        except ValueError:
            return 401
        if password not in self.tokens:
            return 401
        allowed, _, where = self.tokens[password].partition(" ")
        return 200 if right == "read" or (allowed == "write" and path.startswith(where)) else 403


@contextmanager
def serve(root: Path, **options: object) -> Iterator[GitServer]:
    """A running GitServer on this machine; `server.url` is its address."""
    served = GitServer(root, **options)  # type: ignore[arg-type]
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _handler(served))
    httpd.daemon_threads = True
    served.url = f"http://127.0.0.1:{httpd.server_address[1]}"
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def _handler(serving: GitServer) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (_Handler,), {"served": serving})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    served: GitServer

    def do_GET(self) -> None:
        authorization = self.headers.get("Authorization")
        self.served.requests.append((self.command, self.path, authorization))
        if self.served.api and self.path.startswith("/api/"):
            return self._api(self.served.api)
        for start, answer in self.served.answers.items():
            if self.path.startswith(start):
                return self._plain(answer, start)
        status = self.served.may(authorization, "write" if "receive-pack" in self.path else "read", self.path)
        if self.served.dumb:
            return self._file()
        return self._backend() if status == 200 else self._plain(status)

    def do_POST(self) -> None:
        self.do_GET()

    def do_PATCH(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass

    def _api(self, api: Callable[..., tuple[int, dict[str, str], object]]) -> None:
        status, headers, body = api(self.command, self.path, self.headers, self._body())
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(content)),
            **headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _plain(self, answer: int | str, start: str = "") -> None:
        self.send_response(301 if isinstance(answer, str) else answer)
        if isinstance(answer, str):
            self.send_header("Location", answer + self.path.removeprefix(start))
        if answer == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
        self.end_headers()

    def _file(self) -> None:
        path = self.served.root / self.path.partition("?")[0].lstrip("/")
        self.send_response(200 if path.is_file() else 404)
        self.end_headers()
        if path.is_file():
            self.wfile.write(path.read_bytes())

    def _backend(self) -> None:
        done = subprocess.run(
            ["git", "http-backend"],
            env=self._variables(),
            input=self._body(),
            capture_output=True,
            check=False,
        )
        head_, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head_.decode().splitlines() if ": " in line)
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            return _unchunked(self.rfile)
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _variables(self) -> dict[str, str]:
        path, _, query = self.path.partition("?")
        return {
            **environment(),
            "GIT_PROJECT_ROOT": str(self.served.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_USER": "ada",
            "REMOTE_ADDR": "127.0.0.1",
        }


def _unchunked(stream: object) -> bytes:
    body = b""
    while True:
        size = int(stream.readline().split(b";")[0], 16)  # type: ignore[attr-defined]
        body += stream.read(size)  # type: ignore[attr-defined]
        stream.readline()  # type: ignore[attr-defined]
        if not size:
            return body


def fake_git(folder: Path, script: str) -> Path:
    """A folder with a program `git` that runs `script` (shell), to stand before the real one in PATH."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "git"
    program.write_text(f"#!/bin/sh\nREAL={shutil.which('git')}\n{script}\n")
    program.chmod(0o755)
    return folder
