"""The repository's licence, as GitHub names it."""

from __future__ import annotations

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.license import declared, match, names
from repo_architect.contracts import Evidence
from repo_architect.contracts.repo_shape import License

MAX_BYTES = 150_000
LESSER = "copying.lesser"


def find(tree: FileTree) -> License | None:
    """The licence by its files at the root, else by a manifest there, else by the README; None where none says.

    `spdx` is an SPDX id or expression, NOASSERTION where there is a licence that cannot be named or there are
    several, NONE where the rights are all reserved.
    """
    return _of_files(tree) or declared.of_manifest(tree) or declared.of_readme(tree)


def _of_files(tree: FileTree) -> License | None:
    found = [
        (path, spdx) for path, spdx in _read(tree) if not (names.is_copyright(path) and spdx == match.NONE)
    ]
    if not found:
        return None
    lesser = next((path for path, spdx in found if path.lower() == LESSER and spdx.startswith("LGPL")), None)
    if lesser and {spdx.partition("-")[0] for _path, spdx in found} <= {"LGPL", "GPL"}:
        return _license(lesser, dict(found)[lesser])
    path, spdx = found[0]
    alone = len({spdx for _path, spdx in found}) == 1
    return _license(path, spdx if alone else match.OTHER)


def _read(tree: FileTree) -> list[tuple[str, str]]:
    """Licence files with what they hold, the likeliest first."""
    scored = sorted((-names.score(file.path), file.path) for file in tree if names.score(file.path))
    found = []
    for _score, path in scored:
        text = tree.text(path, MAX_BYTES)
        if text is not None:
            found.append((path, match.license_of(text, markup=path.lower().endswith((".html", ".htm")))))
    return found


def _license(path: str, spdx: str) -> License:
    return License(spdx=spdx, evidence=Evidence(path=path, line=1))
