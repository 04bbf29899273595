"""Where things stand in a task's working folder."""

from pathlib import Path

RUN = Path("run")
NOTEBOOKS = Path("notebooks")
PARAMETERS = Path("parameters.json")
LOG = Path("papermill.log")
