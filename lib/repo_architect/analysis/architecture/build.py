"""The architecture from end to end: what is deployed, what the code is, then who talks to whom."""

from __future__ import annotations

from typing import Any

from repo_architect.analysis.architecture import (
    aspire,
    cloudformation,
    compose,
    dapr,
    kubernetes,
    procfile,
    serverless,
    terraform,
)
from repo_architect.analysis.architecture.calls import Calls
from repo_architect.analysis.architecture.cloud import add_resources
from repo_architect.analysis.architecture.deployment import add_deployed
from repo_architect.analysis.architecture.elixir import add_elixir
from repo_architect.analysis.architecture.graph import Graph
from repo_architect.analysis.architecture.jvm_sources import look_again
from repo_architect.analysis.architecture.libraries import add_libraries, add_stores
from repo_architect.analysis.architecture.monitors import add_monitors, turn_monitors
from repo_architect.analysis.architecture.named_members import add_named_members
from repo_architect.analysis.architecture.proxies import add_proxies
from repo_architect.analysis.architecture.references import add_references
from repo_architect.analysis.architecture.settings_files import add_settings_files
from repo_architect.analysis.architecture.spoken import add_spoken, turn_hearers
from repo_architect.analysis.architecture.spring import add_spring
from repo_architect.analysis.architecture.standing import (
    add_applications,
    drop_idle,
    join_stores,
    say_kinds,
)
from repo_architect.analysis.architecture.start_order import add_twins, drop_order
from repo_architect.analysis.architecture.users import add_users
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.manifests import ManifestReport
from repo_architect.contracts.repo_shape import Architecture


def build(
    tree: FileTree, manifests: ManifestReport, tools: Any, calls: Calls, endpoints: Any = ()
) -> Architecture:
    """What runs and what it talks to; empty for a repository that runs nothing and talks to nothing.

    `tools` is what the stack stage found (its `frameworks` are read), `endpoints` the routes.
    """
    graph = Graph()
    add_elixir(tree, calls)
    services = dapr.without_sidecars([*compose.deployed(tree), *kubernetes.deployed(tree)])
    deployments = add_deployed(graph, tree, manifests, services)
    hosted = aspire.add_aspire(graph, tree, manifests)
    add_resources(
        graph,
        manifests,
        [*terraform.resources(tree), *cloudformation.resources(tree), *serverless.resources(tree)],
    )
    procfile.add_processes(graph, tree, manifests)
    look_again(tree, calls)
    add_spring(graph, tree, calls, deployments)
    add_applications(graph, tree, manifests, endpoints, hosted=hosted)
    add_references(graph, tree, deployments, calls)
    add_named_members(graph, calls.constants)
    add_proxies(graph, tree, deployments)
    add_monitors(graph, tree, deployments)
    add_settings_files(graph, tree)
    add_libraries(graph, manifests, calls)
    add_stores(graph, tree, calls)
    add_twins(graph, deployments)
    add_spoken(graph, tree, calls)
    dapr.add_dapr(graph, tree, [entry for entry in calls.spoken if entry.how.startswith("dapr ")])
    join_stores(graph)
    say_kinds(graph, tools, tree)
    turn_hearers(graph)
    turn_monitors(graph)
    drop_order(graph)
    add_users(graph)
    drop_idle(graph)
    return graph.finish()
