"""One Kestra server, asked through kestrapy."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

from repo_architect.errors import KestraError, UsageError
from repo_architect.kestra_client.settings import Settings

if TYPE_CHECKING:
    import requests

CONNECT_SECONDS, ANSWER_SECONDS = 10, 60
RETRIES, BACKOFF = 3, 0.5
OLDEST = (2, 0)


class Kestra:
    """A server that has answered: kestrapy's API classes as `api`, and what kestrapy does not serve.

    Make one with `Kestra.connect`.
    """

    def __init__(self, settings: Settings) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a model of kestrapy shadows a name of pydantic's, and says so
            import kestrapy

        self.settings = settings
        self.tenant = settings.tenant
        client: Any = kestrapy.KestraClient
        self.api: Any = client(
            host=settings.url,
            username=settings.username or None,
            password=settings.password or None,
            token=settings.token or None,
            timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
        )
        # kestrapy 2.0 has no setting for retries, redirects or .netrc: they are set on the session it uses.
        self._session: requests.Session = self.api._session
        _prepare(self._session, settings.url)

    @classmethod
    def connect(cls, settings: Settings) -> Kestra:
        """A server that answers, of a version that serves, with a tenant and credentials that it knows. Raises KestraError, UsageError."""
        try:
            kestra = cls(settings)
        except ImportError:
            raise UsageError(
                "kestrapy is not installed", fix="pip install 'repo-architect-agent[kestra]'"
            ) from None
        kestra._check_version()
        kestra._check_rights()
        return kestra

    def asked(self, what: str) -> AbstractContextManager[None]:
        """Errors inside become KestraError: `could not {what}: …`."""
        from repo_architect.kestra_client import refusals

        return refusals.told(what, self.settings.url, self.tenant, self.settings.plain)

    def _check_version(self) -> None:
        with self.asked("ask for the version"):
            version = str(self.api.misc.configuration().version or "")
        found = re.match(r"v?(\d+)\.(\d+)", version)
        if found and (int(found[1]), int(found[2])) < OLDEST:
            raise KestraError(
                f"{self.settings.url} is Kestra {found[0]}, and this client needs 2.0 or later",
                fix="update Kestra, or register kestra/*.yml by hand in its UI",
            )

    def _check_rights(self) -> None:
        from repo_architect.kestra_client.refusals import AbsentError

        try:
            with self.asked("list flows"):
                self.api.flows.search_flows(self.tenant, page=1, size=1)
        except AbsentError:
            raise KestraError(
                f"{self.settings.url} has no tenant {self.tenant!r} (404)",
                fix="give --tenant; the open edition has one: main",
            ) from None

    @contextmanager
    def download(self, execution: str, uri: str) -> Iterator[Iterator[bytes]]:
        """The bytes of a file of an execution, in pieces.

        Plain HTTP, by the session of kestrapy: its own call reads a file of any size into memory.
        """
        from kestrapy.base_api import BaseApi

        path = f"/api/v1/{quote(self.tenant, safe='')}/executions/{quote(execution, safe='')}/file"
        answer = self._session.get(
            self.settings.url + path,
            params={"path": uri},
            headers={"Accept": BaseApi.OCTET},
            stream=True,
            timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
        )
        with answer:
            if answer.status_code >= 400:
                BaseApi._raise_for_status(answer)
            yield answer.iter_content(1 << 16)


def _prepare(session: requests.Session, url: str) -> None:
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    # a POST that starts an execution is never sent twice: only what can be repeated is
    retry = Retry(
        total=RETRIES, connect=1, backoff_factor=BACKOFF, status_forcelist=(429, 502, 503, 504),
        allowed_methods=("GET", "PUT", "DELETE"), raise_on_status=False, redirect=0,
    )  # fmt: skip
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    session.auth = _as_it_is  # else a .netrc takes the place of the credentials given
    session.hooks["response"].append(lambda response, **_: _stay(response, url))


def _as_it_is(request: Any) -> Any:
    return request


def _stay(response: requests.Response, url: str) -> None:
    """Refuse to be sent to another server, or to have a POST made a GET."""
    from repo_architect.kestra_client.refusals import MovedError

    if not response.is_redirect:
        return
    target = urlsplit(urljoin(response.url, response.headers["location"]))
    here = urlsplit(url)
    if (target.scheme, target.netloc) != (here.scheme, here.netloc) or response.request.method != "GET":
        raise MovedError(f"give the address that it names with --url: {target.scheme}://{target.netloc}")
