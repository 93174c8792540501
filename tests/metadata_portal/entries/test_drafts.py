"""Saving drafts: nothing overwritten, nothing done twice."""

from uuid import uuid4

import pytest

from metadata_portal.entries.errors import MergeConflict, OperationReused, StaleDraft
from metadata_portal.entries.models import Draft, DraftOperation
from metadata_portal.entries.services import draft_problems, draft_rebase, draft_save, record_submit
from metadata_portal.entries.services.drafts import KEPT_OPERATIONS
from metadata_portal.errors import FormError, NotFound, TooLarge
from tests.metadata_portal.entries.documents import procedures, surgery


def test_a_draft_is_saved_however_wrong_it_is(make_draft, replace):
    draft = make_draft()
    replace(draft, {"subject_id": "730945", "subject_procedures": "none yet", "nonsense": [1, {"a": None}]})
    assert draft.data == {"subject_id": "730945", "subject_procedures": "none yet", "nonsense": [1, {"a": None}]}
    assert draft.blocking_count > 0


def test_a_repeated_operation_gets_the_first_answer_and_changes_nothing(make_draft, replace):
    draft, op = make_draft(), uuid4()
    version = draft.version
    first = draft_save(draft=draft, document={"subject_id": "730945"}, version=version, op=op, by=draft.editor)
    replace(draft, {"subject_id": "730945", "notes": "later"})
    again = draft_save(draft=draft, document={"subject_id": "730945"}, version=version, op=op, by=draft.editor)
    draft.refresh_from_db()
    assert (first.repeated, again.repeated, draft.version) == (False, True, version + 2)
    assert (again.at, again.changed) == (first.at, first.changed)
    assert draft.data == {"subject_id": "730945", "notes": "later"}


def test_an_operation_with_another_body_is_refused(make_draft, replace):
    draft, op = make_draft(), uuid4()
    replace(draft, {"subject_id": "730945"}, op)
    with pytest.raises(OperationReused):
        replace(draft, {"subject_id": "730945", "notes": "other"}, op)
    assert draft.data == {"subject_id": "730945"}


def test_a_stale_document_is_refused_with_both_sides(make_draft, replace):
    draft = make_draft()
    stale = draft.version
    replace(draft, {"subject_id": "730945", "notes": "theirs"})
    with pytest.raises(StaleDraft) as caught:
        draft_save(draft=draft, document={"notes": "mine"}, version=stale, op=uuid4(), by=draft.editor)
    assert (caught.value.mine, caught.value.theirs["notes"]) == ({"notes": "mine"}, "theirs")
    draft.refresh_from_db()
    assert draft.data["notes"] == "theirs"


@pytest.mark.parametrize(
    ("document", "error"),
    [({"n": float("inf")}, FormError), ({"n": "\ud800"}, FormError), ({"n": "x" * 2_100_000}, TooLarge)],
    ids=["infinity", "half a character", "2 MB"],
)
def test_what_cannot_be_kept_is_refused_and_the_draft_stays(make_draft, replace, document, error):
    draft = make_draft()
    with pytest.raises(error):
        replace(draft, document)
    draft.refresh_from_db()
    assert (draft.version, draft.data) == (1, procedures())


def test_old_operations_are_pruned(make_draft, replace):
    draft = make_draft()
    for number in range(KEPT_OPERATIONS + 20):
        DraftOperation.objects.create(draft=draft, op=uuid4(), body="", answer={"version": number})
    Draft.objects.filter(pk=draft.pk).update(version=2 * KEPT_OPERATIONS - 1)
    replace(draft, procedures(notes="pruned"))
    assert DraftOperation.objects.filter(draft=draft).count() == KEPT_OPERATIONS


def test_another_persons_draft_is_not_there(make_draft, make_user, administrator):
    draft = make_draft()
    for stranger in (make_user(), administrator):
        with pytest.raises(NotFound):
            draft_save(draft=draft, document={}, version=1, op=uuid4(), by=stranger)
        with pytest.raises(NotFound):
            record_submit(draft=draft, by=stranger)


def test_cached_problems_are_judged_again_when_the_registries_change(make_draft):
    draft = make_draft({"subject_id": "730945", "subject_procedures": [surgery("2999-01-01")]})
    Draft.objects.filter(pk=draft.pk).update(problems_under="another", problems=[], blocking_count=0)
    draft.refresh_from_db()
    assert [problem.path for problem in draft_problems(draft)] == ["subject_procedures.0.start_date"]
    draft.refresh_from_db()
    assert (draft.blocking_count, draft.version) == (1, 1)
    Draft.objects.filter(pk=draft.pk).update(problems=[])
    draft.refresh_from_db()
    assert draft_problems(draft) == []


def test_a_rebase_brings_a_colleagues_items_into_the_draft(submitted, surgeon, make_user, reopen, replace):
    mine, theirs = reopen(submitted, surgeon), reopen(submitted, make_user())
    replace(theirs, procedures(surgery(), surgery("2026-02-02")))
    record_submit(draft=theirs, by=theirs.editor, reason="A second surgery")
    replace(mine, procedures(surgery(notes="checked")))
    rebased = draft_rebase(draft=mine, by=surgeon, version=mine.version)
    dates = [item["start_date"] for item in rebased.data["subject_procedures"]]
    assert (dates, rebased.data["subject_procedures"][0]["notes"]) == (["2026-01-15", "2026-02-02"], "checked")
    assert rebased.base.number == 2


def test_a_rebase_with_a_conflict_writes_nothing_until_a_side_is_chosen(submitted, surgeon, make_user, reopen, replace):
    mine, theirs = reopen(submitted, surgeon), reopen(submitted, make_user())
    replace(theirs, procedures(surgery(notes="theirs")))
    record_submit(draft=theirs, by=theirs.editor, reason="Notes")
    replace(mine, procedures(surgery(notes="mine")))
    with pytest.raises(MergeConflict) as caught:
        draft_rebase(draft=mine, by=surgeon, version=mine.version)
    (conflict,) = caught.value.conflicts
    assert (conflict.mine, conflict.theirs) == ("mine", "theirs")
    mine.refresh_from_db()
    assert mine.data["subject_procedures"][0]["notes"] == "mine"
    rebased = draft_rebase(draft=mine, by=surgeon, version=mine.version, choices={conflict.key: "mine"})
    assert rebased.data["subject_procedures"][0]["notes"] == "mine"
    rebased.base_id = None
    with pytest.raises(StaleDraft):
        draft_rebase(draft=rebased, by=surgeon, version=mine.version - 1, choices={conflict.key: "mine"})
