"""A draft as JSON text: problems at their lines, saving what was typed, and never losing it."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from metadata_portal.accounts import roles
from metadata_portal.entries.models import Draft
from metadata_portal.entries.services import draft_discard
from tests.forms import forms
from tests.metadata_portal.entries.documents import procedures
from tests.metadata_portal.entries.pages import node_form, post_node, url


def form_of(client, record):
    page = client.get(url("draft-text", record))
    assert page.status_code == 200
    return text_form(page)


def text_form(page):
    return next(form for form in forms(page.content.decode()) if "text" in dict(form.fields))


def typed(page) -> str:
    return dict(text_form(page).fields)["text"].replace("\r\n", "\n")


def save(client, record, text, form=None):
    return client.post(url("draft-text", record), (form or form_of(client, record)).data(text=text))


def test_the_text_says_what_the_draft_says_and_comes_back_unchanged(client, make_draft):
    draft = make_draft()
    form = form_of(client, draft.record)
    assert json.loads(dict(form.fields)["text"]) == draft.data
    answer = client.post(url("draft-text", draft.record), form.data())
    assert (answer.status_code, answer["Location"]) == (303, url("draft-text", draft.record))
    ids = draft.item_ids
    draft.refresh_from_db()
    assert (draft.data, draft.item_ids, draft.version) == (procedures(), ids, 2)


def test_a_problem_stands_at_its_line(client, make_draft):
    document = procedures()
    document["subject_procedures"][0]["start_date"] = "yesterday"
    draft = make_draft(document)
    page = client.get(url("draft-text", draft.record)).content.decode()
    line = json.dumps(document, indent=2).split("\n").index('      "start_date": "yesterday",') + 1
    assert f'data-problem-path="subject_procedures.0.start_date"><p><a href="{url("record-edit", draft.record)}' in page
    assert f"Line {line}, " in page


def test_items_keep_their_ids_when_the_text_changes_around_them(client, make_draft):
    draft = make_draft()
    document = draft.data
    ids = draft.item_ids["subject_procedures"]
    document["subject_procedures"].insert(0, {"object_type": "Surgery", "notes": "new"})
    save(client, draft.record, json.dumps(document))
    draft.refresh_from_db()
    assert draft.item_ids["subject_procedures"][1:] == ids


NO_JSON = {
    "{": "line 1 column 2",
    "": "line 1 column 1",
    "[1]": "JSON object",
    '{"a": NaN}': "a, line 1 column 7",
    '{"a": 1e999}': "a, line 1 column 7",
    '{"a": {"b": 1,\n  "b": 2}}': "a.b, line 2 column 3",
    '{"a": "\\ud800"}': "U+D800",
    '{"\\ud800": 1}': "U+D800",
    '{"a": "\\u0000"}': "U+0000",
    '{"a":\n "x\x00"}': "Line 2 column 4",
    '{"a": "\u202e"}': "U+202E",
    '{"a": "\ufeff"\ufeff}': "line 1",
    "[" * 5000: "nested",
    '{"a":' * 60 + "1" + "}" * 60: "nested",
    json.dumps({str(n): n for n in range(25_000)}): "values",
}


@pytest.mark.parametrize("text", NO_JSON, ids=lambda text: repr(text[:20]))
def test_what_cannot_be_read_is_told_by_line_and_stays_on_the_page(client, make_draft, text):
    draft = make_draft()
    answer = save(client, draft.record, text)
    assert answer.status_code == (413 if NO_JSON[text] == "values" else 422)
    page = answer.content.decode()
    assert NO_JSON[text] in page
    assert typed(answer).rstrip("\n") == text.replace("\x00", "\x00")
    draft.refresh_from_db()
    assert (draft.data, draft.version) == (procedures(), 1)


def test_a_form_saved_meanwhile_is_not_overwritten_and_both_are_shown(client, make_draft):
    draft = make_draft()
    form = form_of(client, draft.record)
    post_node(client, draft.record, {"notes": "from the form"}, form=node_form(client, draft.record))
    document = procedures()
    document["notes"] = "from the text"
    answer = client.post(url("draft-text", draft.record), form.data(text=json.dumps(document, indent=2)))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "from the form" in page
    assert json.loads(typed(answer))["notes"] == "from the text"
    draft.refresh_from_db()
    assert draft.data["subject_procedures"][0]["notes"] == "from the form"
    again = client.post(url("draft-text", draft.record), text_form(answer).data())
    assert again.status_code == 303
    draft.refresh_from_db()
    assert draft.data == document


def test_the_same_save_twice_is_one(client, make_draft):
    draft = make_draft()
    form = form_of(client, draft.record)
    for _ in range(2):
        assert client.post(url("draft-text", draft.record), form.data(text='{"notes": "x"}')).status_code == 303
    draft.refresh_from_db()
    assert draft.version == 2


def test_what_was_typed_stays_when_the_draft_is_gone(client, make_draft, surgeon, submitted):
    draft = make_draft(key="730946", document=procedures() | {"subject_id": "730946"})
    form = form_of(client, draft.record)
    address = url("draft-text", draft.record)
    draft_discard(draft=draft, by=surgeon)
    for place, status in ((url("draft-text", submitted), 409), (address, 404)):
        answer = client.post(place, form.data(text="typed in vain \x07"))
        assert answer.status_code == status
        assert "typed in vain" in answer.content.decode()


@pytest.mark.parametrize("data", [{}, {"text": "{}"}, {"text": "{}", "op": "x"}, {"text": "{}", "version": "-1"}])
def test_a_forged_form_is_refused(client, make_draft, data):
    draft = make_draft()
    sent = {"op": str(uuid4()), **data} if "version" in data else data
    assert client.post(url("draft-text", draft.record), sent).status_code in {400, 428}


def test_a_long_text_shows_what_is_around_its_problems(client, make_draft):
    document = procedures() | {"notes": None, "extra": {str(n): n for n in range(3000)}}
    page = client.get(url("draft-text", make_draft(document).record)).content.decode()
    assert 'data-problem-path="extra"' in page
    assert 'id="L2000"' not in page


def test_a_draft_is_its_editors_alone(client_for, make_draft, make_user, other_surgeon):
    draft = make_draft()
    for who, status in ((make_user(roles.SURGEON), 404), (other_surgeon, 404), (make_user(roles.DATA_USER), 403)):
        browser = client_for(who)
        assert browser.get(url("draft-text", draft.record)).status_code == status
        assert browser.post(url("draft-text", draft.record), {}).status_code == status
    assert Draft.objects.get().version == 1


def test_a_body_of_more_than_ten_megabytes_is_not_read(client, make_draft):
    draft = make_draft()
    answer = save(client, draft.record, "x" * 10_000_000)
    assert answer.status_code == 413
