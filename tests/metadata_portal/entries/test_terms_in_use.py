"""Terms that drafts and revisions hold: they are listed with links, and cannot be deleted."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.urls import reverse

from metadata_portal.accounts import roles
from metadata_portal.accounts.models import AuditEvent
from metadata_portal.entries.models import Draft, Record, Revision
from metadata_portal.entries.services import draft_discard, draft_open, draft_save, record_submit
from metadata_portal.entries.services.records import record_create
from metadata_portal.entries.terms_used import keep_draft
from metadata_portal.errors import PortalError
from metadata_portal.registries import overlay
from metadata_portal.registries.models import RegistryVersion, Term, TermUse
from metadata_portal.registries.services import term_add, term_delete
from tests.conformance.peer import examples

FVB = {"name": "FVB/NJ", "species": "Mus musculus", "registry": None, "registry_identifier": None}

pytestmark = pytest.mark.django_db


def mouse(strain, subject="804712"):
    document = json.loads(examples()["subject"][1])
    document["subject_id"] = subject
    document["subject_details"]["strain"] = strain
    return document


@pytest.fixture
def fvb(registry_manager):
    return term_add(vocabulary="strains", data=FVB, by=registry_manager)


@pytest.fixture
def drafted(fvb, surgeon, project):
    """A draft of a mouse of that strain."""
    record = record_create(kind="subject", key="804712", project=project, by=surgeon, document=mouse(FVB))
    return Draft.objects.get(record=record)


def holders(term):
    return sorted(term.uses.values_list("holder", flat=True))


def test_a_term_is_held_by_the_draft_and_by_the_revision_that_takes_its_place(fvb, drafted, surgeon):
    assert holders(fvb) == ["draft"]
    record_submit(draft=drafted, by=surgeon)
    assert holders(fvb) == ["revision"]


def test_a_draft_that_no_longer_says_it_or_is_discarded_holds_nothing(fvb, drafted, surgeon, registry_manager):
    other = {"name": "C57BL/6J"}
    draft_save(draft=drafted, by=surgeon, op=uuid4(), document=mouse(other), version=drafted.version)
    assert holders(fvb) == []
    drafted.refresh_from_db()
    draft_save(draft=drafted, by=surgeon, op=uuid4(), document=mouse(FVB), version=drafted.version)
    assert holders(fvb) == ["draft"]
    draft_discard(draft=Draft.objects.get(pk=drafted.pk), by=surgeon)
    assert holders(fvb) == []
    term_delete(term=fvb, reason="never ordered", by=registry_manager)
    assert not Term.objects.filter(key="FVB/NJ").exists()


def test_deleting_a_term_in_use_is_refused_with_links_to_those_who_may_see_them(fvb, drafted, surgeon, client_for):
    revision = record_submit(draft=drafted, by=surgeon)
    manager = client_for(roles.REGISTRY_MANAGER)
    page = manager.post(reverse("registries:term-delete", args=["strains", fvb.pk]), {"reason": "tidy"})
    assert page.status_code == 409
    assert "in use by 1 submitted revision" in page.text
    assert f'href="{revision.record.get_absolute_url()}"' in page.text
    assert Term.objects.filter(pk=fvb.pk).exists()
    elsewhere = client_for(roles.REGISTRY_MANAGER, projects=[])
    seen = elsewhere.get(fvb.get_absolute_url())
    assert revision.record.get_absolute_url() not in seen.text
    assert "1 use in drafts of others or records of projects that are not yours" in seen.text


def test_a_term_of_the_standard_is_never_deleted(registry_manager):
    term = Term.objects.create(vocabulary="strains", key="BALB/c", name="BALB/c", data={}, stock=True, status="stock")
    with pytest.raises(PortalError, match="comes with the standard"):
        term_delete(term=term, reason="tidy", by=registry_manager)


def test_saving_what_holds_the_same_terms_asks_nothing_of_the_registries(drafted, surgeon, django_assert_num_queries):
    with django_assert_num_queries(0):
        keep_draft(drafted.pk, "subject", drafted.data, {**drafted.data, "notes": "quiet"})


NEW = "FVB/NJ (ours)"


def test_a_renamed_term_is_brought_into_drafts_and_new_ones_and_revisions_stay(
    fvb, drafted, surgeon, make_user, project, client_for
):
    colleague = make_user(roles.SURGEON)
    revision = record_submit(draft=drafted, by=surgeon)
    other = record_create(kind="subject", key="804713", project=project, by=colleague, document=mouse(FVB, "804713"))
    manager = client_for(roles.REGISTRY_MANAGER)
    address = reverse("registries:term-rename", args=["strains", fvb.pk])
    page = manager.post(address, {"name": NEW, "reason": "as on the order", "follow": "on"}, follow=True)
    said = [message.message for message in page.context["messages"]]
    assert said == [
        f"It is called {NEW} now; documents with the old name stay valid.",
        f"Drafts were opened, to be looked at and submitted: {revision.record}.",
        f"Drafts that were there hold it now: {other}.",
    ]
    new = Term.objects.get(key=NEW)
    opened, changed = Draft.objects.get(record=revision.record), Draft.objects.get(record=other)
    assert (opened.editor, changed.editor) == (surgeon, colleague)  # whose record, whose draft
    for draft in (opened, changed):
        assert draft.data["subject_details"]["strain"] == {**FVB, "name": NEW}
    assert [row.document for row in Revision.objects.all()] == [revision.document]
    events = AuditEvent.objects.filter(action="term.replace")
    assert {(event.by, event.why) for event in events} == {(manager.user, "as on the order")}
    assert AuditEvent.objects.get(action="draft.open", why="as on the order").by == manager.user
    assert holders(new) == ["draft", "draft"]
    assert holders(fvb) == ["revision"]
    record_submit(draft=opened, by=surgeon, reason="the strain's new name")
    assert holders(new) == ["draft", "revision"]


def test_a_merge_changes_no_draft_where_that_was_not_asked_for(fvb, drafted, client_for):
    Term.objects.create(
        vocabulary="strains",
        key="C57BL/6J",
        name="C57BL/6J",
        stock=True,
        status="stock",
        source="the standard",
        data={
            "name": "C57BL/6J",
            "species": "Mus musculus",
            "registry": "Mouse Genome Informatics (MGI)",
            "registry_identifier": "MGI:3028467",
        },
    )
    manager = client_for(roles.REGISTRY_MANAGER)
    manager.post(reverse("registries:term-merge", args=["strains", fvb.pk]), {"into": "C57BL/6J", "reason": "the same"})
    fvb.refresh_from_db()
    assert fvb.status == "retired"
    drafted.refresh_from_db()
    assert drafted.data["subject_details"]["strain"] == FVB


@pytest.fixture
def many_connections(transactional_db):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs a database file or PostgreSQL: set PORTAL_TEST_DB or DATABASE_URL")
    RegistryVersion.objects.get_or_create()


@pytest.mark.parametrize("submitted", [False, True], ids=["drafts", "revisions"])
def test_eight_at_once_delete_a_term_and_refer_to_it(many_connections, administrator, make_project, submitted):
    project = make_project("Races")
    term = term_add(vocabulary="strains", data=FVB, by=administrator)
    drafts = [
        draft_open(
            record=Record.objects.create(kind="subject", key=f"80{n}", project=project, created_by=administrator),
            by=administrator,
            document=mouse({"name": "C57BL/6J"} if not submitted else FVB, f"80{n}"),
        )
        for n in range(4)
    ]
    if submitted:
        TermUse.objects.all().delete()  # as if the drafts had been begun in the same moment
    start = Barrier(8)

    def write(draft):
        if submitted:
            record_submit(draft=draft, by=administrator)
        else:
            document = mouse(FVB, draft.record.key)
            draft_save(draft=draft, by=administrator, op=uuid4(), document=document, version=draft.version)
        return "written"

    def delete():
        term_delete(term=term, reason="tidy", by=administrator)
        return "deleted"

    def act(number):
        start.wait()
        overlay.refresh()
        try:
            return delete() if number % 2 else write(drafts[number // 2])
        except PortalError as error:
            return f"refused {int(error.status)}"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(act, range(8)))
    overlay.refresh()
    there = Term.objects.filter(key="FVB/NJ").first()
    assert answers.count("deleted") == (0 if there else 1)
    assert set(answers) <= {"deleted", "written", "refused 409", "refused 404", "refused 422"}
    named = [row for row in Revision.objects.all() if row.data["subject_details"]["strain"]["name"] == "FVB/NJ"]
    if there is None:
        assert named == []
        assert not TermUse.objects.filter(term__vocabulary="strains", term__key="FVB/NJ").exists()
    else:
        assert there.uses.count() == len(named) + sum("FVB/NJ" in row.document for row in Draft.objects.all())
