"""Rust: build and test the whole workspace."""

from __future__ import annotations

from repo_architect.ci.draft import Draft
from repo_architect.contracts import Evidence


def plan(draft: Draft) -> None:
    """Add the steps: the toolchain, build, test."""
    facts = draft.facts
    at = Evidence(path=facts.component.manifest or facts.at("Cargo.toml"))
    said = next(
        (item for item in facts.runtimes("rust") if any("rust-toolchain" in e.path for e in item.evidence)),
        None,
    )
    if said:
        draft.run(
            "Set up Rust", "rustup toolchain install", "rust-toolchain names the toolchain", *said.evidence
        )
    else:
        draft.run(
            "Set up Rust",
            "rustup toolchain install stable --profile minimal",
            "the repository names no toolchain file",
            at,
        )
    lock = facts.lock("Cargo.lock")
    locked = " --locked" if lock else ""
    reason = "exactly what Cargo.lock names" if lock else "no Cargo.lock is committed"
    draft.run("Build", f"cargo build --workspace{locked}", reason, Evidence(path=lock) if lock else at)
    draft.run("Test", f"cargo test --workspace{locked}", "every crate of the workspace is tested", at)
