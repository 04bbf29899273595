"""The errors a user can meet. Each says what to do next.

RepoArchitectError
├── UsageError            what was asked for makes no sense            exit 2
├── CloneError            the repository could not be had              exit 3
├── StageError            a stage of the run failed                    exit 4
├── ContractError         an artifact is missing or malformed          exit 5
├── RunError              the run folder cannot be used                exit 6
├── SecretFoundError      the archive would have carried a secret      exit 7
├── ForgeError            GitHub or Gitea said no                      exit 8
└── KestraError           Kestra said no, or could not be reached      exit 9
"""

from __future__ import annotations


class RepoArchitectError(Exception):
    """Base of every error that is shown to the user as one sentence and what to do next.

    `message` says what went wrong, `fix` what to do about it; `exit_code` is what the command exits with.
    """

    exit_code = 1

    def __init__(self, message: str, *, fix: str) -> None:
        super().__init__(message, fix)
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.message}\n  → {self.fix}"

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback: a notebook's reader is told what to do."""
        return [f"{type(self).__name__}: {self.message}", f"  → {self.fix}"]


class UsageError(RepoArchitectError):
    """What was asked for makes no sense: an unknown parameter, an option out of range."""

    exit_code = 2


class CloneError(RepoArchitectError):
    """The repository could not be had: no such URL, host, ref, right or time."""

    exit_code = 3


class StageError(RepoArchitectError):
    """A stage of the run failed; what it and the stages before it made is kept."""

    exit_code = 4


class ContractError(RepoArchitectError):
    """An artifact is missing or does not hold what its contract says."""

    exit_code = 5


class RunError(RepoArchitectError):
    """The run folder cannot be used: it exists, is missing, is read-only or the disk is full."""

    exit_code = 6


class SecretFoundError(RepoArchitectError):
    """An artifact carries what looks like a secret, so it was not archived."""

    exit_code = 7


class ForgeError(RepoArchitectError):
    """The forge (GitHub, Gitea) refused a request."""

    exit_code = 8


class KestraError(RepoArchitectError):
    """Kestra refused a request, or could not be reached."""

    exit_code = 9
