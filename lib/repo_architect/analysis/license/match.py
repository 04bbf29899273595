"""Which licence a text is: the one whose words it has, and few others."""

from __future__ import annotations

import re

from repo_architect.analysis.license import table, text

THRESHOLD = 98.0
"""How alike a text must be to a licence's, in percent, to be called that licence."""
OTHER = "NOASSERTION"
NONE = "NONE"
_CREATIVE_COMMONS_OTHER = re.compile(
    r"^\W*(?:creative commons )?attribution-(?:noncommercial|noderivatives)", re.IGNORECASE
)


def license_of(content: str, *, markup: bool = False) -> str:
    """The SPDX id of a licence file's text; NONE when it only claims copyright, NOASSERTION when it is unknown."""
    if text.only_copyright(content):
        return NONE
    found = text.read(content, table.titles(), markup=markup)
    not_by = _CREATIVE_COMMONS_OTHER.match(content.strip()) is not None
    ranked = sorted(
        (
            (-similarity(known, found), known.key, known.spdx)
            for known in table.licenses()
            if not (not_by and known.key.startswith("cc-"))
        ),
    )
    score, _key, spdx = ranked[0]
    return spdx if -score >= THRESHOLD else OTHER


def similarity(known: table.Known, found: text.Text) -> float:
    """How much of their words two texts share, in percent, less where they differ in length."""
    if not found.words:
        return 0.0
    shared = len(known.words & found.words)
    longer = max(abs(known.length - found.length) - 5 * known.varying, 0)
    return 200 * shared / (len(known.words) + len(found.words) - known.fields + longer // 4)
