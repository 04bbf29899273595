"""Run folders of made-up repositories, as many as wanted, for what compares them."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from repo_architect.contracts import CiPlan, Clone, Evidence, RepoShape, StageRecord
from support.fake_stages import CLONE

COMMIT = "4f2c9d1e8b7a60535c1d2e3f4a5b6c7d8e9f0a1b"


def dependency(
    name: str, requirement: str | None, locked: str | None = None, ecosystem: str = "pypi", **more: Any
) -> dict[str, Any]:
    place = {"lock": "uv.lock", "lock_line": 7} if locked else {}
    return {
        "name": name, "ecosystem": ecosystem, "purl": f"pkg:{ecosystem}/{name}", "requirement": requirement, "resolved": locked, "scope": "runtime",
        "direct": True, "component": None, "manifest": "pyproject.toml", "line": 3, **place, **more,
    }  # fmt: skip


def framework(name: str, version: str | None, path: str = "pyproject.toml", line: int = 4) -> dict[str, Any]:
    return {
        "name": name,
        "category": "server",
        "version": version,
        "evidence": [{"path": path, "line": line}],
    }


def runtime(name: str, version: str, end: str | None) -> dict[str, Any]:
    return {"name": name, "requirement": f">={version}", "version": version, "component": None, "end_of_life": end,
            "evidence": [{"path": "pyproject.toml", "line": 5}]}  # fmt: skip


def language(name: str, size: int, percent: float, lines: int = 10) -> dict[str, Any]:
    return {"name": name, "bytes": size, "files": 1, "lines": lines, "percent": percent}


def alert(level: str, title: str, path: str = "app.py") -> dict[str, Any]:
    return {
        "level": level,
        "title": title,
        "detail": "It is so.",
        "fix": f"Mend: {title}",
        "evidence": [{"path": path, "line": 2}],
    }


def clone(name: str, owner: str | None = "o", **more: Any) -> Clone:
    url = f"https://github.com/{owner}/{name}"
    return Clone.checked(
        {
            **CLONE,
            "url": url,
            "web_url": url,
            "host": "github.com",
            "owner": owner,
            "name": name,
            "commit": COMMIT,
            **more,
        }
    )


def shape(of: Clone, **parts: Any) -> RepoShape:
    repository = {
        "name": of.name, "owner": of.owner, "host": of.host, "url": of.url, "commit": of.commit, "branch": "main",
        "committed_at": of.committed_at, "shallow": True, "size_bytes": 1, "file_count": 1,
    }  # fmt: skip
    return RepoShape.checked({"repository": repository, **parts})


def plan(verdict: str = "nothing_to_add", missing: Sequence[str] = ()) -> CiPlan:
    return CiPlan.checked({"verdict": verdict, "missing": tuple(missing)})


def run(
    parent: Path,
    name: str,
    *,
    owner: str | None = "o",
    ci: CiPlan | None = None,
    cloned: dict[str, Any] | None = None,
    **parts: Any,
) -> Path:
    """A run folder `owner-name` that was done whole."""
    folder = parent / (f"{owner}-{name}" if owner else name)
    (folder / "stages").mkdir(parents=True)
    of = clone(**{"name": name, "owner": owner, **(cloned or {})})
    for artifact in (of, shape(of, **parts), ci or plan()):
        (folder / artifact.file_name).write_bytes(artifact.to_json())
    (folder / "report.html").write_text(f"<title>{name}</title>")
    return folder


def failed(
    parent: Path,
    name: str,
    stage: str = "clone_repo",
    error: str = "there is no such repository",
    fix: str = "look at its address",
) -> Path:
    """A run folder whose stage failed."""
    folder = parent / f"o-{name}"
    (folder / "stages").mkdir(parents=True, exist_ok=True)
    record = StageRecord(
        stage=stage, state="failed", started_at="2026-01-01T00:00:00+00:00", library="x", error=error, fix=fix,
        parameters={"repo_url": f"https://github.com/o/{name}"} if stage == "clone_repo" else {},
    )  # fmt: skip
    (folder / "stages" / f"{stage}.json").write_bytes(record.to_json())
    return folder


def archive(folder: Path, target: Path) -> Path:
    """The artifacts of a run folder as the stage archive_results packs them."""
    with tarfile.open(target, "w:gz") as packed:
        for path in sorted(folder.glob("*.*")):
            data = path.read_bytes()
            member = tarfile.TarInfo(path.name)
            member.size = len(data)
            packed.addfile(member, io.BytesIO(data))
    return target


def place(path: str, line: int = 1) -> Evidence:
    return Evidence(path=path, line=line)
