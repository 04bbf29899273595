"""What a manifest or README at the root says of the licence, where no licence file does."""

from __future__ import annotations

import re
from functools import cache

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.license import match, table
from repo_architect.contracts import Evidence
from repo_architect.contracts.repo_shape import License

FIELDS: tuple[tuple[str, str], ...] = (
    (
        r"package\.json|bower\.json|composer\.json|elm-package\.json",
        r'^[ \t]*"license"[ \t]*:\s*(?:\[\s*)?"([^"\n]+)"',
    ),
    (r"Cargo\.toml", r'^[ \t]*license[ \t]*=[ \t]*"([^"\n]+)"'),
    (r"pyproject\.toml", r"""^[ \t]*license[ \t]*=[ \t]*(?:\{[ \t]*text[ \t]*=[ \t]*)?["']([^"'\n]+)["']"""),
    (r"setup\.cfg", r"^license[ \t]*=[ \t]*(\S.*)$"),
    (r"setup\.py", r"""^[ \t]*license[ \t]*=[ \t]*["']([^"'\n]+)["']"""),
    (r"DESCRIPTION", r"^License:\s*(\S.*)$"),
    (r"dist\.ini", r"^license[ \t]*=[ \t]*(\S.*)$"),
    (r".+\.gemspec", r"""^[ \t]*\w+\.licenses?[ \t]*=[ \t]*\[?[ \t]*["']([^"'\n]+)["']"""),
    (r".+\.cabal", r"^[ \t]*license[ \t]*:[ \t]*(\S.*)$"),
    (r".+\.nuspec", r"<license[^>]*>\s*([^<\n]+)</license>"),
    (r"pom\.xml", r"<licenses>\s*<license>\s*<name>\s*([^<\n]+)</name>"),
    (r"LICENSE\.spdx", r"^PackageLicenseDeclared:\s*(\S.*)$"),
)
"""Which manifests name a licence, as regular expressions over their name and their text."""

_README = re.compile(r"README(?:\.(?:md|markdown|mdown|txt|rdoc|rst))?", re.IGNORECASE)
_HEADING = r"(?:[#=]+[ \t]*licen[sc]e:?[ \t]*[#=]*|licen[sc]e:?[ \t]*\n[-=]+)[ \t]*$"
_NEXT = r"(?=^[#=]+[ \t]|^[^\n]+\n[-=]{3,}[ \t]*$|\Z)"
_SECTION = re.compile(rf"^{_HEADING}([\s\S]*?){_NEXT}", re.IGNORECASE | re.MULTILINE)
_CHOICE = re.compile(r"\b(?:either|or|dual(?:ly)?|at your option|choose)\b", re.IGNORECASE)
_LOOSE_NAMES = {
    "apache": "Apache-2.0", "apache 2": "Apache-2.0", "apache 2.0": "Apache-2.0", "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0", "bsd": "BSD-3-Clause", "bsd 2-clause": "BSD-2-Clause", "bsd 3-clause": "BSD-3-Clause",
    "gplv2": "GPL-2.0", "gplv3": "GPL-3.0", "gpl-3": "GPL-3.0", "gpl-2": "GPL-2.0", "the mit license": "MIT", "mit license": "MIT",
    "unlicensed": match.NONE,
}  # fmt: skip
_CRAN_EXTRA = re.compile(r"\s*\+\s*file\s+LICENSE$", re.IGNORECASE)


def of_manifest(tree: FileTree) -> License | None:
    """The licence that a manifest at the root declares, with its line."""
    for file in tree:
        if file.folder != ".":
            continue
        for name, field in FIELDS:
            if re.fullmatch(name, file.name):
                text = tree.text(file.path) or ""
                found = re.search(field, text, re.MULTILINE)
                if found:
                    return _license(named(found[1]), file.path, text.count("\n", 0, found.start(1)) + 1)
    return None


def of_readme(tree: FileTree) -> License | None:
    """The licence that the section `License` of a README at the root holds or names, with its line."""
    for file in tree:
        if file.folder == "." and _README.fullmatch(file.name):
            text = tree.text(file.path) or ""
            section = _SECTION.search(text)
            spdx = _of_section(section[1]) if section else None
            if section and spdx:
                return _license(spdx, file.path, text.count("\n", 0, section.start()) + 1)
    return None


def choice(tree: FileTree, texts: list[str]) -> License | None:
    """The choice between licence texts that the README's section `License` gives, as an expression with OR."""
    offered = sorted({spdx for spdx in texts if spdx not in (match.OTHER, match.NONE)})
    if len(offered) < 2:
        return None
    for file in tree:
        if file.folder == "." and _README.fullmatch(file.name):
            text = tree.text(file.path) or ""
            section = _SECTION.search(text)
            if section and _CHOICE.search(section[1]):
                return _license(" OR ".join(offered), file.path, text.count("\n", 0, section.start()) + 1)
    return None


def named(written: str) -> str:
    """The SPDX expression that a manifest means, NOASSERTION where none can be made of what it says."""
    written = _CRAN_EXTRA.sub("", written.strip().rstrip(",;"))
    loose = _LOOSE_NAMES.get(written.lower().strip("() "))
    if loose:
        return loose
    try:
        return str(canonicalize_license_expression(written))
    except InvalidLicenseExpression:
        return _titled(written) or match.OTHER


def _license(spdx: str, path: str, line: int) -> License:
    return License(spdx=spdx, evidence=Evidence(path=path, line=line))


def _of_section(section: str) -> str | None:
    whole = match.license_of(section)
    return whole if whole not in (match.OTHER, match.NONE) else _titled(section)


def _titled(text: str) -> str | None:
    """The licence whose title stands first in a text."""
    found = [(at.start(), -len(at[0]), spdx) for pattern, spdx in _titles() if (at := pattern.search(text))]
    return min(found)[2] if found else None


@cache
def _titles() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (
            re.compile(
                r"\b(?:" + "|".join(table.flexible(title) for title in known.titles) + r")\b", re.IGNORECASE
            ),
            known.spdx,
        )
        for known in table.licenses()
    )
