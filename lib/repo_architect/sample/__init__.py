"""The small repository and its finished run that ship with the package, so that notebooks can be explored at once.

`repo/` is the repository's tree, `run/` the artifacts of a run on it (made again by `make sample`).
"""

from repo_architect.sample.place import RUN_ID, make_repository, put_in_place

__all__ = ["RUN_ID", "make_repository", "put_in_place"]
