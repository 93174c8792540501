"""What was typed and could not be saved stays, and stands where its writer says so."""

from __future__ import annotations

from html import unescape
from uuid import uuid4

import pytest
from django.http import QueryDict

from metadata_portal.accounts.carrying import PERSON
from metadata_portal.entries.models import Draft
from metadata_portal.entries.stale import typed_only
from tests.forms import forms
from tests.metadata_portal.entries.documents import procedures, surgery
from tests.metadata_portal.entries.pages import SURGERY, node_form, post_node, stored, url

STANDS = "stands:"


def offered(answer, record):
    """The form that offers what was typed."""
    text = answer.content.decode()
    return next(form for form in forms(text) if form.action == url("record-edit", record))


def stands(form, path_end: str) -> str:
    """The name of the choice about this field."""
    return next(name for name, _ in form.fields if name.startswith(STANDS) and name.endswith(path_end))


def kept_post(client, record, form, **data):
    return client.post(url("record-kept", record), form.data(**data))


def typed(form, **changes):
    """What a browser keeps of a form: its fields with these typed in, without the press of a button."""
    return {form.paths[f"{SURGERY}.{name}"]: text for name, text in changes.items()}


def test_each_field_that_two_tabs_changed_is_chosen_by_itself_and_others_are_saved_along(client, make_draft, surgeon):
    record = make_draft().record
    old = node_form(client, record)
    post_node(client, record, {"notes": "theirs", "workstation_id": "SWS 1"})
    mine = {"notes": "mine", "workstation_id": "SWS 2", "ethics_review_id": "777"}
    answer = post_node(client, record, mine, form=old)
    assert answer.status_code == 409
    form = offered(answer, record)
    assert len([name for name, _ in form.fields if name.startswith(STANDS)]) == 2
    choice = {stands(form, "notes"): "theirs", stands(form, "workstation_id"): "mine"}
    assert client.post(form.action, form.data(do="save", **choice)).status_code == 303
    (saved,) = stored(record, surgeon)["subject_procedures"]
    assert (saved["notes"], saved["workstation_id"], saved["ethics_review_id"]) == ("theirs", "SWS 2", "777")


def test_a_third_change_while_somebody_chooses_asks_again(client, make_draft, surgeon):
    record = make_draft().record
    old = node_form(client, record)
    post_node(client, record, {"notes": "second"})
    form = offered(post_node(client, record, {"notes": "first"}, form=old), record)
    post_node(client, record, {"notes": "third"})
    again = client.post(form.action, form.data(do="save"))
    assert again.status_code == 409
    assert "third" in again.content.decode()
    form = offered(again, record)
    assert client.post(form.action, form.data(do="save")).status_code == 303
    assert stored(record, surgeon)["subject_procedures"][0]["notes"] == "first"


def test_names_that_give_way_are_left_out_as_a_whole():
    post = QueryDict(
        f"{PERSON}=3&typed_at=now&op=1&n-notes=mine&n-names-0=Bea&n-names-1=Cleo&n-names-0-x=stays"
        "&stands%3An-names=theirs&stands%3An-notes=mine"
    )
    assert typed_only(post).dict() == {"op": "1", "n-notes": "mine", "n-names-0-x": "stays"}


def test_what_was_typed_into_an_item_that_was_removed_is_shown(client, make_draft):
    record = make_draft().record
    old = node_form(client, record)
    client.post(url("record-edit", record), node_form(client, record).data(do="remove"))
    answer = post_node(client, record, {"notes": "into the void"}, form=old)
    assert answer.status_code == 409
    assert "into the void" in answer.content.decode()


def test_what_a_browser_kept_is_shown_beside_the_draft_and_changes_nothing(client, make_draft, surgeon):
    record = make_draft().record
    form = node_form(client, record)
    version = Draft.objects.get().version
    answer = kept_post(client, record, form, typed_at="today 14:32 <b>", **typed(form, notes="kept <i>"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Typed today 14:32 &lt;b&gt; and not saved" in text
    assert "kept &lt;i&gt;" in text
    assert Draft.objects.get().version == version
    again = offered(answer, record)
    assert client.post(again.action, again.data(do="save")).status_code == 303
    assert stored(record, surgeon)["subject_procedures"][0]["notes"] == "kept <i>"


def test_what_the_draft_has_already_is_not_offered(client, make_draft):
    record = make_draft().record
    form = node_form(client, record)
    assert kept_post(client, record, form).status_code == 204
    post_node(client, record, {"notes": "saved"}, form=form)
    same = typed(form, notes="saved")
    assert kept_post(client, record, form, **same).status_code == 204
    post_node(client, record, {"notes": "changed since"})
    assert kept_post(client, record, form, op=str(uuid4()), **same).status_code == 200
    assert kept_post(client, record, form, **same).status_code == 204, "its operation arrived"


def test_what_was_kept_of_a_place_that_is_gone_is_refused_so_that_the_page_shows_it_plainly(client, make_draft):
    record = make_draft(procedures(surgery())).record
    form = node_form(client, record)
    client.post(url("record-edit", record), node_form(client, record).data(do="remove"))
    assert kept_post(client, record, form, **typed(form, notes="kept")).status_code == 409
    assert kept_post(client, record, form, node="", **typed(form, notes="kept")).status_code == 422


@pytest.mark.parametrize("op", ["", "1", "not a uuid", "\u0661"])
def test_what_was_kept_without_an_operation_is_compared_all_the_same(client, make_draft, op):
    record = make_draft().record
    form = node_form(client, record)
    answer = kept_post(client, record, form, op=op, **typed(form, notes="kept"))
    assert answer.status_code == 200
    assert "kept" in unescape(answer.content.decode())
