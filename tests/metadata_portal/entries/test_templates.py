"""Templates and copies: structure without what happened once, unconfirmed until somebody looked at it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from metadata_portal.entries import provenance
from metadata_portal.entries.brought import source
from metadata_portal.entries.errors import Unconfirmed
from metadata_portal.entries.marked import groups_of
from metadata_portal.entries.models import Draft, Record, Template
from metadata_portal.entries.services import (
    draft_open,
    draft_rebase,
    draft_save,
    record_import,
    record_submit,
    template_create,
)
from metadata_portal.errors import FormError
from metadata_portal.schemaforms.origins import Origin, Origins
from schema_core.components.coordinates import CoordinateSystemLibrary
from tests.forms import forms
from tests.metadata_portal.entries.documents import procedures, surgery
from tests.metadata_portal.entries.pages import node_form, post_node, stored, url

BREGMA = CoordinateSystemLibrary.BREGMA_ARI.model_dump(mode="json")
INJECTION = {
    "object_type": "Brain injection",
    "protocol_id": "dx.doi.org/10.1/inject",
    "injection_materials": [
        {
            "object_type": "Viral material",
            "name": "AAV2-Flex-ChR2",
            "titer": 10000000000,
            "titer_unit": "gc/mL",
            "tars_identifiers": {"object_type": "Tars virus identifiers", "virus_tars_id": "AiV222"},
        }
    ],
    "targeted_structure": {
        "atlas": "CCFv3",
        "name": "Primary visual area",
        "acronym": "VISp",
        "id": "385",
    },
    "relative_position": ["Left"],
    "dynamics": [
        {"object_type": "Injection dynamics", "profile": "Bolus", "volume": 200, "volume_unit": "nanoliter"},
    ],
    "coordinate_system_name": "BREGMA_ARI",
    "coordinates": [
        [
            {"object_type": "Translation", "translation": [-3.8, -0.87, 0], "reference_coordinate_system": "global"},
            {
                "object_type": "Rotation",
                "angles": [0, 0, 0],
                "angles_unit": "degrees",
                "axis_order": "xyz",
                "reference_coordinate_system": "local",
                "rotation_direction": "right_hand",
                "pivot": "local",
            },
            {"object_type": "Translation", "translation": [0, 0, 3.3], "reference_coordinate_system": "local"},
        ]
    ],
}


@pytest.fixture
def done(make_draft, surgeon):
    """A procedures record with one revision: a surgery with weights, notes and a perfusion."""
    document = procedures(
        surgery(
            animal_weight_prior=22.6,
            animal_weight_post=22.1,
            weight_unit="gram",
            anaesthesia={
                "object_type": "Anaesthetic",
                "anaesthetic_type": "isoflurane",
                "duration": 180,
                "duration_unit": "minute",
                "level": 1.5,
            },
            notes="bled a little",
        )
    )
    return record_submit(draft=make_draft(document), by=surgeon).record


@pytest.fixture
def template(done, surgeon):
    """A template of the whole record."""
    return template_create(source=source(surgeon, done.pk, "1", ""), name="Perfusion day", about="As usual", by=surgeon)


@pytest.fixture
def begun(client, template, project):
    """A new record from the template."""
    address = reverse("entries:record-new", args=["procedures"])
    client.post(address, {"key": "812345", "project": project.pk, "start": f"template/{template.pk}"})
    return Record.objects.get(key="812345")


def draft_of(record):
    return Draft.objects.select_related("record").get(record=record)


def open_paths(record):
    return list(provenance.marks_of(draft_of(record)).found)


def test_a_template_holds_structure_without_times_weights_doses_people_and_notes(template):
    assert template.data == {
        "object_type": "Procedures",
        "subject_procedures": [
            {
                "object_type": "Surgery",
                "ethics_review_id": "2109",
                "anaesthesia": {"object_type": "Anaesthetic", "anaesthetic_type": "isoflurane"},
                "procedures": [{"object_type": "Perfusion", "protocol_id": "dx.doi.org/10.1/x"}],
            }
        ],
    }


def test_a_record_begun_from_a_template_is_of_its_own_animal_and_wholly_unconfirmed(begun, surgeon):
    assert stored(begun, surgeon)["subject_id"] == "812345"
    assert open_paths(begun) == [
        "subject_procedures.0.ethics_review_id",
        "subject_procedures.0.anaesthesia.anaesthetic_type",
        "subject_procedures.0.procedures.0.protocol_id",
    ]


def test_the_form_says_where_a_value_came_from_and_counts_what_is_to_be_confirmed(client, begun):
    page = client.get(url("record-edit", begun, at="subject_procedures.0")).content.decode()
    assert "From template Perfusion day \N{EN DASH} not confirmed" in page
    assert 'title="3 to confirm"' in page


def test_changing_a_value_confirms_it_and_saving_it_untouched_does_not(client, begun):
    post_node(client, begun, {"animal_weight_prior": "21.4"})
    assert "subject_procedures.0.ethics_review_id" in open_paths(begun)
    post_node(client, begun, {"ethics_review_id": "2110"})
    assert "subject_procedures.0.ethics_review_id" not in open_paths(begun)


def test_the_button_of_a_field_confirms_that_field_alone(client, begun):
    form = node_form(client, begun)
    word = next(word for _, word in form.buttons if word.startswith("confirm:") and word.endswith("ethics_review_id"))
    client.post(url("record-edit", begun), form.data(do=word))
    assert open_paths(begun) == [
        "subject_procedures.0.anaesthesia.anaesthetic_type",
        "subject_procedures.0.procedures.0.protocol_id",
    ]


def test_the_button_of_a_node_confirms_what_its_form_shows_and_nothing_below(client, begun):
    form = node_form(client, begun)
    client.post(url("record-edit", begun), form.data(do="confirm"))
    assert "subject_procedures.0.ethics_review_id" not in open_paths(begun)
    assert "subject_procedures.0.procedures.0.protocol_id" in open_paths(begun)


def test_confirming_keeps_what_was_typed_beside_it(client, begun, surgeon):
    form = node_form(client, begun)
    name = form.paths["subject_procedures.0.notes"]
    client.post(url("record-edit", begun), form.data(**{name: "calm"}, do="confirm"))
    assert stored(begun, surgeon)["subject_procedures"][0]["notes"] == "calm"


@pytest.fixture
def complete(begun, surgeon):
    """The begun record with all that is missing typed in, nothing confirmed."""
    draft = draft_of(begun)
    document = draft.data
    document["subject_procedures"][0] |= {"start_date": "2026-02-01", "experimenters": ["Sam Surgeon"]}
    document["subject_procedures"][0]["anaesthesia"] |= {"duration": 90, "duration_unit": "minute", "level": 1.5}
    document["subject_procedures"][0]["procedures"][0]["output_specimen_ids"] = ["812345"]
    draft_save(draft=draft, by=surgeon, op=uuid4(), document=document, version=draft.version)
    return begun


def test_a_draft_with_unconfirmed_values_is_not_submitted_and_says_how_many(complete, surgeon):
    with pytest.raises(Unconfirmed, match="3 values were copied and not confirmed yet"):
        record_submit(draft=draft_of(complete), by=surgeon)
    assert not complete.revisions.exists()


def test_the_submit_page_refuses_lists_each_part_and_takes_one_part_at_a_time(client, complete):
    draft = draft_of(complete)
    refused = client.post(url("record-submit", complete), {"op": str(uuid4()), "version": draft.version, "reason": ""})
    assert refused.status_code == 422
    page = refused.content.decode()
    groups = [form for form in forms(page) if form.action == url("draft-confirm", complete)]
    assert len(groups) == 2  # the surgery with its anaesthesia, and the perfusion
    client.post(groups[0].action, groups[0].data())
    assert open_paths(complete) == ["subject_procedures.0.procedures.0.protocol_id"]
    stale = client.post(groups[1].action, groups[1].data(), follow=True)
    assert "saved elsewhere meanwhile" in stale.content.decode()
    assert open_paths(complete) == ["subject_procedures.0.procedures.0.protocol_id"]
    page = client.get(url("record-submit", complete)).content.decode()
    last = next(form for form in forms(page) if form.action == url("draft-confirm", complete))
    client.post(last.action, last.data())
    assert open_paths(complete) == []


def test_after_confirming_it_is_submitted_and_the_revision_says_where_each_value_came_from(client, complete, surgeon):
    draft = draft_of(complete)
    origins = provenance.confirmed(provenance.origins_of(draft), [""], surgeon)
    Draft.objects.filter(pk=draft.pk).update(sources=origins.as_json())
    revision = record_submit(draft=draft_of(complete), by=surgeon)
    assert "sources" not in revision.document
    page = client.get(url("revision-sources", complete, 1)).content.decode()
    assert "From template Perfusion day" in page
    assert f"confirmed by {surgeon.username}" in page
    assert "Typed" in page


def test_marks_follow_their_items_through_reordering_and_go_with_removal_and_come_back_with_undo(
    client, begun, surgeon
):
    draft = draft_of(begun)
    document = draft.data
    document["subject_procedures"].append(surgery("2026-03-03"))
    draft_save(draft=draft, by=surgeon, op=uuid4(), document=document, version=draft.version)

    def press(word, at):
        return client.post(url("record-edit", begun), {"at": at, "do": word, "op": str(uuid4())})

    press("down", "subject_procedures.0")
    assert {path.split(".")[1] for path in open_paths(begun)} == {"1"}
    answer = press("remove", "subject_procedures.1")
    assert open_paths(begun) == []
    page = client.get(answer["Location"]).content.decode()
    undo = next(form for form in forms(page) if any(word.startswith("undo:") for _, word in form.buttons))
    word = next(word for _, word in undo.buttons if word.startswith("undo:"))
    client.post(undo.action or url("record-edit", begun), undo.data(do=word))
    assert {path.split(".")[1] for path in open_paths(begun)} == {"1"}
    assert len(open_paths(begun)) == 3


def test_the_values_of_a_duplicated_item_are_unconfirmed_copies(client, make_draft):
    record = make_draft(procedures(surgery(notes="first"))).record
    client.post(url("record-edit", record), {"at": "subject_procedures.0", "do": "duplicate", "op": str(uuid4())})
    assert {path.split(".")[1] for path in open_paths(record)} == {"1"}
    assert "subject_procedures.1.start_date" in open_paths(record)
    page = client.get(url("record-edit", record, at="subject_procedures.1")).content.decode()
    assert "Duplicated from Surgery 1 \N{EN DASH} not confirmed" in page


def test_a_node_template_is_offered_where_its_type_fits_and_comes_in_unconfirmed(client, done, make_draft, surgeon):
    found = source(surgeon, done.pk, "1", "subject_procedures.0.procedures.0")
    template = template_create(source=found, name="Usual perfusion", about="", by=surgeon)
    record = make_draft(procedures(surgery(procedures=[])), key="9001").record
    place = "subject_procedures.0.procedures"
    offers = client.get(url("node-offers", record, at=place))
    assert "Usual perfusion" in offers.content.decode()
    assert "Usual perfusion" not in client.get(url("node-offers", record, at="subject_procedures")).content.decode()
    form = next(form for form in forms(offers.content.decode()) if form.buttons and form.buttons[0][0] == "do")
    client.post(form.action, form.data(do=form.buttons[0][1]))
    assert stored(record, surgeon)["subject_procedures"][0]["procedures"] == [template.data]
    assert open_paths(record) == [f"{place}.0.protocol_id"]


def test_a_template_that_does_not_fit_is_refused_and_nothing_changes(client, template, make_draft, surgeon):
    record = make_draft(key="9002").record
    before = stored(record, surgeon)
    answer = client.post(
        url("record-edit", record),
        {"at": "subject_procedures", "do": f"bring:template/{template.pk}", "op": str(uuid4())},
    )
    assert answer.status_code == 422
    assert stored(record, surgeon) == before


def test_a_node_of_a_revision_is_copied_into_another_draft_of_mine(client, done, make_draft, surgeon):
    target = make_draft(procedures(surgery(procedures=[]), subject_id="9003"), key="9003").record
    page = client.get(url("record-reuse", done, revision=1, at="subject_procedures.0.procedures.0"))
    form = next(form for form in forms(page.content.decode()) if form.action == url("record-edit", target))
    client.post(form.action, form.data(do=form.buttons[0][1]))
    assert stored(target, surgeon)["subject_procedures"][0]["procedures"] == [
        {"object_type": "Perfusion", "protocol_id": "dx.doi.org/10.1/x"}
    ]
    origin = provenance.marks_of(draft_of(target)).found["subject_procedures.0.procedures.0.protocol_id"].origin
    assert origin.where == "Copied from Procedures 730945, revision 1"


def test_repeating_my_last_record_is_offered_first_and_brings_its_structure(client, done, project, surgeon):
    address = reverse("entries:record-new", args=["procedures"])
    page = client.get(address).content.decode()
    assert "Repeat my last one: Procedures 730945" in page
    start = page.split('name="start" value="copy/')[1].split('"')[0]
    client.post(address, {"key": "9100", "project": project.pk, "start": f"copy/{start}"})
    assert stored(Record.objects.get(key="9100"), surgeon)["subject_procedures"][0]["ethics_review_id"] == "2109"


def test_a_record_that_is_there_is_opened_as_it_is(client, template, done, project, surgeon):
    address = reverse("entries:record-new", args=["procedures"])
    data = {"key": "730945", "project": project.pk, "start": f"template/{template.pk}"}
    answer = client.post(address, data, follow=True)
    assert "was not used" in answer.content.decode()
    assert stored(done, surgeon)["subject_procedures"][0]["notes"] == "bled a little"


def test_an_injection_is_copied_with_its_plan_and_without_what_was_given(make_draft, surgeon):
    record = make_draft(procedures(surgery(procedures=[INJECTION]))).record
    copied = source(surgeon, record.pk, "draft", "subject_procedures.0.procedures.0").brought().value
    assert copied["dynamics"] == [{"object_type": "Injection dynamics", "profile": "Bolus"}]
    assert copied["injection_materials"] == [{"object_type": "Viral material", "name": "AAV2-Flex-ChR2"}]
    assert copied["coordinates"][0][0]["translation"] == [-3.8, -0.87, 0]
    assert copied["targeted_structure"] == INJECTION["targeted_structure"]
    assert copied["relative_position"] == ["Left"]


def test_a_name_is_given_once_in_a_project_and_a_template_is_edited_refilled_and_retired(
    client, done, template, surgeon
):
    with pytest.raises(FormError, match="another template"):
        template_create(source=source(surgeon, done.pk, "1", ""), name="Perfusion day", about="", by=surgeon)
    client.post(template.get_absolute_url(), {"name": "Perfusion", "about": "The short one"})
    template.refresh_from_db()
    assert (template.name, template.about) == ("Perfusion", "The short one")
    client.post(
        url("template-new", done), {"revision": "1", "at": "", "replace": str(template.pk), "name": "", "about": ""}
    )
    assert Template.objects.count() == 1
    client.post(reverse("entries:template-retire", args=[template.pk]), {"do": "retire"})
    address = reverse("entries:record-new", args=["procedures"])
    assert "The short one" not in client.get(address).content.decode()


def test_a_colleague_s_revision_keeps_its_origins_and_a_correction_adds_its_own(client, complete, surgeon):
    draft = draft_of(complete)
    origins = provenance.confirmed(provenance.origins_of(draft), [""], surgeon)
    Draft.objects.filter(pk=draft.pk).update(sources=origins.as_json())
    revision = record_submit(draft=draft_of(complete), by=surgeon)
    draft = draft_open(record=complete, by=surgeon)
    post_node(client, complete, {"ethics_review_id": "2111"})
    now = provenance.origins_of(draft_of(complete))
    item = revision.item_ids["subject_procedures"][0]
    assert now.of(f"subject_procedures.{item}.ethics_review_id").kind == "typed"
    assert now.of(f"subject_procedures.{item}.anaesthesia.anaesthetic_type").kind == "template"
    assert draft.base_id == revision.pk


def undo(client, record, answer):
    page = client.get(answer["Location"]).content.decode()
    form = next(form for form in forms(page) if any(word.startswith("undo:") for _, word in form.buttons))
    word = next(word for _, word in form.buttons if word.startswith("undo:"))
    return client.post(form.action or url("record-edit", record), form.data(do=word))


def test_a_part_that_was_taken_away_and_brought_back_is_as_unconfirmed_as_it_was(client, begun):
    before = open_paths(begun)
    node = {"at": "subject_procedures.0.anaesthesia", "do": "remove", "op": str(uuid4())}
    answer = client.post(url("record-edit", begun), node)
    assert open_paths(begun) == [path for path in before if "anaesthesia" not in path]
    undo(client, begun, answer)
    assert open_paths(begun) == before


def test_an_imported_file_is_named_as_the_origin_of_its_values(project, surgeon, client):
    record, _ = record_import(
        document=procedures(), kind="procedures", project=project, by=surgeon, source="730945_procedures.json"
    )
    page = client.get(url("revision-sources", record, 1)).content.decode()
    assert "Imported from 730945_procedures.json" in page


def test_a_joined_draft_keeps_its_marks_and_takes_the_colleague_s_values_as_confirmed(
    complete, surgeon, other_surgeon, project
):
    project.members.add(other_surgeon)
    draft = draft_of(complete)
    theirs = {**draft.data, "notes": "theirs", "subject_procedures": []}
    made = draft_open(record=complete, by=other_surgeon, document=theirs)
    record_submit(draft=made, by=other_surgeon)
    draft = draft_rebase(draft=draft_of_editor(complete, surgeon), by=surgeon, version=draft.version)
    assert provenance.origins_of(draft).of("notes").by == other_surgeon.username
    assert len(provenance.marks_of(draft).found) == 3


def draft_of_editor(record, user):
    return Draft.objects.select_related("record", "base").get(record=record, editor=user)


def test_the_numbers_of_a_needle_are_listed_with_the_injection_that_they_belong_to(make_draft, surgeon):
    draft = make_draft(procedures(surgery(procedures=[INJECTION], global_coordinate_system=BREGMA)))
    origins = Origins.whole(Origin("template", what="Usual"))
    Draft.objects.filter(pk=draft.pk).update(sources=origins.as_json())
    found = groups_of("procedures", draft.data, provenance.marks_of(draft_of(draft.record)).found.values())
    injection = next(group for group in found if group.path == "subject_procedures.0.procedures.0")
    numbers = [
        (value.label.split(" \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "), value.text)
        for value in injection.values
    ]
    assert [(label[-1], text) for label, text in numbers if label[-2:-1] == ["Depth 1"]] == [
        ("AP (mm)", "-3.8"),
        ("ML (mm)", "-0.87"),
        ("Depth (down is +), mm", "3.3"),
    ]
