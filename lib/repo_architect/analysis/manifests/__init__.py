"""Manifests and lock files: the components of a repository, what each declares, and what is locked.

    report = manifests.read(tree)
    report.components, report.dependencies, report.lock_files     # as the contract has them
    report.component_of("packages/web/src/app.ts")                # the id of the innermost component, or None
    report.document("packages/web/package.json")                  # the parsed document, read once, or None

Ecosystems are named as package URLs name them (pypi, npm, golang, cargo, maven, nuget, gem, composer, hex, pub,
swift, conan, hackage, cran, julia, conda, docker, helm), and actions, pre-commit, terraform, vcpkg, deno, jsr, bower.
The id of a component is its path: `.` for the root.
"""

from repo_architect.analysis.manifests.read import read
from repo_architect.analysis.manifests.report import ManifestReport, Reading

__all__ = ["ManifestReport", "Reading", "read"]
