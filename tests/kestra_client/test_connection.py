from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from werkzeug import Response

from repo_architect.cli.kestra_command import SUBCOMMANDS
from repo_architect.cli.kestra_command import command as group
from repo_architect.errors import KestraError, UsageError
from repo_architect.kestra_client import connection
from repo_architect.kestra_client.connection import Kestra
from repo_architect.kestra_client.settings import Settings
from support.kestra_server import PASSWORD, TOKEN, USERNAME, KestraServer, refused

Command = Callable[..., Any]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_basic_authentication_from_the_environment_is_sent(kestra: KestraServer, command: Command) -> None:
    assert command("list").code == 0


def test_a_token_is_sent_and_comes_before_a_password(
    kestra: KestraServer, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KESTRA_API_TOKEN", TOKEN)
    kestra.authorizations = (f"Bearer {TOKEN}",)
    assert command("list").code == 0


def test_a_netrc_file_does_not_take_the_place_of_the_credentials(
    kestra: KestraServer, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text(
        "machine localhost login other password wrong\nmachine 127.0.0.1 login other password wrong\n"
    )
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    assert command("list").code == 0


def test_wrong_credentials_tell_which_variables_to_set(kestra: KestraServer, command: Command) -> None:
    kestra.authorizations = ("Basic other",)
    ended = command("list")
    assert ended.code == 9
    assert "does not know these credentials (401)" in ended.err
    assert "KESTRA_USERNAME and KESTRA_PASSWORD" in ended.err


def test_no_server_tells_to_start_one(command: Command) -> None:
    ended = command("list", url=f"http://127.0.0.1:{_free_port()}")
    assert ended.code == 9
    assert "there is no server at" in ended.err
    assert "--url" in ended.err


def test_an_unknown_tenant_is_told(command: Command) -> None:
    ended = command("list", "--tenant", "other")
    assert ended.code == 9
    assert "has no tenant 'other' (404)" in ended.err


@pytest.mark.parametrize("version", ["1.3.4", "0.24.0", "v1.0.0-rc1"])
def test_an_older_kestra_is_refused(kestra: KestraServer, command: Command, version: str) -> None:
    kestra.version = version
    ended = command("list")
    assert ended.code == 9
    assert "needs 2.0 or later" in ended.err


@pytest.mark.parametrize("version", ["2.0.0", "2.1.0-SNAPSHOT", "develop"])
def test_current_and_unnumbered_versions_serve(kestra: KestraServer, command: Command, version: str) -> None:
    kestra.version = version
    assert command("list").code == 0


def test_something_that_is_not_kestra_is_told(kestra: KestraServer, command: Command) -> None:
    kestra.fault("configs", Response("<html>Welcome</html>", content_type="text/html"))
    ended = command("list")
    assert ended.code == 9
    assert "does not answer as Kestra does" in ended.err


def test_a_redirect_to_another_server_is_not_followed(kestra: KestraServer, command: Command) -> None:
    kestra.fault("configs", Response("", 302, {"Location": "https://login.example.org/"}))
    ended = command("list")
    assert ended.code == 9
    assert "https://login.example.org" in ended.err


def test_an_untrusted_certificate_is_told(command: Command, tmp_path: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
         "-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "cert")], check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_shake_hands, args=(context, listening), daemon=True).start()
        ended = command("list", url=f"https://127.0.0.1:{listening.getsockname()[1]}")
    assert ended.code == 9
    assert "REQUESTS_CA_BUNDLE" in ended.err


def _shake_hands(context: ssl.SSLContext, listening: socket.socket) -> None:
    while True:
        try:
            accepted, _ = listening.accept()
            context.wrap_socket(accepted, server_side=True).close()
        except ssl.SSLError:
            continue
        except OSError:
            return


def test_a_server_in_trouble_is_asked_again(kestra: KestraServer, command: Command) -> None:
    kestra.fault("GET .*executions/search", refused(503, "starting"), times=2)
    assert command("list").code == 0
    assert kestra.count("executions/search") == 3


def test_a_server_that_stays_in_trouble_is_told(kestra: KestraServer, command: Command) -> None:
    kestra.fault("GET .*executions/search", refused(503, f"starting {PASSWORD}\x1b[31m"), times=9)
    ended = command("list")
    assert ended.code == 9
    assert "in trouble (503): starting ******" in ended.err
    assert "\x1b[31m" not in ended.err


def test_a_slow_server_is_told(
    kestra: KestraServer, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.1)
    monkeypatch.setattr(connection, "RETRIES", 0)
    kestra.fault("configs", lambda _: (release.wait(5), refused(500, "late"))[1])
    ended = command("list")
    release.set()
    assert ended.code == 9
    assert "took too long" in ended.err or "no server" in ended.err


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("localhost:8080", "no address of a Kestra"),
        ("ftp://host", "no address of a Kestra"),
        ("http://host:99999999", "no address of a Kestra"),
        (f"http://me:{PASSWORD}@host", "carries credentials"),
        ("http://host/?a=b", "no ? and no #"),
    ],
)
def test_an_address_that_cannot_be_is_refused(command: Command, url: str, message: str) -> None:
    ended = command("list", url=url)
    assert ended.code == 2
    assert message in ended.err


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"KESTRA_URL": "http://h", "KESTRA_USERNAME": "a"},
        {"KESTRA_URL": "http://h", "KESTRA_API_TOKEN": "a\nb"},
    ],
)
def test_settings_that_miss_a_part_are_refused(environment: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Settings.read(None, environment=environment)


def test_no_representation_shows_credentials(kestra: KestraServer) -> None:
    settings = Settings(kestra.url, username=USERNAME, password=PASSWORD, token=TOKEN)
    assert PASSWORD not in repr(settings)
    assert TOKEN not in repr(settings)


def test_an_exception_carries_no_credentials(kestra: KestraServer) -> None:
    kestra.authorizations = ("Basic other",)
    with pytest.raises(KestraError) as caught:
        Kestra.connect(Settings(kestra.url, username=USERNAME, password=PASSWORD))
    assert PASSWORD not in str(caught.value) + repr(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_no_option_takes_a_credential(name: str) -> None:
    made = group.get_command(click.Context(group), name)
    words = {word for parameter in made.params for word in parameter.opts}
    assert not {
        word for word in words if any(part in word for part in ("token", "password", "user", "secret"))
    }


def test_credentials_in_clear_are_warned_of() -> None:
    assert Settings("http://kestra.example.org", token=TOKEN).in_clear
    assert not Settings("https://kestra.example.org", token=TOKEN).in_clear
    assert not Settings("http://localhost:8080", token=TOKEN).in_clear
    assert not Settings("http://kestra.example.org").in_clear


def test_help_does_not_load_the_client_of_kestra() -> None:
    program = "import sys; from click.testing import CliRunner; from repo_architect.cli.main import cli; CliRunner().invoke(cli, ['kestra','run','--help']); CliRunner().invoke(cli, ['--help']); print('kestrapy' in sys.modules, 'requests' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False"]


def test_without_the_extra_the_command_to_install_it_is_told(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "kestrapy", None)
    ended = command("list")
    assert ended.code == 2
    assert "pip install 'repo-architect-agent[kestra]'" in ended.err
