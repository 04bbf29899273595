"""What every test is given: no token, no model, no run folder of the user's, no network facts; and a way to forbid skips."""

from __future__ import annotations

import os
import signal

import pytest

from support.kestra_fixture import engine  # noqa: F401 - a fixture for every folder

_USERS_OWN = (
    "GITHUB_TOKEN", "GIT_TOKEN", "GH_TOKEN", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", "OUMI_API_KEY", "OUMI_BASE_URL",
    "OUMI_MODEL", "REPO_ARCHITECT_RUNS", "REPO_ARCHITECT_ALLOW_PROTOCOLS", "REPO_ARCHITECT_LOCAL_PATHS", "REPO_ARCHITECT_NOTEBOOK", "JPY_SESSION_NAME",
)  # fmt: skip


def pytest_configure() -> None:
    """A shell starts background jobs with Ctrl-C ignored, and so would be what the tests start and interrupt."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _nothing_of_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _USERS_OWN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REPO_ARCHITECT_FORGE_FACTS", "0")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """With REPO_ARCHITECT_NO_SKIP a skipped test is a failed one: CI installs what the extras need."""
    report = yield
    if report.skipped and os.environ.get("REPO_ARCHITECT_NO_SKIP") and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and CI allows no skip: {reason}"
    return report
