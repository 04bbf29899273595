"""Where a repository is: what the user gave, understood, and refused where it is not safe."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, quote, unquote, urlsplit

from repo_architect.errors import CloneError
from repo_architect.git_environment import (
    ALWAYS_ALLOWED,
    CAN_BE_ALLOWED,
    PROTOCOLS_VARIABLE,
    allowed_protocols,
)

Protocol = Literal["https", "http", "ssh", "git", "file", "path", "sample"]

SAMPLE = "sample"
LOCAL_PATHS_VARIABLE = "REPO_ARCHITECT_LOCAL_PATHS"

_TRANSPORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9+.-]*::")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SCP = re.compile(
    r"(?:(?P<user>[A-Za-z0-9._][A-Za-z0-9._-]*)@)?(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9.-]*):(?P<path>.+)"
)
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]+")
_SHORTHAND = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
_HOSTED = re.compile(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}/\S+/\S+")

# what follows the repository in an address copied from a browser; the ref, where there is one, begins after it
_PAGES: tuple[tuple[tuple[str, ...], bool], ...] = (
    (("-", "tree"), True),
    (("-", "blob"), True),
    (("-", "raw"), True),
    (("-", "commits"), True),
    (("-", "commit"), True),
    (("-", "tags"), True),
    (("-",), False),
    (("src", "branch"), True),
    (("src", "tag"), True),
    (("src", "commit"), True),
    (("releases", "tag"), True),
    (("tree",), True),
    (("blob",), True),
    (("blame",), True),
    (("raw",), True),
    (("commits",), True),
    (("commit",), True),
)
_BITBUCKET_PAGES: tuple[tuple[tuple[str, ...], bool], ...] = ((("src",), True), (("branch",), True))
_TWO_PARTS = frozenset({"github.com", "bitbucket.org", "codeberg.org"})


@dataclass(frozen=True)
class Address:
    """A repository's address. `url` is for people and artifacts, `remote` for git; neither carries credentials.

    `refs` are the revisions that a browser's address may mean, longest first: a branch may have slashes in its name.
    """

    url: str
    remote: str
    protocol: Protocol
    name: str
    host: str | None = None
    owner: str | None = None
    web_url: str | None = None
    refs: tuple[str, ...] = ()


def parse(text: str, environ: Mapping[str, str] | None = None) -> Address:
    """Understand what the user gave: a URL, `user@host:path`, a local path or `sample`. Raises CloneError."""
    environ = os.environ if environ is None else environ
    text = text.strip()
    _refuse_the_unsafe(text)
    if text == SAMPLE:
        return Address(url=SAMPLE, remote="", protocol="sample", name=SAMPLE)
    scheme = _SCHEME.match(text)
    if scheme:
        return _from_url(text, scheme[1].lower(), environ)
    if _looks_like_a_path(text):
        return _from_path(Path(text).expanduser(), text, environ)
    scp = _SCP.fullmatch(text)
    if scp:
        return _from_scp(text, scp["host"], scp["path"])
    raise _not_an_address(text)


def _refuse_the_unsafe(text: str) -> None:
    if not text:
        raise CloneError(
            "no repository was given", fix="give a URL, for example https://github.com/pallets/flask"
        )
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise CloneError("the address of the repository holds control characters", fix="give a plain URL")
    if text.startswith("-"):
        raise CloneError(
            f"{text!r} begins with a dash, so git would take it for an option", fix="write ./ before a path"
        )
    transport = _TRANSPORT.match(text)
    if transport:
        raise CloneError(
            f"addresses of the form {transport[0]}… run a program on this machine and are never used",
            fix="give an https or ssh URL",
        )


def _looks_like_a_path(text: str) -> bool:
    if text in (".", "..") or text.startswith(("/", "./", "../", "~")):
        return True
    try:
        return Path(text).exists()
    except OSError:
        return False


def _from_url(text: str, scheme: str, environ: Mapping[str, str]) -> Address:
    if scheme not in allowed_protocols(environ):
        raise _refused_protocol(scheme)
    if scheme == "file":
        path = unquote(text[len("file://") :].removeprefix("localhost"))
        return Address(
            url=f"file://{quote(path)}", remote=f"file://{quote(path)}", protocol="file", name=_name(path)
        )
    parts = _split(text, scheme)
    host = (parts.hostname or "").lower()
    port = _port(parts.netloc)
    path, refs = (
        _repository_in(host, parts.path) if scheme in ("https", "http") else (parts.path.strip("/"), ())
    )
    user = f"{parts.username}@" if parts.username and scheme == "ssh" else ""
    shown_host = f"[{host}]" if ":" in host else host
    url = f"{scheme}://{user}{shown_host}{port}/{path}"
    if scheme == "ssh" and parts.path.startswith("/~"):
        url = f"{scheme}://{user}{shown_host}{port}{parts.path.rstrip('/')}"
    return Address(
        url=url,
        remote=url,
        protocol=scheme,  # type: ignore[arg-type]
        name=_name(unquote(path)),
        host=host,
        owner=_owner(path),
        web_url=_web_url(scheme, shown_host + (port if scheme != "ssh" else ""), path),
        refs=refs,
    )


def _split(text: str, scheme: str) -> SplitResult:
    try:
        parts = urlsplit(scheme + text[text.index("://") :])
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise CloneError(
            "the URL of the repository cannot be read", fix="look at its host and port"
        ) from None
    if parts.password is not None or (parts.username and scheme != "ssh"):
        raise CloneError(
            f"the URL carries a name or password for {host}; it would be stored with the run",
            fix=f"give {scheme}://{host}{_port(parts.netloc)}{parts.path} and put the token in GITHUB_TOKEN (github.com) or GIT_TOKEN",
        )
    if not _HOST.fullmatch(host) or (parts.username or "").startswith("-"):
        raise CloneError(
            f"{host!r} is no host name", fix="give a URL such as https://github.com/pallets/flask"
        )
    if not parts.path.strip("/"):
        raise CloneError(
            f"the URL names the host {host} but no repository",
            fix=f"add owner and name: {scheme}://{host}/owner/name",
        )
    return parts


def _repository_in(host: str, path: str) -> tuple[str, tuple[str, ...]]:
    """The repository's path, and the refs that the rest of a browser's address may mean."""
    segments = [unquote(segment) for segment in path.split("/") if segment]
    pages = _BITBUCKET_PAGES + _PAGES if host == "bitbucket.org" else _PAGES
    for start in range(2, len(segments)):
        for page, has_ref in pages:
            end = start + len(page)
            if tuple(segments[start:end]) == page and (len(segments) > end or not has_ref):
                return _joined(segments[:start]), _prefixes(segments[end:]) if has_ref else ()
        if host in _TWO_PARTS:
            return _joined(segments[:2]), ()
    return _joined(segments), ()


def _prefixes(segments: list[str]) -> tuple[str, ...]:
    longest = min(len(segments), 6)
    return tuple("/".join(segments[:length]) for length in range(longest, 0, -1))


def _joined(segments: list[str]) -> str:
    return "/".join(quote(segment, safe="~@:+,;=!$&'()*") for segment in segments)


def _from_scp(text: str, host: str, path: str) -> Address:
    if path.startswith("-"):
        raise CloneError(f"{text!r} names a path that begins with a dash", fix="give an ssh:// URL")
    if "@" in path.partition("/")[0]:
        raise CloneError(
            "the address carries a name and password; they would be stored with the run",
            fix="give an https URL and put the token in GITHUB_TOKEN (github.com) or GIT_TOKEN",
        )
    plain = path.strip("/")
    shown = host.lower()
    return Address(
        url=text.rstrip("/"),
        remote=text.rstrip("/"),
        protocol="ssh",
        name=_name(plain),
        host=shown.strip("[]"),
        owner=_owner(plain),
        web_url=_web_url("ssh", shown, plain),
    )


def _from_path(path: Path, text: str, environ: Mapping[str, str]) -> Address:
    if environ.get(LOCAL_PATHS_VARIABLE, "1").strip().lower() in ("0", "false", "no"):
        raise CloneError(
            "local paths are turned off here", fix=f"give an https URL, or unset {LOCAL_PATHS_VARIABLE}"
        )
    try:
        found = path.resolve()
        exists, is_folder = found.exists(), found.is_dir()
    except (OSError, RuntimeError) as error:
        raise CloneError(f"the path {text} cannot be read: {error}", fix="look at the path") from None
    if not exists:
        raise CloneError(f"there is no folder {text}", fix="give the path of a repository, or a URL")
    if not is_folder:
        raise CloneError(f"{text} is a file, not a repository", fix="give the folder that holds .git")
    inside = _repository_around(found)
    if inside:
        raise CloneError(f"{text} is a folder inside the repository {inside}", fix=f"give {inside} itself")
    return Address(
        url=str(found), remote=f"file://{quote(str(found))}", protocol="path", name=_name(str(found))
    )


def _repository_around(folder: Path) -> Path | None:
    """The repository that a folder lies in; None for one that is a repository itself, or lies in none."""
    if (folder / ".git").exists() or (folder / "objects").is_dir():
        return None
    return next((parent for parent in folder.parents if (parent / ".git").exists()), None)


def _name(path: str) -> str:
    parts = [part for part in path.split("/") if part]
    if parts and parts[-1] == ".git" and len(parts) > 1:
        parts.pop()
    return (parts[-1].removesuffix(".git") if parts else "") or "repository"


def _owner(path: str) -> str | None:
    return unquote(path.strip("/").rpartition("/")[0]).lstrip("~/") or None


def _web_url(scheme: str, host: str, path: str) -> str | None:
    """The page of the repository; of an ssh address, only for a host with a dotted name, which serves pages as a rule."""
    if scheme == "git" or (scheme == "ssh" and "." not in host) or "~" in path:
        return None
    return f"{'http' if scheme == 'http' else 'https'}://{host}/{path.removesuffix('.git')}"


def _port(netloc: str) -> str:
    match = re.search(r":(\d+)$", netloc)
    return match[0] if match else ""


def _refused_protocol(scheme: str) -> CloneError:
    if scheme in CAN_BE_ALLOWED:
        return CloneError(
            f"the protocol {scheme} is not used unless it is asked for",
            fix=f"give an https or ssh URL, or set {PROTOCOLS_VARIABLE}={scheme}",
        )
    known = ", ".join(ALWAYS_ALLOWED)
    return CloneError(
        f"{scheme}:// is no protocol that a repository is cloned over here", fix=f"give a URL with {known}"
    )


def _not_an_address(text: str) -> CloneError:
    shown = re.sub(r"[^/\s]+@", "***@", text if len(text) <= 100 else text[:100] + "…")
    message = f"{shown!r} is neither a URL nor a folder that exists"
    if _HOSTED.fullmatch(text):
        return CloneError(message, fix=f"did you mean https://{shown}?")
    if _SHORTHAND.fullmatch(text):
        return CloneError(message, fix=f"did you mean https://github.com/{shown}?")
    return CloneError(
        message, fix="give a URL, for example https://github.com/pallets/flask, or the path of a repository"
    )
