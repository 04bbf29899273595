"""One module for each artifact: typed models, validation, JSON Schema."""

from repo_architect.contracts.ci_plan import CiPlan
from repo_architect.contracts.clone import Clone
from repo_architect.contracts.model import Artifact, Evidence, Model
from repo_architect.contracts.modules import ImportEdge, Module, Modules
from repo_architect.contracts.pr_info import PrInfo
from repo_architect.contracts.records import RunManifest, StageRecord
from repo_architect.contracts.repo_shape import RepoShape
from repo_architect.contracts.summary import Summary
from repo_architect.contracts.views import DrawnView, Views

ARTIFACTS: tuple[type[Artifact], ...] = (
    Clone,
    RepoShape,
    Modules,
    Views,
    CiPlan,
    Summary,
    PrInfo,
    StageRecord,
    RunManifest,
)

__all__ = [
    "ARTIFACTS",
    "Artifact",
    "CiPlan",
    "Clone",
    "DrawnView",
    "Evidence",
    "ImportEdge",
    "Model",
    "Module",
    "Modules",
    "PrInfo",
    "RepoShape",
    "RunManifest",
    "StageRecord",
    "Summary",
    "Views",
]
