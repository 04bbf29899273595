"""The repository's licence, as GitHub names it."""

from __future__ import annotations

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.license import declared, match, names
from repo_architect.contracts import Evidence
from repo_architect.contracts.repo_shape import License, LicenseText

MAX_BYTES = 150_000
LESSER = "copying.lesser"


def find(tree: FileTree) -> License | None:
    """The licence by its files at the root, else by a manifest there, else by the README; None where none says.

    `spdx` is an SPDX id or expression, NOASSERTION where there is a licence that cannot be named or there are
    several, NONE where the rights are all reserved. `declared` is what the project says itself, in a manifest or,
    where there are texts to choose from, in its README.
    """
    texts = _read(tree)
    stated = declared.of_manifest(tree)
    found = _of_files(texts) or stated or declared.of_readme(tree)
    if found is None:
        return None
    said = stated or declared.choice(tree, [text.spdx for text in texts])
    named = said is not None and said.spdx != match.OTHER
    return found.model_copy(
        update={
            "declared": said.spdx if said is not None and named else None,
            "declared_evidence": said.evidence if said is not None and named else None,
            "texts": tuple(texts),
        }
    )


def _of_files(texts: list[LicenseText]) -> License | None:
    found = [
        text for text in texts if not (names.is_copyright(text.evidence.path) and text.spdx == match.NONE)
    ]
    if not found:
        return None
    lesser = next((text for text in found if _is_lesser(text)), None)
    if lesser and {text.spdx.partition("-")[0] for text in found} <= {"LGPL", "GPL"}:
        return License(spdx=lesser.spdx, evidence=lesser.evidence)
    alone = len({text.spdx for text in found}) == 1
    return License(spdx=found[0].spdx if alone else match.OTHER, evidence=found[0].evidence)


def _is_lesser(text: LicenseText) -> bool:
    return text.evidence.path.lower() == LESSER and text.spdx.startswith("LGPL")


def _read(tree: FileTree) -> list[LicenseText]:
    """Licence files with what they hold, the likeliest first."""
    scored = sorted((-names.score(file.path), file.path) for file in tree if names.score(file.path))
    found = []
    for _score, path in scored:
        text = tree.text(path, MAX_BYTES)
        if text is not None:
            spdx = match.license_of(text, markup=path.lower().endswith((".html", ".htm")))
            found.append(LicenseText(spdx=spdx, evidence=Evidence(path=path, line=1)))
    return found
