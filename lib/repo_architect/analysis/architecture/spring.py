"""Spring applications: each one's name, settings and annotations, and whom they lead to."""

from __future__ import annotations

import re

from repo_architect.analysis.architecture.calls import Calls
from repo_architect.analysis.architecture.deployment import Deployments
from repo_architect.analysis.architecture.graph import Graph
from repo_architect.analysis.architecture.logs import add_logs
from repo_architect.analysis.architecture.spring_application import Application
from repo_architect.analysis.architecture.spring_apps import applications
from repo_architect.analysis.architecture.spring_brokers import add_brokers
from repo_architect.analysis.architecture.spring_clients import add_clients, add_reached, add_routes
from repo_architect.analysis.architecture.spring_leads import add_leads
from repo_architect.analysis.architecture.spring_registries import add_registries
from repo_architect.analysis.architecture.spring_servers import (
    add_configuration,
    add_stores_of_settings,
    takes_no_configuration,
)
from repo_architect.analysis.architecture.spring_stores import add_databases
from repo_architect.analysis.architecture.spring_watchers import add_dashboards, add_streams, add_tracer
from repo_architect.analysis.files import FileTree
from repo_architect.contracts.repo_shape import NodeKind

_ROLES: dict[str, tuple[NodeKind, str]] = {
    "EnableEurekaServer": ("registry", "Eureka"),
    "EnableConfigServer": ("config", "Spring Cloud Config"),
    "EnableZuulProxy": ("gateway", "Zuul"),
    "EnableZuulServer": ("gateway", "Zuul"),
    "EnableHystrixDashboard": ("monitoring", "Hystrix Dashboard"),
    "EnableTurbine": ("monitoring", "Turbine"),
    "EnableTurbineStream": ("monitoring", "Turbine"),
    "EnableAdminServer": ("monitoring", "Spring Boot Admin"),
    "EnableZipkinServer": ("monitoring", "Zipkin"),
    "EnableZipkinStreamServer": ("monitoring", "Zipkin"),
}
_GATEWAY = re.compile(r"^spring-cloud-(starter-gateway(-[\w-]+)?|gateway-(starter|server)(-[\w-]+)?)$")
_RANK = ("gateway", "registry", "config", "monitoring")
_STARTED = {
    "RabbitMQ": ("rabbit", "amqp"), "Kafka": ("kafka",), "PostgreSQL": ("postgres",), "MySQL": ("mysql",), "MariaDB": ("mariadb", "mysql"), "MongoDB": ("mongo",),
    "Redis": ("redis",), "Elasticsearch": ("elastic",), "Neo4j": ("neo4j",), "Cassandra": ("cassandra",), "Consul": ("consul",), "Vault": ("vault",),
    "ZooKeeper": ("zookeeper",), "Keycloak": ("keycloak", "oauth2"), "Zipkin": ("zipkin",), "Nacos": ("nacos",), "MinIO": ("minio",), "ActiveMQ": ("activemq", "jms"),
}  # fmt: skip


def add_spring(graph: Graph, tree: FileTree, calls: Calls, deployments: Deployments) -> None:
    """Parts and ties of the Spring applications."""
    apps = applications(graph, tree, calls, deployments)
    for app in apps:
        _say_role(app)
    reached = calls.reach.reached({app.folder for app in apps})
    for app in apps:
        add_configuration(graph, app, apps)
        add_registries(graph, app, apps)
        add_stores_of_settings(graph, app)
        add_tracer(graph, app, apps)
        if takes_no_configuration(app):
            graph.unconfigured.add(app.part)
        add_databases(graph, app)
        add_brokers(graph, app, apps, calls)
        add_clients(graph, app, calls, reached[app.folder])
        add_reached(graph, app, calls, reached[app.folder])
        add_routes(graph, app)
        add_leads(graph, app, calls.reach)
    add_dashboards(graph, apps)
    add_streams(graph, apps)
    add_logs(graph, tree, apps)
    for app in apps:
        _drop_order(graph, app)


def _say_role(app: Application) -> None:
    """What an application is, by its annotations: a gateway that also shows a dashboard is a gateway."""
    roles = [(*_ROLES[note.name], note.evidence) for note in app.annotations if note.name in _ROLES]
    roles += [
        ("gateway", "Spring Cloud Gateway", line)
        for name, line in app.artifacts.items()
        if _GATEWAY.match(name)
    ]
    roles.sort(key=lambda role: _RANK.index(role[0]))
    if roles:
        app.part.kind, app.part.technology = roles[0][0], roles[0][1]
        app.part.evidence.append(roles[0][2])
    elif app.part.technology is None:
        app.part.technology = "Spring Boot"


def _drop_order(graph: Graph, app: Application) -> None:
    """That an application starts after another part is no use of it where its settings, libraries and code speak of none."""
    for (source, target), ties in list(graph.ties.items()):
        if source is app.part and all(tie.strength == 1 for tie in ties):
            words = _STARTED.get(target.technology or "", ())
            named = any(word in name for name in app.artifacts for word in words)
            if target.own or (app.artifacts and not named):
                del graph.ties[source, target]
