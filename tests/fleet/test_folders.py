from __future__ import annotations

import re
from pathlib import Path

import pytest

from repo_architect.errors import ContractError
from repo_architect.fleet import Entry, Fleet, as_items, fleet_name


def entry(owner: str | None, name: str, ref: str = "", host: str = "example.org") -> Entry:
    return Entry(f"https://{host}/{owner}/{name}", f"https://{host}/{owner}/{name}", name, owner, ref)


def folders(*given: Entry) -> list[str]:
    return [item["folder"] for item in as_items(given)]


def test_a_folder_is_owner_and_repository() -> None:
    assert folders(entry("pallets", "flask"), entry("group/sub", "tool"), entry(None, "here")) == [
        "pallets-flask", "group-sub-tool", "here",
    ]  # fmt: skip


def test_names_that_collide_get_distinct_folders_whatever_the_case() -> None:
    found = folders(
        entry("a-b", "c"), entry("a", "b-c"), entry("A", "B-C", host="other.org"), entry("a-b", "c", "v2")
    )
    assert found[0] == "a-b-c" and found[3] == "a-b-c-v2"
    assert len({name.casefold() for name in found}) == 4
    assert all(re.fullmatch(r"[a-z-]*-[0-9a-f]{8}", name, re.IGNORECASE) for name in found[1:3])


@pytest.mark.parametrize(
    "name",
    ["..", "...", "../../etc", "a/../b", "-rf", "latest", "new", "sample", "ü", "x" * 300, "\u202e", ".lock"],
)
def test_hostile_names_become_ids_of_runs(name: str, tmp_path: Path) -> None:
    found = folders(entry(None, name))[0]
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", found) and ".." not in found
    assert found not in ("latest", "new", "sample")
    assert (tmp_path / found).resolve().parent == tmp_path.resolve()


def test_a_folder_stays_whatever_comes_before_it_in_the_list(tmp_path: Path) -> None:
    first, second = entry("a-b", "c"), entry("a", "b-c")
    fleet = Fleet.open(tmp_path)
    assert fleet.enlist([first])[0].folder == "a-b-c"
    again = Fleet.open(tmp_path).enlist([second, first])
    assert again[1].folder == "a-b-c" and again[0].folder != "a-b-c"


def test_a_damaged_record_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "fleet.json").write_text("{")
    with pytest.raises(ContractError) as raised:
        Fleet.open(tmp_path)
    assert "delete" in raised.value.fix


@pytest.mark.parametrize(
    ("given", "name"), [("repos", "repos"), ("my list", "my-list"), ("..", "fleet"), ("", "fleet")]
)
def test_a_fleet_is_called_after_its_file(given: str, name: str) -> None:
    assert fleet_name(given) == name
