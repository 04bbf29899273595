"""repo_shape.json: everything the analysis found, each item with where it stands.

Field names are fixed: add, do not rename. Lists are sorted by the analysis; nothing carries a clock or
anything from the network, so the same commit gives the same bytes.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from repo_architect.contracts.model import Artifact, Evidence, Line, Model, RepoPath

Scope = Literal["runtime", "development", "test", "build", "optional", "peer"]
Level = Literal["error", "warning", "info"]
Purpose = Literal["install", "build", "test", "lint", "typecheck", "docs", "run", "format"]
NodeKind = Literal[
    "service", "web", "worker", "gateway", "database", "cache", "broker", "queue", "storage", "external",
    "library", "config", "registry", "monitoring", "user",
]  # fmt: skip


class LicenseText(Model):
    """A licence file and the licence whose text it holds."""

    spdx: str
    evidence: Evidence


class License(Model):
    """A licence as GitHub names it: an SPDX id, or NOASSERTION for one it cannot name, or for several.

    `declared` is the SPDX expression by which the project itself says it (`MIT OR Apache-2.0`), with its place; `texts`
    are the licence files, the likeliest first.
    """

    spdx: str
    evidence: Evidence
    declared: str | None = None
    declared_evidence: Evidence | None = None
    texts: tuple[LicenseText, ...] = ()


class Repository(Model):
    name: str
    owner: str | None
    host: str | None
    url: str
    commit: str
    branch: str | None
    committed_at: str
    shallow: bool
    size_bytes: int
    file_count: int
    license: License | None = None
    description: str | None = None
    description_evidence: Evidence | None = None
    topics: tuple[str, ...] = ()
    readme: RepoPath | None = None


class Component(Model):
    """A part of the repository that is built or released by itself. A plain repository has one, with path `.`."""

    id: str
    name: str
    path: str
    kind: Literal[
        "application",
        "library",
        "service",
        "web",
        "tool",
        "infrastructure",
        "documentation",
        "example",
        "unknown",
    ]
    manifest: RepoPath | None
    package_manager: str | None = None
    workspace: str | None = None
    version: str | None = None
    description: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Language(Model):
    """A language's share, as GitHub Linguist gives it: `percent` is of the bytes that count."""

    name: str
    bytes: int
    files: int
    lines: int
    percent: float
    code_lines: int | None = None
    comment_lines: int | None = None


class Found(Model):
    """A tool of the stack, the component that uses it (null: the whole repository), and where it shows.

    `used_for` tells what only examples, documentation or tests use from what the product uses.
    """

    name: str
    component: str | None = None
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    version: str | None = None
    category: str | None = None
    used_for: Literal["product", "example", "documentation", "test"] = "product"


class Framework(Found):
    category: str


class Runtime(Model):
    """A language runtime. `end_of_life` is a date (ISO 8601) from a table; whether it is past is judged by the report."""

    name: str
    requirement: str | None
    version: str | None
    component: str | None
    end_of_life: str | None
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class Command(Model):
    """A command that the repository itself names. `directory` is where it runs."""

    purpose: Purpose
    command: str
    component: str | None
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    directory: str = "."


class Dependency(Model):
    """What a manifest declares, or (`direct` false) what only a lock file names.

    `requirement` is written as in the manifest; `resolved` is the locked version. `line` is in `manifest`,
    `lock_line` in `lock`; a dependency known from the lock alone has `manifest` and `line` null.
    `internal` marks a package of the same repository. `group` is how the manifest names the set it belongs to:
    `extra:test` (PEP 621 extras), `group:dev` (dependency groups, Poetry and Bundler groups), `plugin` (of Maven and
    Gradle), `build-system`, `env:test` (Hatch), else null.
    """

    name: str
    ecosystem: str
    purl: str
    requirement: str | None
    resolved: str | None
    scope: Scope
    direct: bool
    component: str | None
    manifest: RepoPath | None
    line: Line | None
    lock: RepoPath | None = None
    lock_line: Line | None = None
    internal: bool = False
    group: str | None = None


class LockFile(Model):
    path: RepoPath
    ecosystem: str
    component: str | None


class Step(Model):
    """A step of an existing workflow: `uses` or `run`, as written."""

    name: str | None = None
    uses: str | None = None
    run: str | None = None
    line: Line = 1


class Job(Model):
    name: str
    runs_on: str | None
    steps: tuple[Step, ...] = ()
    line: Line = 1
    versions: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Workflow(Model):
    """CI that exists. `jobs[].versions` maps a runtime (python, node, go, java, rust) to the versions it is run on."""

    system: str
    path: RepoPath
    name: str | None = None
    triggers: tuple[str, ...] = ()
    jobs: tuple[Job, ...] = ()


class Endpoint(Model):
    """A route that the code or a description file declares. Any method is ANY."""

    method: str
    path: str
    framework: str
    handler: str | None
    source: Literal["code", "description"]
    evidence: Evidence
    component: str | None = None


class EntryPoint(Model):
    """Where execution can begin: console script, main, bin, container command, Procfile, serverless handler."""

    kind: str
    name: str
    target: str | None = None
    component: str | None = None
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class EnvVar(Model):
    """An environment variable that is read. `required`: the program fails without it, by how it is read; null where only listed."""

    name: str
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    default: str | None = None
    required: bool | None = None


class Secret(Model):
    """What looks like a secret in the tree. Its value is never kept."""

    kind: str
    path: RepoPath
    line: Line


class PublicApi(Model):
    """How much a component offers to others: counts of exported names."""

    component: str | None
    modules: int
    functions: int
    classes: int
    evidence: tuple[Evidence, ...] = ()


class Package(Model):
    """A directory or package of modules.json, rolled up."""

    id: str
    name: str
    path: str
    component: str | None
    language: str
    files: int
    lines: int


class PackageEdge(Model):
    """`count` imports of `target` by `source`, two packages; the first of them is the evidence."""

    source: str
    target: str
    count: int
    evidence: tuple[Evidence, ...] = ()


class Packages(Model):
    nodes: tuple[Package, ...] = ()
    edges: tuple[PackageEdge, ...] = ()


class ArchitectureNode(Model):
    """Something that runs, stores, or is talked to."""

    id: str
    name: str
    kind: NodeKind
    technology: str | None
    path: str | None
    evidence: tuple[Evidence, ...] = ()
    component: str | None = None


class ArchitectureEdge(Model):
    """`source` uses `target`, ids of nodes. `label` is what is sent over what.

    `flow` is which way what matters goes, as a data-flow diagram has it: rows come from a database, settings from a configuration server.
    """

    source: str
    target: str
    kind: str
    label: str | None = None
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    flow: Literal["to_target", "to_source"] = "to_target"


class Architecture(Model):
    nodes: tuple[ArchitectureNode, ...] = ()
    edges: tuple[ArchitectureEdge, ...] = ()


class Hotspot(Model):
    """A file that changes much and is complex. `churn` counts changed lines, `complexity` sums branches."""

    path: RepoPath
    churn: int
    complexity: int


class History(Model):
    """What the commits tell. Null fields, with `reason`, where the clone is shallow."""

    commits: int | None
    contributors: int | None
    hotspots: tuple[Hotspot, ...] = ()
    first_commit_at: str | None = None
    last_commit_at: str | None = None
    reason: str | None = None


class FileFact(Model):
    """Size and complexity of a source file; `complexity` is the number of branches plus one."""

    path: RepoPath
    language: str
    bytes: int
    lines: int
    complexity: int | None = None
    functions: int | None = None


class TestSuite(Model):
    """Tests that exist: how many files, and with which tool."""

    __test__ = False

    component: str | None
    tool: str | None
    files: int
    evidence: tuple[Evidence, ...] = ()


class Alert(Model):
    """Something a reader should act on. `fix` says how."""

    level: Level
    title: str
    detail: str
    fix: str
    evidence: tuple[Evidence, ...] = ()


class Limit(Model):
    """What was not looked at, and why. `count` is how many files or items; `path` is one of them."""

    reason: str
    detail: str
    count: int = 1
    path: str | None = None


class RepoShape(Artifact):
    """The whole analysis. At most 5 MB for 50,000 files."""

    file_name: ClassVar[str] = "repo_shape.json"
    made_by: ClassVar[str] = "analyze_repo"

    repository: Repository
    components: tuple[Component, ...] = ()
    languages: tuple[Language, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    package_managers: tuple[Found, ...] = ()
    build_tools: tuple[Found, ...] = ()
    test_tools: tuple[Found, ...] = ()
    linters: tuple[Found, ...] = ()
    ci_systems: tuple[Found, ...] = ()
    tools: tuple[Found, ...] = ()
    runtimes: tuple[Runtime, ...] = ()
    commands: tuple[Command, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    lock_files: tuple[LockFile, ...] = ()
    workflows: tuple[Workflow, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    entry_points: tuple[EntryPoint, ...] = ()
    env_vars: tuple[EnvVar, ...] = ()
    secrets: tuple[Secret, ...] = ()
    tests: tuple[TestSuite, ...] = ()
    public_api: tuple[PublicApi, ...] = ()
    files: tuple[FileFact, ...] = ()
    packages: Packages = Packages()
    architecture: Architecture = Architecture()
    history: History | None = None
    alerts: tuple[Alert, ...] = ()
    limits: tuple[Limit, ...] = ()
