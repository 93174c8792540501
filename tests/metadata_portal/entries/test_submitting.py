"""Revisions: exact bytes, hashed, chained, final; withdrawn, corrected, joined."""

import hashlib
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from metadata_portal.accounts.models import AuditEvent
from metadata_portal.entries.errors import (
    MergeConflict,
    OperationReused,
    ReasonMissing,
    RevisionIsFinal,
    StaleDraft,
)
from metadata_portal.entries.judging import FUTURE, WRONG_KEY
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.entries.services import record_submit, revision_withdraw, submission_prepare
from metadata_portal.entries.services.submitting import chained
from metadata_portal.errors import Conflict, NotAllowed, NotFound, NotSubmittable
from metadata_portal.schemaforms.doubts import doubts
from schema_core import load
from tests.metadata_portal.entries.documents import procedures, subject, surgery


def test_a_revision_is_the_exact_bytes_of_the_model_with_their_hash_and_link(make_draft, surgeon):
    revision = record_submit(draft=make_draft(subject(), kind="subject"), by=surgeon)
    assert revision.document == load(subject(), "subject").model_dump_json()
    assert revision.sha256 == hashlib.sha256(revision.document.encode()).hexdigest()
    assert revision.chain == chained("", revision.sha256, surgeon.username, revision.created_at)
    assert (revision.number, revision.author, revision.schema_version) == (1, surgeon, "2.3.3")
    assert (revision.stock_valid, revision.local_terms) == (True, [])
    assert not Draft.objects.exists()
    assert AuditEvent.objects.filter(action="revision.submit").count() == 1


def test_the_chain_holds_after_reading_it_back(submitted, surgeon, reopen, replace):
    draft = reopen(submitted, surgeon)
    replace(draft, procedures(notes="more"))
    record_submit(draft=draft, by=surgeon, reason="Notes")
    previous = ""
    for revision in Revision.objects.order_by("number"):
        previous = chained(previous, revision.sha256, revision.author_name, revision.created_at)
        assert revision.chain == previous


def test_item_ids_stay_with_their_items_when_submitted(make_draft, surgeon):
    draft = make_draft(procedures(surgery(), surgery("2026-02-01")))
    revision = record_submit(draft=draft, by=surgeon)
    assert revision.item_ids["subject_procedures"] == draft.item_ids["subject_procedures"]


def test_a_revision_is_never_changed_or_deleted(submitted):
    revision = submitted.last_revision()
    revision.reason = "other"
    for change in (
        revision.save,
        revision.delete,
        Revision.objects.all().delete,
        lambda: Revision.objects.update(reason="other"),
        lambda: Revision.objects.bulk_update([revision], ["reason"]),
        lambda: submitted.revisions.update(reason="other"),
    ):
        with pytest.raises(RevisionIsFinal):
            change()
    revision.refresh_from_db()
    assert revision.reason == ""


def test_what_is_missing_or_wrong_blocks_and_the_draft_stays(make_draft, surgeon):
    draft = make_draft({"subject_id": "730945", "subject_procedures": [{"object_type": "Surgery", "start_date": "?"}]})
    with pytest.raises(NotSubmittable) as caught:
        record_submit(draft=draft, by=surgeon)
    severities = {problem.severity for problem in caught.value.problems}
    assert {"missing", "error"} <= severities
    assert (Draft.objects.count(), Revision.objects.count()) == (1, 0)


def test_a_start_date_in_the_future_blocks_and_today_does_not(make_draft, surgeon, replace):
    today = timezone.localdate()
    draft = make_draft(procedures(surgery(str(today + timedelta(days=1)))))
    with pytest.raises(NotSubmittable) as caught:
        record_submit(draft=draft, by=surgeon)
    assert [(problem.path, problem.code) for problem in caught.value.problems if problem.severity == "error"] == [
        ("subject_procedures.0.start_date", FUTURE)
    ]
    replace(draft, procedures(surgery(str(today))))
    assert record_submit(draft=draft, by=surgeon).number == 1


def test_a_future_date_written_as_a_number_blocks_too(make_draft, surgeon):
    draft = make_draft(procedures(surgery(32503680000)))
    with pytest.raises(NotSubmittable):
        record_submit(draft=draft, by=surgeon)


def test_the_document_must_be_of_the_thing_the_record_is_named_after(make_draft, surgeon):
    draft = make_draft(procedures(subject_id="730946"))
    with pytest.raises(NotSubmittable) as caught:
        record_submit(draft=draft, by=surgeon)
    assert [(problem.path, problem.code) for problem in caught.value.problems] == [("subject_id", WRONG_KEY)]


def test_a_correction_needs_a_reason_and_one_without_a_change_is_recognised(submitted, surgeon, reopen, replace):
    draft = reopen(submitted, surgeon)
    assert submission_prepare(draft=draft).is_unchanged
    replace(draft, procedures(notes="more"))
    with pytest.raises(ReasonMissing):
        record_submit(draft=draft, by=surgeon, reason="  ")
    assert record_submit(draft=draft, by=surgeon, reason="Notes were missing").reason == "Notes were missing"


def test_an_operation_submits_once_and_its_repetition_gets_the_same_revision(make_draft, surgeon):
    draft, op = make_draft(), uuid4()
    first = record_submit(draft=draft, by=surgeon, op=op, version=draft.version)
    assert record_submit(draft=draft, by=surgeon, op=op, version=draft.version) == first
    with pytest.raises(OperationReused):
        record_submit(draft=draft, by=surgeon, op=op, version=draft.version, reason="another body")
    with pytest.raises(NotFound):
        record_submit(draft=draft, by=surgeon, op=uuid4(), version=draft.version)
    assert Revision.objects.count() == 1


def test_a_draft_saved_after_the_page_was_opened_is_not_submitted_unseen(make_draft, surgeon, replace):
    draft = make_draft()
    seen = draft.version
    replace(draft, procedures(notes="typed in another tab"))
    with pytest.raises(StaleDraft):
        record_submit(draft=draft, by=surgeon, version=seen)


def test_two_people_adding_different_procedures_to_one_animal_are_both_kept(
    submitted, surgeon, make_user, reopen, replace
):
    mine, theirs = reopen(submitted, surgeon), reopen(submitted, make_user())
    replace(theirs, procedures(surgery(), surgery("2026-02-02")))
    replace(mine, procedures(surgery(), surgery("2026-03-03")))
    record_submit(draft=theirs, by=theirs.editor, reason="Follow-up")
    revision = record_submit(draft=mine, by=surgeon, reason="Another follow-up")
    dates = [item["start_date"] for item in revision.data["subject_procedures"]]
    assert (revision.number, dates) == (3, ["2026-01-15", "2026-02-02", "2026-03-03"])


def test_two_people_logging_the_first_surgeries_of_an_animal_are_both_kept(make_draft, surgeon, make_user):
    mine = make_draft(procedures(surgery("2026-01-01")))
    theirs = make_draft(procedures(surgery("2026-02-02")), by=make_user())
    record_submit(draft=theirs, by=theirs.editor)
    revision = record_submit(draft=mine, by=surgeon, reason="The first surgery")
    assert [item["start_date"] for item in revision.data["subject_procedures"]] == ["2026-02-02", "2026-01-01"]


def test_a_field_that_both_changed_stops_the_second_and_keeps_both_texts(
    submitted, surgeon, make_user, reopen, replace
):
    mine, theirs = reopen(submitted, surgeon), reopen(submitted, make_user())
    replace(theirs, procedures(surgery(notes="theirs")))
    replace(mine, procedures(surgery(notes="mine")))
    record_submit(draft=theirs, by=theirs.editor, reason="Notes")
    with pytest.raises(MergeConflict) as caught:
        record_submit(draft=mine, by=surgeon, reason="Notes")
    (conflict,) = caught.value.conflicts
    assert (conflict.path[-1], conflict.base, conflict.mine, conflict.theirs) == ("notes", None, "mine", "theirs")
    mine.refresh_from_db()
    assert mine.data["subject_procedures"][0]["notes"] == "mine"


def test_a_withdrawn_revision_is_kept_with_its_reason_and_counts_no_more(submitted, surgeon):
    with pytest.raises(ReasonMissing):
        revision_withdraw(record=submitted, reason=" ", by=surgeon)
    with pytest.raises(Conflict):
        revision_withdraw(record=submitted, reason="Wrong animal", by=surgeon, number=7)
    revision = revision_withdraw(record=submitted, reason="Wrong animal", by=surgeon)
    assert (revision.withdrawn_by, revision.withdrawn_reason) == (surgeon, "Wrong animal")
    assert (submitted.current_revision(), submitted.last_revision()) == (None, revision)
    assert not Revision.objects.current().exists()
    with pytest.raises(Conflict):
        revision_withdraw(record=submitted, reason="Again", by=surgeon)


def test_a_withdrawn_record_can_be_submitted_again_unchanged(submitted, surgeon, reopen):
    revision_withdraw(record=submitted, reason="By mistake", by=surgeon)
    revision = record_submit(draft=reopen(submitted, surgeon), by=surgeon, reason="It was right")
    assert (revision.number, submitted.current_revision()) == (2, revision)


def test_only_those_who_enter_records_in_the_project_withdraw(submitted, data_user, other_surgeon):
    with pytest.raises(NotAllowed):
        revision_withdraw(record=submitted, reason="x", by=data_user)
    with pytest.raises(NotFound):
        revision_withdraw(record=submitted, reason="x", by=other_surgeon)


def test_the_state_of_a_record_is_derived(make_draft, submitted, surgeon, reopen):
    def states(user):
        found = Record.objects.visible_to(user).with_state(user)
        return {record.kind: (record.state, record.correcting) for record in found}

    make_draft(subject(), kind="subject")
    assert states(surgeon) == {"procedures": ("submitted", False), "subject": ("draft", False)}
    reopen(submitted, surgeon)
    assert states(surgeon)["procedures"] == ("submitted", True)
    revision_withdraw(record=submitted, reason="x", by=surgeon)
    assert states(surgeon)["procedures"] == ("withdrawn", True)


def test_what_a_revision_says_is_read_back_unchanged_from_the_database(make_draft, surgeon):
    odd = subject(genotype='µ — \N{GREEK SMALL LETTER ALPHA} \\ " \u2028 \U0001d6fc')
    revision = record_submit(draft=make_draft(odd, kind="subject"), by=surgeon)
    stored = Revision.objects.get(pk=revision.pk)
    assert hashlib.sha256(stored.document.encode()).hexdigest() == stored.sha256
    assert json.loads(stored.document)["subject_details"]["genotype"] == odd["subject_details"]["genotype"]


@pytest.mark.parametrize("weight", ["1_0", "NaN", "\u0661\u0662", "2e400"])
def test_a_number_that_can_be_read_in_two_ways_is_asked_about(make_draft, surgeon, weight):
    draft = make_draft(procedures(surgery(animal_weight_prior=weight)))
    with pytest.raises(NotSubmittable) as caught:
        record_submit(draft=draft, by=surgeon)
    assert [problem.path for problem in caught.value.problems if problem.severity == "error"] == [
        "subject_procedures.0.animal_weight_prior"
    ]


def test_a_time_that_the_labs_clock_shows_twice_or_never_is_asked_about(settings):
    settings.TIME_ZONE = "America/Los_Angeles"
    for stamp, asked in (
        ("2026-11-01T01:30:00", 1),
        ("2026-03-08T02:30:00", 1),
        ("2026-11-01T01:30:00-07:00", 0),
        ("2026-07-01T09:30:00", 0),
    ):
        document = {"creation_time": stamp}
        assert len(doubts("data_description", document)) == asked, stamp
