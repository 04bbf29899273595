"""What git says when it fails, as a sentence and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from repo_architect.clone.address import Address
from repo_architect.errors import CloneError
from repo_architect.git_environment import Token


@dataclass(frozen=True)
class Failure:
    """A row: what git writes, the sentence, the fix. `{…}` are filled in; see `_words`."""

    pattern: str
    message: str
    fix: str
    token: bool | None = None
    """Whether the row is for when a token was sent (True), none was (False), or either (None)."""


_SIGN_IN = (
    "for a private repository set {variable} to a token that may read it; otherwise look at owner and name"
)

FAILURES: tuple[Failure, ...] = (
    Failure(r"no space left on device|disk quota exceeded", "the disk is full", "free some room, or choose another place with --runs-dir"),
    Failure(r"read-only file system", "the runs folder is on a read-only file system", "choose another place with --runs-dir"),
    Failure(r"dubious ownership", "{url} belongs to another user, so git does not read it", "git config --global --add safe.directory '{url}'"),
    Failure(r"could not resolve (host|proxy|hostname)|name or service not known|temporary failure in name resolution", "the host {host} cannot be found", "look at the spelling of the host, and at your network or proxy"),
    Failure(r"failed to connect|connection refused|couldn't connect|connection timed out|no route to host|network is unreachable|unable to connect", "the host {host} cannot be reached", "look at your network, proxy or VPN; then try again"),
    Failure(r"connect(ion)? (to \S+ )?(tunnel failed|timed out)|CONNECT tunnel|proxy CONNECT aborted", "the proxy does not let git through to {host}", "look at https_proxy and no_proxy"),
    Failure(r"ssl certificate problem|server certificate verification failed|certificate verify failed|unable to get local issuer|self[- ]signed certificate|no alternative certificate subject name|certificate (is )?expired", "the certificate of {host} is not trusted", "if it is your own server, name its authority in GIT_SSL_CAINFO"),
    Failure(r"gnutls_handshake|ssl_connect|ssl connect error|tls handshake|ssl routines|TLS connection was non-properly|wrong version number|schannel", "{host} and git could not agree on a TLS connection", "look at the port and at a proxy in between; is it an https address?"),
    Failure(r"operation too slow|less than \d+ bytes/sec", "{host} sent almost nothing for a minute", "try again later"),
    Failure(r"host key verification failed|no \S+ host key is known", "ssh does not know the host {host} yet", "connect once by hand and compare the key: ssh {ssh}; or give the https URL"),
    Failure(r"identity file|bad permissions|load key", "ssh could not use its key", "ssh -v {ssh} says why; or give the https URL with a token in {variable}"),
    Failure(r"permission denied \(|too many authentication failures|no supported authentication methods", "{host} did not accept your ssh key", "add it to the ssh agent or to your account; or give the https URL with a token in {variable}"),
    Failure(r"cannot run ssh|unable to fork.*ssh|ssh: (command )?not found", "ssh is not installed", "install openssh-client, or give the https URL"),
    Failure(r"could not read (username|password)|terminal prompts disabled", "{url} does not exist, or is private and no token was given", _SIGN_IN, token=False),
    Failure(r"authentication failed|returned error: 401|could not read (username|password)|invalid username or (password|token)|http basic: access denied", "{host} did not accept the token in {variable}", "make a new token and set {variable}; without a token unset it", token=True),
    Failure(r"authentication failed|returned error: 401|http basic: access denied", "{url} is private and no token was given", _SIGN_IN, token=False),
    Failure(r"saml|sso", "the organisation asks for single sign-on, which the token in {variable} was not authorised for", "authorise the token for the organisation in its settings", token=True),
    Failure(r"returned error: 403|403 forbidden|write access to repository not granted", "{host} does not let the token in {variable} read {url}", "give the token the right to read its contents", token=True),
    Failure(r"returned error: 403|403 forbidden", "{host} does not let you read {url}", _SIGN_IN, token=False),
    Failure(r"returned error: 429", "{host} says that too many requests were made", "wait some minutes, then try again"),
    Failure(r"returned error: (30[12378])", "{url} has moved to another address", "give its new address"),
    Failure(r"repository.{0,300}not found|returned error: 404|returned error: 410|project you were looking for could not be found|could not find repository", "{url} does not exist, or the token in {variable} may not read it", "look at owner and name, and at what the token may read", token=True),
    Failure(r"repository.{0,300}not found|returned error: 404|returned error: 410|project you were looking for could not be found|could not find repository", "{url} does not exist, or is private and no token was given", _SIGN_IN, token=False),
    Failure(r"returned error: 5\d\d", "{host} has trouble: it answered with a server error", "try again later"),
    Failure(r"does not appear to be a git repository|not a git repository|not valid: is this a git repository|invalid ls-remote|no such file or directory", "{url} is not a git repository", "give the folder that holds .git, or the URL of a repository"),
    Failure(r"transport '([^']*)' not allowed", "git was led to a protocol that is not allowed", "look at url.*.insteadOf in your git configuration"),
    Failure(r"not our ref|does not allow request for unadvertised object|couldn't find remote ref|unknown revision|remote branch .* not found|needed a single revision|ambiguous argument", "the repository has no branch, tag or commit {ref}", "give one that it has with --ref"),
    Failure(r"short (object id|sha1) .* is ambiguous", "more than one commit begins with {ref}", "give more of its digits with --ref"),
    Failure(r"invalid path|fsck error|is not a valid path", "the repository holds a file name that git refuses to write, as an attack would", "nothing was written; look at the repository before you go on"),
    Failure(r"mismatched algorithms|unsupported object format|unknown object format|unknown repository extension", "the repository uses a format that this git does not read", "install a newer git"),
    Failure(r"shallow file has changed|unable to read [0-9a-f]{40}|pack-objects died|pack has bad object|index-pack failed|bad object|corrupt|inflate", "the data of the repository is damaged, or was cut short", "try again; if it stays, ask its owner to run git fsck"),
    Failure(r"early eof|rpc failed|hung up unexpectedly|unexpected disconnect|connection reset|connection closed|transfer closed|broken pipe|empty reply", "the connection to {host} broke", "try again"),
    Failure(r"permission denied|operation not permitted", "a file or folder may not be read or written", "look at the rights of {url} and of the runs folder"),
)  # fmt: skip


def explain(error: str, address: Address, token: Token | None, ref: str) -> CloneError:
    """The CloneError for what git wrote to standard error; what git said itself stands at the end of the message."""
    for row in FAILURES:
        if row.token in (None, token is not None) and re.search(
            row.pattern, error, re.IGNORECASE | re.DOTALL
        ):
            words = _words(address, token, ref)
            return CloneError(f"{row.message.format(**words)}{_quoted(error)}", fix=row.fix.format(**words))
    return CloneError(
        f"git could not clone {address.url}{_quoted(error)}", fix="look at the address, then try again"
    )


def _words(address: Address, token: Token | None, ref: str) -> dict[str, str]:
    host = address.host or "this machine"
    user = address.remote.split("://")[-1].split("@")[0] if "@" in address.remote else "git"
    variable = token.variable if token else ("GITHUB_TOKEN" if host == "github.com" else "GIT_TOKEN")
    return {
        "url": address.url,
        "host": host,
        "variable": variable,
        "ssh": f"-T {user}@{host}",
        "ref": repr(ref),
    }


def _quoted(error: str) -> str:
    """The line that says most, without escape sequences, addresses with credentials or great length."""
    lines = [line.strip() for line in error.replace("\r", "\n").splitlines() if line.strip()]
    telling = [
        line for line in lines if line.startswith(("fatal:", "error:", "remote:", "ssh:", "ERROR:"))
    ] or lines
    if not telling:
        return ""
    line = re.sub(r"//[^/@\s]+@", "//***@", telling[0])
    shown = "".join(character if character.isprintable() else "?" for character in line)[:300]
    return f" (git: {shown})"
