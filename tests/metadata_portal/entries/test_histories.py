"""Histories of records only grow once they were submitted, whoever posts what."""

from __future__ import annotations

import copy
import json
from uuid import uuid4

import pytest

from metadata_portal.bundles.rehearsal import Sent, rehearse
from metadata_portal.entries.histories import kept_entries
from metadata_portal.entries.models import Draft
from metadata_portal.entries.provenance import origins_of
from metadata_portal.entries.services import (
    draft_problems,
    draft_restore,
    record_import,
    record_submit,
    revision_restore,
)
from metadata_portal.entries.services.submitting import revision_write
from metadata_portal.errors import NotSubmittable
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


def metric(name, *verdicts):
    return {
        "object_type": "QC metric",
        "name": name,
        "modality": {"name": "Extracellular electrophysiology", "abbreviation": "ecephys"},
        "stage": "Raw data",
        "value": 1.5,
        "status_history": list(verdicts),
        "tags": {},
    }


def verdict(who, status="Pass", at="2026-03-01T10:00:00Z"):
    return {"object_type": "QC status", "evaluator": who, "status": status, "timestamp": at}


def quality(*metrics):
    return {
        "object_type": "Quality control",
        "describedBy": "https://raw.githubusercontent.com/AllenNeuralDynamics/aind-data-schema/main/src/"
        "aind_data_schema/core/quality_control.py",
        "schema_version": "2.4.3",
        "metrics": list(metrics),
        "default_grouping": ["probe"],
    }


ANN, BEN, CLEO = (
    verdict("Ann"),
    verdict("Ben", "Fail", "2026-03-02T10:00:00Z"),
    verdict("Cleo", at="2026-03-03T10:00:00Z"),
)


@pytest.fixture
def judged_twice(project, surgeon):
    """A submitted record with two metrics, one with two verdicts."""
    return record_import(
        document=quality(metric("Drift", ANN, BEN), metric("Yield", ANN)),
        kind="quality_control",
        key=KEY,
        project=project,
        by=surgeon,
    )[0]


def histories_of(document):
    return [[entry["evaluator"] for entry in found["status_history"]] for found in document["metrics"]]


def broken(problems):
    return [(problem.path, problem.message) for problem in problems if problem.code == "portal-history"]


REWRITTEN = {
    "changed": (quality(metric("Drift", ANN | {"status": "Fail"}, BEN), metric("Yield", ANN)), f"{VERDICTS}.0"),
    "left out": (quality(metric("Drift", ANN), metric("Yield", ANN)), VERDICTS),
    "emptied": (quality(metric("Drift"), metric("Yield", ANN)), VERDICTS),
    "moved": (quality(metric("Drift", BEN, ANN), metric("Yield", ANN)), f"{VERDICTS}.1"),
    "begun": (quality(metric("Drift", CLEO, ANN, BEN), metric("Yield", ANN)), f"{VERDICTS}.1"),
    "elsewhere": (
        quality(metric("New", CLEO), metric("Yield", ANN), metric("Drift", BEN)),
        "metrics.2.status_history",
    ),
}
GROWN = {
    "the same": quality(metric("Drift", ANN, BEN), metric("Yield", ANN)),
    "longer": quality(metric("Drift", ANN, BEN, CLEO), metric("Yield", ANN, CLEO)),
    "written otherwise": quality(
        metric("Drift", {**ANN, "timestamp": "2026-03-01T10:00:00+00:00"}, BEN), metric("Yield", ANN)
    ),
    "without a metric": quality(metric("Yield", ANN)),
    "metrics in another order": quality(metric("New", CLEO), metric("Yield", ANN), metric("Drift", ANN, BEN, CLEO)),
}


@pytest.mark.parametrize("how", REWRITTEN)
def test_a_rewritten_history_is_told_by_entry_and_never_submitted(judged_twice, reopen, replace, surgeon, how):
    document, where = REWRITTEN[how]
    draft = reopen(judged_twice, surgeon)
    replace(draft, document | {"notes": "typed beside it"})
    found = broken(draft_problems(draft))
    assert where in [path for path, _ in found]
    assert all(message.startswith("Entry ") and "revision 1" in message for _, message in found)
    assert draft.data["notes"] == "typed beside it"
    with pytest.raises(NotSubmittable) as refused:
        record_submit(draft=draft, by=surgeon, reason="Rewritten")
    assert broken(refused.value.problems) == found


@pytest.mark.parametrize("how", GROWN)
def test_a_history_that_grew_is_submitted(judged_twice, reopen, replace, surgeon, how):
    draft = reopen(judged_twice, surgeon)
    replace(draft, GROWN[how] | {"notes": "more"})
    assert broken(draft_problems(draft)) == []
    assert record_submit(draft=draft, by=surgeon, reason="Grown").number == 2


@pytest.mark.parametrize("how", REWRITTEN)
def test_an_import_that_rewrites_a_history_says_so_before_and_becomes_a_draft(judged_twice, project, surgeon, how):
    document = copy.deepcopy(REWRITTEN[how][0])
    content = json.dumps(document).encode()
    (part,) = rehearse([Sent(0, f"{KEY}_quality_control.json", content)], project, surgeon).parts
    assert not part.can_be_submitted
    assert broken(entry.problem for entry in part.problems)
    record, made = record_import(document=document, kind="quality_control", key=KEY, project=project, by=surgeon)
    assert isinstance(made, Draft)
    assert made.data == document
    assert broken(draft_problems(made))
    assert record.revisions.count() == 1


def test_one_press_puts_back_what_was_submitted_and_keeps_what_is_new(client, judged_twice, reopen, replace, surgeon):
    draft = reopen(judged_twice, surgeon)
    replace(draft, quality(metric("Drift", BEN, CLEO), metric("Yield", ANN)) | {"notes": "mine"})
    page = client.get(url("record-edit", judged_twice), {"at": "metrics.0"}).content.decode()
    assert 'value="put-back" form="metrics-0-status_history-form"' in page
    answer = send(client, draft, do="put-back")
    draft.refresh_from_db()
    assert (histories_of(draft.data), draft.data["notes"]) == ([["Ann", "Ben", "Cleo"], ["Ann"]], "mine")
    assert broken(draft_problems(draft)) == []
    told = client.get(answer.url).content.decode()
    assert "Put back what was submitted" in told


def test_undo_takes_nothing_of_what_was_submitted_meanwhile(client, judged_twice, reopen, surgeon):
    draft = reopen(judged_twice, surgeon)
    send(client, draft, do="add")
    step = Draft.objects.get(pk=draft.pk).operations.get().op
    # a colleague's revision holds that very entry, and the draft was brought on top of it
    draft.refresh_from_db()
    last = revision_write(
        record=judged_twice,
        by=surgeon,
        reason="Meanwhile",
        problems=[],
        last=judged_twice.last_revision(),
        text=draft.document,
        item_ids=draft.item_ids,
        origins=origins_of(draft),
    )
    Draft.objects.filter(pk=draft.pk).update(base=last)
    answer = client.post(url("record-edit", judged_twice), {"at": "", "op": str(uuid4()), "do": f"undo:{step}"})
    assert answer.status_code == 409
    assert "histories only grow" in answer.content.decode()
    assert Draft.objects.get(pk=draft.pk).data == draft.data


def test_restoring_an_earlier_revision_keeps_the_verdicts_since(judged_twice, reopen, replace, surgeon):
    draft = reopen(judged_twice, surgeon)
    replace(draft, quality(metric("Drift", ANN, BEN, CLEO), metric("Yield", ANN)) | {"notes": "second"})
    record_submit(draft=draft, by=surgeon, reason="Another look")
    first = judged_twice.revisions.get(number=1)
    again = draft_restore(revision=first, by=surgeon, reason="Try", last=2)
    assert histories_of(again.data) == [["Ann", "Ben", "Cleo"], ["Ann"]]
    made = revision_restore(revision=first, by=surgeon, reason="The note was wrong", last=2)
    assert (histories_of(made.data), made.data["notes"]) == ([["Ann", "Ben", "Cleo"], ["Ann"]], None)
