"""Making, importing and renaming records."""

import json
from zoneinfo import ZoneInfo

import pytest

from metadata_portal.accounts.models import AuditEvent
from metadata_portal.entries.errors import DraftInTheWay, KeyRefused, ReasonMissing
from metadata_portal.entries.keys import start_document
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.entries.services import draft_discard, draft_open, record_create, record_import, record_rename
from metadata_portal.errors import Conflict, NotAllowed, NotFound
from tests.metadata_portal.entries.documents import procedures, subject, surgery


def test_a_new_record_begins_with_a_draft_that_says_its_key(project, surgeon):
    record = record_create(kind="subject", key=" 730945 ", project=project, by=surgeon)
    draft = Draft.objects.get(record=record, editor=surgeon)
    assert (record.key, record.subject_id, draft.data, draft.base) == (
        "730945",
        "730945",
        {"subject_id": "730945"},
        None,
    )
    assert draft.blocking_count > 0


def test_a_known_key_opens_the_record_there_is(project, surgeon, make_user):
    first = record_create(kind="subject", key="730945", project=project, by=surgeon)
    colleague = make_user()
    again = record_create(kind="subject", key="730945", project=project, by=colleague)
    assert again == first
    assert Draft.objects.filter(record=first).count() == 2
    assert AuditEvent.objects.filter(action="record.create").count() == 1


def test_the_same_key_in_another_project_is_another_record(project, surgeon, other_surgeon):
    first = record_create(kind="subject", key="730945", project=project, by=surgeon)
    other = record_create(kind="subject", key="730945", project=other_surgeon.projects.get(), by=other_surgeon)
    assert other != first


@pytest.mark.parametrize(
    "key", ["", "  ", "a/b", "a_b", "a\\b", "..", "a\u202eb", "a\u0000", "x" * 201, "a\u200bb", "a\nb", "\ud800"]
)
def test_a_subject_cannot_have_a_key_that_breaks_names_or_addresses(project, surgeon, key):
    with pytest.raises(KeyRefused):
        record_create(kind="subject", key=key, project=project, by=surgeon)
    assert not Record.objects.exists()


def test_a_raw_asset_name_fills_in_what_it_says():
    zone = ZoneInfo("America/Los_Angeles")
    assert start_document("data_description", "730945_2026-07-01_09-30-00", zone) == {
        "subject_id": "730945",
        "creation_time": "2026-07-01T09:30:00-07:00",
        "name": "730945_2026-07-01_09-30-00",
        "data_level": "raw",
    }
    assert start_document("data_description", "730945_2026-13-01_09-30-00", zone) == {
        "name": "730945_2026-13-01_09-30-00"
    }


def test_only_members_who_enter_records_make_them(project, data_user, registry_manager, other_surgeon, administrator):
    for user in (data_user, registry_manager):
        with pytest.raises(NotAllowed):
            record_create(kind="subject", key="1", project=project, by=user)
    with pytest.raises(NotFound):
        record_create(kind="subject", key="1", project=project, by=other_surgeon)
    assert record_create(kind="subject", key="1", project=project, by=administrator).key == "1"


def test_importing_a_valid_document_makes_a_revision_and_again_makes_nothing(project, surgeon):
    record, revision = record_import(document=subject(), kind="subject", project=project, by=surgeon)
    assert isinstance(revision, Revision)
    assert (record.key, revision.number, revision.reason) == ("730945", 1, "Imported")
    assert record_import(document=subject(), kind="subject", project=project, by=surgeon) == (record, revision)
    assert Revision.objects.count() == 1
    changed = subject(genotype="Cre/wt")
    _, second = record_import(document=changed, kind="subject", project=project, by=surgeon, reason="Genotyped again")
    assert (second.number, second.reason) == (2, "Genotyped again")


def test_importing_keeps_the_ids_of_the_items_that_were_there(project, surgeon):
    _, first = record_import(document=procedures(), kind="procedures", project=project, by=surgeon)
    more = procedures(surgery("2026-01-10"), surgery())
    _, second = record_import(document=more, kind="procedures", project=project, by=surgeon)
    assert second.item_ids["subject_procedures"][1:] == first.item_ids["subject_procedures"]


def test_importing_an_invalid_document_makes_a_draft_that_keeps_every_value(project, surgeon):
    broken = subject(sex="female-ish", made_up={"kept": 1})
    record, draft = record_import(document=broken, kind="subject", project=project, by=surgeon)
    assert isinstance(draft, Draft)
    assert draft.data == broken
    assert not record.revisions.exists()
    with pytest.raises(DraftInTheWay):
        record_import(document=subject(sex="other"), kind="subject", project=project, by=surgeon)
    assert Draft.objects.get().data == broken


def test_a_document_that_does_not_say_whose_it_is_cannot_be_imported_without_a_key(project, surgeon):
    with pytest.raises(KeyRefused):
        record_import(document={"notes": "x"}, kind="subject", project=project, by=surgeon)
    record, _ = record_import(document={"notes": "x"}, kind="subject", project=project, by=surgeon, key="7")
    assert record.key == "7"


def test_a_future_surgery_is_imported_as_a_draft(project, surgeon):
    _, draft = record_import(document=procedures(surgery("2999-01-01")), kind="procedures", project=project, by=surgeon)
    assert isinstance(draft, Draft)


def test_renaming_says_why_and_refuses_a_taken_key(submitted, project, surgeon):
    with pytest.raises(ReasonMissing):
        record_rename(record=submitted, key="730946", by=surgeon, reason=" ")
    record_create(kind="procedures", key="1", project=project, by=surgeon)
    with pytest.raises(Conflict):
        record_rename(record=submitted, key="1", by=surgeon, reason="Mixed up")
    renamed = record_rename(record=submitted, key="730946", by=surgeon, reason="Mixed up")
    assert (renamed.key, renamed.subject_id) == ("730946", "730946")
    event = AuditEvent.objects.get(action="record.rename")
    assert (event.why, event.before, event.after) == ("Mixed up", {"key": "730945"}, {"key": "730946"})


def test_discarding_the_only_draft_takes_the_empty_record_away(make_draft, submitted, surgeon, reopen):
    draft = make_draft(subject(), kind="subject")
    draft_discard(draft=draft, by=surgeon)
    assert not Record.objects.filter(kind="subject").exists()
    draft_discard(draft=reopen(submitted, surgeon), by=surgeon)
    assert Record.objects.get() == submitted


def test_a_colleague_begins_from_the_last_revision(submitted, make_user):
    draft = draft_open(record=submitted, by=make_user())
    last = submitted.last_revision()
    assert (draft.data, draft.base, draft.item_ids) == (json.loads(last.document), last, last.item_ids)
