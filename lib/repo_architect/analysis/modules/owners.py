"""What the module graph asks of the manifests."""

from __future__ import annotations

from typing import Protocol


class Owners(Protocol):
    """Who owns a file; `ManifestReport` is one."""

    def component_of(self, path: str) -> str | None:
        """The id of the component that a file belongs to."""
