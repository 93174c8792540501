"""What the standard's own package ships goes through the whole portal and comes out as it went in."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO, StringIO
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse

from metadata_portal.bundles.services import asset_create, bundle_assemble
from metadata_portal.entries.models import Draft, Record
from metadata_portal.entries.services import record_create
from tests.conformance.peer import EXAMPLES
from tests.forms import Form, forms

pytestmark = [pytest.mark.peer, pytest.mark.django_db]


def node_forms(html: str) -> dict[str, Form]:
    """The forms of the open nodes by address: those that say where they are and what they showed."""
    found = [(dict(form.fields), form) for form in forms(html)]
    return {fields["at"]: form for fields, form in found if {"at", "digest"} <= fields.keys()}


def linked_nodes(html: str, edit: str) -> set[str]:
    """The addresses that a page of the editor links to."""
    found = set()
    for piece in html.split('href="')[1:]:
        address = urlsplit(piece.split('"', 1)[0].replace("&amp;", "&"))
        if address.path in {"", edit} and "at" in parse_qs(address.query, keep_blank_values=True):
            found |= set(parse_qs(address.query, keep_blank_values=True)["at"])
    return found


def save_every_node_unchanged(client, edit: str) -> set[str]:
    """Open each node that a person can reach by links and press Save; return the addresses of all controls sent."""
    waiting, seen, saved, drawn = [""], {""}, set(), set()
    while waiting:
        at = waiting.pop()
        page = client.get(edit, {"at": at})
        assert page.status_code == 200, at
        html = page.content.decode()
        for node, form in node_forms(html).items():
            drawn |= set(form.paths)
            if node not in saved:
                saved.add(node)
                answer = client.post(edit, form.data(do="save"))
                assert answer.status_code == 303, (node, answer.content.decode()[:2000])
        new = linked_nodes(html, edit) - seen
        seen |= new
        waiting += new
    return drawn


def leaves(value, path=""):
    """The address of everything that is no object or list."""
    if isinstance(value, dict | list):
        children = value.items() if isinstance(value, dict) else enumerate(value)
        for key, child in children:
            step = str(key).replace("~", "~0").replace(".", "~1")
            yield from leaves(child, f"{path}.{step}" if path else step)
    else:
        yield path, value


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_imported_example_is_unchanged_by_opening_and_saving_every_node(
    name, peer, peer_examples, client_for, surgeon, project, tmp_path
):
    kind, text = peer_examples[name]
    file = tmp_path / f"{kind}.json"
    file.write_text(text, encoding="utf-8")
    call_command("import_metadata", str(file), project=project.name, by=surgeon.username, stdout=StringIO())
    record = Record.objects.get(kind=kind)
    written = peer.judge(kind, text).json
    assert record.current_revision().document == written

    client = client_for(surgeon)
    client.post(reverse("entries:draft-start", args=[record.pk]))
    save_every_node_unchanged(client, reverse("entries:record-edit", args=[record.pk]))
    draft = Draft.objects.get(record=record, editor=surgeon)
    assert json.loads(draft.document) == json.loads(text)
    assert "Nothing to submit" in client.get(reverse("entries:record-submit", args=[record.pk])).content.decode()


def not_drawn(document, controls: set[str]) -> set[str]:
    """The names of values that no control shows, deprecated twins of a new field left out."""
    return {
        path.rsplit(".", 1)[-1]
        for path, value in leaves(document)
        if value is not None
        and "coordinate_system" not in path.split(".")
        and not any(path == control or path.startswith(f"{control}.") for control in controls)
    }


def submit(client, record: Record) -> None:
    """Submit the draft of a record from its page."""
    address = reverse("entries:record-submit", args=[record.pk])
    (form,) = [form for form in forms(client.get(address).content.decode()) if "version" in dict(form.fields)]
    assert client.post(address, form.data(op=str(uuid4()))).status_code == 303


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_submitted_and_assembled_as_the_peer_writes_it(
    name, peer, peer_examples, client_for, surgeon, project
):
    kind, text = peer_examples[name]
    document = json.loads(text)
    key = document["name"] if kind == "data_description" else document["subject_id"]
    record = record_create(kind=kind, key=key, project=project, by=surgeon, document=document)
    client = client_for(surgeon)
    controls = save_every_node_unchanged(client, reverse("entries:record-edit", args=[record.pk]))
    assert not_drawn(document, controls) <= {"object_type", "describedBy", "schema_version"}
    submit(client, record)
    records = [record]
    if kind != "subject":  # no metadata document without its animal
        animal = json.loads(peer_examples["subject"][1]) | {"subject_id": document["subject_id"]}
        records.append(
            record_create(kind="subject", key=animal["subject_id"], project=project, by=surgeon, document=animal)
        )
        submit(client, records[-1])

    asset_name = key if kind == "data_description" else f"{name.replace('_', '-')}-example"
    asset = asset_create(name=asset_name, project=project, by=surgeon, records=records)
    bundle = bundle_assemble(asset=asset, by=surgeon)
    answer = client.get(reverse("bundles:bundle-zip", args=[bundle.pk]))
    archive = zipfile.ZipFile(BytesIO(answer.getvalue()))
    core = archive.read(f"{asset.name}/{kind}.json").decode()
    own = peer.judge(kind, core)
    assert own.valid, own.errors
    assert core == own.json == peer.judge(kind, text).json
    whole = archive.read(f"{asset.name}/metadata.json").decode()
    assert json.loads(whole)[kind] == document
    verdict = peer.judge("metadata", whole)
    assert verdict.valid, verdict.errors
    assert json.loads(verdict.json) == json.loads(whole)
