"""Renaming a device: everything that names it, in one change, with a reason."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from metadata_portal.accounts import roles
from metadata_portal.accounts.models import AuditEvent
from metadata_portal.entries.errors import ReasonMissing
from metadata_portal.entries.mentions import mentions_of
from metadata_portal.entries.models import Draft, Revision
from metadata_portal.entries.provenance import origins_of
from metadata_portal.entries.services import device_rename
from metadata_portal.entries.services.submitting import revision_write
from metadata_portal.errors import Conflict, FormError, NotFound
from tests.metadata_portal.entries.pages import post_node

pytestmark = pytest.mark.django_db
AT = "components.0"
WHY = "it was called after the wrong camera"


def rig_document():
    return {
        "object_type": "Instrument",
        "instrument_id": "RIG-1",
        "modification_date": "2026-01-01",
        "components": [{"object_type": "Device", "name": name} for name in ("Camera A", "DAQ")],
        "connections": [{"object_type": "Connection", "source_device": "DAQ", "target_device": "Camera A"}],
    }


def session_document(rig, day="2026-03-01"):
    return {
        "object_type": "Acquisition",
        "subject_id": "730945",
        "instrument_id": rig,
        "acquisition_start_time": f"{day}T10:00:00+00:00",
        "data_streams": [{"object_type": "Data stream", "active_devices": ["DAQ", "Camera A"]}],
    }


@pytest.fixture
def rig(make_draft):
    return make_draft(rig_document(), kind="instrument", key="RIG-1")


@pytest.fixture
def colleague(make_user):
    return make_user(roles.SURGEON, name="Cleo Colleague")


@pytest.fixture
def submit(surgeon):
    """``submit(draft)`` keeps it as a revision, whatever the schema says of it, and ends the draft."""

    def keep(draft):
        content = {"text": draft.document, "item_ids": draft.item_ids, "origins": origins_of(draft)}
        content |= {"problems": [], "last": None}
        revision = revision_write(record=draft.record, by=surgeon, reason="", **content)
        draft.delete()
        return revision

    return keep


def rename(draft, by, records=(), new="Camera B", old="Camera A", reason=WHY, seen=None):
    draft.refresh_from_db()
    seen = mentions_of(draft, AT, old, by).digest if seen is None else seen
    return device_rename(draft=draft, by=by, at=AT, old=old, new=new, reason=reason, records=records, seen=seen)


def devices(draft):
    return Draft.objects.get(pk=draft.pk).data["data_streams"][0]["active_devices"]


def test_the_device_and_what_names_it_in_its_own_record(rig, surgeon):
    done = rename(rig, surgeon)
    rig.refresh_from_db()
    assert (rig.data["components"][0]["name"], rig.data["connections"][0]["target_device"]) == ("Camera B", "Camera B")
    assert done.places == 1


def test_a_draft_of_mine_on_that_rig_is_changed_in_place(rig, make_draft, surgeon):
    session = make_draft(session_document("RIG-1"), kind="acquisition", key="730945_2026-03-01_10-00-00")
    done = rename(rig, surgeon, [session.record_id])
    assert devices(session) == ["DAQ", "Camera B"]
    assert (done.places, done.changed, done.opened) == (2, (session.record,), ())


def test_of_a_submitted_record_a_draft_is_opened_and_the_revision_stays(rig, make_draft, submit, surgeon):
    session = make_draft(session_document("RIG-1"), kind="acquisition", key="730945_2026-03-01_10-00-00")
    revision = submit(session)
    done = rename(rig, surgeon, [revision.record_id])
    opened = Draft.objects.get(record=revision.record, editor=surgeon)
    assert (devices(opened), opened.base, done.opened) == (["DAQ", "Camera B"], revision, (revision.record,))
    assert opened.item_ids == revision.item_ids
    assert Revision.objects.get(pk=revision.pk).data["data_streams"][0]["active_devices"] == ["DAQ", "Camera A"]


def test_only_what_was_chosen_is_changed(rig, make_draft, surgeon):
    session = make_draft(session_document("RIG-1"), kind="acquisition", key="730945_2026-03-01_10-00-00")
    assert rename(rig, surgeon).places == 1
    assert devices(session) == ["DAQ", "Camera A"]


@pytest.mark.parametrize("other", ["RIG-2", None, 7])
def test_acquisitions_on_another_rig_are_not_listed(rig, make_draft, surgeon, other):
    make_draft(session_document(other), kind="acquisition", key="730945_2026-03-01_10-00-00")
    assert mentions_of(rig, AT, "Camera A", surgeon).linked == ()


def test_an_acquisition_before_the_rig_was_so_is_told_apart(rig, make_draft, surgeon):
    make_draft(session_document("RIG-1", "2025-12-31"), kind="acquisition", key="730945_2025-12-31_10-00-00")
    (mention,) = mentions_of(rig, AT, "Camera A", surgeon).linked
    assert mention.earlier == "2026-01-01"


def test_drafts_of_colleagues_are_counted_and_stay(rig, make_draft, surgeon, colleague):
    session = make_draft(session_document("RIG-1"), kind="acquisition", key="730945_2026-03-01_10-00-00", by=colleague)
    found = mentions_of(rig, AT, "Camera A", surgeon)
    assert (found.linked, found.of_colleagues) == ((), 1)
    rename(rig, surgeon, [session.record_id])
    assert devices(session) == ["DAQ", "Camera A"]


def test_implanted_devices_are_renamed_in_acquisitions_of_the_animal(make_draft, surgeon):
    implant = {"object_type": "Device implant", "implanted_device": {"object_type": "Device", "name": "Camera A"}}
    surgery = {"object_type": "Surgery", "procedures": [implant]}
    document = {"object_type": "Procedures", "subject_id": "730945", "subject_procedures": [surgery]}
    procedures = make_draft(document)
    make_draft(
        session_document("RIG-9") | {"subject_id": "730945"}, kind="acquisition", key="730945_2026-03-01_10-00-00"
    )
    found = mentions_of(procedures, "subject_procedures.0.procedures.0.implanted_device", "Camera A", surgeon)
    assert [mention.paths for mention in found.linked] == [("data_streams.0.active_devices.1",)]


@pytest.mark.parametrize(
    ("new", "old"), [("", "Camera A"), ("  ", "Camera A"), ("Camera A", "Camera A"), ("DAQ", "Camera A"), ("X", "DAQ")]
)
def test_names_that_would_make_two_devices_one_are_refused(rig, surgeon, new, old):
    with pytest.raises(FormError):
        rename(rig, surgeon, new=new, old=old)


def test_a_reason_is_needed(rig, surgeon):
    with pytest.raises(ReasonMissing):
        rename(rig, surgeon, reason=" ")


def test_all_or_nothing_when_something_changed_meanwhile(rig, make_draft, replace, surgeon):
    session = make_draft(session_document("RIG-1"), kind="acquisition", key="730945_2026-03-01_10-00-00")
    seen = mentions_of(rig, AT, "Camera A", surgeon).digest
    replace(session, session_document("RIG-1") | {"notes": "meanwhile"})
    with pytest.raises(Conflict):
        rename(rig, surgeon, [session.record_id], seen=seen)
    rig.refresh_from_db()
    assert (rig.data["components"][0]["name"], devices(session)) == ("Camera A", ["DAQ", "Camera A"])


def test_a_failure_at_the_last_record_takes_everything_back(rig, make_draft, surgeon, monkeypatch):
    session = make_draft(session_document("RIG-1"), kind="acquisition", key="730945_2026-03-01_10-00-00")
    before = AuditEvent.objects.count()
    monkeypatch.setattr("metadata_portal.entries.services.device_renaming._written_down", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        rename(rig, surgeon, [session.record_id])
    rig.refresh_from_db()
    assert (rig.data["components"][0]["name"], devices(session)) == ("Camera A", ["DAQ", "Camera A"])
    assert AuditEvent.objects.count() == before


def test_each_record_says_who_renamed_it_and_why(rig, make_draft, surgeon):
    session = make_draft(session_document("RIG-1"), kind="acquisition", key="730945_2026-03-01_10-00-00")
    rename(rig, surgeon, [session.record_id])
    events = AuditEvent.objects.filter(action="device.rename")
    assert {(event.object_id, event.why, event.by) for event in events} == {
        (str(rig.record_id), WHY, surgeon),
        (str(session.record_id), WHY, surgeon),
    }


def test_another_persons_draft_is_not_there(rig, colleague):
    with pytest.raises(NotFound):
        rename(rig, colleague, seen="x")


def test_the_page_lists_renames_and_says_what_is_left(client, rig, make_draft, submit, surgeon):
    revision = submit(make_draft(session_document("RIG-1"), kind="acquisition", key="730945_2026-03-01_10-00-00"))
    url = reverse("entries:device-rename", args=[rig.record_id])
    shown = client.get(url, {"at": AT})
    assert [entry["places"][0][0] for entry in shown.context["linked"]] == ["data_streams.0.active_devices.1"]
    post = {"at": AT, "old": "Camera A", "seen": shown.context["found"].digest, "name": "Camera B", "reason": WHY}
    done = client.post(url, {**post, "record": [str(revision.record_id)]}, follow=True)
    assert "Camera A is called Camera B now, with 2 places" in done.content.decode()
    assert f"Drafts were opened for it and wait to be submitted: {revision.record}" in done.content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"reason": "x"}, {"name": "Camera B"}, {"name": "B", "reason": "x", "seen": "old"}]
)
def test_what_is_not_whole_is_asked_again_with_what_was_typed(client, rig, data):
    answer = client.post(reverse("entries:device-rename", args=[rig.record_id]), {"at": AT, **data})
    assert answer.status_code in (409, 422)
    assert f'value="{data.get("name", "")}"' in answer.content.decode()


@pytest.mark.parametrize("at", ["", "connections.0", "components.7", "components.0.name", "../x"])
def test_only_devices_are_renamed(client, rig, at):
    assert client.get(reverse("entries:device-rename", args=[rig.record_id]), {"at": at}).status_code == 404


def test_typing_another_name_offers_to_rename_what_names_it(client, rig, make_draft):
    make_draft(session_document("RIG-1"), kind="acquisition", key="730945_2026-03-01_10-00-00")
    answer = post_node(client, rig.record, {"name": "Camera B"}, at=AT)
    said = " ".join(client.get(answer.url).content.decode().split())
    assert "2 references in 2 records still say “Camera A”" in said
    assert "at=components.0&amp;old=Camera+A" in said


def test_the_offer_comes_with_the_answer_of_a_save_in_place(client, rig):
    answer = post_node(client, rig.record, {"name": "Camera B"}, at=AT, HX_Request="true")
    assert "1 reference in 1 record still says “Camera A”" in " ".join(answer.content.decode().split())


@pytest.mark.parametrize("changes", [{"model": "X"}, {"name": "Camera A"}])
def test_nothing_is_offered_when_no_name_changed(client, rig, changes):
    answer = post_node(client, rig.record, changes, at=AT)
    assert "still say" not in client.get(answer.url).content.decode()


def test_after_the_offer_only_the_references_are_left_to_change(client, rig, surgeon):
    post_node(client, rig.record, {"name": "Camera B"}, at=AT)
    rename(rig, surgeon)
    rig.refresh_from_db()
    assert (rig.data["components"][0]["name"], rig.data["connections"][0]["target_device"]) == ("Camera B", "Camera B")


@pytest.fixture
def renamed_everywhere(rig, make_draft, submit, surgeon):
    """A rig, a draft of a session on it, a submitted session with the draft that was opened for it; and the step."""
    mine = make_draft(session_document("RIG-1"), kind="acquisition", key="730945_2026-03-01_10-00-00")
    theirs = submit(
        make_draft(session_document("RIG-1", "2026-04-01"), kind="acquisition", key="730945_2026-04-01_10-00-00")
    )
    done = rename(rig, surgeon, [mine.record_id, theirs.record_id])
    rig.refresh_from_db()
    return rig, mine, theirs.record, done.op


def undo(client, draft, op):
    """Press undo in a draft; gives the answer."""
    data = {"at": "", "op": str(uuid4()), "do": f"undo:{op}"}
    return client.post(reverse("entries:record-edit", args=[draft.record_id]), data)


def state():
    return {draft.pk: draft.document for draft in Draft.objects.all()}


def test_one_undo_takes_a_rename_back_in_every_draft_and_discards_what_was_opened(client, renamed_everywhere):
    rig, mine, opened, op = renamed_everywhere
    assert undo(client, rig, op).status_code == 303
    rig.refresh_from_db()
    assert rig.data == rig_document()
    assert devices(mine) == ["DAQ", "Camera A"]
    assert not Draft.objects.filter(record=opened).exists()
    assert opened.revisions.count() == 1
    assert undo(client, rig, op).status_code == 409


def test_the_step_is_undone_from_any_draft_that_it_changed(client, renamed_everywhere):
    rig, mine, opened, _ = renamed_everywhere
    step = mine.operations.latest("pk")
    assert step.answer["said"] == "Renamed Camera A to Camera B in 3 records"
    assert undo(client, mine, step.op).status_code == 303
    rig.refresh_from_db()
    assert (rig.data, devices(mine)) == (rig_document(), ["DAQ", "Camera A"])
    assert not Draft.objects.filter(record=opened).exists()


def submit_mine(rig, mine, opened, submit):
    submit(mine)


def change_the_name_again(rig, mine, opened, submit):
    document = mine.data
    document["data_streams"][0]["active_devices"][1] = "Camera C"
    Draft.objects.filter(pk=mine.pk).update(document=json.dumps(document), version=mine.version + 9)


def save_what_was_opened(rig, mine, opened, submit):
    Draft.objects.filter(record=opened).update(version=2)


def discard_what_was_opened(rig, mine, opened, submit):
    Draft.objects.filter(record=opened).delete()


@pytest.mark.parametrize(
    ("moved_on", "key"),
    [
        (submit_mine, "2026-03-01"),
        (change_the_name_again, "2026-03-01"),
        (save_what_was_opened, "2026-04-01"),
        (discard_what_was_opened, "2026-04-01"),
    ],
)
def test_where_a_draft_has_moved_on_nothing_is_undone_and_it_is_named(
    client, renamed_everywhere, submit, moved_on, key
):
    rig, mine, opened, op = renamed_everywhere
    mine.refresh_from_db()
    moved_on(rig, mine, opened, submit)
    before = state()
    answer = undo(client, rig, op)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert key in text
    assert "othing was undone" in text
    assert state() == before


def test_what_was_typed_elsewhere_in_the_drafts_stays(client, renamed_everywhere, replace):
    rig, mine, _, op = renamed_everywhere
    mine.refresh_from_db()
    replace(mine, mine.data | {"notes": "typed since"})
    assert undo(client, rig, op).status_code == 303
    mine.refresh_from_db()
    assert (devices(mine), mine.data["notes"]) == (["DAQ", "Camera A"], "typed since")


def test_the_page_after_a_rename_offers_to_undo_it(client, rig, make_draft, surgeon):
    session = make_draft(session_document("RIG-1"), kind="acquisition", key="730945_2026-03-01_10-00-00")
    seen = mentions_of(rig, AT, "Camera A", surgeon).digest
    form = {"at": AT, "old": "Camera A", "seen": seen, "name": "Camera B", "reason": WHY}
    address = reverse("entries:device-rename", args=[rig.record_id])
    answer = client.post(address, form | {"record": [str(session.record_id)]})
    assert "Renamed Camera A to Camera B in 2 records" in client.get(answer.url).content.decode()
