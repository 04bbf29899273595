"""The surface of a repository made by a test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from repo_architect.analysis import manifests, surface
from repo_architect.analysis.syntax import scan
from repo_architect.contracts.repo_shape import EntryPoint, EnvVar, PublicApi
from support.endpoints import read, write


@dataclass(frozen=True)
class Found:
    entry_points: tuple[EntryPoint, ...]
    env_vars: tuple[EnvVar, ...]
    public_api: tuple[PublicApi, ...]

    def variables(self) -> dict[str, tuple[str | None, bool | None]]:
        """Default and whether required, by name."""
        return {found.name: (found.default, found.required) for found in self.env_vars}

    def entries(self) -> list[tuple[str, str, str | None]]:
        return [(found.kind, found.name, found.target) for found in self.entry_points]


def surface_of(root: Path, files: dict[str, str]) -> Found:
    """What the surface room finds in files given by path."""
    write(root, files)
    tree = read(root)
    names = surface.Surface()
    scan(tree, [names])
    declared = manifests.read(tree)
    return Found(
        surface.entry_points(tree, declared, names),
        surface.env_vars(tree, declared, names),
        surface.public_api(tree, declared, names),
    )
