"""PHP: what Composer names, then its test script or PHPUnit."""

from __future__ import annotations

from repo_architect.ci.draft import Draft
from repo_architect.ci.versions import choose
from repo_architect.contracts import Evidence


def plan(draft: Draft) -> None:
    """Add the steps: PHP, Composer's packages, the tests."""
    facts = draft.facts
    choice = choose(facts, "php", 2)
    draft.matrix = {"php": choice.versions}
    draft.decisions.append(choice.decision)
    draft.use(
        "Set up PHP", "setup-php", choice.decision.reason, *choice.decision.evidence,
        php_version="${{ matrix.php }}", coverage="none",
    )  # fmt: skip
    at = Evidence(path=facts.lock("composer.lock") or facts.at("composer.json"))
    draft.run("Install", "composer install --no-interaction --no-progress", "what composer.json names", at)
    phpunit = facts.found(facts.shape.test_tools, "phpunit")
    if not draft.run_named("Test", "test") and phpunit:
        draft.run("Test", "vendor/bin/phpunit", "the tests are PHPUnit's", *phpunit.evidence)
