"""Rows of people, ethics protocols, protocols and lots: what they take, and what they say."""

import datetime as dt

import pytest

from metadata_portal.errors import FormError
from metadata_portal.registries.lab.ethics_protocols import ETHICS_PROTOCOLS, not_covered, out_of_force
from metadata_portal.registries.lab.lab_protocols import protocol_for, protocols_offered
from metadata_portal.registries.lab.materials import MATERIALS, material_node
from metadata_portal.registries.lab.people import people_offered, person_fields
from metadata_portal.registries.procedure_kinds import ProcedureKind
from metadata_portal.registries.services import term_add, term_retire
from schema_core.components.injection_procedures import NonViralMaterial, ViralMaterial
from schema_core.core.procedures import Procedures
from schema_core.introspect import List, Union, describe

pytestmark = pytest.mark.django_db

ORCID = "0000-0002-1825-0097"


def add(vocabulary, **data):
    return term_add(vocabulary=vocabulary, data=data, by=None)


def test_the_kinds_of_procedure_are_those_of_the_standard():
    listed = describe(Procedures).by_name
    outer = listed["subject_procedures"].shape.item
    assert isinstance(outer, Union)
    surgery = outer.alternative("Surgery").shape
    inner = surgery.by_name["procedures"].shape
    assert isinstance(inner, List)
    kinds = {entry.key for entry in (*outer.alternatives, *inner.item.alternatives)} | {"Specimen procedure"}
    assert kinds == set(ProcedureKind)


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0098", "1234", "jane"])
def test_an_orcid_with_a_wrong_sign_is_refused_at_its_field(orcid):
    with pytest.raises(FormError) as refused:
        add("people", name="Josiah Carberry", orcid=orcid)
    assert refused.value.field == "orcid"


def test_a_person_is_found_by_name_initials_and_id_and_offered_until_retired():
    person = add("people", name="Josiah Carberry", initials="JC", orcid=f"https://orcid.org/{ORCID}", roles=["Surgeon"])
    for text in ("josiah carberry", "JC", ORCID):
        assert person_fields(text)["registry_identifier"] == ORCID
    assert person_fields("Jane") is None
    assert dict(people_offered()) == {"Josiah Carberry": f"JC · {ORCID}"}
    term_retire(term=person, reason="left", by=None)
    assert list(people_offered()) == []


def test_an_account_must_be_somebodys(surgeon):
    assert add("people", name="Sam", account=surgeon.username).data["account"] == surgeon.username
    with pytest.raises(FormError) as refused:
        add("people", name="Tom", account="nobody")
    assert refused.value.field == "account"


def test_an_ethics_protocol_says_when_it_does_not_hold_and_what_it_does_not_cover():
    add(
        "ethics-protocols",
        protocol_id="2109",
        title="Circuits",
        procedures=["Craniotomy"],
        valid_from="2025-01-01",
        valid_to="2025-12-31",
    )
    protocol = ETHICS_PROTOCOLS.find("2109")
    days = {dt.date(2025, 1, 1): True, dt.date(2025, 12, 31): True}
    days |= {dt.date(2024, 12, 31): False, dt.date(2026, 1, 1): False}
    assert {day: not out_of_force(protocol, day) for day in days} == days
    assert not_covered(protocol, "Craniotomy") == ""
    assert "does not name perfusion" in not_covered(protocol, "Perfusion")
    with pytest.raises(FormError, match="before the first"):
        add("ethics-protocols", protocol_id="1", title="x", valid_from="2025-02-01", valid_to="2025-01-01")


def test_a_protocol_goes_with_its_kind_where_one_alone_names_it():
    doi, other = "10.17504/protocols.io.bd8qi9vw", "10.17504/protocols.io.bgpujvnw"
    add("lab-protocols", doi=f"https://doi.org/{doi}", title="Nanoject", procedures=["Brain injection"])
    add("lab-protocols", doi=other, title="Anything")
    assert protocol_for("Brain injection") == doi
    assert [key for key, _ in protocols_offered("Brain injection")] == [doi, other]
    assert [key for key, _ in protocols_offered("Perfusion")] == [other]
    add("lab-protocols", doi="10.17504/protocols.io.xyz", title="Iontophoresis", procedures=["Brain injection"])
    assert protocol_for("Brain injection") is None


def test_a_viral_lot_fills_all_of_its_material_but_the_titer():
    add(
        "materials",
        lot_number="VT5182G",
        name="AAV1-hSyn-GCaMP8s-WPRE",
        stock_titer="2.5x10^13 gc/mL",
        addgene_id="#162374",
        virus_tars_id="AiV300020",
        plasmid_tars_alias=["AiP300020"],
        prep_date="2025-05-01",
        prep_type="Purified",
        prep_protocol="SOP-12",
        expiration_date="2026-05-01",
    )
    lot = MATERIALS.lookup("vt5182g")
    assert lot.data["stock_titer"] == "2.5e13"
    node = material_node(lot)
    assert "titer" not in node
    read = ViralMaterial.model_validate(node)
    assert read.titer is None
    assert (read.name, read.addgene_id.registry_identifier) == ("AAV1-hSyn-GCaMP8s-WPRE", "162374")
    assert read.tars_identifiers.model_dump(mode="json", exclude={"object_type"}) == {
        "virus_tars_id": "AiV300020",
        "plasmid_tars_alias": ["AiP300020"],
        "prep_lot_number": "VT5182G",
        "prep_date": "2025-05-01",
        "prep_type": "Purified",
        "prep_protocol": "SOP-12",
    }


def test_another_lot_fills_a_reagent_with_its_supplier():
    add(
        "materials",
        lot_number="D1234",
        name="Dextran",
        kind="Non viral material",
        source="Sigma-Aldrich",
        expiration_date="2026-01-01",
    )
    read = NonViralMaterial.model_validate(material_node(MATERIALS.find("D1234")))
    assert (read.lot_number, read.source.name, str(read.expiration_date)) == ("D1234", "Sigma-Aldrich", "2026-01-01")
    with pytest.raises(FormError, match="Only a virus has a titer"):
        add("materials", lot_number="D2", name="Dextran", kind="Non viral material", stock_titer="1e12")
