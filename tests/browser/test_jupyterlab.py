"""Run All of every notebook in a real JupyterLab, before anything was ever cloned, in headless Chromium."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from repo_architect import notebook_files
from repo_architect.stages import STAGES, Stage

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_READY = """() => { const widget = window.jupyterapp?.shell.currentWidget;
                    return widget?.context?.sessionContext?.session?.kernel?.status === 'idle' }"""
_RUN_ALL = """async () => { await jupyterapp.commands.execute('notebook:run-all-cells');
                            await jupyterapp.commands.execute('docmanager:save') }"""


@dataclass
class Lab:
    """A JupyterLab that serves `folder`."""

    folder: Path
    address: str
    token: str

    def page(self, notebook: str) -> str:
        return f"{self.address}/lab/tree/{notebook}?token={self.token}&reset"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: make browser")
    folder = tmp_path_factory.mktemp("lab")
    served = folder / "notebooks"
    shutil.copytree(notebook_files.folder(), served)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Lab(served, f"http://127.0.0.1:{port}", secrets.token_hex(8))
    own = {
        name: str(folder / name.lower())
        for name in (
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_RUNTIME_DIR",
            "JUPYTERLAB_SETTINGS_DIR",
            "JUPYTERLAB_WORKSPACES_DIR",
        )
    }
    with (folder / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0",
             f"--IdentityProvider.token={made.token}", f"--ServerApp.root_dir={served}", "--LabApp.expose_app_in_browser=True", "--LabApp.news_url=",
             "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate"],
            env={**os.environ, **own, "REPO_ARCHITECT_RUNS": str(folder / "runs"), "REPO_ARCHITECT_FORGE_FACTS": "0"}, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait_for(made, server, folder / "lab.log")
            yield made
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(lab: Lab, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            urllib.request.urlopen(f"{lab.address}/api?token={lab.token}", timeout=2).close()
        except OSError:
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        else:
            return


# 02 to 08 first: nothing was cloned, so they find the sample; then 01
@pytest.mark.parametrize("stage", [*STAGES[1:], STAGES[0]], ids=lambda stage: stage.notebook)
@pytest.mark.timeout(300)
def test_run_all_works_and_ends_with_something_to_look_at(lab: Lab, stage: Stage, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 1800})
        page.set_default_timeout(120_000)
        page.goto(lab.page(stage.notebook))
        page.wait_for_function("() => window.jupyterapp && jupyterapp.restored")
        page.evaluate("() => jupyterapp.restored")
        page.wait_for_function(_READY)
        page.evaluate(_RUN_ALL)
        page.screenshot(path=os.environ.get("REPO_ARCHITECT_PICTURES", str(tmp_path)) + f"/{stage.name}.png")
        browser.close()
    code = [cell for cell in nbformat.read(lab.folder / stage.notebook, 4).cells if cell.cell_type == "code"]
    assert [out.evalue for cell in code for out in cell.outputs if out.output_type == "error"] == []
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert code[-1].outputs
