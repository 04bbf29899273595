"""JavaScript and TypeScript: the package manager whose lock file is there, then the scripts that the package names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from repo_architect.ci.draft import Draft
from repo_architect.ci.facts import Facts
from repo_architect.ci.versions import choose
from repo_architect.contracts import Evidence


@dataclass(frozen=True)
class Manager:
    """A package manager: its lock files, how it is installed, how it installs with and without a lock file."""

    name: str
    locks: tuple[str, ...]
    locked: str
    unlocked: str
    bring: str | None = None


MANAGERS = (
    Manager("pnpm", ("pnpm-lock.yaml",), "pnpm install --frozen-lockfile", "pnpm install", "npm install -g {spec}"),
    Manager("yarn", ("yarn.lock",), "yarn install --immutable", "yarn install", "corepack enable"),
    Manager("bun", ("bun.lock", "bun.lockb"), "bun install --frozen-lockfile", "bun install", "npm install -g {spec}"),
    Manager("npm", ("package-lock.json", "npm-shrinkwrap.json"), "npm ci", "npm install"),
)  # fmt: skip

_SCRIPT = re.compile(r"(?:npm|pnpm|yarn|bun)(?: run)? (?P<script>\S+)$")


def plan(draft: Draft) -> None:
    """Add the steps: Node.js, the package manager, install, then build and test as the package's scripts name them."""
    facts = draft.facts
    manager, lock = _manager(facts)
    choice = choose(facts, "node", 1)
    draft.matrix = {"node": choice.versions}
    draft.decisions.append(choice.decision)
    cache = {"cache": manager.name, "cache_dependency_path": lock} if lock and manager.name == "npm" else {}
    draft.use(
        "Set up Node.js", "setup-node", choice.decision.reason, *choice.decision.evidence,
        node_version="${{ matrix.node }}", package_manager_cache="false" if not cache else "", **cache,
    )  # fmt: skip
    _bring(draft, manager, lock)
    _install(draft, manager, lock)
    _scripts(draft, manager)


def _manager(facts: Facts) -> tuple[Manager, str | None]:
    for manager in MANAGERS:
        lock = facts.lock(*manager.locks)
        if lock:
            return manager, lock
    for manager in MANAGERS:
        if facts.found(
            facts.shape.package_managers, manager.name, f"{manager.name} classic", f"{manager.name} berry"
        ):
            return manager, None
    return MANAGERS[-1], None


def _bring(draft: Draft, manager: Manager, lock: str | None) -> None:
    if manager.bring is None:
        return
    found = draft.facts.found(draft.facts.shape.package_managers, manager.name)
    version = found.version if found and found.version and re.fullmatch(r"[\d.]+", found.version) else None
    spec = f"{manager.name}@{version}" if version else manager.name
    evidence = found.evidence if found else ((Evidence(path=lock),) if lock else ())
    draft.run(
        f"Install {manager.name}",
        manager.bring.format(spec=spec),
        f"{manager.name} manages the packages",
        *evidence,
    )


def _install(draft: Draft, manager: Manager, lock: str | None) -> None:
    if lock:
        command = manager.locked
        if manager.name == "yarn" and _is_classic(draft.facts):
            command = "yarn install --frozen-lockfile"
        draft.run("Install", command, "exactly what the lock file names", Evidence(path=lock))
    else:
        manifest = draft.facts.component.manifest
        draft.run(
            "Install",
            manager.unlocked,
            "no lock file is committed",
            *([Evidence(path=manifest)] if manifest else []),
        )


def _is_classic(facts: Facts) -> bool:
    found = facts.found(facts.shape.package_managers, "yarn", "yarn classic")
    return found is None or found.name.lower().endswith("classic") or (found.version or "1").startswith("1")


def _scripts(draft: Draft, manager: Manager) -> None:
    """Add build and test where the package names such scripts; what only lints is told."""
    facts = draft.facts
    for purpose, title in (("build", "Build"), ("typecheck", "Check types"), ("test", "Test")):
        script = _script(facts, purpose)
        if script:
            name, evidence = script
            draft.run(
                title,
                f"{manager.name} run {name}",
                f"the package names this script for {purpose}",
                *evidence,
                **({"CI": "true"} if purpose == "test" else {}),
            )
    lint = _script(facts, "lint")
    if lint:
        draft.leave(
            "lint",
            f"{manager.name} run {lint[0]}",
            "whether it passes today is not known, so it does not gate",
            *lint[1],
        )


def _script(facts: Facts, purpose: str) -> tuple[str, tuple[Evidence, ...]] | None:
    """The script for a purpose: the one called so, else the shortest name."""
    found = [
        (match["script"], command.evidence)
        for command in facts.commands(purpose)
        if (match := _SCRIPT.match(command.command)) and command.evidence[0].path.endswith("package.json")
    ]
    once = [
        item
        for item in found
        if not re.search(r"watch|dev|debug|update|ui$|e2e|browser|coverage|:ci", item[0])
    ]
    return min(once, key=lambda item: (item[0] != purpose, len(item[0]), item[0]), default=None)
