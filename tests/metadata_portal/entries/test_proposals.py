"""A surgeon proposes a term and uses it; a manager approves, corrects, merges or refuses it; the proposer is told."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metadata_portal.accounts import roles
from metadata_portal.accounts.models import AuditEvent, Notice
from metadata_portal.entries.judging import judge
from metadata_portal.entries.models import Draft, Revision
from metadata_portal.entries.services import draft_problems, record_submit
from metadata_portal.entries.services.proposals import proposal_correct, proposal_merge
from metadata_portal.errors import Conflict, FormError, NotAllowed
from metadata_portal.registries.declaring import declarations
from metadata_portal.registries.loading import stock_load
from metadata_portal.registries.models import Term
from metadata_portal.registries.services import term_add
from metadata_portal.registries.services.proposing import MOST_OPEN, proposal_approve, proposal_refuse, term_propose
from metadata_portal.schemaforms.editor import Editor, FormContext
from tests.forms import forms
from tests.metadata_portal.entries.documents import subject
from tests.metadata_portal.entries.pages import url

pytestmark = pytest.mark.django_db

STRAIN = "subject_details.strain"
FVB = {"name": "FVB/NJ", "species": "Mus musculus", "registry": None, "registry_identifier": None}


@pytest.fixture
def proposal(surgeon):
    """What the surgeon proposed."""
    return term_propose(vocabulary="strains", data=FVB, reason="the new cohort", by=surgeon)


@pytest.fixture
def draft(make_draft, proposal):
    """A draft that uses it."""
    return make_draft(subject(strain={"name": "FVB/NJ"}), kind="subject")


def strain_of(draft):
    return json.loads(Draft.objects.get(pk=draft.pk).document)["subject_details"]["strain"]


def told(person):
    return [notice.text for notice in Notice.objects.filter(person=person)]


def test_a_proposed_term_counts_at_once_and_is_marked_wherever_it_stands(client, draft):
    (found,) = [one for one in judge("subject", "730945", draft.data) if one.path == STRAIN]
    assert (found.code, found.severity) == ("portal-proposed-term", "warning")
    page = client.get(url("record-edit", draft.record, at="subject_details")).content.decode()
    assert "FVB/NJ is proposed: a registry manager has not looked at it yet." in page
    assert "proposed" in client.get("/registries/strains/options/?q=fvb").content.decode()


def test_a_record_with_a_proposed_term_is_submitted_with_a_warning_and_says_it_is_no_stock_term(draft, surgeon):
    revision = record_submit(draft=draft, by=surgeon)
    assert not revision.stock_valid
    assert ["subject_details.strain", "strains", "FVB/NJ"] in [list(term) for term in revision.local_terms]
    assert [row["code"] for row in revision.problems if row["path"] == STRAIN] == ["portal-proposed-term"]


def test_an_approved_term_is_marked_no_longer_and_its_proposer_is_told(draft, proposal, surgeon, registry_manager):
    term = proposal_approve(term=proposal, by=registry_manager)
    assert (term.status, term.approved_by, term.reason) == ("local", registry_manager, "the new cohort")
    assert [one.path for one in draft_problems(Draft.objects.get(pk=draft.pk))] == []
    assert told(surgeon) == ["FVB/NJ is approved: it is a term of the strains now."]
    with pytest.raises(Conflict):
        proposal_approve(term=proposal, by=registry_manager)


def test_a_corrected_term_takes_the_proposals_place_in_drafts_only(draft, proposal, surgeon, registry_manager, reopen):
    revision = record_submit(draft=draft, by=surgeon)
    mine = reopen(revision.record, surgeon)
    data = {
        **FVB,
        "name": "FVB/NJ-2",
        "registry": "Mouse Genome Informatics (MGI)",
        "registry_identifier": "MGI:2163709",
    }
    done = proposal_correct(term=proposal, data=data, reason="the substrain", by=registry_manager)
    assert (done.term.key, done.term.status, done.term.created_by) == ("FVB/NJ-2", "local", surgeon)
    assert strain_of(mine) == data
    assert done.replaced.changed == [revision.record]
    assert Revision.objects.get(pk=revision.pk).document == revision.document
    assert AuditEvent.objects.get(action="term.replace").why == "the substrain"
    assert told(surgeon) == ["FVB/NJ is approved as FVB/NJ-2: the substrain"]


def test_a_submitted_record_gets_a_draft_with_the_term_that_the_proposal_is_merged_into(
    draft, proposal, surgeon, registry_manager
):
    stock_load()
    revision = record_submit(draft=draft, by=surgeon)
    kept = Term.objects.of("strains").get(key="C57BL/6J")
    done = proposal_merge(term=proposal, into=kept, reason="the same", by=registry_manager)
    opened = Draft.objects.get(record=revision.record)
    assert strain_of(opened)["name"] == "C57BL/6J"
    assert opened.editor == surgeon
    assert done.said == " 1 draft opened for submitted records."
    assert Revision.objects.get(pk=revision.pk).document == revision.document
    assert told(surgeon) == ["FVB/NJ is known as C57BL/6J: the same"]


def test_a_refused_term_is_offered_no_longer_and_stays_valid(draft, proposal, surgeon, registry_manager, client):
    with pytest.raises(FormError):
        proposal_refuse(term=proposal, reason=" ", by=registry_manager)
    proposal_refuse(term=proposal, reason="not a strain", by=registry_manager)
    assert "FVB/NJ" not in client.get("/registries/strains/options/?q=fvb").content.decode()
    assert [one for one in judge("subject", "730945", draft.data) if one.severity != "warning"] == []
    assert told(surgeon) == ["FVB/NJ is not taken up among the strains: not a strain"]
    assert "not a strain" in client.get("/").content.decode()


def test_what_is_there_closed_or_too_much_is_not_proposed(surgeon, data_user, proposal):
    with pytest.raises(FormError, match="already names"):
        term_propose(vocabulary="strains", data=FVB, by=surgeon)
    closed = next(name for name, declared in declarations().items() if declared.closed)
    with pytest.raises(NotAllowed):
        term_propose(vocabulary=closed, data={"name": "X"}, by=surgeon)
    with pytest.raises(NotAllowed):
        term_propose(vocabulary="strains", data={**FVB, "name": "Y"}, by=data_user)
    for number in range(MOST_OPEN - 1):
        term_propose(vocabulary="strains", data={**FVB, "name": f"Strain {chr(65 + number)}{number}"}, by=surgeon)
    with pytest.raises(FormError, match="waiting"):
        term_propose(vocabulary="strains", data={**FVB, "name": "One more"}, by=surgeon)


def test_the_form_leads_from_an_unknown_name_to_a_proposal_and_back(client, make_draft):
    draft = make_draft(subject(source={"name": "Our own vivarium"}), kind="subject")
    page = client.get(url("record-edit", draft.record, at="subject_details")).content.decode()
    assert "Propose “Our own vivarium”" in page
    assert "Not in the list?" in page  # strains are chosen from a few
    address = "/registries/organizations/propose/?name=Our+own+vivarium&back=%2Frecords%2F"
    form = next(form for form in forms(client.get(address).content.decode()) if "name" in dict(form.fields))
    assert dict(form.fields)["name"] == "Our own vivarium"
    answer = client.post(address, form.data())
    assert (answer.status_code, answer["Location"]) == (302, "/records/")
    assert Term.objects.get(status="proposed").created_by == client.user
    page = client.get(url("record-edit", draft.record, at="subject_details")).content.decode()
    assert "Our own vivarium is proposed" in page


def test_a_word_of_an_open_list_is_proposed_too_and_marked(surgeon):
    term_propose(vocabulary="probe-model", data={"name": "Neuropixels 9.0"}, by=surgeon)
    device = {"object_type": "Ephys probe", "name": "P", "probe_model": "Neuropixels 9.0"}
    step = {"object_type": "Probe implant", "implanted_device": device}
    document = {"subject_id": "1", "subject_procedures": [{"object_type": "Surgery", "procedures": [step]}]}
    at = "subject_procedures.0.procedures.0.implanted_device"
    found = {one.path: one.code for one in judge("procedures", "1", document)}
    assert found[f"{at}.probe_model"] == "portal-proposed-term"
    context = FormContext(save_url="/save/", propose_url="/registries/{}/propose/")
    drawn = Editor("procedures", document, {}, (), at, context).drawn
    assert "/registries/probe-model/propose/" in drawn


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere_after_proposing(client, back):
    answer = client.post("/registries/organizations/propose/", {"name": "Vivarium", "back": back})
    assert answer["Location"].startswith("/registries/organizations/")


def test_the_queue_is_for_managers_and_costs_the_same_however_long_it_is(client_for, surgeon, proposal):
    manager = client_for(roles.REGISTRY_MANAGER)
    manager.get("/registries/proposals/")
    with CaptureQueriesContext(connection) as few:
        assert "FVB/NJ" in manager.get("/registries/proposals/").content.decode()
    for name in ("BALB/cX", "SJL/X", "DBA/X", "NOD/X"):
        term_propose(vocabulary="strains", data={**FVB, "name": name}, by=surgeon)
    manager.get("/")
    with CaptureQueriesContext(connection) as many:
        manager.get("/registries/proposals/")
    assert len(few) == len(many) <= 10
    assert "5 proposed terms wait for you" in manager.get("/").content.decode()
    assert "proposed terms wait" not in client_for(surgeon).get("/").content.decode()


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"do": "approve"}, 303),
        ({"do": "refuse", "reason": ""}, 422),
        ({"do": "refuse", "reason": "no"}, 303),
        ({"do": "merge", "into": "nothing", "reason": "same"}, 422),
        ({"do": "merge", "into": "BALB/cX", "reason": "same"}, 303),
        ({"do": "correct", "name": "", "species": "Mus musculus", "reason": "typo"}, 422),
        ({"do": "correct", "name": "FVB", "species": "Mus musculus", "reason": "typo"}, 303),
        ({"do": "nonsense"}, 422),
        ({}, 422),
    ],
)
def test_a_manager_decides_on_the_page_of_a_proposal(client_for, proposal, draft, words, status):
    term_add(vocabulary="strains", data={**FVB, "name": "BALB/cX"}, by=None)
    manager = client_for(roles.REGISTRY_MANAGER)
    address = f"/registries/proposals/{proposal.pk}/"
    assert manager.get(address).status_code == 200
    assert manager.post(address, words).status_code == status
    expected = {303: False, 422: True}[status]
    assert Term.objects.filter(status="proposed").exists() is expected
