"""What the stack and the licence are told as."""

from __future__ import annotations

import pytest

from repo_architect.contracts import Evidence, RepoShape
from repo_architect.contracts.repo_shape import Found, Framework, License
from repo_architect.report.stack import main_frameworks, stack
from repo_architect.report.titles import licence
from support import shapes

PLACE = Evidence(path="package.json", line=3)


def _framework(name: str, used_for: str = "product") -> Framework:
    return Framework(name=name, category="server", used_for=used_for, evidence=(PLACE,))


def _shape(*frameworks: Framework, test_tools: tuple[Found, ...] = ()) -> RepoShape:
    return shapes.shape().model_copy(update={"frameworks": frameworks, "test_tools": test_tools})


def test_what_only_examples_or_tests_use_is_not_the_products() -> None:
    shape = _shape(_framework("Express", "example"), _framework("Hono"), _framework("Koa", "test"))
    assert main_frameworks(shape) == ["Hono"]


def test_it_is_named_where_there_is_nothing_else() -> None:
    assert main_frameworks(_shape(_framework("Express", "example"))) == ["Express"]


def test_the_stack_says_what_a_tool_serves_and_puts_the_products_first() -> None:
    shape = _shape(_framework("Express", "example"), _framework("Express", "test"), _framework("Hono"))
    items = dict(stack(shape))["Web frameworks"]
    assert [(item.name, item.only_for) for item in items] == [
        ("Hono", None),
        ("Express", "examples and tests"),
    ]


def test_of_a_test_tool_it_is_not_said_that_it_serves_tests() -> None:
    shape = _shape(test_tools=(Found(name="pytest", used_for="test", evidence=(PLACE,)),))
    assert [item.only_for for item in dict(stack(shape))["Tests"]] == [None]


@pytest.mark.parametrize(
    ("spdx", "declared", "told"),
    [
        ("MIT", None, "MIT"),
        ("MIT", "MIT", "MIT"),
        ("MIT", "MIT OR Apache-2.0", "MIT (declared: MIT OR Apache-2.0)"),
        ("NOASSERTION", "MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("NOASSERTION", None, "NOASSERTION"),
    ],
)
def test_a_licence_is_told_as_the_project_itself_says_it(spdx: str, declared: str | None, told: str) -> None:
    assert licence(License(spdx=spdx, declared=declared, evidence=PLACE)) == told
