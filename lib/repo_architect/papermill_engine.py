"""Plain kernels made cheap: local sockets instead of TCP, and no graceful goodbye.

A papermill engine, also for bare papermill: `papermill --engine repo-architect in.ipynb out.ipynb`. papermill itself loads this module.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from repo_architect import kernels
from repo_architect.stage_session import NOTEBOOK_VARIABLE
from repo_architect.stages import STAGES

_LONGEST_SOCKET_PATH = 90
_QUIET = ("--HistoryManager.enabled=False", "--IPKernelApp.log_level=ERROR")


class StageEngine(NBClientEngine):  # type: ignore[misc]
    """Runs a notebook in a kernel of its own that is gone when the notebook ends.

    Beyond papermill's engine arguments it takes `kernel_env`, the environment of the kernel.
    """

    @classmethod
    def execute_managed_notebook(  # noqa: PLR0917 - papermill's own signature
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        kernel_env: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> Any:
        sockets = tempfile.mkdtemp(prefix="ra-")
        manager = _manager(kernel_name, Path(sockets))
        client = PapermillNotebookClient(
            nb_man,
            km=manager,
            **merge_kwargs(
                remove_args(["timeout", "startup_timeout", "input_path", "shutdown_kernel"], **kwargs),
                timeout=execution_timeout,
                startup_timeout=start_timeout,
                kernel_name=kernel_name,
                log=logger,
                log_output=log_output,
                stdout_file=stdout_file,
                stderr_file=stderr_file,
                shutdown_kernel="immediate",
            ),
        )
        client.owns_km = True
        client.extra_arguments = list(_QUIET)
        try:
            with kernels.known(manager):
                return client.execute(env=_environment(kwargs) if kernel_env is None else kernel_env)
        finally:
            shutil.rmtree(sockets, ignore_errors=True)


def _environment(arguments: dict[str, Any]) -> dict[str, str]:
    """Under the plain papermill command: the secrets of the stage whose notebook it is, and of no other."""
    notebook = str(arguments.get("input_path") or "")
    known = next((stage for stage in STAGES if stage.notebook == Path(notebook).name), None)
    named = {NOTEBOOK_VARIABLE: str(Path(notebook).resolve())} if known else {}
    return kernels.environment_for(known.secrets if known else (), named)


def _manager(kernel_name: str, sockets: Path) -> AsyncKernelManager:
    manager = AsyncKernelManager(kernel_name=kernel_name)
    address = str(sockets / "k")
    if sys.platform != "win32" and len(address) <= _LONGEST_SOCKET_PATH:
        manager.transport = "ipc"
        manager.ip = address
    return manager
