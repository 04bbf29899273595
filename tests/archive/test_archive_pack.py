"""The archive: what is in it, that it is the same for the same content, and that no secret leaves in it."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import tarfile
from datetime import datetime

import pytest

from repo_architect import archive
from repo_architect.archive.secret_scan import find_secrets
from repo_architect.errors import ContractError, SecretFoundError
from support import shapes

# assembled here, so that no scanner takes this file for a leak
TOKEN = "gh" + "p_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"


@pytest.fixture
def run(tmp_path):
    return shapes.run(tmp_path)


def _members(packed):
    with tarfile.open(fileobj=io.BytesIO(packed.data)) as tar:
        return tar.getmembers()


def test_holds_the_artifacts_and_nothing_else(run):
    (run.folder / "notebooks").mkdir()
    (run.folder / "notebooks" / "01_clone_repo.ipynb").write_text("{}")
    (run.folder / "stages" / "clone_repo.json").write_text("{}")
    names = [member.name for member in _members(archive.pack(run))]
    assert names == sorted(
        ["clone.json", "repo_shape.json", "modules.json", "diagram.mmd", "diagram.svg", "ci_plan.json", "ci-generated.yml",
         "summary.json", "summary.md", "report.html", "report.md", "views.json"]
    )  # fmt: skip


def test_member_is_the_artifact_byte_for_byte(run):
    packed = archive.pack(run)
    with tarfile.open(fileobj=io.BytesIO(packed.data)) as tar:
        for member in packed.members:
            data = tar.extractfile(member.name).read()
            assert data == run.path(member.name).read_bytes()
            assert (member.size, member.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_same_content_gives_the_same_bytes_whatever_run_mode_or_time(tmp_path):
    first, second = shapes.run(tmp_path / "a", run_id="first"), shapes.run(tmp_path / "b", run_id="second")
    for path in second.folder.glob("*.json"):
        path.chmod(0o600)
        os.utime(path, (1, 1))
    assert archive.pack(first).data == archive.pack(second).data


def test_other_content_gives_other_bytes(tmp_path):
    first = archive.pack(shapes.run(tmp_path / "a"))
    assert archive.pack(shapes.run(tmp_path / "b", report_md="other\n")).sha256 != first.sha256


def test_owner_mode_and_time_say_nothing_of_the_machine(run):
    committed = int(datetime.fromisoformat(run.clone.committed_at).timestamp())
    for member in _members(archive.pack(run)):
        assert (member.uid, member.gid, member.uname, member.gname) == (0, 0, "", "")
        assert (member.mode, member.mtime, member.isfile()) == (0o644, committed, True)


def test_gzip_header_has_no_time_and_no_name(run):
    header = archive.pack(run).data[:10]
    assert header[3:8] == bytes(5)


@pytest.mark.parametrize(
    "date", ["not a date", "0001-01-01T00:00:00Z", "1931-01-01T00:00:00+00:00", "9999-01-01T00:00:00Z"]
)
def test_odd_commit_date_counts_as_the_epoch(tmp_path, date):
    packed = archive.pack(shapes.run(tmp_path, clone_json=shapes.clone(committed_at=date)))
    assert {member.mtime for member in _members(packed)} == {0}


def test_summary_may_be_absent(tmp_path):
    packed = archive.pack(shapes.run(tmp_path, leave_out=("summary.json", "summary.md")))
    assert packed.absent == ("summary.json", "summary.md")
    assert "summary.json" not in [member.name for member in packed.members]


def test_missing_report_is_an_error_that_names_its_stage(tmp_path):
    with pytest.raises(ContractError, match=r"report\.html") as caught:
        archive.pack(shapes.run(tmp_path, leave_out=("report.html",)))
    assert "generate_report" in caught.value.fix


@pytest.mark.parametrize(("artifact", "text"), [
    ("report_md", f"one\ntwo {TOKEN} three\n"),
    ("diagram_mmd", f"flowchart LR\n  n1[{TOKEN}]\n"),
    ("ci_generated_yml", f"name: CI\nenv: {{TOKEN: {TOKEN}}}\n"),
])  # fmt: skip
def test_token_in_an_artifact_is_refused_without_being_shown(tmp_path, artifact, text):
    run = shapes.run(tmp_path, **{artifact: text})
    with pytest.raises(SecretFoundError) as caught:
        archive.pack(run)
    assert "line 2" in str(caught.value)
    assert TOKEN not in str(caught.value)
    assert TOKEN not in repr(caught.value.__dict__)
    assert not run.has("artifacts.tar.gz")


@pytest.mark.parametrize("variable", ["GITHUB_TOKEN", "GIT_TOKEN", "OPENAI_API_KEY", "OUMI_API_KEY"])
def test_value_of_a_secret_variable_is_refused_whatever_it_looks_like(tmp_path, monkeypatch, variable):
    monkeypatch.setenv(variable, "plain words")
    run = shapes.run(tmp_path, report_md="first\nsecond\nhere: plain words\n")
    with pytest.raises(SecretFoundError, match=rf"report\.md, line 3, .*the value of {variable}") as caught:
        archive.pack(run)
    assert "plain words" not in str(caught.value)


def test_short_or_empty_secret_variable_is_not_looked_for(run, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "")
    monkeypatch.setenv("GIT_TOKEN", "api")
    assert archive.pack(run).members


def test_secret_behind_html_entities_is_seen():
    assert list(find_secrets("token: " + TOKEN.replace("_", "&#95;"), {}))


def test_frame_has_a_row_a_member(run):
    packed = archive.pack(run)
    assert list(archive.frame(packed)["name"]) == [member.name for member in packed.members]


def test_archive_is_written_as_the_artifact(run):
    packed = archive.pack(run)
    path = packed.write(run)
    assert path == run.folder / "artifacts.tar.gz"
    assert gzip.decompress(path.read_bytes())
