"""What a Kestra task does before and after its notebook: files in place, parameters checked; outputs, metrics, log."""

from repo_architect.kestra_task.beginning import begin
from repo_architect.kestra_task.ending import end

__all__ = ["begin", "end"]
