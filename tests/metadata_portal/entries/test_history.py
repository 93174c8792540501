"""The history of a record: read, compared, restored, verified."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from metadata_portal.accounts import roles
from metadata_portal.accounts.models import AuditEvent
from metadata_portal.entries.chain import chain_breaks
from metadata_portal.entries.errors import DraftInTheWay, OperationReused, ReasonMissing
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.entries.services import (
    draft_open,
    draft_restore,
    record_submit,
    revision_restore,
    revision_withdraw,
)
from metadata_portal.errors import Conflict, NotAllowed, NotFound, NotSubmittable
from tests.forms import forms
from tests.metadata_portal.entries.documents import procedures, subject, surgery


@pytest.fixture
def twice(submitted, surgeon, reopen, replace) -> Record:
    """A procedures record with two revisions: the second one has a note and a second surgery in front."""
    draft = reopen(submitted, surgeon)
    items = [surgery("2026-01-01"), *draft.data["subject_procedures"]]
    replace(draft, {**draft.data, "subject_procedures": items, "notes": "Second thoughts"})
    record_submit(draft=draft, by=surgeon, reason="One more surgery")
    return submitted


def revision(record: Record, number: int) -> Revision:
    return Revision.objects.select_related("record").get(record=record, number=number)


def url(record: Record, rest: str = "") -> str:
    return f"/records/{record.pk}/{rest}"


def tamper(record: Record, which: int, /, **columns) -> None:
    """Change a stored revision behind the portal's back."""
    for column, value in columns.items():
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE entries_revision SET {column} = %s WHERE record_id = %s AND number = %s",
                [value, record.pk.hex if connection.vendor == "sqlite" else record.pk, which],
            )
            assert cursor.rowcount == 1


# -- restoring


def test_a_restored_revision_is_a_new_one_with_the_bytes_and_the_items_of_the_old(twice, surgeon):
    old = revision(twice, 1)
    made = revision_restore(revision=old, by=surgeon, reason=" The second surgery was another mouse's ", last=2)
    assert (made.number, made.document, made.sha256, made.item_ids) == (3, old.document, old.sha256, old.item_ids)
    assert made.reason == "Restored from revision 1: The second surgery was another mouse's"
    assert made.author == surgeon
    assert list(chain_breaks(twice.revisions.order_by("number"))) == []
    assert AuditEvent.objects.filter(action="revision.submit", object_id=str(made.pk)).get().why == made.reason


@pytest.mark.parametrize("restore", [revision_restore, draft_restore])
def test_restoring_needs_a_reason_and_the_last_revision_that_was_seen(twice, surgeon, restore):
    with pytest.raises(ReasonMissing):
        restore(revision=revision(twice, 1), by=surgeon, reason="  ", last=2)
    with pytest.raises(Conflict):
        restore(revision=revision(twice, 1), by=surgeon, reason="Seen before the second", last=1)
    assert (twice.revisions.count(), Draft.objects.count()) == (2, 0)


@pytest.mark.parametrize("restore", [revision_restore, draft_restore])
def test_who_may_not_correct_may_not_restore(twice, other_surgeon, data_user, registry_manager, restore):
    for person, refusal in ((other_surgeon, NotFound), (data_user, NotAllowed), (registry_manager, NotAllowed)):
        with pytest.raises(refusal):
            restore(revision=revision(twice, 1), by=person, reason="Because", last=2)
    assert (twice.revisions.count(), Draft.objects.count()) == (2, 0)


def test_what_the_record_says_already_is_not_restored(twice, surgeon):
    with pytest.raises(Conflict, match="says the same already"):
        revision_restore(revision=revision(twice, 2), by=surgeon, reason="Again", last=2)


def test_sent_twice_it_is_restored_once(twice, surgeon):
    op, old = uuid4(), revision(twice, 1)
    made = revision_restore(revision=old, by=surgeon, reason="Wrong mouse", last=2, op=op)
    assert revision_restore(revision=old, by=surgeon, reason="Wrong mouse", last=2, op=op) == made
    with pytest.raises(OperationReused):
        revision_restore(revision=old, by=surgeon, reason="Another reason", last=2, op=op)
    assert twice.revisions.count() == 3


def test_a_withdrawn_record_is_brought_back_by_restoring_any_revision(twice, surgeon):
    revision_withdraw(record=twice, reason="Mix-up", by=surgeon)
    assert twice.current_revision() is None
    made = revision_restore(revision=revision(twice, 2), by=surgeon, reason="It was right", last=2)
    assert (twice.current_revision(), made.document) == (made, revision(twice, 2).document)


def test_what_is_not_valid_any_more_is_refused_as_a_revision_and_taken_as_a_draft(make_draft, surgeon, reopen, replace):
    record = record_submit(draft=make_draft(subject(genotype="Cre/wt"), kind="subject"), by=surgeon).record
    draft = reopen(record, surgeon)
    replace(draft, subject())
    record_submit(draft=draft, by=surgeon, reason="No Cre")
    Record.objects.filter(pk=record.pk).update(key="another-mouse")
    with pytest.raises(NotSubmittable):
        revision_restore(revision=revision(record, 1), by=surgeon, reason="Cre after all", last=2)
    draft = draft_restore(revision=revision(record, 1), by=surgeon, reason="Cre after all", last=2)
    assert (draft.data, draft.blocking_count) == (revision(record, 1).data, 1)
    assert record.revisions.count() == 2


def test_a_restored_draft_stands_on_the_last_revision_and_keeps_its_items(twice, surgeon):
    old = revision(twice, 1)
    draft = draft_restore(revision=old, by=surgeon, reason="Start again from there", last=2)
    assert (draft.data, draft.item_ids, draft.base.number) == (old.data, old.item_ids, 2)
    event = AuditEvent.objects.get(action="draft.restore")
    assert (event.why, event.after) == ("Start again from there", {"from": 1})
    made = record_submit(draft=draft, by=surgeon, reason="Back")
    assert (made.number, made.document) == (3, old.document)


def test_a_draft_that_is_there_is_never_replaced_by_restoring(twice, surgeon, reopen, replace):
    draft = reopen(twice, surgeon)
    replace(draft, procedures(notes="Half an hour of typing"))
    with pytest.raises(DraftInTheWay):
        draft_restore(revision=revision(twice, 1), by=surgeon, reason="Back", last=2)
    draft.refresh_from_db()
    assert draft.data["notes"] == "Half an hour of typing"
    assert not AuditEvent.objects.filter(action="draft.restore").exists()


def test_a_colleagues_draft_joins_with_what_was_restored(twice, surgeon, make_user, replace):
    colleague = make_user()
    draft = draft_open(record=twice, by=colleague)
    replace(
        draft,
        {
            **draft.data,
            "notes": "Second thoughts",
            "subject_procedures": [*draft.data["subject_procedures"], surgery("2026-03-03")],
        },
    )
    revision_restore(revision=revision(twice, 1), by=surgeon, reason="Wrong mouse", last=2)
    made = record_submit(draft=draft, by=colleague, reason="Follow-up")
    assert [item["start_date"] for item in made.data["subject_procedures"]] == ["2026-01-15", "2026-03-03"]


# -- the pages


def test_the_history_lists_every_revision_with_what_can_be_done(client, twice):
    page = client.get(url(twice, "history/")).content.decode()
    assert page.index('id="revision-2"') < page.index('id="revision-1"')
    for said in ("One more surgery", "First submission", "?new=2", "revisions/1/restore/"):
        assert said in page
    assert "?new=1" not in page
    assert "revisions/2/restore/" not in page


def test_a_reader_is_offered_no_restoring(client_for, twice):
    page = client_for(roles.DATA_USER).get(url(twice, "history/")).content.decode()
    assert "?new=2" in page
    assert "restore/" not in page


def test_the_comparison_is_with_the_one_before_unless_it_says_otherwise(client, twice):
    page = client.get(url(twice, "compare/"))
    assert (page.context["old"].name, page.context["new"].name) == ("1", "2")
    assert page.context["told"].counts == {"added": 2}
    text = page.content.decode()
    assert "Second thoughts" in text
    assert "1. Surgery · 2026-01-01" in text
    back = client.get(url(twice, "compare/?old=2&new=1"))
    assert back.context["told"].counts == {"removed": 2}


def test_a_draft_is_compared_by_its_editor_only(client, client_for, twice, surgeon, reopen, replace):
    draft = reopen(twice, surgeon)
    assert client.get(url(twice, "compare/?new=draft")).context["told"].is_same
    replace(draft, {**draft.data, "notes": "abc"})
    page = client.get(url(twice, "compare/?new=draft"))
    assert (page.context["old"].name, page.context["told"].counts) == ("2", {"changed": 1})
    colleague = client_for(roles.SURGEON)
    assert colleague.get(url(twice, "compare/?new=draft")).status_code == 404
    assert "draft" not in colleague.get(url(twice, "compare/")).content.decode().split("<main")[1]


@pytest.mark.parametrize(
    "query", ["new=9", "old=0", "new=x", "new=-1", "old=99999999999999999999", "new=²", "old=draft"]
)
def test_what_cannot_be_compared_is_not_found(client, twice, query):
    assert client.get(url(twice, f"compare/?{query}")).status_code == 404


def test_one_revision_alone_says_the_same_as_itself(client, submitted):
    assert client.get(url(submitted, "compare/")).context["told"].is_same


def test_a_record_without_revisions_has_nothing_to_compare(client, make_draft):
    record = make_draft().record
    assert client.get(url(record, "compare/")).status_code == 404
    assert client.get(url(record, "history/")).status_code == 200


def test_restoring_through_the_page(client, twice):
    page = client.get(url(twice, "revisions/1/restore/")).content.decode()
    form = next(form for form in forms(page) if form.method == "post" and "reason" in dict(form.fields))
    data = {**dict(form.fields), "reason": ""}
    refused = client.post(url(twice, "revisions/1/restore/"), data)
    assert (refused.status_code, "Say why" in refused.content.decode()) == (422, True)
    done = client.post(url(twice, "revisions/1/restore/"), {**data, "reason": "Wrong mouse"})
    assert (done.status_code, done["Location"]) == (303, url(twice))
    again = client.post(url(twice, "revisions/1/restore/"), {**data, "reason": "Wrong mouse"})
    assert (again.status_code, twice.revisions.count()) == (303, 3)


def test_restoring_as_a_draft_through_the_page_opens_it(client, twice, surgeon):
    data = {"op": str(uuid4()), "version": "2", "reason": "From there", "as": "draft"}
    done = client.post(url(twice, "revisions/1/restore/"), data)
    assert (done.status_code, done["Location"]) == (303, url(twice, "edit/"))
    assert Draft.objects.get(record=twice, editor=surgeon).data == revision(twice, 1).data
    Draft.objects.update(document=json.dumps(procedures(notes="typed")))
    refused = client.post(url(twice, "revisions/1/restore/"), {**data, "op": str(uuid4())})
    assert (refused.status_code, "another draft" in refused.content.decode()) == (409, True)


def test_a_page_that_has_not_seen_the_last_revision_restores_nothing(client, twice):
    refused = client.post(
        url(twice, "revisions/1/restore/"), {"op": str(uuid4()), "version": "1", "reason": "Wrong mouse"}
    )
    assert (refused.status_code, twice.revisions.count()) == (409, 2)


def test_a_revision_that_is_refused_today_says_why(client, twice):
    Record.objects.filter(pk=twice.pk).update(key="another-mouse")
    refused = client.post(url(twice, "revisions/1/restore/"), {"op": str(uuid4()), "version": "2", "reason": "Back"})
    assert (refused.status_code, 'data-problem-path="subject_id"' in refused.content.decode()) == (422, True)


# -- the chain


def test_a_whole_chain_holds_and_says_so(client, twice, capsys):
    assert "2 revisions are as submitted" in client.get(url(twice, "history/?verify=1")).content.decode()
    call_command("verify_chain")
    assert "All 2 revisions" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"document": "{}"}, "another checksum"),
        ({"sha256": "0" * 64}, "link does not hold"),
        ({"chain": "0" * 64}, "link does not hold"),
        ({"author_name": "somebody"}, "link does not hold"),
        ({"created_at": "2020-01-01 00:00:00+00:00"}, "link does not hold"),
        ({"number": 7}, "missing before it"),
    ],
)
def test_whatever_is_changed_in_a_revision_breaks_the_chain_there(client, twice, columns, said, capsys):
    tamper(twice, 1, **columns)
    first = min(entry.revision.number for entry in chain_breaks(twice.revisions.order_by("number")))
    assert first == (2 if "number" in columns else 1)
    page = client.get(url(twice, "history/?verify=1")).content.decode()
    assert "The chain is broken" in page
    assert said in page
    with pytest.raises(CommandError):
        call_command("verify_chain")
    out = capsys.readouterr().out
    assert f"{twice} revision {first}" in out
    assert said in out


def test_one_broken_record_leaves_the_others_whole(twice, make_draft, surgeon, capsys):
    other = record_submit(draft=make_draft(subject(), kind="subject"), by=surgeon).record
    tamper(twice, 2, document="{}")
    call_command("verify_chain", "--record", str(other.pk))
    with pytest.raises(CommandError, match="1 fault in 2 revisions"):
        call_command("verify_chain", "--record", str(twice.pk))
    with pytest.raises(CommandError, match="1 fault in 3 revisions"):
        call_command("verify_chain")
    assert str(other) not in capsys.readouterr().out
    with pytest.raises(CommandError, match="no record"):
        call_command("verify_chain", "--record", str(uuid4()))
