"""Histories of records only grow once they were submitted, whoever posts what."""

from __future__ import annotations

from uuid import uuid4

import pytest

from metadata_portal.entries.histories import kept_entries
from metadata_portal.entries.models import Draft
from metadata_portal.entries.provenance import origins_of
from metadata_portal.entries.services.submitting import revision_write
from tests.metadata_portal.entries.pages import url

pytestmark = pytest.mark.django_db
VERDICTS = "metrics.0.status_history"
KEY = "730945_2026-03-01_10-00-00"


@pytest.fixture
def correcting(make_draft, reopen, surgeon):
    """A draft from a submitted record with one verdict."""
    verdict = {"object_type": "QC status", "evaluator": "Ann", "status": "Pass", "timestamp": "2026-03-01T10:00:00Z"}
    metric = {"object_type": "QC metric", "name": "Drift", "status_history": [verdict]}
    draft = make_draft({"object_type": "Quality control", "metrics": [metric]}, kind="quality_control", key=KEY)
    content = {"text": draft.document, "item_ids": draft.item_ids, "origins": origins_of(draft)}
    revision_write(record=draft.record, by=surgeon, reason="", problems=[], last=None, **content)
    record = draft.record
    draft.delete()
    return reopen(record, surgeon)


def send(client, draft, **data):
    return client.post(
        url("record-edit", draft.record), {"at": VERDICTS, "op": str(uuid4()), "page": "metrics.0", **data}
    )


def verdicts(draft):
    return Draft.objects.get(pk=draft.pk).data["metrics"][0]["status_history"]


def test_a_submitted_verdict_is_kept_whatever_is_posted(client, correcting):
    (kept,) = kept_entries(correcting)
    before = verdicts(correcting)
    forged = {"digest": "0" * 16, "seen": "{}", f"metrics-0-status_history-{kept}-status": "Fail"}
    answers = [send(client, correcting, do=f"remove:{kept}"), send(client, correcting, do="save", **forged)]
    assert {answer.status_code for answer in answers} <= {409, 422}
    assert verdicts(correcting) == before


def test_a_new_verdict_is_added_and_its_evaluator_offered_not_filled_in(client, correcting, surgeon):
    page = client.get(send(client, correcting, do="add").url).content.decode()
    assert verdicts(correcting)[1] == {"object_type": "QC status"}
    assert f'<option value="{surgeon.name}"></option>' in page


def test_a_first_draft_keeps_nothing(make_draft):
    draft = make_draft({"object_type": "Quality control", "metrics": []}, kind="quality_control", key=KEY)
    assert kept_entries(draft) == frozenset()


def test_other_kinds_do_not_even_read_the_revision(submitted, reopen, surgeon, django_assert_num_queries):
    draft = Draft.objects.select_related("record").get(pk=reopen(submitted, surgeon).pk)
    with django_assert_num_queries(0):
        assert kept_entries(draft) == frozenset()
