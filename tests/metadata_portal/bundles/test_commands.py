"""The commands: files in, records and assets; bundles out; the example data."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from metadata_portal.accounts.models import User
from metadata_portal.bundles import services
from metadata_portal.bundles.models import Asset, Bundle
from metadata_portal.entries.models import Draft, Kind, Record, Revision
from metadata_portal.site_admin.demo.documents import RECORDED

ROOT = Path(__file__).resolve().parents[3]
ASSET = "123456_2022-02-21_16-30-01"


@pytest.fixture
def files(peer_examples, tmp_path) -> dict[str, Path]:
    """The peer's six examples as files."""
    found = {}
    for name, (_, text) in peer_examples.items():
        found[name] = tmp_path / f"{name}.json"
        found[name].write_text(text, encoding="utf-8")
    return found


def run(command: str, *arguments, **options) -> str:
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=out, **options)
    return out.getvalue()


def written(content: bytes, name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_the_six_examples_become_submitted_records(files, peer_examples, project, administrator, peer):
    run("import_metadata", *files.values())
    # Two examples are of the same animal: the later is a revision of the same record.
    assert Record.objects.count() == 5
    assert Revision.objects.count() == 6
    assert not Draft.objects.exists()
    assert set(Record.objects.values_list("project__name", flat=True)) == {project.name}
    expected = {peer.judge(kind, text).json for kind, text in peer_examples.values()}
    assert set(Revision.objects.values_list("document", flat=True)) == expected


def test_the_same_files_again_make_no_revision(files, project, administrator):
    chosen = [files[name] for name in ("subject", "data_description", "thermistor_procedures")]
    run("import_metadata", *chosen)
    assert "3 unchanged" in run("import_metadata", *chosen)
    assert Revision.objects.count() == 3


def test_what_is_not_valid_becomes_a_draft_with_its_problems_told(files, project, administrator, tmp_path):
    document = json.loads(files["subject"].read_bytes())
    document["subject_details"]["sex"] = "Stag"
    path = written(json.dumps(document).encode(), "subject.json", tmp_path)
    told = run("import_metadata", path)
    assert "draft" in told
    assert "subject_details.sex  error:" in told
    assert not Revision.objects.exists()
    assert Draft.objects.get().data == document


def test_what_cannot_be_read_is_refused_and_fails(files, project, administrator, tmp_path):
    path = written(b'{"subject_id": "1", "subject_id": "2"}', "subject.json", tmp_path)
    with pytest.raises(CommandError, match="1 refused, 1 submitted"):
        run("import_metadata", path, files["data_description"])
    with pytest.raises(CommandError, match="cannot be read"):
        run("import_metadata", tmp_path / "absent.json")
    assert Record.objects.count() == 1


def test_a_project_is_named_by_name_or_address_word(files, make_project, administrator):
    lab = make_project("Cortex lab")
    run("import_metadata", files["subject"], project="Cortex lab")
    run("import_metadata", files["data_description"], project=lab.slug)
    assert Record.objects.filter(project=lab).count() == 2
    with pytest.raises(CommandError, match="no project named 'Nowhere'"):
        run("import_metadata", files["subject"], project="Nowhere")


def test_a_metadata_document_makes_its_asset_and_comes_out_as_it_went_in(files, project, administrator, peer, tmp_path):
    core = {kind: json.loads(files[kind].read_bytes()) for kind in ("subject", "data_description", "procedures")}
    whole = {"name": ASSET, "location": "s3://bucket/x", "other_identifiers": {"DANDI": ["2", "1"]}, **core}
    text = peer.judge("metadata", whole).json
    path = written(text.encode(), "metadata.nd.json", tmp_path)
    told = run("import_metadata", path)
    assert f"asset {ASSET}" in told
    run("assemble", ASSET, out=tmp_path / "out")
    assert (tmp_path / "out" / ASSET / "metadata.json").read_bytes() == text.encode()
    assert "1 asset, 3 unchanged" in run("import_metadata", path)
    assert Asset.objects.count() == 1


def test_every_core_file_of_a_metadata_document_becomes_a_record_under_its_own_key(
    files, project, administrator, tmp_path
):
    document = {
        "object_type": "Metadata",
        "name": "x",
        "location": "y",
        "subject": json.loads(files["subject"].read_bytes()),
        "instrument": {"object_type": "Instrument", "instrument_id": "i"},
        "acquisition": {"subject_id": "123456", "acquisition_start_time": "2026-07-01T09:30:00-07:00"},
        "processing": {"object_type": "Processing"},
        "quality_control": {"object_type": "Quality control"},
        "model": {"name": "cells", "version": "0.1"},
    }
    told = run("import_metadata", written(json.dumps(document).encode(), "metadata.nd.json", tmp_path))
    assert "1 asset, 5 draft, 1 submitted" in told
    assert dict(Asset.objects.get(name="x").records.values_list("kind", "key")) == {
        "subject": "123456",
        "instrument": "i",
        "acquisition": "123456_2026-07-01_09-30-00",
        "processing": "x",
        "quality_control": "x",
        "model": "cells 0.1",
    }


def test_a_file_that_does_not_say_whose_it_is_belongs_to_the_asset_it_is_named_after(
    files, administrator, project, tmp_path
):
    folder = tmp_path / ASSET
    folder.mkdir()
    run("import_metadata", written(b"{}", "processing.json", folder), written(b"{}", "other_processing.json", folder))
    assert set(Record.objects.values_list("kind", "key")) == {("processing", ASSET), ("processing", "other")}


def test_assemble_writes_what_the_zip_holds(asset, administrator, tmp_path):
    run("assemble", ASSET, out=tmp_path, name="metadata.nd.json")
    bundle = Bundle.objects.get()
    folder = tmp_path / ASSET
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert found == services.bundle_files(bundle, "metadata.nd.json")


def test_assemble_lists_what_is_in_the_way(asset, administrator, surgeon, tmp_path):
    services.asset_record_remove(asset=asset, kind="subject", by=surgeon)
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("assemble", ASSET, out=tmp_path, stderr=err)
    assert "subject  " in err.getvalue()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(CommandError, match="no asset named 'other'"):
        run("assemble", "other", out=tmp_path)


def test_the_example_data_are_valid_and_made_once(db):
    first = run("seed_demo")
    passwords = [line.split()[1] for line in first.splitlines() if line.startswith("  ")]
    assert len(passwords) == 4
    for line in first.splitlines():
        if line.startswith("  "):
            username, password = line.split()
            assert User.objects.get(username=username).check_password(password)
    counts = (Record.objects.count(), Revision.objects.count(), Draft.objects.count(), Bundle.objects.count())
    assert counts == (15, 13, 2, 2)
    assert set(Record.objects.values_list("kind", flat=True)) == set(Kind)
    assert Bundle.objects.get(asset__name=RECORDED).pins.count() == 7
    assert Bundle.objects.get(asset__name=RECORDED).warning_count == 0
    assert sorted(Bundle.objects.values_list("stock_valid", flat=True)) == [False, True]
    assert all(draft.blocking_count for draft in Draft.objects.all())
    assert "there already" in run("seed_demo")
    assert Record.objects.count() == 15


def test_the_example_data_do_not_stand_among_real_records_unasked(records):
    with pytest.raises(CommandError, match="holds records"):
        run("seed_demo")
    run("seed_demo", among_others=True)
    assert Asset.objects.count() == 3


def test_the_stock_example_bundle_is_accepted_by_the_peer(db, peer):
    run("seed_demo")
    for bundle in Bundle.objects.all():
        files = services.bundle_files(bundle)
        for name in ("subject", "data_description", "procedures"):
            assert peer.judge(name, files[f"{name}.json"]).valid == (bundle.stock_valid or name == "procedures")
        assert json.loads(files["metadata.json"]) == json.loads(services.bundle_metadata(bundle))


@pytest.mark.slow
def test_two_databases_give_the_same_zip(files, tmp_path):
    hashes = set()
    chosen = [str(files[name]) for name in ("subject", "data_description")]
    surroundings = (
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu", "LC_ALL": "C", "PORTAL_TIME_ZONE": "Asia/Kathmandu"},
        {"PYTHONHASHSEED": "2", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    )
    for number, around in enumerate(surroundings):
        out = tmp_path / str(number)
        env = {"PATH": os.environ["PATH"], "PORTAL_VAR": str(tmp_path / f"var{number}"), **around}
        core = {Path(name).stem: json.loads(Path(name).read_text(encoding="utf-8")) for name in chosen}
        whole = written(json.dumps({"name": ASSET, "location": "x", **core}).encode(), "metadata.json", tmp_path)
        for arguments in (["quickstart"], ["import_metadata", str(whole)], ["assemble", ASSET, "--out", str(out)]):
            command = [sys.executable, "manage.py", *arguments]
            subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
        contents = {path.name: path.read_bytes() for path in sorted((out / ASSET).iterdir())}
        hashes.add(hashlib.sha256(repr(contents).encode()).hexdigest())
    assert len(hashes) == 1
