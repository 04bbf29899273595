"""Put the parts together as repo_shape.json has them: sorted, and without anything that a second run would tell otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from repo_architect.analysis import stack
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.manifests import ManifestReport
from repo_architect.analysis.stack import Stack
from repo_architect.contracts import Clone, Evidence, Modules, RepoShape
from repo_architect.contracts import repo_shape as contract

_READMES = (
    "README.md",
    "README.rst",
    "README.txt",
    "README",
    "Readme.md",
    "readme.md",
    "README.adoc",
    "README.markdown",
)


@dataclass(frozen=True)
class Parts:
    """What each question of the analysis answered."""

    clone: Clone
    tree: FileTree
    languages: tuple[contract.Language, ...]
    license: contract.License | None
    manifests: ManifestReport
    stack: Stack
    endpoints: tuple[contract.Endpoint, ...]
    entry_points: tuple[contract.EntryPoint, ...]
    env_vars: tuple[contract.EnvVar, ...]
    public_api: tuple[contract.PublicApi, ...]
    files: tuple[contract.FileFact, ...]
    packages: contract.Packages
    architecture: contract.Architecture
    secrets: tuple[contract.Secret, ...]
    history: contract.History | None
    modules: Modules


def shape(parts: Parts) -> RepoShape:
    """The whole analysis as an artifact."""
    found = RepoShape(
        repository=_repository(parts),
        components=parts.manifests.components,
        languages=parts.languages,
        frameworks=parts.stack.frameworks,
        package_managers=parts.stack.package_managers,
        build_tools=parts.stack.build_tools,
        test_tools=parts.stack.test_tools,
        linters=parts.stack.linters,
        ci_systems=parts.stack.ci_systems,
        tools=parts.stack.tools,
        runtimes=parts.stack.runtimes,
        commands=parts.stack.commands,
        dependencies=parts.manifests.dependencies,
        lock_files=parts.manifests.lock_files,
        workflows=parts.stack.workflows,
        endpoints=_owned(parts),
        entry_points=parts.entry_points,
        env_vars=parts.env_vars,
        secrets=parts.secrets,
        tests=parts.stack.tests,
        public_api=parts.public_api,
        files=parts.files,
        packages=parts.packages,
        architecture=parts.architecture,
        history=parts.history,
        limits=parts.tree.notes.limits(),
    )
    return found.model_copy(update={"alerts": stack.alerts(found, parts.stack.warnings)})


def _repository(parts: Parts) -> contract.Repository:
    clone, tree = parts.clone, parts.tree
    description = _description(parts)
    return contract.Repository(
        name=clone.name,
        owner=clone.owner,
        host=clone.host,
        url=clone.url,
        commit=clone.commit,
        branch=clone.branch,
        committed_at=clone.committed_at,
        shallow=clone.shallow,
        size_bytes=sum(file.size for file in tree),
        file_count=len(tree),
        license=parts.license,
        description=description[0] if description else None,
        description_evidence=description[1] if description else None,
        readme=next((name for name in _READMES if name in tree), None),
    )


def _description(parts: Parts) -> tuple[str, Evidence] | None:
    """What the manifest of the whole says it is, with where it says so: the root's, else the one with the repository's name."""
    name = parts.clone.name.lower()
    whole = [part for part in parts.manifests.components if part.path == "." or part.name.lower() == name]
    for component in sorted(whole, key=lambda found: (found.path != ".", found.path)):
        if component.description and component.manifest:
            at = next(iter(component.evidence), Evidence(path=component.manifest))
            return component.description, at
    return None


def _owned(parts: Parts) -> tuple[contract.Endpoint, ...]:
    """The endpoints with the component whose files declare them."""
    return tuple(
        endpoint.model_copy(update={"component": parts.manifests.component_of(endpoint.evidence.path)})
        if endpoint.component is None
        else endpoint
        for endpoint in parts.endpoints
    )
