"""Resources of a cloud, as Terraform, CloudFormation or a serverless file declares them: nodes, and who refers to whom."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field

from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.architecture.technologies import Technology, by_resource, by_scheme
from repo_architect.analysis.manifests import ManifestReport
from repo_architect.contracts import Evidence

# what runs code, and what sends requests to it
_COMPUTE = frozenset({
    "aws_lambda_function", "aws_ecs_task_definition", "aws_apprunner_service", "aws_elastic_beanstalk_environment", "aws_sfn_state_machine", "google_cloud_run_service",
    "google_cloud_run_v2_service", "google_cloudfunctions_function", "google_cloudfunctions2_function", "google_app_engine_standard_app_version",
    "azurerm_linux_web_app", "azurerm_windows_web_app", "azurerm_linux_function_app", "azurerm_windows_function_app", "azurerm_container_app", "azurerm_container_group",
    "AWS::Lambda::Function", "AWS::Serverless::Function", "AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine", "AWS::ECS::TaskDefinition",
    "AWS::AppRunner::Service", "module:lambda", "module:ecs-service", "function",
})  # fmt: skip
# what leads from one resource to another and is none itself
_CONNECTORS = frozenset({
    "aws_lambda_event_source_mapping", "AWS::Lambda::EventSourceMapping", "aws_sns_topic_subscription", "AWS::SNS::Subscription", "aws_s3_bucket_notification",
    "aws_cloudwatch_event_target", "aws_apigatewayv2_integration", "aws_api_gateway_integration", "google_pubsub_subscription", "google_eventarc_trigger",
    "AWS::ApiGatewayV2::Integration", "AWS::ApiGateway::Method", "aws_lambda_permission", "AWS::Lambda::Permission",
})  # fmt: skip
_GENERIC = frozenset({"this", "main", "default"})
_ENGINES = {
    "aurora-postgresql": "postgres",
    "aurora-mysql": "mysql",
    "aurora": "mysql",
    "valkey": "redis",
    "rabbitmq": "amqp",
    "sqlserver-ex": "sqlserver",
}


@dataclass
class Reference:
    """That a resource speaks of another by `name`. `listens` says that it gets what the other sends."""

    name: str
    evidence: Evidence
    listens: bool = False


@dataclass
class Resource:
    """A resource by the name that others refer to it by. `path` is the code that it runs."""

    name: str
    type: str
    evidence: Evidence
    title: str | None = None
    path: str | None = None
    engine: str | None = None
    references: list[Reference] = field(default_factory=list)
    environment: list[Setting] = field(default_factory=list)


def add_resources(
    graph: Graph, manifests: ManifestReport, resources: list[Resource]
) -> list[tuple[Part, Resource]]:
    """Parts for what runs and what is run by the cloud, ties by reference; gives the parts of what runs code."""
    parts: dict[str, Part] = {}
    for resource in resources:
        part = _part(graph, manifests, resource, set(parts.values()))
        if part:
            parts[resource.name] = part
    for resource in resources:
        if resource.type in _CONNECTORS:
            _connect(graph, resource, parts)
        elif resource.name in parts:
            _refer(graph, parts[resource.name], resource.references, parts)
    return [(parts[resource.name], resource) for resource in resources if resource.type in _COMPUTE]


def _part(graph: Graph, manifests: ManifestReport, resource: Resource, others: set[Part]) -> Part | None:
    technology = _technology(resource)
    if resource.type not in _COMPUTE and technology is None:
        return None
    part = graph.part(_title(graph, resource, others))
    part.evidence.append(resource.evidence)
    if technology and part.technology is None:
        part.kind, part.technology, part.protocol = technology.kind, technology.name, technology.protocol
        part.own = part.path is not None
    if resource.type in _COMPUTE:
        part.runs = part.runs or resource.title not in _GENERIC or resource.path is not None
        part.path = part.path or resource.path
        part.own = part.path is not None
        part.component = part.component or (manifests.component_of(part.path) if part.path else None)
    return part


def _title(graph: Graph, resource: Resource, others: set[Part]) -> str:
    """Its name; with its folder before it where a file elsewhere has a resource of that name."""
    title = resource.title or resource.name.rpartition(".")[2]
    folder = posixpath.dirname(resource.evidence.path)
    known = graph.find(title)
    elsewhere = known in others and posixpath.dirname(known.evidence[0].path) != folder if known else False
    return f"{posixpath.basename(folder) or 'root'}-{title}" if elsewhere else title


def _technology(resource: Resource) -> Technology | None:
    engine = resource.engine.lower() if resource.engine else ""
    by_engine = by_scheme(_ENGINES.get(engine, engine.partition("_")[0])) if engine else None
    found = by_resource(resource.type)
    return by_engine if found and by_engine else found


def _refer(graph: Graph, part: Part, references: Iterable[Reference], parts: dict[str, Part]) -> None:
    for reference in references:
        target = parts.get(reference.name)
        if target is None or target is part:
            continue
        label = target.protocol or "HTTP"
        reverse = reference.listens or target.kind == "database"
        graph.tie(
            part,
            target,
            label.lower(),
            label,
            [reference.evidence, *target.evidence[:1]],
            strength=3,
            reverse=reverse,
        )


def _connect(graph: Graph, resource: Resource, parts: dict[str, Part]) -> None:
    """A source of events leads to what runs; a gateway to what it asks."""
    ends = [
        (parts[reference.name], reference.evidence)
        for reference in resource.references
        if reference.name in parts
    ]
    runs = [(part, line) for part, line in ends if part.runs]
    for part, line in runs:
        for other, proof in ends:
            if other is part or other.runs:
                continue
            if other.kind == "gateway":
                graph.tie(other, part, "http", "HTTP", [proof, line], strength=3)
            else:
                label = other.protocol or "event"
                graph.tie(part, other, label.lower(), label, [line, proof], strength=3, reverse=True)
