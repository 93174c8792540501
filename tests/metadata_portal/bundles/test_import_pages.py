"""Importing JSON files in the browser: the dry run, what it makes, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from metadata_portal.accounts import roles
from metadata_portal.bundles.models import Asset
from metadata_portal.bundles.services import asset_create
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.entries.services import draft_open, draft_save, record_create, record_import
from schema_core.upgrade import upgrade
from tests.forms import forms

ASSET = "123456_2022-02-21_16-30-01"
ADDRESS = "/records/import/"
EXAMPLES = Path(__file__).resolve().parents[3] / ".venv-peer" / "examples"


@pytest.fixture
def client(client_for, surgeon):
    """A browser that the surgeon is signed in with."""
    return client_for(surgeon)


@pytest.fixture
def drop(client):
    """``drop({"subject.json": document})`` sends files as they are dropped or chosen."""

    def send(files, who=None, **data):
        sent = [
            SimpleUploadedFile(name, content if isinstance(content, bytes) else json.dumps(content).encode())
            for name, content in files.items()
        ]
        return (who or client).post(ADDRESS, {"file": sent, **data})

    return send


def press(client, answer, do, **changes):
    """Press a button of the dry run, as a browser without scripts does."""
    form = next(form for form in forms(answer.content.decode()) if ("do", do) in form.buttons)
    return client.post(ADDRESS, form.data(do=do, **changes))


def nothing_written() -> bool:
    return not (Record.objects.exists() or Draft.objects.exists() or Asset.objects.exists())


def test_a_core_file_is_looked_at_first_and_becomes_a_draft_by_one_press(client, drop, documents, surgeon):
    answer = drop({"subject.json": documents["subject"]})
    assert answer.status_code == 200
    assert "A new record" in answer.content.decode()
    assert nothing_written()
    made = press(client, answer, "draft")
    draft = Draft.objects.get()
    assert (made.status_code, made["Location"]) == (302, f"/records/{draft.record_id}/edit/")
    assert (draft.editor, draft.data, draft.record.key) == (surgeon, documents["subject"], "123456")
    assert not Revision.objects.exists()


def test_what_is_valid_is_submitted_when_that_is_wanted(client, drop, documents):
    answer = drop({"subject.json": documents["subject"]})
    made = press(client, answer, "submit", reason="From the old rig")
    revision = Revision.objects.get()
    assert made["Location"] == revision.record.get_absolute_url()
    assert revision.reason == "From the old rig"
    assert not Draft.objects.exists()


def test_a_known_key_is_a_draft_on_top_of_the_last_revision(client, drop, records, documents):
    documents["subject"]["notes"] = "corrected"
    answer = drop({"subject.json": documents["subject"]})
    assert "on top of revision 1" in answer.content.decode()
    press(client, answer, "draft")
    draft = Draft.objects.get()
    assert (draft.record, draft.base.number, draft.data["notes"]) == (records["subject"], 1, "corrected")


def test_what_the_record_says_already_makes_nothing(client, drop, records, documents):
    answer = drop({"subject.json": documents["subject"]})
    assert "The record says this already" in answer.content.decode()
    assert "Make 1 draft" not in answer.content.decode()


def test_another_draft_of_the_person_is_not_overwritten_unless_they_say_so(client, drop, records, documents, surgeon):
    draft_open(record=records["subject"], by=surgeon, document={"subject_id": "123456", "notes": "mine"})
    answer = drop({"subject.json": documents["subject"]})
    page = answer.content.decode()
    assert "Your draft</a> of this record says something else" in page
    assert "What would change in your draft" in page
    assert "mine" in page
    press(client, answer, "draft")
    assert Draft.objects.get().data["notes"] == "mine"


def test_a_file_takes_the_place_of_a_draft_when_that_is_ticked(client, drop, records, documents, surgeon):
    draft_open(record=records["subject"], by=surgeon, document={"subject_id": "123456", "notes": "mine"})
    answer = drop({"subject.json": documents["subject"]})
    made = press(client, answer, "draft", take="0.subject")
    draft = Draft.objects.get()
    assert (draft.data, draft.editor, draft.version) == (documents["subject"], surgeon, 2)
    assert made["Location"] == f"/records/{draft.record_id}/edit/"


def test_a_draft_saved_meanwhile_is_not_replaced(client, drop, records, documents, surgeon):
    draft = draft_open(record=records["subject"], by=surgeon, document={"subject_id": "123456", "notes": "mine"})
    answer = drop({"subject.json": documents["subject"]})
    draft_save(draft=draft, by=surgeon, op=uuid4(), document={"notes": "newer"}, version=draft.version)
    late = press(client, answer, "draft", take="0.subject")
    assert late.status_code == 409
    assert Draft.objects.get().data == {"notes": "newer"}


def test_the_import_page_of_a_record_sends_its_files_there(client, surgeon, project, other_surgeon, client_for):
    record = record_create(kind="processing", key=ASSET, project=project, by=surgeon)
    page = client.get(ADDRESS, {"home": str(record.pk)}).content.decode()
    assert f'name="home" value="{record.pk}"' in page
    assert ASSET in page
    assert ASSET not in client_for(other_surgeon).get(ADDRESS, {"home": str(record.pk)}).content.decode()


def test_imported_values_say_which_file_they_come_from(client, drop, documents):
    press(client, drop({"from-rig-3.json": documents["subject"]}), "draft")
    assert "from-rig-3.json" in json.dumps(Draft.objects.get().sources)


def test_pasted_text_is_read_like_a_file(client, documents):
    answer = client.post(ADDRESS, {"pasted": json.dumps(documents["subject"])})
    assert "A new record" in answer.content.decode()
    press(client, answer, "draft")
    assert Draft.objects.get().data == documents["subject"]


def test_a_pasted_record_without_a_name_of_its_kind_is_known_by_its_core_files(client, documents):
    answer = client.post(ADDRESS, {"pasted": json.dumps({"name": ASSET, "location": "x", **documents})})
    assert "whole metadata record" in answer.content.decode()


@pytest.mark.parametrize("wrong", ['{"object_type": "Subject",', "not JSON", "[1]", '{"a": "\x00"}', '{"a": \ud800}'])
def test_pasted_text_that_cannot_be_read_stays_on_the_page(client, wrong):
    answer = client.post(ADDRESS, {"pasted": wrong.encode("utf-8", "surrogatepass").decode("utf-8", "replace")})
    assert answer.status_code == 422
    assert wrong[:4].replace('"', "&quot;") in answer.content.decode()
    assert nothing_written()


def test_what_does_not_fit_between_the_files_of_one_record_is_said(drop, documents):
    documents["procedures"]["subject_id"] = "654321"
    whole = {"name": ASSET, "location": "x", **documents}
    page = drop({"metadata.json": whole}).content.decode()
    assert "Between the files" in page
    assert "654321" in page[page.index("Between the files") :]


def test_files_of_two_assets_are_not_compared(drop, documents):
    documents["procedures"]["subject_id"] = "654321"
    files = {f"a_{kind}.json": documents[kind] for kind in ("subject",)} | {
        "b_procedures.json": documents["procedures"]
    }
    assert "Between the files" not in drop(files).content.decode()


def test_a_file_dropped_on_a_records_page_takes_its_key_from_there(client, drop, surgeon, project):
    record = record_create(kind="processing", key=ASSET, project=project, by=surgeon)
    answer = drop({"processing.json": {"object_type": "Processing"}}, home=str(record.pk))
    assert "Your draft</a> of this record says something else" in answer.content.decode()


def test_a_whole_metadata_record_makes_its_records_and_its_asset(client, drop, documents):
    whole = {"object_type": "Metadata", "name": ASSET, "location": "s3://bucket/x", **documents}
    answer = drop({"metadata.nd.json": whole})
    page = answer.content.decode()
    assert "whole metadata record" in page
    assert nothing_written()
    made = press(client, answer, "submit")
    asset = Asset.objects.get()
    assert made["Location"] == asset.get_absolute_url()
    assert (asset.name, asset.location, asset.records.count()) == (ASSET, "s3://bucket/x", 3)
    assert Revision.objects.count() == 3


def test_what_has_no_place_is_listed_and_kept(client, drop, documents):
    documents["subject"]["cage"] = "B12"
    whole = {
        "name": ASSET,
        "location": "x",
        "favourite": "blue",
        "instrument": "rig 3",
        "subject": documents["subject"],
    }
    answer = drop({"metadata.json": whole})
    page = answer.content.decode()
    assert "1 value without a place in the standard" in page
    assert "2 keys have no place here" in page
    assert "blue" in page
    assert "rig 3" in page
    press(client, answer, "draft")
    assert Draft.objects.get().data["cage"] == "B12"


def test_a_core_file_under_another_kinds_name_is_not_imported(client, drop, documents):
    answer = drop({"metadata.json": {"name": "x", "location": "y", "subject": documents["procedures"]}})
    assert "put it under its own name" in answer.content.decode()
    press(client, answer, "look")
    assert nothing_written()


def test_what_is_not_chosen_is_left_out(client, drop, documents):
    answer = drop({"metadata.json": {"name": ASSET, "location": "x", **documents}})
    press(client, answer, "draft", take="0.subject")
    assert list(Record.objects.values_list("kind", flat=True)) == ["subject"]
    assert not Asset.objects.exists()


def test_a_file_that_does_not_say_whose_it_is_asks(client, drop):
    answer = drop({"processing.json": {"object_type": "Processing"}})
    assert "Name of the data asset" in answer.content.decode()
    again = press(client, answer, "look", **{"asset-0": ASSET})
    press(client, again, "draft")
    assert Record.objects.get().key == ASSET


def test_a_file_of_version_3_comes_back_to_2_9_with_its_changes_told(client, drop, documents):
    new = upgrade(documents["procedures"], to="3.0").document
    answer = drop({"procedures.json": new})
    page = answer.content.decode()
    assert "This is a file of 3.0. It is carried back to 2.9" in page
    press(client, answer, "draft")
    assert Draft.objects.get().data["schema_version"] == documents["procedures"]["schema_version"]


@pytest.mark.parametrize("version", ["1.1.3", "0.9.0"])
def test_a_file_of_version_1_is_answered_clearly(drop, version):
    document = {"describedBy": "https://x/core/session.py", "schema_version": version, "subject_id": "1"}
    answer = drop({"session.json": document})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"This is a file of version {version}" in page
    assert "session is called acquisition since version 2" in page


def test_an_older_file_of_version_2_is_read_as_it_is(client, drop, documents):
    documents["subject"]["schema_version"] = "2.0.1"
    press(client, drop({"subject.json": documents["subject"]}), "draft")
    assert Draft.objects.get().data == documents["subject"]


def test_records_that_changed_since_the_dry_run_are_shown_again(client, drop, project, surgeon, documents):
    answer = drop({"subject.json": documents["subject"]})
    record_import(document={**documents["subject"], "notes": "faster"}, kind="subject", project=project, by=surgeon)
    again = press(client, answer, "draft")
    assert again.status_code == 409
    assert "on top of revision 1" in again.content.decode()
    assert not Draft.objects.exists()
    press(client, again, "draft")
    assert Draft.objects.get().base.number == 1


def test_all_or_nothing(client, drop, documents, make_project, surgeon):
    # the asset belongs to another project, which only shows when it is written
    elsewhere = make_project("Elsewhere")
    elsewhere.members.add(surgeon)
    asset_create(name=ASSET, project=elsewhere, by=surgeon)
    project = surgeon.projects.exclude(pk=elsewhere.pk).get()
    answer = drop({"metadata.json": {"name": ASSET, "location": "x", **documents}}, project=project.pk)
    refused = press(client, answer, "draft")
    assert refused.status_code == 422
    assert "belongs to another project" in refused.content.decode()
    assert not Record.objects.exists()


def test_a_file_that_cannot_be_read_holds_none_of_the_others_up(client, drop, documents):
    answer = drop(
        {"a.json": b"{", "subject.json": documents["subject"], "b.json": b"[", "x.json": documents["procedures"]}
    )
    assert answer.status_code == 200
    assert press(client, answer, "submit").status_code == 302
    assert set(Record.objects.values_list("kind", flat=True)) == {"subject", "procedures"}
    assert Revision.objects.count() == 2


def test_two_files_of_one_record_are_not_both_imported(client, drop, documents):
    answer = drop({"a_subject.json": documents["subject"], "b_subject.json": documents["subject"]})
    assert "Another of these files goes into the same record" in answer.content.decode()
    press(client, answer, "draft")
    assert Draft.objects.count() == 1


HOSTILE = {
    "no JSON": b"{",
    "empty": b"",
    "a list": b"[1]",
    "text": b'"subject"',
    "NaN": b'{"a": NaN}',
    "huge number": b'{"a": 1e999}',
    "doubled key": b'{"subject_details": {"sex": 1, "sex": 2}}',
    "NUL": b'{"subject_id": "a\\u0000"}',
    "raw NUL": b'{"subject_id": "\0"}',
    "half a character": b'{"subject_id": "\\ud800"}',
    "half a character as key": b'{"\\ud800": "\\ud800"}',
    "direction override": '{"subject_id": "\u202e"}'.encode(),
    "deep": b"[" * 100_000,
    "deep object": b'{"a":' * 100 + b"1" + b"}" * 100,
    "UTF-16": '{"subject_id": "1"}'.encode("utf-16"),
    "UTF-16 without mark": '{"subject_id": "1"}'.encode("utf-16-le"),
    "Latin": '{"subject_id": "µ"}'.encode("latin-1"),
    "no kind": b"{}",
    "version of words": b'{"schema_version": [1], "object_type": {"a": 1}}',
    "version 99": b'{"schema_version": "99.0", "object_type": "Subject"}',
    "many values": json.dumps(list(range(30_000))).encode(),
    "wide": json.dumps({str(n): n for n in range(30_000)}).encode(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_words_and_write_nothing(drop, name):
    answer = drop({"x.json": HOSTILE[name]})
    assert answer.status_code == 422
    assert "problem-error" in answer.content.decode()
    assert nothing_written()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"subject_details": {"sex": 1,\n "sex": 2}}', "subject_details.sex, line 2 column 2"),
        (b'{"a": [1, NaN]}', "a.1, line 1 column 11"),
        (b'{\n"a": 1,}', "line 2 column"),
        ('{"a": 1}'.encode("utf-16"), "UTF-16"),
    ],
)
def test_a_refusal_says_where(drop, content, said):
    assert said in drop({"subject.json": content}).content.decode()


@pytest.mark.parametrize(
    "document",
    [
        {"object_type": "Subject", "subject_id": ["x"]},
        {"object_type": "Subject", "subject_id": "x" * 500},
        {"object_type": "Subject", "subject_id": "..\u200b"},
        {"object_type": "Subject", "subject_id": "a/b", "schema_version": {"a": []}},
        {"object_type": "Metadata", "name": 7, "location": [], "subject": {"subject_id": "1"}},
        {"object_type": "Metadata", "name": "../../x", "location": "y", "subject": [], "procedures": {}},
        {"object_type": "Metadata", "name": "", "location": None, "schema_version": "3.0.4", "subject": {}},
        {"object_type": "Procedures", "subject_id": "1", "subject_procedures": {"a": "b"}},
        {"object_type": "Procedures", "subject_id": "1", "schema_version": "3.0.2", "subject_procedures": [None, 7]},
    ],
    ids=str,
)
def test_odd_documents_are_answered(client, drop, document):
    answer = drop({"x.json": document})
    assert answer.status_code in {200, 422}
    if "plan" in answer.content.decode():
        for do in ("look", "submit", "draft"):
            assert press_if_there(client, answer, do) < 500


def press_if_there(client, answer, do) -> int:
    form = next(form for form in forms(answer.content.decode()) if ("do", "look") in form.buttons)
    return client.post(ADDRESS, form.data(do=do)).status_code


def test_no_file_no_project_and_forged_fields_are_refused(client, drop, client_for, make_user, documents):
    assert client.post(ADDRESS).status_code == 422
    assert drop({"subject.json": documents["subject"]}, project="999999").status_code == 400
    assert drop({"subject.json": documents["subject"]}, project="x").status_code == 400
    lonely = client_for(make_user(roles.SURGEON, projects=[]))
    assert "You are in no project yet" in drop({"subject.json": documents["subject"]}, who=lonely).content.decode()
    answer = drop({"subject.json": documents["subject"]})
    assert press(client, answer, "draft", plan="0").status_code == 409
    assert press(client, answer, "draft", take="0.procedures").status_code == 422
    assert press(client, answer, "draft", **{"document-0": "{"}).status_code in {409, 422}
    assert nothing_written()


def test_file_names_are_shown_harmlessly(drop, documents):
    answer = drop({"<script>\u202egnp.subject.json": documents["subject"], "x" * 400: b"{"})
    page = answer.content.decode()
    assert "<script>\u202e" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("role", [roles.DATA_USER, roles.REGISTRY_MANAGER])
def test_who_enters_no_records_imports_none(client_for, drop, documents, role):
    who = client_for(role)
    assert who.get(ADDRESS).status_code == 403
    assert drop({"subject.json": documents["subject"]}, who=who).status_code == 403
    assert "Import JSON" not in who.get("/records/").content.decode()
    assert nothing_written()


@pytest.mark.peer
def test_every_example_of_the_standard_is_valid_here(drop):
    sent = {f"{folder.name}.json": next(folder.glob("*.json")).read_bytes() for folder in sorted(EXAMPLES.iterdir())}
    assert len(sent) == 30
    for number in (0, 15):
        page = drop(dict(list(sent.items())[number : number + 15])).content.decode()
        assert (
            page.count('<span class="badge-state-submitted">valid</span>') + page.count("Name of the data asset") == 15
        )


def sources(client, record, at=""):
    return client.get(reverse("entries:draft-sources", args=[record.pk]), {"at": at}).content.decode()


def test_an_imported_value_says_its_address_in_the_file_wherever_it_was_moved(client, drop, documents):
    press(client, drop({"metadata.json": {"name": ASSET, "location": "s3://x", **documents}}), "draft")
    draft = Draft.objects.get(record__kind="procedures")
    before = sources(client, draft.record, "subject_procedures.0")
    assert "Imported from metadata.json, procedures.subject_procedures.0.start_date" in before
    item = draft.item_ids["subject_procedures"][0]
    node = {"at": "subject_procedures", "do": f"down:{item}", "op": str(uuid4())}
    assert client.post(f"/records/{draft.record_id}/edit/", node).status_code == 303
    moved = sources(client, draft.record, "subject_procedures.1")
    assert "Imported from metadata.json, procedures.subject_procedures.0.start_date" in moved


def test_a_core_file_has_addresses_from_its_own_root(client, drop, documents):
    press(client, drop({"subject.json": documents["subject"]}), "draft")
    assert "Imported from subject.json, subject_details.sex" in sources(client, Draft.objects.get().record)
