"""What a deployment file says of a service, whatever kind of file it is."""

from __future__ import annotations

from dataclasses import dataclass

from repo_architect.analysis.architecture.facts import Setting
from repo_architect.contracts import Evidence
from repo_architect.contracts.repo_shape import NodeKind


@dataclass
class Deployed:
    """A service as a file deploys it. `folder` is where it is built, `needs` what it names as a service beside it."""

    name: str
    evidence: Evidence
    image: str | None = None
    image_line: int = 1
    folder: str | None = None
    dockerfile: str | None = None
    aliases: tuple[str, ...] = ()
    environment: tuple[Setting, ...] = ()
    needs: tuple[tuple[str, str, Evidence], ...] = ()
    published: Evidence | None = None
    grpc: Evidence | None = None
    mounts: tuple[str, ...] = ()
    """Files and folders of the repository that it is given to read."""
    ports: tuple[tuple[str, Evidence], ...] = ()
    """Ports of the host that lead to it."""
    arguments: tuple[str, ...] = ()
    """What its Dockerfile is told."""
    labels: tuple[Setting, ...] = ()
    kind: NodeKind | None = None
    """What the file itself says that it is."""
