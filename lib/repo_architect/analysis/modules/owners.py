"""What the module graph asks of the manifests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from repo_architect.analysis.located import Located
from repo_architect.contracts.repo_shape import Component


class Owners(Protocol):
    """Who owns a file, and manifests that are parsed already; `ManifestReport` is one."""

    @property
    def components(self) -> Sequence[Component]:
        """The parts of the repository."""

    def component_of(self, path: str) -> str | None:
        """The id of the component that a file belongs to."""

    def document(self, path: str) -> Located | None:
        """A parsed manifest, None for one that was not read."""
