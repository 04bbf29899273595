"""Requests to a forge: one host, no redirect to another, waits when told to, every refusal a ForgeError."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin, urlsplit

from repo_architect.errors import ForgeError
from repo_architect.git_environment import Token
from repo_architect.pull_request.forges.dialects import Dialect

if TYPE_CHECKING:
    import httpx

pause = time.sleep
_LONGEST_WAIT = 60
_TRIES = 4
_BROKEN = frozenset({502, 503, 504})


@dataclass(frozen=True)
class Answer:
    """A forge's answer. `body` is what its JSON holds, None where it is none; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def message(self) -> str:
        """What the forge says went wrong, on one printable line."""
        body = self.body if isinstance(self.body, dict) else {}
        details = [error.get("message", "") for error in body.get("errors") or () if isinstance(error, dict)]
        text = "; ".join(filter(None, [str(body.get("message", "")), *map(str, details)]))
        return "".join(character if character.isprintable() else " " for character in text)[:300]


class Client:
    """A client of one forge's API, with a token that goes to its host alone."""

    def __init__(self, dialect: Dialect, token: Token, deadline: float) -> None:
        import httpx

        self.dialect = dialect
        self._token = token
        self._deadline = deadline
        self._http: httpx.Client = httpx.Client(
            timeout=httpx.Timeout(30, connect=10),
            follow_redirects=False,
            headers={
                "Accept": "application/vnd.github+json, application/json",
                "Authorization": f"{dialect.scheme} {token.value.rpartition(':')[2]}",
                "User-Agent": "repo-architect",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def get(self, path: str, **query: str | int) -> Answer:
        return self._ask("GET", path, params=query)

    def post(self, path: str, body: dict[str, object]) -> Answer:
        return self._ask("POST", path, json=body)

    def patch(self, path: str, body: dict[str, object]) -> Answer:
        return self._ask("PATCH", path, json=body)

    def _ask(self, method: str, path: str, **options: Any) -> Answer:
        """Send, again where the forge asks to wait or was out of order. Raises ForgeError for no answer and for 401."""
        url = f"{self.dialect.api}{path}"
        for attempt in range(_TRIES):
            answer = self._send(method, url, options)
            wait = self._wait(method, answer, attempt)
            if answer.status in (301, 302, 307, 308):
                url = self._moved(url, answer)
            elif wait is None or attempt == _TRIES - 1:
                break
            else:
                pause(wait)
        if answer.status == 401:
            raise ForgeError(
                f"{self.dialect.name} did not accept the token in {self._token.variable}{_told(answer)}",
                fix=f"make a new token and set {self._token.variable}",
            )
        return answer

    def _send(self, method: str, url: str, options: dict[str, Any]) -> Answer:
        import httpx

        try:
            answer = self._http.request(method, url, **options)
        except httpx.HTTPError as error:
            raise ForgeError(
                f"{urlsplit(url).netloc} cannot be reached ({type(error).__name__})",
                fix="look at your network; then resume the run",
            ) from None
        body = None
        with contextlib.suppress(ValueError):
            body = answer.json()
        return Answer(answer.status_code, answer.headers, body)

    def _moved(self, url: str, answer: Answer) -> str:
        target = urljoin(url, answer.headers.get("location", ""))
        if urlsplit(target)[:2] != urlsplit(url)[:2]:
            raise ForgeError(
                f"{self.dialect.name} leads to another host, {urlsplit(target).netloc}",
                fix="give the new address",
            )
        return target

    def _wait(self, method: str, answer: Answer, attempt: int) -> float | None:
        """Seconds to wait before the same request again; None when it is not to be sent again."""
        told = _seconds(answer.headers)
        if answer.status in (403, 429) and told is not None:
            if told > min(_LONGEST_WAIT, self._deadline - time.monotonic()):
                raise ForgeError(
                    f"{self.dialect.name} asks to wait {told:.0f} seconds: too many requests",
                    fix="resume the run after that time",
                )
            return told
        return 0.5 * 2**attempt if answer.status in _BROKEN and method == "GET" else None


def _seconds(headers: Mapping[str, str]) -> float | None:
    """What Retry-After or an exhausted rate limit says, None where neither does."""
    try:
        if "retry-after" in headers:
            return max(float(headers["retry-after"]), 0)
        if headers.get("x-ratelimit-remaining") == "0":
            return max(float(headers["x-ratelimit-reset"]) - time.time(), 0) + 1
    except (KeyError, ValueError):
        return None
    return None


def _told(answer: Answer) -> str:
    return f": {answer.message}" if answer.message else ""
