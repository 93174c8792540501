"""The pages of records as people and hostile senders meet them."""

import json
from uuid import uuid4

import pytest

from metadata_portal.accounts import roles
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.entries.services import draft_open, record_submit, revision_withdraw
from metadata_portal.registries.services import term_add
from tests.forms import forms
from tests.metadata_portal.entries.documents import STRAIN, procedures, subject, surgery
from tests.metadata_portal.entries.pages import SURGERY, node_form, post_node, stored, url


def test_a_new_record_is_asked_for_its_key_and_opens_its_form(client, project):
    page = client.get("/records/procedures/new/?key=730945")
    form = next(form for form in forms(page.content.decode()) if form.method == "post" and form.action == "")
    assert dict(form.fields)["key"] == "730945"
    answer = client.post("/records/procedures/new/", form.data())
    record = Record.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, url("record-edit", record))
    again = client.post("/records/procedures/new/", form.data())
    assert (again["Location"], Record.objects.count(), Draft.objects.count()) == (answer["Location"], 1, 1)


@pytest.mark.parametrize("key", ["a/b", "a_b", "a\u202eb", "", "x" * 300])
def test_a_bad_key_is_shown_beside_its_field(client, project, key):
    answer = client.post("/records/subject/new/", {"key": key, "project": project.pk})
    assert answer.status_code == 422
    assert not Record.objects.exists()


def test_a_foreign_project_cannot_be_chosen(client, make_project):
    answer = client.post("/records/subject/new/", {"key": "1", "project": make_project().pk})
    assert (answer.status_code, Record.objects.count()) == (422, 0)


def test_a_node_saved_without_javascript_is_in_the_draft_and_leads_back_to_it(client, make_draft, surgeon):
    record = make_draft().record
    answer = post_node(client, record, {"notes": "First line\r\nsecond line", "animal_weight_prior": "22.5"})
    assert answer.status_code == 303
    assert answer["Location"].startswith(url("record-edit", record))
    (saved,) = stored(record, surgeon)["subject_procedures"]
    assert (saved["notes"], saved["animal_weight_prior"]) == ("First line\nsecond line", 22.5)


def test_a_node_saved_by_htmx_answers_with_updates_only(client, make_draft, surgeon):
    record = make_draft().record
    answer = post_node(client, record, {"start_date": "tomorrow"}, **{"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in text
    assert f'data-problem-path="{SURGERY}.start_date"' in text or f"{SURGERY}.start_date" in text
    assert 'id="draft-state"' in text
    assert stored(record, surgeon)["subject_procedures"][0]["start_date"] == "tomorrow"


def test_the_same_post_twice_is_saved_once_and_answered_alike(client, make_draft, surgeon):
    record = make_draft().record
    form = node_form(client, record)
    first, second = (post_node(client, record, {"notes": "once"}, form=form) for _ in range(2))
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert Draft.objects.get().version == 2
    third = post_node(client, record, {"notes": "other"}, form=form)
    assert (third.status_code, stored(record, surgeon)["subject_procedures"][0]["notes"]) == (422, "once")


def test_a_save_without_operation_or_digest_is_refused(client, make_draft):
    record = make_draft().record
    form = node_form(client, record)
    for name in ("op", "digest"):
        data = form.data(do="save")
        del data[name]
        assert client.post(url("record-edit", record), data).status_code == 428
    assert client.post(url("record-edit", record), form.data(op="1")).status_code == 400


def test_a_stale_field_is_shown_with_both_texts_and_what_was_typed_can_still_be_saved(client, make_draft, surgeon):
    record = make_draft().record
    old = node_form(client, record)
    post_node(client, record, {"notes": "from the other tab", "workstation_id": "SWS 3"})
    answer = post_node(client, record, {"notes": "typed here", "ethics_review_id": "777"}, form=old)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "typed here" in text
    assert "from the other tab" in text
    assert stored(record, surgeon)["subject_procedures"][0]["notes"] == "from the other tab"
    again = next(form for form in forms(text) if form.action == url("record-edit", record))
    assert client.post(again.action, again.data(do="save")).status_code == 303
    (saved,) = stored(record, surgeon)["subject_procedures"]
    assert (saved["notes"], saved["ethics_review_id"], saved["workstation_id"]) == ("typed here", "777", "SWS 3")


def test_two_tabs_changing_different_fields_of_one_node_are_both_kept(client, make_draft, surgeon):
    record = make_draft().record
    old = node_form(client, record)
    post_node(client, record, {"workstation_id": "SWS 3"})
    assert post_node(client, record, {"notes": "typed here"}, form=old).status_code == 303
    (saved,) = stored(record, surgeon)["subject_procedures"]
    assert (saved["notes"], saved["workstation_id"]) == ("typed here", "SWS 3")


def test_submitting_shows_what_blocks_with_links_to_the_fields(client, make_draft):
    record = make_draft(procedures(surgery("2999-01-01"))).record
    page = client.get(url("record-submit", record)).content.decode()
    assert f'data-problem-path="{SURGERY}.start_date"' in page
    assert f"?at={SURGERY}.start_date" in page
    data = {"op": str(uuid4()), "version": Draft.objects.get().version, "reason": ""}
    assert client.post(url("record-submit", record), data).status_code == 422
    assert not Revision.objects.exists()


def test_submitting_asks_for_version_and_operation(client, make_draft):
    record = make_draft().record
    version = Draft.objects.get().version
    for data, status in (
        ({"op": str(uuid4())}, 428),
        ({"version": version}, 428),
        ({"op": str(uuid4()), "version": "x"}, 400),
        ({"op": "x", "version": version}, 400),
        ({"op": str(uuid4()), "version": version + 1}, 409),
    ):
        assert client.post(url("record-submit", record), data).status_code == status
    assert not Revision.objects.exists()


def test_the_submit_form_sent_twice_makes_one_revision_and_answers_alike(client, make_draft):
    record = make_draft().record
    page = client.get(url("record-submit", record)).content.decode()
    form = next(form for form in forms(page) if dict(form.fields).get("op"))
    answers = [client.post(url("record-submit", record), form.data()) for _ in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(303, url("record-detail", record))] * 2
    assert Revision.objects.count() == 1
    assert "Submitted" in client.get(url("record-detail", record)).content.decode()


def test_a_correction_without_a_reason_keeps_the_page_and_asks(client, submitted, surgeon, reopen, replace):
    draft = reopen(submitted, surgeon)
    replace(draft, procedures(notes="more"))
    data = {"op": str(uuid4()), "version": draft.version, "reason": " "}
    answer = client.post(url("record-submit", submitted), data)
    assert answer.status_code == 422
    assert "Say what is corrected" in answer.content.decode()


def test_a_conflict_is_shown_field_by_field_and_each_choice_stands(
    client, submitted, surgeon, make_user, reopen, replace
):
    mine, theirs = reopen(submitted, surgeon), reopen(submitted, make_user())
    replace(theirs, procedures(surgery(notes="theirs", workstation_id="SWS 3")))
    record_submit(draft=theirs, by=theirs.editor, reason="Notes")
    replace(mine, procedures(surgery(notes="mine", ethics_review_id="777")))
    data = {"op": str(uuid4()), "version": mine.version, "reason": "Mine"}
    answer = client.post(url("record-submit", submitted), data)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "theirs" in text
    assert "mine" in text
    form = next(form for form in forms(text) if form.action == url("record-merge", submitted))
    assert client.post(form.action, form.data()).status_code == 409
    name = text.split('data-conflict="')[1].split('"')[0]
    assert client.post(form.action, form.data(**{name: "mine"})).status_code == 303
    (saved,) = stored(submitted, surgeon)["subject_procedures"]
    assert (saved["notes"], saved["ethics_review_id"], saved["workstation_id"]) == ("mine", "777", "SWS 3")


def test_a_withdrawal_needs_a_reason_and_is_shown(client, submitted):
    page = client.get(url("record-withdraw", submitted)).content.decode()
    form = next(form for form in forms(page) if dict(form.fields).get("version"))
    assert client.post(url("record-withdraw", submitted), form.data()).status_code == 422
    assert client.post(url("record-withdraw", submitted), form.data(reason="Wrong animal")).status_code == 303
    assert client.post(url("record-withdraw", submitted), form.data(reason="Again")).status_code == 409
    for name in ("record-detail", "record-history"):
        assert "Wrong animal" in client.get(url(name, submitted)).content.decode()


def test_a_draft_is_discarded_after_asking_unless_it_was_saved_since(client, make_draft, replace):
    draft = make_draft()
    page = client.get(url("record-discard", draft.record)).content.decode()
    form = next(form for form in forms(page) if dict(form.fields).get("version"))
    replace(draft, procedures(notes="typed since"))
    assert client.post(url("record-discard", draft.record), form.data()).status_code == 409
    assert client.post(url("record-discard", draft.record), form.data(version=str(draft.version))).status_code == 303
    assert not Draft.objects.exists()


def test_downloads_are_the_exact_bytes(client, submitted, surgeon, reopen):
    revision = submitted.last_revision()
    draft = reopen(submitted, surgeon)
    for address, text in (
        (url("record-json", submitted), revision.document),
        (url("revision-json", submitted, 1), revision.document),
        (url("draft-json", submitted), draft.document),
    ):
        answer = client.get(address)
        assert answer.content.decode() == text
        assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert client.get(url("revision-json", submitted, 2)).status_code == 404


def test_the_record_is_read_with_titles_units_and_no_empty_fields(client, make_draft, surgeon):
    document = procedures(surgery(animal_weight_prior=22.5, weight_unit="gram"))
    record = record_submit(draft=make_draft(document), by=surgeon).record
    text = client.get(url("record-detail", record)).content.decode()
    assert "22.5 gram" in text
    assert "Perfusion" in text
    assert "weight_unit" not in text
    assert "None" not in text


def test_procedures_without_a_subject_offer_to_make_it(client, submitted, make_draft, surgeon):
    link = f"/records/subject/new/?key=730945&amp;project={submitted.project_id}"
    assert link in client.get(url("record-detail", submitted)).content.decode()
    record_submit(draft=make_draft(subject(), kind="subject"), by=surgeon)
    assert link not in client.get(url("record-detail", submitted)).content.decode()


def test_the_list_is_narrowed_by_kind_state_search_and_mine(client, submitted, make_draft, make_user, surgeon):
    make_draft(subject(), kind="subject")
    colleague = make_user()
    record_submit(draft=make_draft(procedures(subject_id="9"), key="9", by=colleague), by=colleague)

    def keys(**query):
        return sorted(
            (record.kind, record.key) for record in client.get("/records/", query).context["page"].object_list
        )

    assert keys() == [("procedures", "730945"), ("procedures", "9"), ("subject", "730945")]
    assert keys(kind="subject") == [("subject", "730945")]
    assert keys(state="draft") == [("subject", "730945")]
    assert keys(q="73") == [("procedures", "730945"), ("subject", "730945")]
    assert keys(mine="on") == [("procedures", "730945"), ("subject", "730945")]
    assert keys(kind="nonsense", state="?", page="-1") == keys()
    assert keys(q="zzz") == []
    revision_withdraw(record=submitted, reason="x", by=surgeon)
    assert keys(state="withdrawn") == [("procedures", "730945")]


def test_the_list_asks_the_same_few_queries_for_one_and_for_many(
    client, make_draft, surgeon, django_assert_max_num_queries
):
    for number in range(30):
        record_submit(draft=make_draft(procedures(subject_id=str(number)), key=str(number)), by=surgeon)
    with django_assert_max_num_queries(10) as asked:
        client.get("/records/")
    assert not any('"document"' in query["sql"] for query in asked.captured_queries)


def test_another_persons_draft_and_a_foreign_project_are_not_there(
    client_for, make_draft, make_user, other_surgeon, administrator, surgeon
):
    record = make_draft(procedures(notes="SECRET-NOTE")).record
    for user in (make_user(), other_surgeon, administrator):
        client = client_for(user)
        for name in ("record-edit", "record-submit", "record-discard", "draft-json", "record-merge", "record-detail"):
            answer = client.get(url(name, record))
            assert (answer.status_code, b"SECRET" in answer.content) == (404, False)
        assert client.post(url("record-edit", record), {"op": str(uuid4()), "digest": ""}).status_code == 404
        assert client.post(url("record-discard", record), {"version": 1}).status_code == 404
        assert b"730945" not in client.get("/records/").content
    assert Draft.objects.filter(record=record, editor=surgeon).exists()


def test_readers_see_what_was_submitted_and_no_draft(client_for, submitted, surgeon, make_user):
    for role in (roles.DATA_USER, roles.REGISTRY_MANAGER):
        client = client_for(role)
        assert client.get(url("record-detail", submitted)).status_code == 200
        for name in ("record-edit", "record-submit", "record-discard", "draft-json", "record-merge", "record-withdraw"):
            assert client.get(url(name, submitted)).status_code == 403
        assert client.post(url("draft-start", submitted)).status_code == 403
    assert Draft.objects.count() == 0


def test_a_page_without_a_draft_offers_one_and_makes_none(client, submitted):
    page = client.get(url("record-edit", submitted))
    assert (page.status_code, Draft.objects.count()) == (200, 0)
    assert client.post(url("draft-start", submitted)).status_code == 303
    assert Draft.objects.count() == 1


def test_every_write_needs_the_forgery_token(client_for, submitted, surgeon):
    draft_open(record=submitted, by=surgeon)
    client = client_for(surgeon, enforce_csrf_checks=True)
    for name in ("record-edit", "draft-start", "record-discard", "record-submit", "record-merge", "record-withdraw"):
        for headers in ({}, {"HX-Request": "true"}):
            assert (
                client.post(url(name, submitted), {"version": 1, "op": str(uuid4())}, headers=headers).status_code
                == 403
            )
    assert client.post("/records/subject/new/", {"key": "1"}).status_code == 403
    assert (Draft.objects.count(), Revision.objects.count(), Record.objects.count()) == (1, 1, 1)


def test_reading_changes_nothing(client, submitted, surgeon, reopen):
    draft = reopen(submitted, surgeon)
    for name in ("record-edit", "record-submit", "record-discard", "record-merge", "record-withdraw", "record-print"):
        for method in (client.get, client.head):
            assert method(url(name, submitted)).status_code in {200, 303}
    draft.refresh_from_db()
    assert (draft.version, Revision.objects.count()) == (1, 1)


def test_a_draft_that_holds_anything_at_all_still_opens(client, make_draft, replace):
    draft = make_draft()
    odd = [
        {"subject_id": 7, "subject_procedures": {"0": "x"}, "extra": [[[None]]]},
        {"subject_id": None, "subject_procedures": [None, 7, "text", [], {"object_type": "Nope"}, {"object_type": 7}]},
        {
            "subject_procedures": [
                surgery(procedures="x", anaesthesia=[1], coordinate_system=7, measured_coordinates=[])
            ]
        },
        {
            "subject_procedures": [
                surgery(procedures=[{"object_type": "Brain injection", "coordinates": [[{}], "x", [7]]}])
            ]
        },
    ]
    for document in odd:
        replace(draft, document)
        for at in ("", "subject_procedures", SURGERY, f"{SURGERY}.procedures.0"):
            answer = client.get(url("record-edit", draft.record, at=at))
            assert answer.status_code in {200, 404}, (document, at)
        assert client.get(url("record-submit", draft.record)).status_code == 200
        assert json.loads(client.get(url("draft-json", draft.record)).content) == document


def test_a_record_is_renamed_with_a_reason_and_its_draft_then_says_what_is_wrong(client, make_draft, surgeon):
    draft = make_draft()
    address = url("record-rename", draft.record)
    for data in ({"key": "730946"}, {"key": "a/b", "reason": "x"}, {"key": "a_b", "reason": "x"}):
        assert client.post(address, data).status_code == 422
    make_draft(procedures(subject_id="1"), key="1")
    assert client.post(address, {"key": "1", "reason": "x"}).status_code == 409
    assert client.post(address, {"key": "730946", "reason": "Mixed up"}).status_code == 303
    assert Record.objects.get(pk=draft.record_id).key == "730946"
    page = client.get(url("record-submit", draft.record)).content.decode()
    assert 'data-problem-path="subject_id"' in page


def test_going_to_submit_takes_along_what_is_typed(client, make_draft, surgeon):
    record = make_draft().record
    form = node_form(client, record)
    assert ("next", "submit") in form.buttons
    data = form.data(**{form.paths[f"{SURGERY}.notes"]: "just typed"}, next="submit")
    answer = client.post(url("record-edit", record), data)
    assert (answer.status_code, answer["Location"]) == (303, url("record-submit", record))
    assert stored(record, surgeon)["subject_procedures"][0]["notes"] == "just typed"


def test_a_reason_that_is_too_long_is_refused_and_not_cut(client, submitted):
    answer = client.post(url("record-withdraw", submitted), {"reason": "x" * 2001, "version": 1})
    assert answer.status_code == 422
    assert submitted.current_revision() is not None


def test_a_term_of_the_lab_is_accepted_and_flagged(client, make_draft, administrator):
    strain = {**STRAIN, "name": "FVB/NJ", "registry": None, "registry_identifier": None}
    record = make_draft(subject(strain=strain), kind="subject").record
    data = {"op": str(uuid4()), "version": 1}
    assert client.post(url("record-submit", record), data).status_code == 422
    term_add(vocabulary="strains", data={"name": "FVB/NJ", "species": "Mus musculus"}, by=administrator)
    data["op"] = str(uuid4())
    assert client.post(url("record-submit", record), data).status_code == 303
    revision = record.last_revision()
    assert (revision.stock_valid, revision.local_terms) == (
        False,
        [["subject_details.strain", "strains", "FVB/NJ"]],
    )
    page = client.get(url("record-detail", record)).content.decode()
    assert "Uses terms of this lab" in page
    assert "FVB/NJ" in page


def test_a_data_description_is_begun_from_the_name_of_its_asset(client, project, surgeon):
    name = "730945_2026-07-01_09-30-00"
    answer = client.post("/records/data_description/new/", {"key": name, "project": project.pk})
    record = Record.objects.get()
    assert answer["Location"] == url("record-edit", record)
    assert (record.key, record.subject_id) == (name, "730945")
    draft = Draft.objects.get()
    assert draft.data["name"] == name
    assert {problem["path"] for problem in draft.problems if problem["severity"] == "error"} == set()
    assert client.get(answer["Location"]).status_code == 200
