"""The endpoints a repository serves, with their full paths.

    routes = Routes()                                       # a Detector: shown every parsed file
    endpoints = compose(tree, routes, manifests, resolvers) # tuple of contract Endpoints, sorted

Each candidate file is lowered to a small program (`ir`, `lowering/`), which `interpreter` runs without effects:
applications and routers are values, routes and mounts are added to them by the rows of `frameworks/`, and the
paths come out composed across modules, subclasses, factories and constants.
"""

from repo_architect.analysis.endpoints.compose import compose
from repo_architect.analysis.endpoints.routes import Routes

__all__ = ["Routes", "compose"]
