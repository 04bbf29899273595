"""Where Kestra is and who asks: the address by option or environment, credentials by environment only."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from repo_architect.errors import UsageError

NAMESPACE = "repoarchitectagent"
FLOW = "repo_architect_agent"
TENANT = "main"
_ENVIRONMENT_FIX = "credentials come from KESTRA_USERNAME and KESTRA_PASSWORD, or KESTRA_API_TOKEN"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,149}")
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Settings:
    """A server, a tenant, and credentials, which no representation shows."""

    url: str
    tenant: str = TENANT
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    others: tuple[str, ...] = field(default=(), repr=False)
    """Further secrets that no output may show."""

    @classmethod
    def read(
        cls, url: str | None, tenant: str = TENANT, environment: Mapping[str, str] = os.environ
    ) -> Settings:
        """The settings of a command. Raises UsageError for an address, tenant or credentials that cannot be."""
        username, password, token = (
            environment.get(name, "") for name in ("KESTRA_USERNAME", "KESTRA_PASSWORD", "KESTRA_API_TOKEN")
        )
        if not token and bool(username) != bool(password):
            raise UsageError("one of KESTRA_USERNAME and KESTRA_PASSWORD is missing", fix="set both")
        if any(_CONTROL.search(word) or "\n" in word for word in (username, password, token)):
            raise UsageError("a credential of Kestra holds a line break", fix="set it anew, without it")
        github = (environment.get("GITHUB_TOKEN", ""), environment.get("GIT_TOKEN", ""))
        where = _address(url or environment.get("KESTRA_URL", ""))
        return cls(where, _tenant(tenant), username, password, token, github)

    @property
    def in_clear(self) -> bool:
        """Whether credentials would cross a network unencrypted."""
        parts = urlsplit(self.url)
        here = (parts.hostname or "") in ("localhost", "127.0.0.1", "::1")
        return parts.scheme == "http" and not here and bool(self.token or self.password)

    def plain(self, text: str) -> str:
        """Text of a server, fit for a terminal: without secrets and control characters."""
        basic = base64.b64encode(f"{self.username}:{self.password}".encode()).decode()
        for secret in (self.password, self.token, basic, *self.others):
            if len(secret) >= 4:
                text = text.replace(secret, "******")
        return printable(text)

    def link(self, namespace: str, flow: str, execution: str) -> str:
        """The page of an execution in Kestra's UI."""
        return f"{self.url}/ui/{self.tenant}/executions/{namespace}/{flow}/{execution}"


def printable(text: str) -> str:
    """Text without control characters, which could steer a terminal."""
    return _CONTROL.sub("", text)


def checked_name(word: str, what: str) -> str:
    """A namespace, tenant or id, when it can be one. Raises UsageError."""
    if not _NAME.fullmatch(word):
        raise UsageError(
            f"{word!r} cannot be {what}", fix="use letters, digits, dot, dash and underscore, at most 150"
        )
    return word


def _tenant(word: str) -> str:
    return checked_name(word, "a tenant")


def _address(text: str) -> str:
    if not text:
        raise UsageError("no Kestra is named", fix="give --url http://localhost:8080, or set KESTRA_URL")
    try:
        parts = urlsplit(text)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        known = False
    if not known:
        raise UsageError("this is no address of a Kestra", fix="write http://HOST:PORT or https://HOST")
    if parts.username or parts.password:
        raise UsageError("the address carries credentials", fix=f"take them out: {_ENVIRONMENT_FIX}")
    if parts.query or parts.fragment:
        raise UsageError(
            "the address of a Kestra has no ? and no #", fix="write http://HOST:PORT or https://HOST"
        )
    return text.rstrip("/").removesuffix("/ui")
