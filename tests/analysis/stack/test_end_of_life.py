import pytest

from repo_architect.analysis.stack.end_of_life import admits, last_day
from repo_architect.analysis.stack.version import version_of


@pytest.mark.parametrize(
    ("requirement", "cycle", "answer"),
    [
        (">=3.8,<3.10", "3.9", True),
        (">=3.8,<3.10", "3.10", False),
        (">=3.8,<3.10", "3.7", False),
        (">=3.7,!=3.8.*", "3.8", False),
        (">=3.9,!=3.9.0", "3.9", True),
        ("~=3.10", "3.12", True),
        ("==3.12.*", "3.12", True),
        ("==3.12.*", "3.13", False),
        ("^3.9", "3.12", True),
        ("^3.9", "4.0", False),
        ("^18 || >=20", "19", False),
        ("^18 || >=20", "22", True),
        ("18.x || 20.x", "20", True),
        ("18.x || 20.x", "22", False),
        (">=14 <17", "16", True),
        (">=14 <17", "17", False),
        ("14 - 16", "16", True),
        ("~> 3.3.0", "3.3", True),
        ("~> 3.3.0", "3.4", False),
        ("^8.1", "8.3", True),
        (">20.1", "20", True),
        ("<=3.8", "3.8", True),
        ("<3.9.5", "3.9", True),
        ("*", "3.9", False),
        (None, "3.9", False),
    ],
)
def test_what_a_requirement_admits(requirement: str | None, cycle: str, answer: bool) -> None:
    assert admits(requirement, cycle) is answer


@pytest.mark.parametrize(
    ("runtime", "requirement", "version", "day"),
    [
        ("python", ">=3.6,<3.9", None, "2024-10-07"),
        ("python", ">=3.8", "3.8.10", "2024-10-07"),
        ("node", None, "16", "2023-09-11"),
        ("node", "^18.12 || ^20", None, "2026-04-30"),
        ("go", ">=1.12", None, None),
        ("java", None, "22.0.2", "2024-09-17"),
        ("ruby", "~> 3.1.0", None, "2025-03-26"),
        ("cobol", ">=1", None, None),
        ("python", "whatever", None, None),
    ],
)
def test_last_day_of_what_is_asked_for(
    runtime: str, requirement: str | None, version: str | None, day: str | None
) -> None:
    assert last_day(runtime, requirement, version) == day


@pytest.mark.parametrize(
    ("requirement", "version"),
    [
        ("^4.17.1", "4.17.1"),
        (">=1.2,<2", "1.2"),
        ("<2,>=1.2", "1.2"),
        ("~> 7.0", "7.0"),
        ("1.27-alpine", "1.27"),
        ("2.0.0-rc.1", "2.0.0-rc.1"),
        ("v1.10.0", "1.10.0"),
        ("*", None),
        ("latest", None),
        ("workspace:*", None),
        ("git+https://host/x#v1.2", None),
        (None, None),
    ],
)
def test_version_of_a_requirement(requirement: str | None, version: str | None) -> None:
    assert version_of(requirement) == version
