"""Looking terms up, searching them, and the overlay."""

import pytest
from pydantic import BaseModel

import schema_core
from schema_core.registries import LocalTerm, Snapshot, local_terms, overlay, stock_only, vocabularies, vocabulary
from schema_core.registries.mouse_anatomy import InjectionTargets, MouseAnatomy
from schema_core.registries.organizations import Organization
from schema_core.registries.protocols import Protocols
from schema_core.registries.species import Species, Strain

FVB = {
    "name": "FVB/NJ",
    "species": "Mus musculus",
    "registry": "Mouse Genome Informatics (MGI)",
    "registry_identifier": "MGI:2163709",
}
LAB = {"name": "Our Institute", "abbreviation": "OI", "registry": None, "registry_identifier": None}


def strains(*terms):
    snapshot = Snapshot(object(), {"strains": terms})
    return overlay(lambda: snapshot)


@pytest.mark.parametrize(
    "text",
    ["Allen Institute", "allen  institute", "AI", " ai ", "03cpe7c52", "ROR:03cpe7c52", "https://ror.org/03cpe7c52"],
)
def test_a_term_is_found_by_each_of_its_names(text):
    assert Organization.vocabulary.get(text) is Organization.AI


@pytest.mark.parametrize("text", ["EMAPA:18609", "18609", "Carotid Artery"])
def test_a_part_of_the_mouse_is_found_by_number_and_name(text):
    assert vocabulary("mouse-anatomy").get(text) is MouseAnatomy.CAROTID_ARTERY


def test_what_nobody_is_called_finds_nothing():
    assert Organization.vocabulary.get("") is None
    assert Organization.vocabulary.get("Nobody") is None


def test_exact_spelling_wins_over_folded_spelling():
    structures = vocabulary("brain-structures")
    assert structures.get("VISp").acronym == "VISp"
    assert structures.get("visp").acronym == "VISp"


def test_search_puts_the_closest_first():
    found = vocabulary("mouse-anatomy").search("deltoid", limit=3)
    assert [term.name for term in found] == ["deltoid", "deltoid pre-muscle mass", "humerus deltoid tuberosity"]
    assert [term.name for term in Species.vocabulary.search("mouse")] == ["Mus musculus"]


def test_lookups_of_the_standard_work():
    assert Organization.from_name("Allen Institute") == Organization.AI
    assert Organization.from_abbreviation("AIND").name == "Allen Institute for Neural Dynamics"
    assert Organization.from_name("allen institute") is None
    assert Species.from_common_name("House mouse") == Species.HOUSE_MOUSE
    assert InjectionTargets.RETRO_ORBITAL.registry_identifier == "37025"


def test_look_up_tables_of_the_standard_work():
    assert Organization.name_map["Allen Institute"] is Organization.AI
    assert Organization.abbreviation_map["AI"] is Organization.AI
    assert len(Organization.abbreviation_map) == 48
    assert Species.common_name_map["Goat"].name == "Carpa hircus"
    assert Protocols.from_url("https://doi.org/10.17504/protocols.io.bgpujvnw").version == 3


def test_closed_word_lists_are_listed_and_say_why():
    units = vocabulary("size-unit")
    assert units.closed
    assert "standard" in units.closed_reason
    assert [unit.value for unit in units.search("milli")] == ["millimeter"]


def test_the_vocabularies_that_can_grow_come_first():
    names = list(vocabularies())
    assert set(names[:8]) == {
        "organizations",
        "species",
        "strains",
        "modalities",
        "brain-structures",
        "mouse-anatomy",
        "harp-types",
        "protocols",
    }
    closed = [vocabularies()[name].closed for name in names]
    assert closed.index(True, 8) == len(names) - sum(closed[8:])  # the closed ones stand at the end


def test_a_local_term_is_found_and_offered():
    with strains(LocalTerm(FVB, aliases=("FVB",))):
        assert Strain.vocabulary.get("fvb").name == "FVB/NJ"
        assert [term.name for term in Strain.vocabulary.terms()] == ["C57BL/6J", "BALB/c", "Unknown", "FVB/NJ"]
    assert Strain.vocabulary.get("FVB") is None


def test_a_retired_term_is_known_but_not_offered():
    with strains(LocalTerm(FVB, status="retired"), LocalTerm({"name": "BALB/c"}, status="retired")):
        assert [entry.label for entry in Strain.vocabulary.entries()] == ["C57BL/6J", "Unknown"]
        assert Strain.vocabulary.search("fvb") == []
        assert Strain.vocabulary.find("FVB/NJ").status == "retired"
        assert Strain.vocabulary.get("BALB/c") is Strain.BALB_C


def test_an_active_term_wins_the_name_of_a_retired_one():
    new = {**FVB, "name": "FVB/NJ-new", "registry_identifier": None}
    with strains(LocalTerm(FVB, status="retired"), LocalTerm(new, aliases=("FVB/NJ",))):
        assert Strain.vocabulary.get("FVB/NJ").name == "FVB/NJ-new"
        assert Strain.vocabulary.find("FVB/NJ").status == "retired"


def test_a_new_snapshot_counts_at_once():
    snapshots = [Snapshot(1, {})]
    with overlay(lambda: snapshots[-1]):
        assert Strain.vocabulary.get("FVB/NJ") is None
        snapshots.append(Snapshot(2, {"strains": (LocalTerm(FVB),)}))
        assert Strain.vocabulary.get("FVB/NJ") is not None
        with stock_only():
            assert Strain.vocabulary.get("FVB/NJ") is None


def test_no_organization_stands_in_the_place_of_a_lookalike():
    holds = {"organizations": set(), "free": set()}
    for model in every_model():
        for name, info in model.model_fields.items():
            text = str(info.annotation)
            if "OrganizationTerm" in text:
                holds["organizations"].add(name)
            if "PIDName" in text:
                holds["free"].add(name)
    assert holds["free"]
    assert holds["free"] <= Organization.vocabulary.lookalikes
    assert not holds["organizations"] & Organization.vocabulary.lookalikes


def every_model():
    schema_core.KINDS["metadata"]
    seen, todo = set(), [BaseModel]
    while todo:
        for model in todo.pop().__subclasses__():
            if model not in seen and model.__module__.startswith("schema_core."):
                seen.add(model)
                yield model
            todo.append(model)


def test_local_terms_are_found_with_their_paths():
    document = {
        "subject_details": {"strain": FVB, "source": LAB, "species": {"name": "Mus musculus"}},
        "people": [{"name": "FVB/NJ"}, {"a.b": {"lab": [LAB]}}],
        "alleles": [LAB],
        "manufacturer": {**LAB, "registry_identifier": "another number, which the standard lets through"},
    }
    snapshot = Snapshot(
        1, {"strains": (LocalTerm(FVB),), "organizations": (LocalTerm(LAB), LocalTerm({"name": "Other"}))}
    )
    with overlay(lambda: snapshot):
        assert local_terms(document) == [
            ("subject_details.strain", "strains", "FVB/NJ"),
            ("subject_details.source", "organizations", "Our Institute"),
            ("people.1.a~1b.lab.0", "organizations", "Our Institute"),
            ("manufacturer", "organizations", "Our Institute"),
        ]
    assert local_terms(document) == []
