"""The page on which titers are worked out: nothing is written before somebody confirms what stands there."""

from __future__ import annotations

import pytest

from metadata_portal.entries.provenance import origins_of
from metadata_portal.registries.services import term_add
from metadata_portal.site_admin.demo import parts
from tests.forms import forms
from tests.metadata_portal.entries.documents import procedures
from tests.metadata_portal.entries.pages import stored, url

pytestmark = pytest.mark.django_db

INJECTION = "subject_procedures.0.procedures.0"
MATERIALS = f"{INJECTION}.injection_materials"


@pytest.fixture
def draft(make_draft):
    """A draft in which two lots, one of them known, were mixed."""
    lot = {"lot_number": "VT5182G", "name": "AAV1-GCaMP8s", "stock_titer": "2.5e13", "stock_titer_unit": "gc/mL"}
    term_add(vocabulary="materials", data=lot, by=None)
    material = parts.virus("AAV1-GCaMP8s", 10**12, "VT5182G")
    del material["titer"]
    other = {"object_type": "Viral material", "name": "AAV2-Cre"}
    step = parts.brain_injection("CP", (1.0, 1.0, 0.0), [2.5], material)
    step["injection_materials"].append(other)
    done = parts.surgery("2026-01-15", "Sam", (25.0, 26.0), 60, [step])
    return make_draft(procedures(done))


def asked(client, draft, at=MATERIALS):
    answer = client.get(url("record-titers", draft.record, at=at))
    assert answer.status_code == 200
    return next(form for form in forms(answer.content.decode()) if ("at", INJECTION) in form.fields)


def posted(client, draft, **words):
    answer = client.post(url("record-titers", draft.record), asked(client, draft).data(**words))
    return answer, answer.content.decode()


def titers(draft, surgeon):
    items = stored(draft.record, surgeon)["subject_procedures"][0]["procedures"][0]["injection_materials"]
    return [(item.get("titer"), item.get("titer_unit")) for item in items]


def test_the_stock_of_a_lot_is_offered_and_not_written(client, draft, surgeon):
    form = asked(client, draft)
    assert dict(form.fields)["stock-0"] == "2.5e13"
    assert dict(form.fields)["stock-1"] == ""
    assert [titer for titer, _ in titers(draft, surgeon)] == [None, None]
    page = client.get(url("record-edit", draft.record, at=MATERIALS)).content.decode()
    assert f"/records/{draft.record.pk}/titers/?at=" in page


MIX = {"dilution-0": "1:10", "amount-0": "1 µL", "stock-1": "4e12", "amount-1": "1 uL", "rest": "2 µL"}


def test_titers_are_shown_with_their_formula_then_written_once_confirmed(client, draft, surgeon):
    answer, page = posted(client, draft, do="compute", **MIX)
    assert answer.status_code == 200
    assert "2.5e13 gc/mL ÷ 10 \N{MULTIPLICATION SIGN} 1/(1 + 1 + 2) = 6.25e11 gc/mL" in page
    assert "4e12 gc/mL \N{MULTIPLICATION SIGN} 1/(1 + 1 + 2) = 1e12 gc/mL" in page
    assert [titer for titer, _ in titers(draft, surgeon)] == [None, None]
    form = next(form for form in forms(page) if ("at", INJECTION) in form.fields)
    answer = client.post(url("record-titers", draft.record), form.data(do="write"))
    assert answer.status_code == 303
    assert titers(draft, surgeon) == [(625_000_000_000, "gc/mL"), (10**12, "gc/mL")]
    draft.refresh_from_db()
    said = {origin.what for origin in origins_of(draft).rows if origin.kind == "titer"}
    assert len(said) == 1
    assert "6.25e11" in said.pop()


def test_what_was_not_shown_is_not_written(client, draft, surgeon):
    _, page = posted(client, draft, do="compute", **MIX)
    form = next(form for form in forms(page) if ("at", INJECTION) in form.fields)
    answer = client.post(url("record-titers", draft.record), form.data(do="write", **{"dilution-0": "1:2"}))
    assert answer.status_code == 409
    assert "look at them again" in answer.content.decode()
    assert [titer for titer, _ in titers(draft, surgeon)] == [None, None]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"dilution-0": "10"}, "may mean several things"),
        ({"dilution-0": "1:10"}, "How much of AAV1-GCaMP8s went into the mix?"),
        ({"stock-0": "high"}, "titer"),
        ({"amount-0": "1", "amount-1": "2 uL"}, "in one way"),
        ({"rest": "some"}, "amount"),
    ],
)
def test_what_may_mean_two_things_is_asked_beside_its_field(client, draft, surgeon, words, said):
    answer, page = posted(client, draft, do="write", **words)
    assert answer.status_code == 422
    assert said in page
    assert 'aria-invalid="true"' in page
    for text in words.values():
        assert f'value="{text}"' in page
    assert [titer for titer, _ in titers(draft, surgeon)] == [None, None]


def test_a_draft_saved_elsewhere_meanwhile_is_not_overwritten(client, draft, surgeon, replace):
    _, page = posted(client, draft, do="compute", **MIX)
    form = next(form for form in forms(page) if ("at", INJECTION) in form.fields)
    replace(draft, {**draft.data, "notes": "meanwhile"})
    answer = client.post(url("record-titers", draft.record), form.data(do="write"))
    assert answer.status_code == 409
    assert stored(draft.record, surgeon)["notes"] == "meanwhile"


@pytest.mark.parametrize("at", ["", "subject_procedures.0", "subject_procedures.9", "nonsense..", "notes"])
def test_a_place_without_materials_is_not_found(client, draft, at):
    assert client.get(url("record-titers", draft.record, at=at)).status_code == 404
