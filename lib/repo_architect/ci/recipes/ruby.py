"""Ruby: bundle, then the repository's own test command."""

from __future__ import annotations

from repo_architect.ci.draft import Draft
from repo_architect.ci.versions import choose


def plan(draft: Draft) -> None:
    """Add the steps: Ruby with its bundle, the tests."""
    facts = draft.facts
    choice = choose(facts, "ruby", 2)
    draft.matrix = {"ruby": choice.versions}
    draft.decisions.append(choice.decision)
    folder = "" if facts.folder == "." else facts.folder
    draft.use(
        "Set up Ruby", "setup-ruby", choice.decision.reason, *choice.decision.evidence,
        ruby_version="${{ matrix.ruby }}", bundler_cache="true", working_directory=folder,
    )  # fmt: skip
    rspec = facts.found(facts.shape.test_tools, "rspec")
    minitest = facts.found(facts.shape.test_tools, "minitest")
    if rspec:
        draft.run("Test", "bundle exec rspec", "the tests are RSpec's", *rspec.evidence)
    elif minitest:
        draft.run("Test", "bundle exec rake test", "the tests are Minitest's", *minitest.evidence)
