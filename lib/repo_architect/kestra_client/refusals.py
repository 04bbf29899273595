"""What Kestra or the network said, as errors that tell what to do next."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import requests

from repo_architect.errors import KestraError

if TYPE_CHECKING:
    from kestrapy.exceptions import ApiException


class UnreachableError(KestraError):
    """Kestra did not answer, or not now: asking again may help."""


class AbsentError(KestraError):
    """Kestra has no such thing."""


class MovedError(requests.RequestException):
    """The server sends the request to another address."""


@contextmanager
def told(what: str, url: str, tenant: str, plain: Callable[[str], str]) -> Iterator[None]:
    """Turn what kestrapy raises while doing `what` into KestraError; `plain` takes secrets and control characters out of a server's text."""
    from kestrapy.exceptions import ApiException

    try:
        yield
    except ApiException as error:
        raise _of_status(error, what, url, tenant, plain) from None
    except requests.RequestException as error:
        raise _of_network(error, what, url) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KestraError(
            f"could not {what}: the answer of {url} is not one of Kestra 2 ({type(error).__name__})",
            fix="check that --url is the address of a Kestra 2.x server, not of a proxy's log-in page",
        ) from None


_FIXES = {
    400: "see what Kestra says; `repo-architect kestra deploy` puts the current flows in place",
    401: "set KESTRA_USERNAME and KESTRA_PASSWORD, or KESTRA_API_TOKEN, in the environment",
    403: "ask the administrator of this Kestra for the right, or use another account",
    404: "check --tenant and --namespace; `repo-architect kestra deploy` puts the flows in place",
    409: "look at it in Kestra's UI: it is there already, disabled, or over",
    415: "this server speaks another version of the API: use Kestra 2.x",
    422: "mend what Kestra says, then try again",
    429: "wait a little, then try again",
}


def _of_status(
    error: ApiException, what: str, url: str, tenant: str, plain: Callable[[str], str]
) -> KestraError:
    status = int(error.status or 0)
    said = plain(_message(error.body))
    if status == 401:
        return KestraError(f"could not {what}: {url} does not know these credentials (401)", fix=_FIXES[401])
    if status >= 500 or status == 429:
        return UnreachableError(
            f"could not {what}: {url} is in trouble ({status}){said}",
            fix="look at Kestra's log, or try again",
        )
    kind = AbsentError if status == 404 else KestraError
    where = f" in tenant {tenant}" if status == 404 else ""
    return kind(
        f"could not {what}: Kestra says {status}{where}{said}",
        fix=_FIXES.get(status, "look at Kestra's log, then try again"),
    )


def _message(body: str | None) -> str:
    """`: …` from Kestra's error body ({message, _embedded: {errors: [{message}]}}), empty when there is none."""
    try:
        told_of = json.loads(body or "")
    except ValueError:
        return ""
    texts = [text for text in _messages(told_of) if text]
    return ": " + "; ".join(dict.fromkeys(texts)) if texts else ""


def _messages(told_of: Any) -> Iterator[str]:
    if isinstance(told_of, dict):
        yield str(told_of.get("message") or "")
        embedded = told_of.get("_embedded")
        errors = embedded.get("errors") if isinstance(embedded, dict) else None
        for one in errors if isinstance(errors, list) else ():
            yield str(one.get("message") or "") if isinstance(one, dict) else ""


def _of_network(error: requests.RequestException, what: str, url: str) -> KestraError:
    if isinstance(error, MovedError):
        return KestraError(f"could not {what}: {url} sends elsewhere", fix=str(error))
    if isinstance(error, requests.exceptions.SSLError):
        return KestraError(
            f"could not {what}: the TLS certificate of {url} is not trusted",
            fix="set REQUESTS_CA_BUNDLE to the file of your authority's certificate, or mend the server's",
        )
    if isinstance(error, requests.exceptions.JSONDecodeError):
        return KestraError(
            f"could not {what}: {url} does not answer as Kestra does",
            fix="check --url: the address of Kestra itself, e.g. http://localhost:8080",
        )
    if isinstance(error, requests.exceptions.Timeout):
        return UnreachableError(
            f"could not {what}: {url} took too long to answer", fix="try again, or look at Kestra's log"
        )
    return UnreachableError(
        f"could not {what}: there is no server at {url}", fix="start Kestra, or give its address with --url"
    )
