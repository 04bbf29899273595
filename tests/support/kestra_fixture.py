"""The fixture `engine`: one Kestra engine for every test marked `kestra`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import kestra_engine

WEBHOOK_KEY = "webhook-key-of-the-tests"
ENVIRONMENT = {
    # the worker image has the commands on its PATH; here they are in the environment that runs the tests
    "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    "REPO_ARCHITECT_ALLOW_PROTOCOLS": "file,http",
    "REPO_ARCHITECT_FORGE_FACTS": "0",
    "GH_HOST": "127.0.0.1",
}
SECRETS = {"WEBHOOK_KEY": WEBHOOK_KEY}


@pytest.fixture(scope="session")
def engine() -> Iterator[kestra_engine.Engine]:
    """A running engine that clones `file://` and `http://` as well; skips with the reason where it is not installed."""
    why = kestra_engine.why_absent()
    if why:
        pytest.skip(why)
    with kestra_engine.Engine(ENVIRONMENT, SECRETS) as running:
        yield running
