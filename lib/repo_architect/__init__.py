"""A Git repository's architecture, CI, summary and report, with evidence for every claim.

Notebooks use `Run` and one package for each stage: `clone`, `analysis`, `diagram`, `ci`, `summary`, `report`,
`archive`, `pull_request`. Importing this package, or one of them, loads no other.
"""

__version__ = "0.1.0"

__all__ = ["Run", "__version__"]


def __getattr__(name: str) -> object:
    if name == "Run":
        from repo_architect.run import Run

        return Run
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
