from collections import Counter

import pytest
from benchmarks import diagram as benchmark

from repo_architect.contracts import ImportEdge
from repo_architect.diagram.headers import places
from repo_architect.diagram.partition import divide
from repo_architect.diagram.sources import Sources


def sources(*paths):
    return Sources(dict.fromkeys(paths, 1), (), Counter(), 0)


def test_headers_of_a_mirror_folder_stand_with_their_sources():
    found = places(["include/lib/a.h", "include/lib/b.h", "src/a.c", "src/b.c"])
    assert found["include/lib/a.h"] == "src/a.h"


def test_a_folder_of_headers_that_have_no_sources_stays_whole():
    paths = ["include/a.h", "include/b.h", "include/c.h", "lib/sh/a.c"]
    assert places(paths) == {path: path for path in paths}


def test_folders_of_one_file_stay_where_the_division_is_for_comparing():
    paths = [f"big/m{n}.py" for n in range(40)] + ["lone/x.py", "other/a.py", "other/b.py"]
    assert "lone" in divide(sources(*paths), 40, whole=False)
    assert "lone" not in divide(sources(*paths), 40)


@pytest.mark.parametrize("groups", [2, 3, 5, 8])
def test_the_benchmark_knows_a_perfect_grouping_and_what_a_bound_allows(groups):
    truth = {f"{folder}/{n}/m.c": folder for folder in "abcde" for n in range(4)}
    assert benchmark.scores(truth, truth) == (1, 1)
    most = benchmark.mojofm(benchmark.best(truth, groups), truth)
    assert most == (1 if groups >= 5 else pytest.approx(most))
    for found in (benchmark.plain(list(truth), groups), benchmark.rolled_up(list(truth), groups)):
        assert len(set(found.values())) <= groups
        assert benchmark.mojofm(found, truth) <= most


def test_leaving_one_out_never_looks_at_the_one_judged():
    tried = {setting: {"a": (0.1, 0.1), "b": (0.5, 0.5)} for setting in benchmark.SETTINGS}
    tried[benchmark.SETTINGS[3]] = {"a": (0.9, 0.9), "b": (0.4, 0.4)}
    assert benchmark.chosen_without("b", tried) == benchmark.SETTINGS[3]
    without_a = [setting for setting in benchmark.SETTINGS if setting != benchmark.SETTINGS[3]]
    assert benchmark.chosen_without("a", tried) == without_a[len(without_a) // 2]


def test_one_large_part_leaves_room_for_the_others_in_a_picture():
    ui = [f"ui/src/app/{folder}/m{n}.ts" for folder in "abcdefghijkl" for n in range(5)]
    api = [f"api/{folder}/m{n}.py" for folder in ("documents", "mail", "search") for n in range(15)]
    found = divide(sources(*ui, *api), 12)
    assert {"api/documents", "api/mail", "api/search"} <= set(found)
    assert len(found) <= 12
    assert sorted(path for files in found.values() for path in files) == sorted([*ui, *api])


def test_code_copied_from_others_is_one_box_however_much_it_is():
    copied = [f"third_party/{name}/m{n}.c" for name in "abcdef" for n in range(30)]
    own = [f"src/{name}/m{n}.c" for name in "uvw" for n in range(5)]
    found = divide(sources(*copied, *own), 12)
    assert {"third_party", "src/u", "src/v", "src/w"} == set(found)
    assert len(divide(sources(*copied), 12)) > 1, "alone it is what there is to see"


def test_a_folder_too_wide_to_fit_waits_until_smaller_ones_had_their_room():
    wide = [f"wide/{name}/m{n}.py" for name in "abcdefghijkl" for n in range(2)]
    narrow = [f"{name}/{part}/m{n}.py" for name in ("one", "two") for part in "xyz" for n in range(10)]
    found = divide(sources(*wide, *narrow), 16, whole=False)
    assert {f"{name}/{part}" for name in ("one", "two") for part in "xyz"} <= set(found)
    assert len(found) == 16
    assert "wide/..." in found


def test_a_rest_that_would_hold_most_of_a_folder_is_not_made():
    wide = [f"wide/{name}/m{n}.py" for name in "abcdefghijkl" for n in range(2)]
    narrow = [f"{name}/{part}/m{n}.py" for name in ("one", "two") for part in "xyz" for n in range(10)]
    for whole in (False, True):
        assert "wide" in divide(sources(*wide, *narrow), 11, whole=whole)


def test_boxes_saved_by_merging_are_given_to_others():
    lone = [f"pkg/{name}/m.py" for name in "abcd"]
    full = [f"lib/{name}/m{n}.py" for name in "uvwxyz" for n in range(8)]
    found = divide(sources(*lone, *full), 9)
    assert {f"lib/{name}" for name in "uvwxyz"} <= set(found)


def test_the_deepest_level_with_so_many_directories_is_found():
    items = [f"{a}/{b}/{n}.c" for a in "xy" for b in "uvw" for n in range(2)]
    assert len(set(benchmark.level(items, 6).values())) == 6
    assert len(set(benchmark.level(items, 5).values())) == 2


def test_a_wide_folder_that_is_worth_several_boxes_gets_them_before_small_ones_are_split_further():
    wide = [f"wide/{name}{n}/m{m}.py" for n, name in enumerate("abcdefghijklmnop") for m in range(2 + n)]
    small = [f"web/{a}/{b}/m{n}.ts" for a in "xyz" for b in "uvw" for n in range(9)]
    found = divide(sources(*wide, *small), 12)
    assert "wide" not in found
    assert sum(key.startswith("wide/") for key in found) >= 4


def test_of_a_flat_folder_with_few_files_too_many_the_busiest_are_boxes_and_the_others_one():
    names = [chr(97 + n) for n in range(20)]
    imports = [
        ImportEdge(f"lib/{a}.py", f"lib/{b}.py", "import", (1,))
        for n, a in enumerate(names)
        for b in names[:n]
        if n % 2 == 0
    ]
    found = divide(Sources({f"lib/{name}.py": 1 for name in names}, tuple(imports), Counter(), 0), 11)
    assert len(found) == 11
    assert [len(files) for key, files in sorted(found.items()) if "#" in key] == [10]
    assert "lib/a.py" in found, "all others import it"
