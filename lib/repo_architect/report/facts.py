"""The seventeen facts that people ask of a repository at first sight, as onefetch lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from repo_architect.contracts import Evidence
from repo_architect.report import titles
from repo_architect.report.material import Material
from repo_architect.report.places import Places, web_address
from repo_architect.report.text import count, cut, join, long_date, one_line, size

UNKNOWN = "not known"


@dataclass(frozen=True)
class Fact:
    """A fact: `url` where it leads, `note` why it is not known or whose word it is."""

    name: str
    value: str
    url: str | None = None
    note: str | None = None
    evidence: Evidence | None = None


def seventeen(material: Material, places: Places) -> tuple[Fact, ...]:
    return (*_names(material, places), *_contents(material), *_history(material), *_measures(material))


def _names(material: Material, places: Places) -> Iterator[Fact]:
    clone, repository, forge = material.clone, material.shape.repository, material.clone.forge
    described = repository.description or (forge.description if forge else None)
    yield Fact("Project", f"{clone.owner}/{clone.name}" if clone.owner else clone.name, places.repository)
    yield Fact(
        "Description", cut(one_line(described or "none"), 200), evidence=repository.description_evidence
    )
    yield Fact(
        "Head", f"{clone.commit[:12]}{f' ({clone.branch})' if clone.branch else ''}", places.commit_url
    )
    yield Fact("Pending", "none", note="a clone as it was fetched")
    yield Fact("Version", *_version(material))
    yield Fact("URL", cut(clone.url, 120), web_address(clone.url))
    licence = repository.license
    said = (
        titles.licence(licence) if licence else (forge.license if forge and forge.license else "none found")
    )
    yield Fact("Licence", said, evidence=licence.evidence if licence else None)


def _version(material: Material) -> tuple[str, None, str | None]:
    versions = {part.name: part.version for part in material.shape.components if part.version}
    if not versions:
        return UNKNOWN, None, "no manifest states one"
    if len(set(versions.values())) == 1:
        return next(iter(versions.values())), None, None
    return join([f"{name} {version}" for name, version in versions.items()], 2), None, None


def _contents(material: Material) -> Iterator[Fact]:
    shape = material.shape
    languages = [
        f"{language.name} {language.percent:.1f} %" for language in shape.languages if language.percent >= 1
    ]
    yield Fact("Languages", join(languages, 3) or "none known")
    external = [item for item in shape.dependencies if not item.internal]
    direct = sum(item.direct for item in external)
    rest = f" and {len(external) - direct:,} through them" if len(external) > direct else ""
    yield Fact("Dependencies", f"{direct:,} declared{rest}")


def _history(material: Material) -> Iterator[Fact]:
    history, forge = material.shape.history, material.clone.forge
    why = (history.reason if history else None) or (
        "the clone is shallow" if material.clone.shallow else "no history was read"
    )
    created = (history.first_commit_at if history else None) or (forge.created_at if forge else None)
    spots = [spot.path.rpartition("/")[2] for spot in history.hotspots[:3]] if history else []
    people = history.contributors if history else None
    yield Fact("Created", (created or UNKNOWN)[:10], note=None if created else why)
    yield Fact("Authors", count(people, "author") if people else UNKNOWN, note=None if people else why)
    yield Fact("Last change", long_date(material.committed_on))
    yield Fact("Contributors", f"{people:,}" if people else UNKNOWN, note=None if people else why)
    yield Fact(
        "Commits",
        f"{history.commits:,}" if history and history.commits else UNKNOWN,
        note=None if history and history.commits else why,
    )
    yield Fact("Churn", join(spots) or UNKNOWN, note="the files that change most" if spots else why)


def _measures(material: Material) -> Iterator[Fact]:
    lines = sum(language.lines for language in material.shape.languages)
    yield Fact("Lines", f"{lines:,} in known languages")
    yield Fact("Size", f"{size(material.clone.size_bytes)}, {count(material.clone.file_count, 'file')}")
