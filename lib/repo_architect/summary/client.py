"""Talk with a server that speaks OpenAI's protocol, within a time, in the strictest mode that it accepts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from repo_architect.summary.answer import SCHEMA, Answer, UnreadableError, read
from repo_architect.summary.backends import Endpoint

RETRIES = 3
MAX_ANSWER_CHARACTERS = 200_000

MODES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("json_schema", {"response_format": {"type": "json_schema", "json_schema": {"name": "summary", "strict": True, "schema": SCHEMA}}}),
    ("json_object", {"response_format": {"type": "json_object"}}),
    ("prompt", {}),
)  # fmt: skip


@dataclass(frozen=True)
class Reply:
    answer: Answer
    mode: str
    prompt_tokens: int | None
    completion_tokens: int | None


class NoReplyError(Exception):
    """The model could not be had or did not answer as asked; the message says why, in a sentence without secrets."""


def ask(endpoint: Endpoint, messages: list[dict[str, str]], timeout: float) -> Reply:
    """Ask in each mode until an answer can be read. Raises NoReplyError; never takes longer than `timeout` seconds."""
    return _within(timeout, lambda: _ask(endpoint, messages, time.monotonic() + timeout))


def _ask(endpoint: Endpoint, messages: list[dict[str, str]], deadline: float) -> Reply:
    import openai

    client = openai.OpenAI(api_key=endpoint.key, base_url=endpoint.url, max_retries=RETRIES)
    failed = "no mode was tried"
    for mode, options in MODES:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        try:
            return _one(
                client, mode, {"model": endpoint.model, "messages": messages, "timeout": left, **options}
            )
        except UnreadableError as error:
            failed = f"{error} (mode {mode})"
        except openai.APIStatusError as error:
            failed = f"the server answered {error.status_code} (mode {mode})"
            if error.status_code not in (400, 404, 415, 422, 500, 501):
                break
        except openai.APITimeoutError:
            raise NoReplyError("the server did not answer in time") from None
        except openai.APIConnectionError:
            raise NoReplyError("the server could not be reached") from None
    raise NoReplyError(failed)


def _one(client: Any, mode: str, request: dict[str, Any]) -> Reply:
    completion = client.chat.completions.create(**request)
    choices = getattr(completion, "choices", None)
    if not choices:
        raise UnreadableError("the answer holds no choice")
    content = choices[0].message.content
    if content and len(content) > MAX_ANSWER_CHARACTERS:
        raise UnreadableError("the answer is too long")
    usage = completion.usage
    return Reply(
        read(content),
        mode,
        usage.prompt_tokens if usage else None,
        usage.completion_tokens if usage else None,
    )


def _within(seconds: float, work: Callable[[], Reply]) -> Reply:
    """Run `work` in a thread that is left behind when time is up: a server that trickles bytes resets other clocks."""
    outcome: list[Reply | BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:
            outcome.append(error)

    thread = threading.Thread(target=run, daemon=True, name="summary-model")
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise NoReplyError(f"the server did not answer within {seconds:g} seconds")
    if isinstance(outcome[0], NoReplyError):
        raise outcome[0]
    if isinstance(outcome[0], BaseException):
        raise NoReplyError(f"the talk with the server failed ({type(outcome[0]).__name__})")
    return outcome[0]
