"""Every reader gives plain values, and the line of each key and value."""

from __future__ import annotations

import pytest

from repo_architect.analysis import located

TOML = """\
# comment
[project]
name = "demo"
"quoted key".dotted = 1

[[tool.plugin]]
id = 'first'

[[tool.plugin]]
id = '''
second'''
args = [
  "a", # why
  { deep = true },
]
"""


def test_toml_tables_arrays_and_dotted_keys() -> None:
    document = located.toml(TOML)
    assert document.plain() == {
        "project": {"name": "demo", "quoted key": {"dotted": 1}},
        "tool": {"plugin": [{"id": "first"}, {"id": "second", "args": ["a", {"deep": True}]}]},
    }


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("project",), 2),
        (("project", "name"), 3),
        (("project", "quoted key", "dotted"), 4),
        (("tool", "plugin", 0), 6),
        (("tool", "plugin", 1), 9),
        (("tool", "plugin", 1, "args"), 12),
        (("tool", "plugin", 1, "args", 1), 14),
        (("tool", "plugin", 1, "args", 1, "deep"), 14),
    ],
)
def test_toml_lines(path: tuple[str | int, ...], line: int) -> None:
    found = located.toml(TOML).at(*path)
    assert found is not None
    assert found.line == line


def test_json_lines_of_keys_and_values() -> None:
    document = located.json('{\n "a":\n  [1,\n   {"b": null}],\n "c": "x\\u0041"\n}')
    assert document.plain() == {"a": [1, {"b": None}], "c": "xA"}
    assert [(key, key.line, value.line) for key, value in document.items()] == [("a", 2, 3), ("c", 5, 5)]
    assert document.at("a", 1, "b") == located.Located(None, 4, "null")


def test_json_keeps_the_last_of_two_equal_keys_and_its_line() -> None:
    document = located.json('{"a": 1,\n"a": 2}')
    assert document.plain() == {"a": 2}
    assert document.key_line("a") == 2


def test_jsonc_has_comments_and_trailing_commas() -> None:
    text = '// top\n{\n /* a\n b */ "x": [1, 2,], // "y": 3,\n "u": "http://x/*y*/",\n}\n/* end */'
    document = located.jsonc(text)
    assert document.plain() == {"x": [1, 2], "u": "http://x/*y*/"}
    assert document.key_line("x") == 4
    with pytest.raises(located.Malformed):
        located.json(text)


def test_yaml_scalars_follow_yaml_1_2() -> None:
    document = located.yaml(
        "on: push\nyes: no\nv: 3.10\nq: '3.10'\nport: 22:22\nday: 2020-01-01\nn: ~\nx: 0x1f\nt: true\n"
    )
    assert document.plain() == {
        "on": "push", "yes": "no", "v": 3.1, "q": "3.10", "port": "22:22", "day": "2020-01-01", "n": None, "x": 31, "t": True,
    }  # fmt: skip
    assert document.written("v") == "3.10"
    assert document.written("q") == "3.10"
    assert document.written("t") == "true"
    assert document.written("n") is None


def test_yaml_merge_keys_are_resolved_and_keep_their_lines() -> None:
    text = "base: &base\n  image: a\n  port: 1\nother: &other {port: 2, z: 3}\nweb:\n  <<: [*base, *other]\n  image: b\n"
    web = located.yaml(text).at("web")
    assert web is not None
    assert web.plain() == {"image": "b", "port": 1, "z": 3}
    assert web.key_line("port") == 3
    assert web.key_line("image") == 7


def test_yaml_tags_are_dropped() -> None:
    document = located.yaml(
        "a: !Ref name\nb: !reference [x, y]\nc: !!str 1\nd: !!python/object/apply:os.system ['id']\n"
    )
    assert document.plain() == {"a": "name", "b": ["x", "y"], "c": "1", "d": ["id"]}


def test_yaml_takes_the_first_document_and_does_not_read_the_rest() -> None:
    assert located.yaml("a: 1\n---\n[broken").plain() == {"a": 1}
    assert located.yaml("").plain() is None


def test_yaml_documents_have_lines_of_the_stream() -> None:
    first, second = located.yaml_documents("a: 1\n---\nb:\n  - 2\n")
    assert first.plain() == {"a": 1}
    found = second.at("b", 0)
    assert found is not None
    assert found.line == 4


def test_yaml_alias_stands_where_it_is_written() -> None:
    document = located.yaml("a: &x\n  k: 1\nb: *x\n")
    found, below = document.at("b"), document.at("b", "k")
    assert found is not None
    assert below is not None
    assert (found.line, below.line) == (3, 2)


POM = """\
<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE project SYSTEM "http://elsewhere.invalid/project.dtd">
<project xmlns="http://maven.apache.org/POM/4.0.0" xsi:schemaLocation="x">
  <dependencies>
    <dependency><groupId> a.b </groupId>
      <version>1<!-- why -->.2</version></dependency>
    <m:dependency scope="test"/>
  </dependencies>
</project>
"""


def test_xml_elements_lines_and_helpers() -> None:
    root = located.xml(POM)
    assert (root.tag, root.line, root.get("schemaLocation")) == ("project", 3, "x")
    first, second = root.findall("dependencies/dependency")
    assert (first.line, first.text_of("groupId"), first.text_of("version")) == (5, "a.b", "1.2")
    assert (second.line, second.get("scope"), second.text_of("version")) == (7, "test", None)
    assert [found.line for found in root.iter("version")] == [6]
    assert root.find("parent/version") is None


@pytest.mark.parametrize("reader", [located.toml, located.json, located.jsonc, located.yaml])
def test_a_byte_order_mark_is_dropped(reader: object) -> None:
    text = "\ufeffa = 1" if reader is located.toml else '\ufeff{"a": 1}'
    assert reader(text).plain() == {"a": 1}  # type: ignore[operator]
