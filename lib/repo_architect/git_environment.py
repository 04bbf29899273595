"""The environment that git is run in: no prompt, no hook, no token where `ps` or `.git/config` would show it.

Git ≥ 2.31 reads `GIT_CONFIG_COUNT`, `GIT_CONFIG_KEY_n` and `GIT_CONFIG_VALUE_n`: configuration that stands in no
argument list and in no file.
"""

from __future__ import annotations

import base64
import ipaddress
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PROTOCOLS_VARIABLE = "REPO_ARCHITECT_ALLOW_PROTOCOLS"
ALWAYS_ALLOWED = ("https", "ssh")
CAN_BE_ALLOWED = ("http", "git", "file")

_SETTINGS = (
    ("core.hooksPath", os.devnull),
    ("core.fsmonitor", "false"),
    ("core.autocrlf", "false"),
    ("core.protectNTFS", "true"),
    ("core.askPass", ""),
    ("protocol.ext.allow", "never"),
    ("submodule.recurse", "false"),
    ("fetch.recurseSubmodules", "false"),
    ("filter.lfs.smudge", ""),
    ("filter.lfs.process", ""),
    ("filter.lfs.required", "false"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("advice.detachedHead", "false"),
    ("init.defaultBranch", "main"),
    ("commit.gpgSign", "false"),
    ("push.gpgSign", "false"),
    ("credential.interactive", "false"),
    # a server that sends less than 1 kB/s for a minute is taken for dead, whoever is still there to end it
    ("http.lowSpeedLimit", "1000"),
    ("http.lowSpeedTime", "60"),
)

_FIXED = {
    "LC_ALL": "C",
    "LANGUAGE": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS_REQUIRE": "never",
    "GCM_INTERACTIVE": "never",
    "GIT_LFS_SKIP_SMUDGE": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TEMPLATE_DIR": "",
    "GIT_PAGER": "cat",
    "GIT_EDITOR": "true",
}

# of git's own variables only these are passed on: GIT_DIR would lead git elsewhere, GIT_TRACE_CURL would print the token
_KEPT = re.compile(
    r"GIT_(SSL_\w+|SSH|SSH_COMMAND|SSH_VARIANT|EXEC_PATH|CONFIG_(NOSYSTEM|GLOBAL|SYSTEM)|AUTHOR_\w+|COMMITTER_\w+)"
)
_SECRET = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|_KEY$|_PAT$|ASKPASS$", re.IGNORECASE)

_USERNAMES = {"bitbucket.org": "x-token-auth", "gitlab.com": "oauth2"}


@dataclass(frozen=True)
class Token:
    """A token and the one origin (`https://host[:port]`) it may be sent to. Its value shows in no representation."""

    variable: str
    origin: str
    value: str = field(repr=False)

    @property
    def basic(self) -> str:
        """The value of an Authorization header, as git sends it. A value `name:token` is taken as it stands."""
        host = urlsplit(self.origin).hostname or ""
        pair = self.value if ":" in self.value else f"{_USERNAMES.get(host, 'x-access-token')}:{self.value}"
        return "Basic " + base64.b64encode(pair.encode()).decode()

    def scrub(self, text: str) -> str:
        """`text` without the token, in any of the forms it is sent in."""
        encoded = self.basic.removeprefix("Basic ")
        for secret in (self.value, encoded, self.value.rpartition(":")[2]):
            text = text.replace(secret, "***")
        return text


def token_for(url: str, environ: Mapping[str, str] | None = None) -> Token | None:
    """The token that may be sent to `url`: GITHUB_TOKEN to GitHub alone, else GIT_TOKEN; only over https.

    GitHub is github.com, the host of GITHUB_SERVER_URL and the hosts in GH_HOST. Plain http only to this machine.
    """
    environ = os.environ if environ is None else environ
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))):
        return None
    names = ("GITHUB_TOKEN", "GIT_TOKEN") if host in github_hosts(environ) else ("GIT_TOKEN",)
    origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
    for name in names:
        value = environ.get(name, "").strip()
        if value:
            return Token(name, origin, value)
    return None


def github_hosts(environ: Mapping[str, str] | None = None) -> frozenset[str]:
    """Hosts that GITHUB_TOKEN may be sent to, lower case."""
    environ = os.environ if environ is None else environ
    named = re.split(r"[,\s]+", environ.get("GH_HOST", ""))
    server = urlsplit(environ.get("GITHUB_SERVER_URL", "")).hostname or ""
    return frozenset(host.lower() for host in ("github.com", server, *named) if host)


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def allowed_protocols(environ: Mapping[str, str] | None = None) -> frozenset[str]:
    """https and ssh, and those of http, git and file that REPO_ARCHITECT_ALLOW_PROTOCOLS names (comma or colon between)."""
    environ = os.environ if environ is None else environ
    named = re.split(r"[,:;\s]+", environ.get(PROTOCOLS_VARIABLE, "").lower())
    return frozenset((*ALWAYS_ALLOWED, *(name for name in named if name in CAN_BE_ALLOWED)))


def child_environment(
    protocols: Iterable[str], token: Token | None = None, ssh_command: str = ""
) -> dict[str, str]:
    """The whole environment of a git command that may use only `protocols`, with `token` for its origin.

    `ssh_command` is the user's own, when git's configuration names one; ssh never asks in any case: an unknown host
    is refused, not trusted.
    """
    kept = {name: value for name, value in os.environ.items() if _may_be_kept(name)}
    ssh = kept.get("GIT_SSH_COMMAND") or ssh_command or _quoted(kept.pop("GIT_SSH", "")) or "ssh"
    settings = [*_SETTINGS, *_credentials(token)]
    return {
        **kept,
        **_FIXED,
        "GIT_ALLOW_PROTOCOL": ":".join(sorted(protocols)),
        "GIT_SSH_COMMAND": f"{ssh} -oBatchMode=yes -oConnectTimeout=20",
        **as_variables(settings),
    }


def as_variables(settings: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Settings as the variables git reads configuration from."""
    variables: dict[str, str] = {}
    count = 0
    for count, (key, value) in enumerate(settings, start=1):
        variables[f"GIT_CONFIG_KEY_{count - 1}"] = key
        variables[f"GIT_CONFIG_VALUE_{count - 1}"] = value
    return {"GIT_CONFIG_COUNT": str(count), **variables}


def _credentials(token: Token | None) -> list[tuple[str, str]]:
    """With a token no helper is asked, and no redirect followed: git would send the header along to another host."""
    if token is None:
        return []
    return [
        ("credential.helper", ""),
        ("http.followRedirects", "false"),
        (f"http.{token.origin}/.extraheader", f"Authorization: {token.basic}"),
    ]


def _may_be_kept(name: str) -> bool:
    if name.startswith("GIT_"):
        return bool(_KEPT.fullmatch(name))
    return not _SECRET.search(name)


def _quoted(program: str) -> str:
    return "'" + program.replace("'", "'\\''") + "'" if program else ""
