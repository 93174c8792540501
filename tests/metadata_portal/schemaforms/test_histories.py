"""Histories only grow: nothing that a form can send changes, removes or moves what was submitted of them."""

from __future__ import annotations

import datetime as dt
import re

import pytest

import schema_core
from metadata_portal.errors import FormError
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.editor import Editor, FormContext
from metadata_portal.schemaforms.histories import kept_ids
from metadata_portal.schemaforms.posting import apply
from schema_core.introspect import describe
from tests.metadata_portal.schemaforms.samples import form_at

VERDICTS = "metrics.0.status_history"
CURATORS = "metrics.1.curation_history"
ROOT = describe(schema_core.KINDS["quality_control"])


def verdict(who, status="Pass"):
    return {"object_type": "QC status", "evaluator": who, "status": status, "timestamp": "2026-03-01T10:00:00Z"}


def quality():
    metric = {"object_type": "QC metric", "name": "Drift", "status_history": [verdict("Ann"), verdict("Ben", "Fail")]}
    curator = {"object_type": "Curation history", "curator": "Ann", "timestamp": "2026-03-01T10:00:00Z"}
    curation = {"object_type": "Curation metric", "name": "Units", "curation_history": [curator]}
    ids = {"metrics": ["m1", "m2"], VERDICTS: ["v1", "v2"], CURATORS: ["c1"]}
    return Document({"object_type": "Quality control", "metrics": [metric, curation]}, ids).with_ids()


SUBMITTED = quality()
KEPT = kept_ids(ROOT, SUBMITTED)
FIRST, SECOND = SUBMITTED.ids_at(VERDICTS)
METRIC = SUBMITTED.ids_at("metrics")[0]


def post(document=SUBMITTED, **data):
    edited = apply("quality_control", document.json, document.item_ids, data, kept=KEPT)
    return Document(edited.document, edited.item_ids)


def page(document=SUBMITTED, at="metrics.0"):
    context = FormContext(save_url="/save/", kept=KEPT)
    return Editor("quality_control", document.json, document.item_ids, (), at, context).drawn


def test_what_is_kept_are_the_entries_of_every_history():
    assert {FIRST, SECOND, *SUBMITTED.ids_at(CURATORS)} == KEPT


def test_records_without_histories_keep_nothing():
    assert kept_ids(describe(schema_core.KINDS["procedures"]), Document({"subject_procedures": [{}]})) == frozenset()


@pytest.mark.parametrize(
    "data",
    [
        {"at": VERDICTS, "do": f"remove:{FIRST}"},
        {"at": VERDICTS, "do": f"up:{SECOND}"},
        {"at": VERDICTS, "do": f"down:{FIRST}"},
        {"at": VERDICTS, "do": f"duplicate:{FIRST}"},
        {"at": VERDICTS, "do": "remove"},
        {"at": f"{VERDICTS}.0", "do": "remove"},
        {"at": f"{VERDICTS}.0", "do": "now"},
        {"at": VERDICTS, "do": f"now:{FIRST}.timestamp"},
        {"at": VERDICTS, "do": "paste", "cell": f"{FIRST}.evaluator", "block": "Eve\nEve"},
        {"at": VERDICTS, "do": "save", f"metrics-0-status_history-{FIRST}-evaluator": "Eve"},
        {"at": VERDICTS, "do": "save", f"metrics-0-status_history-{SECOND}-status": "Pass"},
        {"at": VERDICTS, "do": "save", f"metrics-0-status_history-{SECOND}-timestamp": ""},
        {"at": CURATORS, "do": f"remove:{SUBMITTED.ids_at(CURATORS)[0]}"},
        {"at": "metrics.1", "do": "choose:QC metric"},
    ],
)
def test_no_post_touches_what_was_submitted(data):
    with pytest.raises(FormError):
        post(**data)


def test_entries_are_appended():
    after = post(at=VERDICTS, do="add")
    assert after.get(VERDICTS)[:2] == SUBMITTED.get(VERDICTS)
    assert after.get(f"{VERDICTS}.2") == {"object_type": "QC status"}


def test_new_entries_are_edited_moved_and_removed_but_stay_behind():
    two = post(post(at=VERDICTS, do="add"), at=VERDICTS, do="add")
    third, fourth = two.ids_at(VERDICTS)[2:]
    named = post(two, at=VERDICTS, do="save", **{f"metrics-0-status_history-{third}-evaluator": "Cleo"})
    assert named.get(f"{VERDICTS}.2.evaluator") == "Cleo"
    assert post(named, at=VERDICTS, do=f"up:{fourth}").ids_at(VERDICTS) == [FIRST, SECOND, fourth, third]
    assert post(named, at=VERDICTS, do=f"remove:{third}").ids_at(VERDICTS) == [FIRST, SECOND, fourth]
    with pytest.raises(FormError):
        post(named, at=VERDICTS, do=f"up:{third}")


def test_a_block_is_pasted_below_what_was_submitted():
    after = post(at=VERDICTS, do="paste", block="Pending\tDora\t2026-03-02 09:00+00:00")
    assert [entry["evaluator"] for entry in after.get(VERDICTS)] == ["Ann", "Ben", "Dora"]


def test_other_fields_of_the_metric_and_its_place_may_change():
    after = post(at="metrics.0", do="down", **{"metrics-0-name": "Drift of the probe"})
    assert (after.get("metrics.1.name"), after.ids_at("metrics.1.status_history")) == (
        "Drift of the probe",
        [FIRST, SECOND],
    )


def test_a_metric_goes_with_its_history_and_its_copy_has_none():
    assert len(post(at="metrics", do=f"remove:{METRIC}").get("metrics")) == 1
    copied = post(at="metrics", do=f"duplicate:{METRIC}").get("metrics.1")
    assert (copied["name"], "status_history" in copied) == ("Drift", False)


def test_now_writes_the_time_of_the_server_in_the_zone_of_the_lab():
    added = post(at=VERDICTS, do="add")
    third = added.ids_at(VERDICTS)[2]
    before = dt.datetime.now(tz=dt.UTC).replace(microsecond=0)
    written = dt.datetime.fromisoformat(
        post(added, at=VERDICTS, do=f"now:{third}.timestamp").get(f"{VERDICTS}.2.timestamp")
    )
    assert before <= written <= dt.datetime.now(tz=dt.UTC)


@pytest.mark.parametrize(
    "word",
    ["now", "now:x.timestamp", f"now:{FIRST}.evaluator", f"now:{FIRST}.nothing"],
    ids=["none", "unknown", "text", "missing"],
)
def test_now_is_for_times_only(word):
    with pytest.raises(FormError):
        apply("quality_control", SUBMITTED.json, SUBMITTED.item_ids, {"at": VERDICTS, "do": word})


def test_submitted_entries_are_drawn_without_a_way_to_change_them():
    drawn = page(post(at=VERDICTS, do="add"))
    inputs = re.findall(r'data-path="metrics\.0\.status_history\.(\d)\.\w+"[^>]*?( disabled)?[ >]', drawn)
    assert {row for row, _ in inputs} == {"0", "1", "2"}
    assert f"remove:{FIRST}" not in drawn
    assert f"now:{FIRST}" not in drawn
    assert drawn.count('class="sf-kept"') == 2


def test_a_form_that_shows_them_is_saved_unchanged():
    document = post(at=VERDICTS, do="add")
    form = form_at("quality_control", document, VERDICTS, at="metrics.0")
    assert post(document, **form.data(do="save")).json == document.json
