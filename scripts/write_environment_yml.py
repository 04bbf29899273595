"""Write environment.yml from pyproject.toml, so that conda users get what pip users get."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXTRAS = ("lab", "fleet", "kestra", "test")
# conda has these by another name, or not at all: then pip installs them
BY_PIP = re.compile(
    r"tree-sitter|packageurl|kestrapy|types-|pandas-stubs|playwright|zizmor|check-jsonschema|import-linter|pytest-httpserver"
)


def environment() -> str:
    """The text of environment.yml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = sorted({*project["dependencies"], *(name for extra in EXTRAS for name in extras[extra])})
    conda = [name for name in wanted if not BY_PIP.match(name)]
    pip = [name for name in wanted if BY_PIP.match(name)]
    lines = [
        "# written by `make lock` from pyproject.toml",
        "name: repo-architect",
        "channels: [conda-forge, nodefaults]",
        "dependencies:",
        f'  - "python{project["requires-python"]}"',
        "  - git",
        "  - pip",
        *(f'  - "{name}"' for name in conda),
        "  - pip:",
        *(f'      - "{name}"' for name in pip),
        '      - "-e ."',
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "environment.yml").write_text(environment(), encoding="utf-8")
