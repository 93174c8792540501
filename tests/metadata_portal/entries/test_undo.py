"""Undo on the page of a draft: offered after each step, back to twenty steps, refused where the place changed."""

from uuid import uuid4

from metadata_portal.entries.models import Draft, DraftOperation
from metadata_portal.entries.services.undoing import STEPS
from tests.forms import forms
from tests.metadata_portal.entries.documents import procedures, surgery
from tests.metadata_portal.entries.pages import SURGERY, post_node, stored, url

LIST = "subject_procedures"


def act(client, record, word, at=SURGERY, op=None):
    """Press a button."""
    return client.post(url("record-edit", record), {"at": at, "do": word, "op": op or uuid4()})


def undo_form(page):
    """What the Undo button would post; None where none is offered."""
    for form in forms(page.content.decode()):
        word = next((word for _, word in form.buttons if word.startswith("undo:")), None)
        if word:
            return form.data(do=word)
    return None


def press_undo(client, record, page):
    return client.post(url("record-edit", record), undo_form(page))


def test_after_a_removal_the_page_says_so_and_its_button_brings_the_item_back(client, make_draft, surgeon):
    draft = make_draft(procedures(surgery(notes="first"), surgery(notes="second")))
    before = (draft.document, draft.item_ids)
    page = client.get(act(client, draft.record, "remove")["Location"])
    assert "Removed Surgery 1 (" in page.content.decode()
    answer = press_undo(client, draft.record, page)
    draft.refresh_from_db()
    assert (draft.document, draft.item_ids) == before
    assert answer["Location"].startswith(f"{url('record-edit', draft.record)}?at={SURGERY}&did=")
    assert "Undone: Removed Surgery 1 (" in client.get(answer["Location"]).content.decode()


def test_steps_are_undone_one_after_the_other_and_the_page_offers_the_one_before(client, make_draft):
    draft = make_draft(procedures(surgery()))
    seen = [draft.document]
    for word in ("duplicate", "duplicate", "down", "remove"):
        answer = act(client, draft.record, word)
        draft.refresh_from_db()
        seen.append(draft.document)
    for before in reversed(seen[:-1]):
        answer = press_undo(client, draft.record, client.get(answer["Location"]))
        draft.refresh_from_db()
        assert draft.document == before
    page = client.get(answer["Location"])
    assert undo_form(page) is None
    assert "Undone: Duplicated Surgery 1" in page.content.decode()


def test_a_page_that_nothing_was_done_on_offers_no_undo_until_it_is_asked_for(client, make_draft):
    record = make_draft().record
    act(client, record, "duplicate")
    assert undo_form(client.get(url("record-edit", record, at=SURGERY))) is None
    asked = client.get(url("record-edit", record, at=SURGERY, undo=""))
    assert undo_form(asked) is not None
    assert "Duplicated Surgery 1" in asked.content.decode()


def test_undo_is_refused_with_409_where_the_place_changed_and_changes_nothing(client, make_draft, surgeon):
    record = make_draft(procedures(surgery(), surgery())).record
    page = client.get(act(client, record, "remove")["Location"])
    act(client, record, "add:Surgery", at=LIST)
    before = stored(record, surgeon)
    answer = press_undo(client, record, page)
    assert answer.status_code == 409
    assert "Not undone. Other entries were added, moved or removed here meanwhile" in answer.content.decode()
    assert stored(record, surgeon) == before


def test_a_copy_that_was_filled_in_is_not_taken_away(client, make_draft, surgeon):
    record = make_draft().record
    page = client.get(act(client, record, "duplicate")["Location"])
    post_node(client, record, {"notes": "typed into the copy"}, at=f"{LIST}.1")
    answer = press_undo(client, record, page)
    assert (answer.status_code, stored(record, surgeon)[LIST][1]["notes"]) == (409, "typed into the copy")


def test_pressing_undo_twice_undoes_once(client, make_draft, surgeon):
    record = make_draft().record
    act(client, record, "duplicate")
    page = client.get(act(client, record, "duplicate")["Location"])
    data = undo_form(page)
    first, again = (client.post(url("record-edit", record), data) for _ in range(2))
    assert (first.status_code, again.status_code, again["Location"]) == (303, 303, first["Location"])
    other = client.post(url("record-edit", record), {**data, "op": uuid4()})
    assert (other.status_code, len(stored(record, surgeon)[LIST])) == (409, 2)


def test_a_made_up_step_is_refused(client, make_draft):
    record = make_draft().record
    for word in ("undo:", "undo:x", f"undo:{uuid4()}"):
        assert act(client, record, word).status_code == 409


def test_another_persons_step_cannot_be_named(client, make_draft, make_user, surgeon):
    colleague = make_user()
    theirs = make_draft(key="730946", by=colleague)
    mine = make_draft()
    op = DraftOperation.objects.create(draft=theirs, op=uuid4(), body="", answer={"undo": [], "said": "x"}).op
    assert act(client, mine.record, f"undo:{op}").status_code == 409


def test_twenty_steps_are_kept(client, make_draft):
    record = make_draft().record
    for _ in range(STEPS + 3):
        act(client, record, "duplicate")
    kept = DraftOperation.objects.filter(draft__record=record, answer__has_key="undo")
    assert (kept.count(), STEPS) == (20, 20)
    assert kept.order_by("pk").first().pk == DraftOperation.objects.order_by("pk")[3].pk


def test_a_save_is_no_step(client, make_draft):
    record = make_draft().record
    answer = post_node(client, record, {"notes": "typed"})
    assert "did=" not in answer["Location"]
    assert undo_form(client.get(url("record-edit", record, undo=""))) is None


def test_undone_steps_leave_a_draft_that_is_judged_anew(client, make_draft):
    draft = make_draft(procedures(surgery()))
    blocking = draft.blocking_count
    answer = act(client, draft.record, "add:Surgery", at=LIST)
    draft.refresh_from_db()
    assert draft.blocking_count > blocking
    press_undo(client, draft.record, client.get(answer["Location"]))
    assert Draft.objects.get(pk=draft.pk).blocking_count == blocking
