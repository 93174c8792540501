"""Search in a whole record: by kind, name, field label and value, with links to the place."""

from __future__ import annotations

import pytest

from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.finding import MOST
from tests.metadata_portal.schemaforms.samples import CRANIOTOMY, INJECTION, SURGERY, page, surgery

MATERIAL = f"{INJECTION}.injection_materials.0"


def find(text, document=None):
    return page("procedures", document or surgery()).find(text)


def links(text, document=None):
    return [hit.url.removeprefix("/save/?at=") for hit in find(text, document).hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("craniotomy", CRANIOTOMY),
        ("AAV1", INJECTION),
        ("viral aav1", MATERIAL),
        ("titer", f"{MATERIAL}.titer"),
        ("size", f"{CRANIOTOMY}.size"),
        ("CIRCLE", CRANIOTOMY),
        ("craniotomy size", f"{CRANIOTOMY}.size"),
        ("injection 1 titer", f"{MATERIAL}.titer"),
        ("700001", "subject_id"),
        ("bregma_ari", f"{SURGERY}.global_coordinate_system"),
        ("pulsed", f"{INJECTION}.dynamics.1"),
    ],
)
def test_a_place_is_found_by_kind_name_label_value_and_what_encloses_it(text, first):
    assert links(text)[0] == first


def test_a_hit_says_what_it_is_what_stands_there_and_where_it_lies():
    hit = find("craniotomy size").hits[0]
    where = "Surgery 1 \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} Craniotomy 2"
    assert (hit.title, hit.rest, hit.where) == ("Size", "1.5", where)


def test_every_word_has_to_be_found():
    assert (find("craniotomy titer").count, find("").text, find("  ").hits) == (0, "", [])


def test_what_only_encloses_is_no_hit():
    assert f"{CRANIOTOMY}.size" not in links("craniotomy")


def test_nodes_come_before_fields():
    hits = find("coordinate system").hits
    assert hits[0].url.endswith("global_coordinate_system")


def test_units_are_found_with_their_value_and_not_beside_it():
    assert not [path for path in links("titer") if path.endswith("titer_unit")]


def test_many_hits_are_counted_and_cut():
    document = Document(
        {
            "object_type": "Procedures",
            "subject_id": "1",
            "subject_procedures": [{"object_type": "Surgery", "notes": f"note {number}"} for number in range(90)],
        }
    ).with_ids()
    found = find("note", document)
    assert (len(found.hits), found.count, MOST) == (40, 90 + 1, 40)
    assert found.count_words == "The first 40 of 91 found: type more to narrow it down."


def test_what_a_link_leads_to_is_shown_there():
    for text in ("titer", "craniotomy size", "pulsed", "AAV1"):
        for path in links(text):
            drawn = page("procedures", surgery(), path).drawn
            assert f'data-path="{path}"' in drawn or f'data-node="{path}"' in drawn or f'data-field="{path}' in drawn


def test_a_document_of_nonsense_is_searched_too():
    document = Document({"subject_procedures": [None, 3, "text", {"object_type": "None such"}], "notes": ["x"]})
    assert find("text", document.with_ids()).count >= 0
