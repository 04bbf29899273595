"""A program's surface: the environment it reads, where it starts, what it offers to others.

names = Surface()                                   # a Detector: shown every parsed file
env_vars(tree, manifests, names)                    # tuple of contract EnvVars
entry_points(tree, manifests, names)                # tuple of contract EntryPoints
public_api(tree, manifests, names)                  # tuple of contract PublicApis, one a component
"""

from repo_architect.analysis.surface.detector import Surface
from repo_architect.analysis.surface.entries import entry_points
from repo_architect.analysis.surface.environment import env_vars
from repo_architect.analysis.surface.offered import public_api

__all__ = ["Surface", "entry_points", "env_vars", "public_api"]
