"""Every way a clone can fail ends in one sentence and what to do about it, and leaves nothing behind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from repo_architect.clone import clone_repo
from repo_architect.clone.address import parse
from repo_architect.clone.failures import FAILURES, explain
from repo_architect.errors import CloneError, RunError
from repo_architect.git_environment import Token
from repo_architect.run import Run
from support import git

TOKEN = Token("GIT_TOKEN", "https://git.example.com", "s3cret-canary")

# what git, ssh and the forges write, collected from git 2.31 to 2.50, OpenSSH, libcurl with OpenSSL and GnuTLS
SAID = [
    ("fatal: unable to access 'https://x/': Could not resolve host: git.example.com", None, "cannot be found", "spelling"),
    ("ssh: Could not resolve hostname git.example.com: Name or service not known\nfatal: Could not read from remote repository.", None, "cannot be found", "network"),
    ("fatal: unable to access 'https://x/': Failed to connect to git.example.com port 443 after 1 ms: Connection refused", None, "cannot be reached", "proxy"),
    ("fatal: unable to access 'https://x/': Failed to connect to git.example.com port 443: Connection timed out", None, "cannot be reached", "proxy"),
    ("ssh: connect to host git.example.com port 22: Network is unreachable", None, "cannot be reached", "network"),
    ("fatal: unable to access 'https://x/': CONNECT tunnel failed, response 403", None, "proxy does not let git through", "no_proxy"),
    ("fatal: unable to access 'https://x/': SSL certificate problem: self-signed certificate", None, "certificate of git.example.com is not trusted", "GIT_SSL_CAINFO"),
    ("fatal: unable to access 'https://x/': server certificate verification failed. CAfile: none CRLfile: none", None, "is not trusted", "GIT_SSL_CAINFO"),
    ("fatal: unable to access 'https://x/': gnutls_handshake() failed: The TLS connection was non-properly terminated.", None, "TLS", "port"),
    ("fatal: unable to access 'https://x/': OpenSSL/3.0: error:0A00010B:SSL routines::wrong version number", None, "TLS", "port"),
    ("error: RPC failed; curl 28 Operation too slow. Less than 1000 bytes/sec transferred the last 60 seconds", None, "almost nothing", "later"),
    ("Host key verification failed.\nfatal: Could not read from remote repository.", None, "does not know the host", "ssh -T git@git.example.com"),
    ("git@git.example.com: Permission denied (publickey).\nfatal: Could not read from remote repository.", None, "ssh key", "https"),
    ("error: cannot run ssh: No such file or directory", None, "ssh is not installed", "openssh-client"),
    ("fatal: could not read Username for 'https://git.example.com': terminal prompts disabled", None, "private and no token", "GIT_TOKEN"),
    ("fatal: Authentication failed for 'https://git.example.com/o/r/'", TOKEN, "did not accept the token in GIT_TOKEN", "new token"),
    ("fatal: could not read Username for 'https://git.example.com': terminal prompts disabled", TOKEN, "did not accept the token", "new token"),
    ("remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://x'", TOKEN, "did not accept the token", "new token"),
    ("fatal: unable to access 'https://x/': The requested URL returned error: 401", None, "private and no token", "GIT_TOKEN"),
    ("remote: The 'acme' organization has enabled or enforced SAML SSO.\nfatal: unable to access: The requested URL returned error: 403", TOKEN, "single sign-on", "authorise"),
    ("fatal: unable to access 'https://x/': The requested URL returned error: 403", TOKEN, "does not let the token", "right"),
    ("fatal: unable to access 'https://x/': The requested URL returned error: 403", None, "does not let you", "GIT_TOKEN"),
    ("fatal: unable to access 'https://x/': The requested URL returned error: 429", None, "too many requests", "minutes"),
    ("fatal: unable to access 'https://x/': The requested URL returned error: 301", TOKEN, "moved", "new address"),
    ("remote: Repository not found.\nfatal: repository 'https://x/' not found", TOKEN, "may not read it", "owner and name"),
    ("remote: Not Found\nfatal: repository 'https://x/' not found", None, "private and no token", "GIT_TOKEN"),
    ("ERROR: Repository not found.\nfatal: Could not read from remote repository.", None, "does not exist", "owner and name"),
    ("remote: The project you were looking for could not be found or you don't have permission to view it.", TOKEN, "does not exist", "owner"),
    ("fatal: unable to access 'https://x/': The requested URL returned error: 503", None, "server error", "later"),
    ("fatal: '/a' does not appear to be a git repository", None, "not a git repository", ".git"),
    ("fatal: https://x/info/refs not valid: is this a git repository?", None, "not a git repository", ".git"),
    ("fatal: transport 'http' not allowed", None, "not allowed", "insteadOf"),
    ("fatal: detected dubious ownership in repository at '/a/.git'\nTo add an exception", None, "another user", "safe.directory"),
    ("fatal: remote error: upload-pack: not our ref 0123", None, "no branch, tag or commit", "--ref"),
    ("error: short object ID abcdef1 is ambiguous", None, "more than one commit", "digits"),
    ("error: invalid path '.git/config'", None, "as an attack would", "nothing was written"),
    ("fatal: mismatched algorithms: client sha1; server sha256", None, "format", "newer git"),
    ("error: RPC failed; curl 18 transfer closed with outstanding read data remaining\nfatal: early EOF\nfatal: index-pack failed", None, "cut short", "again"),
    ("fatal: the remote end hung up unexpectedly", None, "broke", "again"),
    ("fatal: Unable to create '/a/.git/index.lock': Permission denied", None, "may not be read or written", "rights"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "token", "message", "fix"), SAID)
def test_what_git_says_becomes_a_sentence_and_a_fix(
    said: str, token: Token | None, message: str, fix: str
) -> None:
    error = explain(said, parse("https://git.example.com/o/r"), token, "main")
    assert message in error.message
    assert fix in error.fix
    assert "s3cret-canary" not in str(error)


def test_every_row_of_the_table_is_the_first_to_match_something_known() -> None:
    used = set()
    for said, token, _, _ in SAID:
        for row in FAILURES:
            if row.token in (None, token is not None) and re.search(
                row.pattern, said, re.IGNORECASE | re.DOTALL
            ):
                used.add(row)
                break
    unused = [row.pattern for row in FAILURES if row not in used]
    assert unused == [row.pattern for row in FAILURES if row.pattern in ONLY_SEEN_BY_OTHERS]


ONLY_SEEN_BY_OTHERS: tuple[str, ...] = (
    r"no space left on device|disk quota exceeded",
    r"read-only file system",
    r"identity file|bad permissions|load key",
)


def test_escape_sequences_and_credentials_of_a_message_are_not_shown() -> None:
    said = "remote: \x1b[31mred\x1b]0;title\x07 at https://user:hunter2@git.example.com/\nfatal: nope"
    error = explain(said, parse("https://git.example.com/o/r"), None, "")
    assert "\x1b" not in str(error)
    assert "\x07" not in str(error)
    assert "hunter2" not in str(error)


@pytest.mark.parametrize(
    ("url", "message", "fix"),
    [
        ("", "no repository was given", "https://"),
        ("not a url", "neither a URL nor a folder", "https://"),
        ("pallets/flask", "neither a URL nor a folder", "did you mean https://github.com/pallets/flask?"),
        ("github.com/pallets/flask", "neither a URL nor a folder", "did you mean https://github.com/pallets/flask?"),
        ("./nowhere", "there is no folder ./nowhere", "path of a repository"),
        ("~/nowhere", "there is no folder", "path of a repository"),
        ("https://github.com", "no repository", "https://github.com/owner/name"),
        ("https://github.com/", "no repository", "owner/name"),
        ("https:///x/y", "no host name", "https://"),
        ("https://-x.com/a/b", "no host name", "https://"),
        ("ssh://-oProxyCommand=id/x", "no host name", "https://"),
        ("-oProxyCommand=id:x", "begins with a dash", "./"),
        ("--upload-pack=id", "begins with a dash", "./"),
        ("git@host:-x", "begins with a dash", "ssh://"),
        ("ext::sh -c id", "run a program", "https"),
        ("EXT::sh -c id", "run a program", "https"),
        ("fd::7", "run a program", "https"),
        ("https::https://github.com/a/b", "run a program", "https"),
        ("https://github.com/a/b\nc", "control characters", "plain"),
        ("https://github.com/a/b\x00", "control characters", "plain"),
        ("http://github.com/a/b", "protocol http is not used unless", "REPO_ARCHITECT_ALLOW_PROTOCOLS=http"),
        ("git://github.com/a/b", "protocol git is not used unless", "REPO_ARCHITECT_ALLOW_PROTOCOLS=git"),
        ("file:///etc", "protocol file is not used unless", "REPO_ARCHITECT_ALLOW_PROTOCOLS=file"),
        ("ftp://github.com/a/b", "no protocol", "https, ssh"),
        ("javascript://github.com/a/b", "no protocol", "https, ssh"),
        ("https://host:99999/a/b", "cannot be read", "port"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(run: Run, url: str, message: str, fix: str) -> None:
    with pytest.raises(CloneError) as caught:
        clone_repo(run, url)
    assert message in caught.value.message
    assert fix in caught.value.fix


@pytest.mark.parametrize(
    "url",
    [
        "https://ghp_canary0@github.com/a/b",
        "https://x:ghp_canary0@github.com/a/b",
        "ssh://git:ghp_canary0@github.com/a/b",
        "x:ghp_canary0@github.com/a/b",
        "ghp_canary0@github.com/a/b",
        "https://user:ghp_canary0@",
        "https://a:ghp_canary0/x@github.com/a/b",
    ],
)
def test_credentials_in_an_address_are_refused_and_never_shown(run: Run, url: str) -> None:
    with pytest.raises(CloneError) as caught:
        clone_repo(run, url)
    assert "canary0" not in str(caught.value)


@pytest.mark.parametrize(
    "ref", ["-x", "--upload-pack=id", "a b", "a..b", "a~1", "a^{}", "a:b", "x\ny", "x*", "/x", "x/"]
)
def test_what_can_be_no_ref_is_refused(run: Run, tmp_path: Path, ref: str) -> None:
    with pytest.raises(CloneError, match="can be no branch, tag or commit"):
        clone_repo(run, str(git.make_repository(tmp_path / "origin")), ref)


def test_an_unknown_ref_names_those_that_are_near(run: Run, tmp_path: Path) -> None:
    origin = git.make_repository(tmp_path / "origin", branch="release-2.x")
    with pytest.raises(CloneError, match=r"no branch, tag or commit 'release-2\.y'") as caught:
        clone_repo(run, str(origin), "release-2.y")
    assert caught.value.fix == "did you mean release-2.x?"
    with pytest.raises(CloneError) as caught:
        clone_repo(run, str(origin), "zzz")
    assert "release-2.x" in caught.value.fix


@pytest.mark.parametrize("ref", ["0123456", "0123456789012345678901234567890123456789"])
def test_an_unknown_commit_is_an_unknown_ref(run: Run, tmp_path: Path, ref: str) -> None:
    with pytest.raises(CloneError, match=f"no branch, tag or commit '{ref}'"):
        clone_repo(run, str(git.make_repository(tmp_path / "origin")), ref)
    assert [path.name for path in run.folder.iterdir()] == ["stages"]


def test_an_empty_repository_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    git.git(tmp_path / "empty", "init", "-q")
    with pytest.raises(CloneError, match="the repository is empty"):
        clone_repo(run, str(tmp_path / "empty"))


def test_a_default_branch_without_commit_names_the_others(run: Run, tmp_path: Path) -> None:
    origin = git.make_repository(tmp_path / "origin")
    git.git(origin, "symbolic-ref", "HEAD", "refs/heads/unborn")
    with pytest.raises(CloneError, match="the default branch") as caught:
        clone_repo(run, str(origin))
    assert "main" in caught.value.fix


def test_a_file_and_a_plain_folder_are_no_repositories(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CloneError, match="is a file"):
        clone_repo(run, str(tmp_path / "file"))
    with pytest.raises(CloneError, match="not a git repository"):
        clone_repo(run, str(run.folder))


def test_a_folder_inside_a_repository_names_the_repository(run: Run, tmp_path: Path) -> None:
    origin = git.make_repository(tmp_path / "origin", {"a/b/c.py": "1"})
    with pytest.raises(CloneError, match="inside the repository") as caught:
        clone_repo(run, str(origin / "a" / "b"))
    assert caught.value.fix == f"give {origin} itself"


def test_local_paths_can_be_turned_off(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPO_ARCHITECT_LOCAL_PATHS", "0")
    with pytest.raises(CloneError, match="local paths are turned off"):
        clone_repo(run, str(git.make_repository(tmp_path / "origin")))


def test_a_repository_with_a_git_folder_inside_is_refused(run: Run, tmp_path: Path) -> None:
    origin = git.make_repository(tmp_path / "origin")
    blob = git.git(origin, "hash-object", "-w", "--stdin", data=b"[core]\n\tfsmonitor = id\n")
    inner = git.git(origin, "mktree", data=f"100644 blob {blob}\tconfig\n".encode())
    tree = git.git(origin, "mktree", data=f"040000 tree {inner}\t.git\n".encode())
    git.git(origin, "update-ref", "HEAD", git.git(origin, "commit-tree", tree, "-m", "x"))
    with pytest.raises(CloneError, match="as an attack would"):
        clone_repo(run, str(origin))
    assert [path.name for path in run.folder.iterdir()] == ["stages"]


def test_the_machine_without_git_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CloneError, match="there is no git") as caught:
        clone_repo(run, "https://git.example.com/a/b")
    assert "2.31" in caught.value.fix


def test_a_git_that_is_too_old_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = git.fake_git(tmp_path / "bin", "echo git version 2.25.1")
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    with pytest.raises(CloneError, match=r"git 2\.25\.1 is too old"):
        clone_repo(run, "https://git.example.com/a/b")


@pytest.mark.parametrize(
    "said", ["write error: No space left on device", "unable to write: no space left on device"]
)
def test_a_full_disk_is_the_run_folders_trouble(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    script = f'case "$1" in fetch) echo "fatal: {said}" >&2; exit 128;; *) exec "$REAL" "$@";; esac'
    monkeypatch.setenv("PATH", str(git.fake_git(tmp_path / "bin", script)), prepend=":")
    with pytest.raises(RunError, match="the disk is full"):
        clone_repo(run, str(git.make_repository(tmp_path / "origin")))
    assert [path.name for path in run.folder.iterdir()] == ["stages"]


def test_a_run_folder_that_cannot_be_written_is_told() -> None:
    with pytest.raises(RunError, match=r"cannot write .*repo"):
        clone_repo(Run(Path("/proc/sys")), "sample")


def test_a_host_that_refuses_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(CloneError, match=r"the host 127\.0\.0\.1 cannot be reached"):
        clone_repo(run, f"https://127.0.0.1:{port}/a/b")


def test_a_server_without_tls_is_told(run: Run, tmp_path: Path) -> None:
    with git.serve(tmp_path) as server, pytest.raises(CloneError, match="TLS"):
        clone_repo(run, server.url.replace("http:", "https:") + "/a/b")


def test_a_server_that_never_answers_costs_no_more_than_the_time_limit(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        with pytest.raises(CloneError, match=r"not cloned within 0\.5 seconds"):
            clone_repo(run, f"https://127.0.0.1:{silent.getsockname()[1]}/a/b", timeout=0.5)
        assert time.monotonic() - began < 4
    assert [path.name for path in run.folder.iterdir()] == ["stages"]


def _end_of(seconds: str) -> list[str]:
    """The processes of this length that are left when those that were just killed had time to end."""
    deadline = time.monotonic() + 5
    while (left := _processes_of(seconds)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def _processes_of(marker: str) -> list[str]:
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text = line.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if marker in text:
            found.append(text)
    return found


@pytest.mark.parametrize(("stubborn", "seconds"), [("", "98.7654"), ("trap '' TERM;", "98.7655")])
def test_the_time_limit_ends_git_and_all_its_children(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stubborn: str, seconds: str
) -> None:
    script = f'{stubborn} case "$1" in fetch) sleep {seconds} & sleep {seconds};; *) exec "$REAL" "$@";; esac'
    monkeypatch.setenv("PATH", str(git.fake_git(tmp_path / "bin", script)), prepend=":")
    with pytest.raises(CloneError, match="not cloned within 1 seconds"):
        clone_repo(run, str(git.make_repository(tmp_path / "origin")), timeout=1)
    assert _end_of(seconds) == []
    assert [path.name for path in run.folder.iterdir()] == ["stages"]


def test_ctrl_c_leaves_nothing_behind(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("repo_architect.clone.checkout.check_out", interrupted)
    with pytest.raises(KeyboardInterrupt):
        clone_repo(run, str(git.make_repository(tmp_path / "origin")))
    assert [path.name for path in run.folder.iterdir()] == ["stages"]


SLOW_CLONE = """
import sys
from pathlib import Path
from repo_architect.clone import clone_repo
from repo_architect.run import Run

clone_repo(Run(Path(sys.argv[1])), sys.argv[2])
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_git_outlives_an_interrupted_or_killed_run(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    if how == signal.SIGKILL and not shutil.which("setpriv"):
        how = signal.SIGINT
    started = f"sleep 98.{os.getpid()}{how.value}"
    script = f'case "$1" in fetch) exec {started};; *) exec "$REAL" "$@";; esac'
    monkeypatch.setenv("PATH", str(git.fake_git(tmp_path / "bin", script)), prepend=":")
    origin = git.make_repository(tmp_path / "origin")
    child = subprocess.Popen(
        [sys.executable, "-c", SLOW_CLONE, str(run.folder), str(origin)], stderr=subprocess.DEVNULL
    )
    wait_until(lambda: any(line.startswith("sleep") for line in _processes_of(started)))
    child.send_signal(how)
    child.wait(timeout=60)
    wait_until(lambda: _processes_of(started) == [])
    partial = [path.name for path in run.folder.iterdir() if path.name != "stages"]
    assert partial == [] or how == signal.SIGKILL
    monkeypatch.undo()
    clone_repo(run, str(origin))
    assert sorted(path.name for path in run.folder.iterdir()) == ["repo", "stages"]


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "it did not come to that within ten seconds"
        time.sleep(0.02)


def test_the_users_own_ssh_is_used(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = tmp_path / "said"
    ssh = tmp_path / "my-ssh"
    ssh.write_text(f'#!/bin/sh\necho "$@" > {said}\necho "Host key verification failed." >&2\nexit 255\n')
    ssh.chmod(0o755)
    config = tmp_path / "gitconfig"
    config.write_text(f"[core]\n\tsshCommand = {ssh} -i key\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    with pytest.raises(CloneError, match=r"ssh does not know the host git\.example\.com"):
        clone_repo(run, "git@git.example.com:a/b.git")
    assert said.read_text().startswith("-i key -oBatchMode=yes")
