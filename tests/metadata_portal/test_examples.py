"""What the standard's own package ships goes through the whole portal and comes out as it went in."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse

from metadata_portal.bundles.errors import NotAssemblable
from metadata_portal.bundles.services import asset_create, bundle_assemble
from metadata_portal.entries.keys import key_of
from metadata_portal.entries.models import Draft, Record
from metadata_portal.entries.services import record_create
from metadata_portal.schemaforms import tree
from schema_core import KINDS
from schema_core.introspect import describe, places
from tests.conformance.peer import VENV
from tests.forms import Form, forms
from tests.metadata_portal.schemaforms.reach import everything

pytestmark = [pytest.mark.peer, pytest.mark.django_db]

EXAMPLES = sorted(path.parent.name for path in (VENV / "examples").glob("*/*.json"))
OPENED = 5
"""Pages opened of each; that every node is saved unchanged is tried without requests (schemaforms/test_round_trip)."""


def node_forms(html: str) -> dict[str, Form]:
    """The forms of the open nodes by address: those that say where they are and what they showed."""
    found = [(dict(form.fields), form) for form in forms(html)]
    return {fields["at"]: form for fields, form in found if {"at", "digest"} <= fields.keys()}


def save_unchanged(client, record: Record, nodes: list[str]) -> int:
    """Open these nodes and press Save on each form that they show; return how many were saved."""
    edit = reverse("entries:record-edit", args=[record.pk])
    saved: set[str] = set()
    for at in nodes:
        page = client.get(edit, {"at": at})
        assert page.status_code == 200, at
        for node, form in node_forms(page.content.decode()).items():
            if node not in saved:
                saved.add(node)
                answer = client.post(edit, form.data(do="save"))
                assert answer.status_code == 303, (node, answer.content.decode()[:2000])
    return len(saved)


def some_nodes(kind: str, document) -> list[str]:
    """A few pages of a document, spread over it, its first among them."""
    root = places(describe(KINDS[kind]), document, "")[0]
    found = [place.path for place in everything(root) if tree.is_page(place)]
    return found[:: max(1, len(found) // OPENED)][:OPENED]


def submit(client, record: Record) -> None:
    """Submit the draft of a record from its page."""
    address = reverse("entries:record-submit", args=[record.pk])
    (form,) = [form for form in forms(client.get(address).content.decode()) if "version" in dict(form.fields)]
    assert client.post(address, form.data(op=str(uuid4()))).status_code == 303


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_opened_saved_submitted_imported_again_and_assembled_as_the_peer_writes_it(
    name, peer, all_peer_examples, client_for, surgeon, project, tmp_path
):
    kind, text = all_peer_examples[name]
    document, written = json.loads(text), peer.judge(kind, text).json
    asset_name = f"{name.replace('_', '-')}-example"
    key = key_of(kind, document) or asset_name
    record = record_create(kind=kind, key=key, project=project, by=surgeon, document=document)
    client = client_for(surgeon)
    assert save_unchanged(client, record, some_nodes(kind, document)) >= 1
    assert json.loads(Draft.objects.get(record=record).document) == document
    submit(client, record)
    revision = record.current_revision()
    assert revision.document == written
    assert client.get(record.get_absolute_url()).status_code == 200
    assert client.get(reverse("entries:record-print", args=[record.pk])).status_code == 200

    client.post(reverse("entries:draft-start", args=[record.pk]))
    save_unchanged(client, record, some_nodes(kind, document)[:2])
    assert "Nothing to submit" in client.get(reverse("entries:record-submit", args=[record.pk])).content.decode()

    file = tmp_path / f"{asset_name}_{kind}.json"
    file.write_text(text, encoding="utf-8")
    told = StringIO()
    call_command("import_metadata", str(file), project=project.name, by=surgeon.username, stdout=told)
    assert "1 unchanged" in told.getvalue()

    records = [record]
    if kind != "subject":  # no metadata document without its animal
        animal = json.loads(all_peer_examples["subject"][1])
        records.append(
            record_create(kind="subject", key=animal["subject_id"], project=project, by=surgeon, document=animal)
        )
        submit(client, records[-1])
    asset = asset_create(name=asset_name, project=project, by=surgeon, records=records)
    files = {each.kind: each.current_revision().data for each in records}
    expected = peer.judge("metadata", {"name": asset_name, "location": asset.location, **files})
    if not expected.valid:
        with pytest.raises(NotAssemblable):
            bundle_assemble(asset=asset, by=surgeon)
        return
    bundle = bundle_assemble(asset=asset, by=surgeon)
    archive = zipfile.ZipFile(BytesIO(client.get(reverse("bundles:bundle-zip", args=[bundle.pk])).getvalue()))
    assert archive.read(f"{asset.name}/{kind}.json").decode() == written
    assert json.loads(archive.read(f"{asset.name}/metadata.json")) == json.loads(expected.json)


def test_a_metadata_document_of_all_eight_files_comes_out_as_it_went_in(
    peer, all_peer_examples, surgeon, project, tmp_path
):
    names = ("subject", "data_description", "procedures", "exaspim_instrument", "exaspim_acquisition", "processing")
    found = [all_peer_examples[name] for name in (*names, "exaspim_quality_control", "model")]
    whole = {"name": "eight-files", "location": "s3://bucket/eight-files"}
    whole |= {kind: json.loads(text) for kind, text in found}
    for part in ("calibrations", "maintenance"):  # the examples were not made for one another
        for entry in whole["acquisition"][part]:
            entry |= {name: "2022-11-21T08:43:00-08:00" for name in entry if name.endswith("_date")}
    for step in whole["processing"]["data_processes"]:
        step |= {"start_date_time": "2022-11-23T08:43:00Z", "end_date_time": "2022-11-23T09:43:00Z"}
    verdict = peer.judge("metadata", whole)
    assert verdict.valid, verdict.errors
    file = tmp_path / "metadata.json"
    file.write_text(verdict.json, encoding="utf-8")
    told = StringIO()
    call_command("import_metadata", str(file), project=project.name, by=surgeon.username, stdout=told)
    assert "1 asset, 8 submitted" in told.getvalue()
    assert Record.objects.count() == 8
    call_command("assemble", "eight-files", out=tmp_path / "out", by=surgeon.username, stdout=StringIO())
    assert (tmp_path / "out" / "eight-files" / "metadata.json").read_text(encoding="utf-8") == verdict.json
    report = (tmp_path / "out" / "eight-files" / "report.txt").read_text(encoding="utf-8")
    assert "not judged" not in report
    assert "absent" not in report
