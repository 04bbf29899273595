"""Many runs side by side: one table and one page over all their repositories."""

from repo_architect.compare.build import Comparison, build
from repo_architect.compare.children import read_children
from repo_architect.compare.render import write_bundle, write_html
from repo_architect.compare.sources import Failure, Source, find_sources
from repo_architect.compare.tables import columns, frame, write_csv, write_parquet
from repo_architect.compare.words import in_words

__all__ = [
    "Comparison", "Failure", "Source", "build", "columns", "find_sources", "frame", "in_words",
    "read_children", "write_bundle", "write_csv", "write_html", "write_parquet",
]  # fmt: skip
