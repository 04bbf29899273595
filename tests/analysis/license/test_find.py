"""The licence by its text, whatever the file is called and however it is wrapped; then by manifests and the README."""

from __future__ import annotations

import importlib.metadata
import textwrap
from pathlib import Path

import pytest

from repo_architect.analysis import license as licenses
from repo_architect.analysis.files import read_tree
from repo_architect.analysis.license import names
from repo_architect.analysis.limits import Limits, Notes

APACHE = (Path(__file__).parents[3] / "LICENSE").read_text()


def installed(package: str) -> str:
    """The licence text that an installed package carries."""
    files = importlib.metadata.files(package) or []
    return next(file.read_text() for file in files if file.name.upper().startswith(("LICENSE", "LICENCE")))


MIT = installed("pydantic")
BSD = installed("click")


def found(root: Path, files: dict[str, str | bytes]) -> tuple[str, str, int] | None:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    answer = licenses.find(read_tree(root, Limits(), Notes()))
    return (answer.spdx, answer.evidence.path, answer.evidence.line) if answer else None


def rewrapped(text: str) -> str:
    return "\n\n".join(textwrap.fill(paragraph, 50) for paragraph in text.split("\n\n"))


@pytest.mark.parametrize(
    ("files", "spdx", "path"),
    [
        ({"LICENSE": APACHE}, "Apache-2.0", "LICENSE"),
        ({"LICENSE": MIT}, "MIT", "LICENSE"),
        ({"LICENCE.txt": BSD}, "BSD-3-Clause", "LICENCE.txt"),
        ({"COPYING": MIT.replace("\n", "\r\n")}, "MIT", "COPYING"),
        ({"license.md": "# " + rewrapped(MIT)}, "MIT", "license.md"),
        ({"LICENSE": "\n".join("// " + line for line in MIT.splitlines())}, "MIT", "LICENSE"),
        ({"LICENSE": "\ufeff" + MIT}, "MIT", "LICENSE"),
        ({"LICENSE.html": "<html><body><pre>" + MIT + "</pre></body></html>"}, "MIT", "LICENSE.html"),
        ({"LICENSES/MIT.txt": MIT}, "MIT", "LICENSES/MIT.txt"),
        ({"LICENSE": MIT, "COPYRIGHT": "Copyright 2020 Somebody\n"}, "MIT", "LICENSE"),
        ({"LICENSE": MIT, "LICENSE.txt": MIT}, "MIT", "LICENSE"),
        ({"LICENSE-MIT": MIT, "LICENSE-APACHE": APACHE}, "NOASSERTION", "LICENSE-APACHE"),
        ({"LICENSE": "Do what I say and nothing else.\n"}, "NOASSERTION", "LICENSE"),
        ({"LICENSE": MIT + "\nYou may not use it on Sundays, in gardens, near rivers, or while whistling loudly.\n"}, "NOASSERTION", "LICENSE"),
        ({"LICENSE": "Copyright (c) 2024 Somebody. All rights reserved.\n"}, "NONE", "LICENSE"),
        ({"LICENSE": b"\xff\xfe\x00\xd8 \xff"}, "NOASSERTION", "LICENSE"),
    ],
)  # fmt: skip
def test_licence_files(tmp_path: Path, files: dict[str, str | bytes], spdx: str, path: str) -> None:
    assert found(tmp_path, files) == (spdx, path, 1)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"package.json": '{\n "name": "a",\n "license": "MIT"\n}'}, ("MIT", "package.json", 3)),
        ({"pyproject.toml": '[project]\nlicense = "apache-2.0 or mit"\n'}, ("Apache-2.0 OR MIT", "pyproject.toml", 2)),
        ({"pyproject.toml": '[project]\nlicense = { text = "BSD" }\n'}, ("BSD-3-Clause", "pyproject.toml", 2)),
        ({"Cargo.toml": '[package]\nlicense = "MPL-2.0"\n'}, ("MPL-2.0", "Cargo.toml", 2)),
        ({"a.gemspec": 'Gem::Specification.new do |spec|\n  spec.license = "MIT"\nend\n'}, ("MIT", "a.gemspec", 2)),
        ({"package.json": '{\n "license": "UNLICENSED" }'}, ("NONE", "package.json", 2)),
        ({"package.json": '{\n "license": "SEE LICENSE IN x" }'}, ("NOASSERTION", "package.json", 2)),
        ({"README.md": "# A\n\n## License\n\nReleased under the MIT License.\n\n## More\n"}, ("MIT", "README.md", 3)),
        ({"README.md": "# A\n\n## License\n\nGNU General Public License, version 3\n"}, ("GPL-3.0", "README.md", 3)),
        ({"README.md": "# A\n\nNo word of it. MIT is a university.\n"}, None),
        ({"sub/LICENSE": "x", "sub/package.json": '{"license": "MIT"}'}, None),
        ({"license/README.txt": "x"}, None),
    ],
)  # fmt: skip
def test_what_manifests_and_the_readme_say(
    tmp_path: Path, files: dict[str, str | bytes], expected: object
) -> None:
    assert found(tmp_path, files) == expected


def test_a_licence_file_wins_over_a_manifest(tmp_path: Path) -> None:
    assert found(tmp_path, {"LICENSE": BSD, "package.json": '{"license": "MIT"}'}) == (
        "BSD-3-Clause",
        "LICENSE",
        1,
    )


def test_a_huge_licence_file_is_not_read(tmp_path: Path) -> None:
    assert found(tmp_path, {"LICENSE": MIT * 1000}) is None


@pytest.mark.parametrize(
    ("likelier", "other"),
    [
        ("LICENSE", "LICENSE.md"),
        ("LICENSE.md", "COPYING"),
        ("COPYING", "LICENSE-MIT"),
        ("LICENSE-MIT", "COPYRIGHT"),
        ("COPYRIGHT", "src.py"),
    ],
)
def test_names_are_ranked(likelier: str, other: str) -> None:
    assert names.score(likelier) > names.score(other)


@pytest.mark.parametrize(
    ("files", "declared", "place"),
    [
        ({"LICENSE-MIT": MIT, "LICENSE-APACHE": APACHE, "Cargo.toml": '[package]\nname = "x"\nlicense = "MIT OR Apache-2.0"\n'},
         "MIT OR Apache-2.0", "Cargo.toml:3"),
        ({"LICENSE-MIT": MIT, "LICENSE-APACHE": APACHE, "README.md": "# X\n\n## License\n\nEither of MIT or Apache, at your option.\n"},
         "Apache-2.0 OR MIT", "README.md:3"),
        ({"LICENSE-MIT": MIT, "LICENSE-APACHE": APACHE, "README.md": "# X\n\n## License\n\nSee the files.\n"}, None, None),
        ({"LICENSE": MIT, "package.json": '{\n"license": "MIT"}'}, "MIT", "package.json:2"),
        ({"LICENSE": MIT}, None, None),
        ({"LICENSE": MIT, "package.json": '{"license": "SEE LICENSE IN x"}'}, None, None),
    ],
)  # fmt: skip
def test_what_the_project_declares_stands_beside_what_github_names(
    tmp_path: Path, files: dict[str, str], declared: str | None, place: str | None
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    answer = licenses.find(read_tree(tmp_path, Limits(), Notes()))
    assert answer is not None
    assert (answer.declared, str(answer.declared_evidence) if answer.declared_evidence else None) == (
        declared,
        place,
    )
    assert [text.evidence.path for text in answer.texts] == [
        name for name in sorted(files) if name.startswith("LICENSE")
    ]
