"""Hosts named in a value: of an address, of a connection string, of `host:port`, or the value itself."""

from __future__ import annotations

import re
from typing import NamedTuple

_URL = re.compile(
    r"(?:(jdbc|r2dbc):)?([a-z][a-z0-9+.-]*):(?://|thin:@(?://)?)(?:[^@/\s]*@)?([^/?#\s;]*)", re.IGNORECASE
)
_PART = re.compile(r"(?:^|[;\s])(?:server|host|data source|addr)\s*=\s*(?:tcp:)?([\w.-]+)", re.IGNORECASE)
_HOST_PORT = re.compile(r"^([A-Za-z][\w.-]*|\d{1,3}(?:\.\d{1,3}){3})(?::(\d{2,5}))?(?:/.*)?$")
_PORT = re.compile(r"(.*?)(?::(\d*))?$")
_DEFAULT = re.compile(r"\$\{([\w.\-]+)(?::-|:)([^}]*)\}")
LOCAL = frozenset({"localhost", "127.0.0.1", "0.0.0.0", "::1", "host.docker.internal"})  # noqa: S104 -- compared, never bound
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}$")


class Target(NamedTuple):
    """A host, and the scheme and port of its address where it has them. `bare` says that the value is nothing but the host."""

    host: str
    scheme: str | None
    bare: bool = False
    port: str | None = None


def targets(value: str) -> list[Target]:
    """The hosts that a value names, in order; `${X:default}` is its default."""
    text = _DEFAULT.sub(lambda match: match[2], value.strip()[:2000])
    found = [
        Target(host, match[2].lower(), port=port)
        for match in _URL.finditer(text)
        for host, port in _hosts(match[3])
        if host
    ]
    if found:
        return found
    parts = [Target(match[1], None) for match in _PART.finditer(text)]
    if parts:
        return parts
    return [
        Target(match[1], None, True, match[2])
        for piece in text.split(",")
        if (match := _HOST_PORT.match(piece.strip()))
    ]


def _hosts(place: str) -> list[tuple[str, str | None]]:
    """`a:1,b:2` as a and b with their ports."""
    found = [_PORT.match(piece) for piece in place.split(",")]
    return [(match[1].strip("[]"), match[2]) for match in found if match]


def is_machine(host: str) -> bool:
    """Whether a host is but the machine that all runs on, or one known by its number."""
    return host.lower() in LOCAL or _IP.match(host) is not None


def first_label(host: str) -> str:
    """`db.namespace.svc.cluster.local` as `db`; a public name is whole."""
    return (
        host.partition(".")[0]
        if host.endswith((".local", ".svc", ".internal", ".default")) or ".svc." in host
        else host
    )


def is_public(host: str) -> bool:
    """Whether a host is a name of the public net, and no example."""
    name = host.lower().rstrip(".")
    if not re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", name) or re.fullmatch(r"[\d.]+", name):
        return False
    return not name.endswith(
        (
            ".local",
            ".internal",
            ".localhost",
            ".test",
            ".example",
            ".invalid",
            "example.com",
            "example.org",
            "example.net",
        )
    )
