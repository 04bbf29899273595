"""Every manifest and lock file we read: a row each. Adding one is adding a row, a reader and its test."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from repo_architect.analysis.manifests.model import Identifier, Reader
from repo_architect.analysis.manifests.readers import (
    actions,
    apple,
    beam,
    bun_lock,
    cargo,
    composer,
    conda,
    cplusplus,
    dart,
    docker,
    go,
    go_legacy,
    gradle,
    gradle_settings,
    haskell,
    infrastructure,
    maven,
    npm,
    nuget,
    others,
    package_lock,
    pipenv,
    pnpm_lock,
    pyproject,
    python_locks,
    requirements,
    ruby,
    sbt,
    science,
    setuptools,
    swift,
    yarn_lock,
)  # fmt: skip

Kind = Literal["manifest", "lock", "workspace"]


@dataclass(frozen=True, slots=True)
class Format:
    """`patterns` match a file's name, or with a slash the tail of its path (from the root where it begins with one).

    `identify` makes a component of the manifest's folder; `weak` ones only where nothing else does. `manager`
    is the package manager that this file belongs to; `in_vendor` formats stand in the folder of vendored code.
    """

    patterns: tuple[str, ...]
    ecosystem: str
    kind: Kind
    read: Reader | None
    parser: str | None = None
    identify: Identifier | None = None
    manager: str | None = None
    weak: bool = False
    in_vendor: bool = False


def _row(patterns: str, ecosystem: str, kind: Kind, read: Reader | None, parser: str | None = None, *,
         identify: Identifier | None = None, manager: str | None = None, weak: bool = False, in_vendor: bool = False) -> Format:  # fmt: skip
    return Format(tuple(patterns.split()), ecosystem, kind, read, parser, identify, manager, weak, in_vendor)


FORMATS: tuple[Format, ...] = (
    # Python
    _row("pyproject.toml", "pypi", "manifest", pyproject.read, "toml", identify=pyproject.identify),
    _row("setup.cfg", "pypi", "manifest", setuptools.read_cfg, identify=setuptools.identify_cfg),
    _row("setup.py", "pypi", "manifest", setuptools.read_py, identify=setuptools.identify_py),
    _row("Pipfile", "pypi", "manifest", pipenv.read, "toml", manager="pipenv", weak=True),
    _row("Pipfile.lock", "pypi", "lock", pipenv.read_lock, "json", manager="pipenv"),
    _row("poetry.lock", "pypi", "lock", python_locks.read, manager="poetry"),
    _row("uv.lock", "pypi", "lock", python_locks.read, manager="uv"),
    _row("pdm.lock", "pypi", "lock", python_locks.read, manager="pdm"),
    _row("pylock.toml pylock.*.toml", "pypi", "lock", python_locks.read),
    _row("requirements.frozen pip-resolved-dependencies.txt", "pypi", "lock", requirements.read, manager="pip"),
    _row("pip-dependency-graph.json", "pypi", "lock", python_locks.read_graph, "json"),
    _row("requirements.txt", "pypi", "manifest", requirements.read, manager="pip", weak=True),
    _row("requirements*.txt requirements*.in *requirements.txt *requirements.in requirements/**/*.txt requirements/**/*.in",
         "pypi", "manifest", requirements.read),
    _row("environment.yml environment.yaml environment-*.yml environment-*.yaml conda.yml conda.yaml", "conda", "manifest",
         conda.read, "yaml", manager="conda", weak=True),
    # JavaScript, TypeScript
    _row("package.json", "npm", "manifest", npm.read, "json", identify=npm.identify),
    _row("package-lock.json npm-shrinkwrap.json", "npm", "lock", package_lock.read, "json", manager="npm"),
    _row("npm-ls.json", "npm", "lock", package_lock.read_ls, "json"),
    _row("yarn.lock", "npm", "lock", yarn_lock.read, manager="yarn"),
    _row("pnpm-lock.yaml", "npm", "lock", pnpm_lock.read, manager="pnpm"),
    _row("bun.lock", "npm", "lock", bun_lock.read, "jsonc", manager="bun"),
    _row("pnpm-workspace.yaml", "npm", "workspace", npm.read_catalogs, "yaml", identify=npm.identify_workspace, manager="pnpm"),
    _row("lerna.json", "npm", "workspace", None, "json", identify=npm.identify_workspace),
    # Nx's projects; .NET's have the same name and another content
    _row("project.json", "npm", "manifest", nuget.read_project_json, "json", identify=npm.identify_nx),
    _row("deno.json deno.jsonc", "deno", "manifest", npm.read_deno, "jsonc", identify=npm.identify_deno, manager="deno"),
    _row("deno.lock", "deno", "lock", bun_lock.read_deno, "json", manager="deno"),
    _row("bower.json", "bower", "manifest", npm.read_bower, "json", manager="bower", weak=True),
    # Go
    _row("go.mod", "golang", "manifest", go.read, identify=go.identify, manager="go"),
    _row("go.sum", "golang", "lock", go.read_sum, manager="go"),
    _row("go.work", "golang", "workspace", None, identify=go.identify_work, manager="go"),
    # Rust
    _row("Cargo.toml", "cargo", "manifest", cargo.read, "toml", identify=cargo.identify, manager="cargo"),
    _row("Cargo.lock", "cargo", "lock", cargo.read_lock, manager="cargo"),
    # Go before modules
    _row("Gopkg.toml", "golang", "manifest", go_legacy.read_gopkg, "toml", manager="dep", weak=True),
    _row("Gopkg.lock", "golang", "lock", go_legacy.read_gopkg_lock, "toml", manager="dep"),
    _row("glide.yaml", "golang", "manifest", go_legacy.read_glide, "yaml", manager="glide", weak=True),
    _row("glide.lock", "golang", "lock", go_legacy.read_glide_lock, "yaml", manager="glide"),
    _row("Godeps/Godeps.json", "golang", "manifest", go_legacy.read_godeps, "json", in_vendor=True),
    _row("Godeps", "golang", "manifest", go_legacy.read_godep_list),
    _row("vendor/manifest", "golang", "manifest", go_legacy.read_gb, "json", in_vendor=True),
    _row("vendor/vendor.json", "golang", "manifest", go_legacy.read_govendor, "json", in_vendor=True),
    _row("go-resolved-dependencies.json", "golang", "lock", go_legacy.read_resolved, "json"),
    # Java, Kotlin, Scala
    _row("pom.xml", "maven", "manifest", maven.read, identify=maven.identify, manager="maven"),
    _row("build.gradle build.gradle.kts", "maven", "manifest", gradle.read, identify=gradle.identify, manager="gradle"),
    _row("settings.gradle settings.gradle.kts", "maven", "workspace", None, identify=gradle_settings.identify_settings, manager="gradle"),
    _row("gradle/*.versions.toml", "maven", "workspace", None, "toml"),
    _row("gradle.properties gradle/*.gradle gradle/*.gradle.kts", "maven", "workspace", None),
    _row("gradle.lockfile buildscript-gradle.lockfile", "maven", "lock", gradle_settings.read_lock, manager="gradle"),
    _row("build.sbt", "maven", "manifest", sbt.read, identify=sbt.identify, manager="sbt"),
    _row("project/*.sbt project/Dependencies.scala", "maven", "manifest", sbt.read),
    _row("ivy.xml", "maven", "manifest", maven.read_ivy, manager="ivy", weak=True),
    _row("*-compile.xml *-test.xml *-runtime.xml *-provided.xml", "maven", "manifest", maven.read_ivy_report),
    _row("maven-resolved-dependencies.txt maven-dependency-tree.txt", "maven", "lock", maven.read_resolved),
    _row("verification-metadata.xml", "maven", "lock", maven.read_verification),
    # .NET
    _row("*.csproj *.fsproj *.vbproj", "nuget", "manifest", nuget.read_project, identify=nuget.identify_project, manager="nuget"),
    _row("Directory.Packages.props Directory.Build.props", "nuget", "workspace", nuget.read_central),
    _row("packages.config", "nuget", "manifest", nuget.read_config),
    _row("*.nuspec", "nuget", "manifest", nuget.read_nuspec),
    _row("Project.json", "nuget", "manifest", nuget.read_project_json, "json"),
    _row("packages.lock.json", "nuget", "lock", nuget.read_lock, "json", manager="nuget"),
    _row("project.lock.json Project.lock.json project.assets.json *.deps.json", "nuget", "lock", nuget.read_libraries, "json"),
    _row("paket.dependencies", "nuget", "manifest", nuget.read_paket, manager="paket"),
    _row("paket.lock", "nuget", "lock", nuget.read_paket_lock, manager="paket"),
    # Ruby, PHP
    _row("Gemfile gems.rb", "gem", "manifest", ruby.read, manager="bundler", weak=True),
    _row("*.gemspec", "gem", "manifest", ruby.read_gemspec, identify=ruby.identify_gemspec, manager="bundler"),
    _row("Gemfile.lock gems.locked", "gem", "lock", ruby.read_lock, manager="bundler"),
    _row("composer.json", "composer", "manifest", composer.read, "json", identify=composer.identify, manager="composer"),
    _row("composer.lock", "composer", "lock", composer.read_lock, "json", manager="composer"),
    # Elixir, Erlang, Gleam, Dart, Swift
    _row("mix.exs", "hex", "manifest", beam.read, identify=beam.identify, manager="mix"),
    _row("mix.lock", "hex", "lock", beam.read_mix_lock, manager="mix"),
    _row("rebar.lock", "hex", "lock", beam.read_rebar_lock, manager="rebar3"),
    _row("gleam.toml", "hex", "manifest", beam.read_gleam, "toml", identify=beam.identify_gleam, manager="gleam"),
    _row("manifest.toml", "hex", "lock", beam.read_gleam_lock, "toml", manager="gleam"),
    _row("pubspec.yaml", "pub", "manifest", dart.read, "yaml", identify=dart.identify, manager="pub"),
    _row("pubspec.lock", "pub", "lock", dart.read_lock, "yaml", manager="pub"),
    _row("Package.swift", "swift", "manifest", swift.read, identify=swift.identify, manager="swiftpm"),
    _row("Package.resolved", "swift", "lock", swift.read_lock, "json", manager="swiftpm"),
    # C, C++
    _row("conanfile.txt", "conan", "manifest", cplusplus.read_conan_txt, manager="conan", weak=True),
    _row("conanfile.py", "conan", "manifest", cplusplus.read_conan_py, identify=cplusplus.identify_conan_py, manager="conan", weak=True),
    _row("conan.lock", "conan", "lock", cplusplus.read_conan_lock, "json", manager="conan"),
    _row("vcpkg.json", "vcpkg", "manifest", cplusplus.read_vcpkg, "json", identify=cplusplus.identify_vcpkg, manager="vcpkg"),
    _row("_generated-vcpkg-list.json", "vcpkg", "lock", cplusplus.read_vcpkg_list, "json", manager="vcpkg"),
    # Haskell, R, Julia
    _row("*.cabal", "hackage", "manifest", haskell.read_cabal, identify=haskell.identify_cabal, manager="cabal"),
    _row("package.yaml", "hackage", "manifest", haskell.read_hpack, "yaml"),
    _row("cabal.config cabal.project.freeze", "hackage", "lock", haskell.read_freeze, manager="cabal"),
    _row("stack.yaml.lock", "hackage", "lock", haskell.read_stack_lock, "yaml", manager="stack"),
    _row("DESCRIPTION", "cran", "manifest", science.read_description, identify=science.identify_description),
    _row("renv.lock", "cran", "lock", science.read_renv, "json", manager="renv"),
    _row("Project.toml JuliaProject.toml", "julia", "manifest", science.read_julia, "toml", identify=science.identify_julia, manager="pkg"),
    _row("Manifest.toml JuliaManifest.toml", "julia", "lock", science.read_julia_lock, "toml", manager="pkg"),
    _row("REQUIRE", "julia", "manifest", science.read_require),
    # Apple, smaller ecosystems
    _row("Podfile", "cocoapods", "manifest", apple.read_podfile, manager="cocoapods"),
    _row("Podfile.lock", "cocoapods", "lock", apple.read_podfile_lock, "yaml", manager="cocoapods"),
    _row("*.podspec", "cocoapods", "manifest", apple.read_podspec),
    _row("*.podspec.json", "cocoapods", "manifest", apple.read_podspec_json, "json"),
    _row("Cartfile Cartfile.private", "carthage", "manifest", apple.read_cartfile, manager="carthage"),
    _row("Cartfile.resolved", "carthage", "lock", apple.read_cartfile_resolved, manager="carthage"),
    _row("Brewfile", "homebrew", "manifest", apple.read_brewfile, manager="homebrew"),
    _row("Brewfile.lock.json", "homebrew", "lock", apple.read_brewfile_lock, "json", manager="homebrew"),
    _row("MODULE.bazel", "bazel", "manifest", others.read_bazel, manager="bazel", weak=True),
    _row("project.clj", "clojars", "manifest", others.read_leiningen, manager="leiningen", weak=True),
    _row("deps.edn", "clojars", "manifest", others.read_deps_edn, manager="clojure", weak=True),
    _row("shard.yml", "shards", "manifest", others.read_shard, "yaml", manager="shards", weak=True),
    _row("shard.lock", "shards", "lock", others.read_shard_lock, "yaml", manager="shards"),
    _row("cpanfile", "cpan", "manifest", others.read_cpanfile, manager="cpan", weak=True),
    _row("META.json", "cpan", "manifest", others.read_cpan_meta, "json"),
    _row("META.yml", "cpan", "manifest", others.read_cpan_meta, "yaml"),
    _row("dub.json", "dub", "manifest", others.read_dub, "json", manager="dub", weak=True),
    _row("dub.sdl", "dub", "manifest", others.read_dub_sdl, manager="dub", weak=True),
    _row("elm.json elm-package.json elm_dependencies.json", "elm", "manifest", others.read_elm, "json", manager="elm", weak=True),
    _row("exact-dependencies.json", "elm", "lock", others.read_elm_exact, "json", manager="elm"),
    _row("haxelib.json", "haxelib", "manifest", others.read_haxelib, "json", manager="haxelib", weak=True),
    _row("*.rockspec", "luarocks", "manifest", others.read_rockspec, manager="luarocks", weak=True),
    _row("*.nimble", "nimble", "manifest", others.read_nimble, manager="nimble", weak=True),
    _row("flake.nix", "nix", "manifest", others.read_flake, manager="nix"),
    _row("flake.lock", "nix", "lock", others.read_flake_lock, "json", manager="nix"),
    # infrastructure
    _row("*.tf", "terraform", "manifest", infrastructure.read_terraform),
    _row(".terraform.lock.hcl", "terraform", "lock", infrastructure.read_terraform_lock, manager="terraform"),
    _row("Chart.yaml", "helm", "manifest", infrastructure.read_chart, "yaml", identify=infrastructure.identify_chart, manager="helm"),
    _row("Chart.lock requirements.lock", "helm", "lock", infrastructure.read_chart_lock, "yaml", manager="helm"),
    # containers, CI, hooks
    _row("Dockerfile Dockerfile.* *.Dockerfile *.dockerfile Containerfile", "docker", "manifest", docker.read),
    _row("docker-compose.yml docker-compose.yaml docker-compose*.yml docker-compose*.yaml compose.yml compose.yaml compose.*.yml compose.*.yaml",
         "docker", "manifest", docker.read_compose, "yaml"),
    _row("/.github/workflows/*.yml /.github/workflows/*.yaml", "actions", "manifest", actions.read_workflow, "yaml"),
    _row("action.yml action.yaml", "actions", "manifest", actions.read_action, "yaml"),
    _row(".pre-commit-config.yaml .pre-commit-config.yml", "pre-commit", "manifest", actions.read_pre_commit, "yaml"),
)  # fmt: skip


def format_of(path: str) -> Format | None:
    """The first format whose pattern the path matches, None where there is none."""
    name = path.rpartition("/")[2]
    exact, by_ending = _compiled()
    if name in exact:
        return exact[name]
    patterns = by_ending.get(name.rpartition(".")[2], by_ending[""])
    return next((format_ for pattern, format_ in patterns if pattern.search(path)), None)


Patterns = list[tuple[re.Pattern[str], Format]]


@cache
def _compiled() -> tuple[dict[str, Format], dict[str, Patterns]]:
    """Formats by exact name, and patterns by the ending of the names they match; below "" those of any ending."""
    exact: dict[str, Format] = {}
    patterns: list[tuple[str, str, Format]] = []
    for format_ in FORMATS:
        for pattern in format_.patterns:
            if "*" in pattern or "/" in pattern:
                ending = pattern.rpartition("/")[2].rpartition(".")[2]
                patterns.append(("" if "*" in ending else ending, _expression(pattern), format_))
            else:
                exact[pattern] = format_
    endings = {ending for ending, _, _ in patterns} | {""}
    return exact, {
        wanted: [
            (re.compile(expression), format_)
            for ending, expression, format_ in patterns
            if ending in (wanted, "")
        ]
        for wanted in endings
    }


def _expression(pattern: str) -> str:
    start = "^" if pattern.startswith("/") else "(?:^|/)"
    body = re.escape(pattern.lstrip("/")).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return f"{start}{body}$"
