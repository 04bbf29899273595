"""Many repositories: a list of them, a run for each in processes of their own, and what became of each."""

from repo_architect.fleet.entries import Entry, check
from repo_architect.fleet.fleet import Fleet
from repo_architect.fleet.folders import as_items, fleet_name
from repo_architect.fleet.listing import read_list
from repo_architect.fleet.organization import repositories_of
from repo_architect.fleet.record import FleetEntry, FleetRecord
from repo_architect.fleet.runner import FleetEvent, FleetPlan, only_list, run

__all__ = [
    "Entry", "Fleet", "FleetEntry", "FleetEvent", "FleetPlan", "FleetRecord", "as_items",
    "check", "fleet_name", "only_list", "read_list", "repositories_of",
    "run",
]  # fmt: skip
