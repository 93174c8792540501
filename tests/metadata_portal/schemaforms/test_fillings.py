"""Lots fill materials and people get their iD; what was typed is not overwritten by itself, and no titer filled."""

import json

import pytest

from metadata_portal.errors import FormError
from metadata_portal.registries.services import term_add
from metadata_portal.schemaforms import presets
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.posting import apply
from schema_core.components.surgery_procedures import BrainInjection
from schema_core.introspect import describe
from tests.metadata_portal.schemaforms.samples import INJECTION, change, form_at, page, surgery

pytestmark = pytest.mark.django_db

MATERIAL = f"{INJECTION}.injection_materials.0"
TARS = f"{MATERIAL}.tars_identifiers"
ORCID = "0000-0002-1825-0097"


@pytest.fixture(autouse=True)
def registries():
    """Two lots and a person."""
    lot = {"lot_number": "VT5182G", "name": "AAV1-GCaMP8s", "stock_titer": "2.5e13", "addgene_id": "162374"}
    term_add(vocabulary="materials", data={**lot, "prep_date": "2025-05-01"}, by=None)
    term_add(vocabulary="materials", data={"lot_number": "VT9", "name": "AAV2-Cre"}, by=None)
    term_add(vocabulary="people", data={"name": "Josiah Carberry", "initials": "JC", "orcid": ORCID}, by=None)
    term_add(vocabulary="people", data={"name": "Wei Wang"}, by=None)


def typed_lot(document: Document, text: str, **more: str):
    form = form_at("procedures", document, TARS, MATERIAL)
    words = form.data(**{form.paths[f"{TARS}.prep_lot_number"]: text}, do="save")
    return apply("procedures", document.json, document.item_ids, {**words, **more})


def with_tars() -> Document:
    start = surgery()
    return start.put(TARS, {"object_type": "Tars virus identifiers"}).with_ids()


def test_a_typed_lot_fills_what_is_empty_and_never_the_titer():
    edited = typed_lot(with_tars(), "VT5182G")
    after = Document(edited.document).get(MATERIAL)
    assert after["name"] == "AAV1"
    assert after["tars_identifiers"]["prep_date"] == "2025-05-01"
    assert after["addgene_id"]["registry_identifier"] == "162374"
    assert "titer" not in after
    assert edited.origin.kind == "lot"
    assert edited.said.startswith("Filled in")


def test_a_lot_in_a_pause_of_typing_is_told_and_filled_later():
    edited = typed_lot(with_tars(), "VT5182G", typing="1")
    assert "prep_date" not in Document(edited.document).get(TARS)
    said = edited.readings[f"{TARS}.prep_lot_number"]
    assert (said.text, said.does) == ("Lot VT5182G: AAV1-GCaMP8s.", "fill")
    shown = page("procedures", Document(edited.document, edited.item_ids), MATERIAL)
    shown.readings = edited.readings
    assert 'name="do" value="fill" data-makes-rows' in shown.drawn


def test_a_lot_that_nobody_knows_is_only_text():
    edited = typed_lot(with_tars(), "VT000")
    assert Document(edited.document).get(TARS)["prep_lot_number"] == "VT000"
    assert (edited.said, edited.readings) == ("", {})


def chosen(document: Document, at: str, lot: str):
    return apply("procedures", document.json, document.item_ids, {"at": at, "do": "lot", "lot": lot})


def test_a_chosen_lot_overwrites_and_takes_the_titer_of_another_lot_away():
    first = chosen(surgery(), MATERIAL, "vt5182g")
    state = Document(first.document, first.item_ids).put(f"{MATERIAL}.titer", 10**12)
    again = Document(chosen(state, MATERIAL, "VT5182G").document).get(MATERIAL)
    assert (again["name"], again["titer"]) == ("AAV1-GCaMP8s", 10**12)
    other = Document(chosen(state, MATERIAL, "VT9").document).get(MATERIAL)
    assert (other["name"], "titer" in other, other["tars_identifiers"]["prep_lot_number"]) == ("AAV2-Cre", False, "VT9")


def test_a_lot_is_added_to_the_list_of_materials():
    edited = chosen(surgery(), f"{INJECTION}.injection_materials", "VT9")
    after = Document(edited.document).get(f"{INJECTION}.injection_materials")
    assert [entry["name"] for entry in after] == ["AAV1", "AAV2-Cre"]
    assert 'name="lot"' in page("procedures", surgery(), f"{INJECTION}.injection_materials").drawn


@pytest.mark.parametrize(("at", "lot"), [(MATERIAL, "none"), (MATERIAL, ""), (INJECTION, "VT9")])
def test_a_lot_that_does_not_fit_is_refused(at, lot):
    with pytest.raises(FormError) as refused:
        chosen(surgery(), at, lot)
    assert refused.value.field == "lot"


def person(name: str, identifier: str | None = None):
    given = {"object_type": "Person", "name": "", "registry_identifier": identifier}
    state = Document({"object_type": "Data description", "investigators": [given]}).with_ids()
    form = form_at("data_description", state, "investigators")
    words = form.data(**{form.paths["investigators.0.name"]: name}, do="save")
    edited = apply("data_description", state.json, state.item_ids, words)
    return edited, edited.document["investigators"][0]


def test_a_person_of_the_lab_gets_full_name_and_id_and_the_page_shows_them():
    edited, after = person("JC")
    assert (after["name"], after["registry_identifier"]) == ("Josiah Carberry", ORCID)
    said = edited.readings["investigators.0.name"]
    assert [text for _, text in said.sets] == ["Josiah Carberry", ORCID]
    state = Document(edited.document, edited.item_ids)
    shown = page("data_description", state, "investigators")
    shown.readings = edited.readings
    assert json.dumps(dict(said.sets)).replace('"', "&quot;") in shown.drawn


def test_an_id_that_somebody_typed_is_kept():
    _, after = person("Josiah Carberry", "0000-0001-5109-3700")
    assert after["registry_identifier"] == "0000-0001-5109-3700"
    edited, after = person("A. Stranger")
    assert (after["name"], edited.readings) == ("A. Stranger", {})


def test_a_new_procedure_follows_the_protocol_of_its_kind():
    shape = describe(BrainInjection)
    assert presets.seed(shape) == {"object_type": "Brain injection"}
    protocol = {"doi": "10.17504/protocols.io.bd8qi9vw", "title": "Nanoject", "procedures": ["Brain injection"]}
    term_add(vocabulary="lab-protocols", data=protocol, by=None)
    assert presets.seed(shape)["protocol_id"] == protocol["doi"]
    start = surgery()
    drawn = page("procedures", start, INJECTION).drawn
    assert f'<option value="{protocol["doi"]}">Nanoject</option>' in drawn
    assert change(start, INJECTION, {"protocol_id": "my own"}).get(f"{INJECTION}.protocol_id") == "my own"
