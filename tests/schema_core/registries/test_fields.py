"""What a field that holds a term accepts, and what it says when it does not."""

import copy
import json
import pickle

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from schema_core.registries import LocalTerm, Snapshot, overlay
from schema_core.registries.brain_atlas import BrainStructureModel
from schema_core.registries.harp_types import HarpDeviceType
from schema_core.registries.modalities import Modality
from schema_core.registries.mouse_anatomy import MouseAnatomyModel
from schema_core.registries.organizations import Organization, OrganizationModel
from schema_core.registries.pid_names import PIDName
from schema_core.registries.registries import Registry
from schema_core.registries.species import Species, Strain
from schema_core.rules.warned import collecting

ONE_OF = {"Organization": Organization, "Modality": Modality, "Species": Species, "Strain": Strain}
AI = {
    "name": "Allen Institute",
    "abbreviation": "AI",
    "registry": "Research Organization Registry (ROR)",
    "registry_identifier": "03cpe7c52",
}
FVB = {
    "name": "FVB/NJ",
    "species": "Mus musculus",
    "registry": "Mouse Genome Informatics (MGI)",
    "registry_identifier": "MGI:2163709",
}

INPUTS = [
    ("Organization", AI),
    ("Organization", {"name": "Allen Institute"}),
    ("Organization", {**AI, "registry_identifier": "wrong"}),
    ("Organization", {**AI, "registry_identifier": None}),
    ("Organization", {**AI, "registry_identifier": 3}),
    ("Organization", {**AI, "registry": None}),
    ("Organization", {**AI, "registry": "ROR"}),
    ("Organization", {**AI, "registry": 1}),
    ("Organization", {**AI, "abbreviation": "WRONG"}),
    ("Organization", {**AI, "abbreviation": None}),
    ("Organization", {**AI, "extra": 1}),
    ("Organization", {"extra": 1, "registry_identifier": "x", "name": "Allen Institute"}),
    ("Organization", {"name": "Other", "abbreviation": None}),
    ("Organization", {"name": "Other", "abbreviation": ""}),
    ("Organization", {"name": "Nobody"}),
    ("Organization", {"name": None}),
    ("Organization", {"name": ["Allen Institute"]}),
    ("Organization", {"name": {}}),
    ("Organization", {"abbreviation": "AI"}),
    ("Organization", {}),
    ("Organization", "Allen Institute"),
    ("Organization", None),
    ("Organization", ["Allen Institute"]),
    ("Organization", 5),
    ("Modality", {"abbreviation": "ecephys"}),
    ("Modality", {"name": "Extracellular electrophysiology"}),
    ("Modality", {"abbreviation": "ecephys", "name": "Behavior"}),
    ("Modality", {"abbreviation": "ecephys", "extra": 1}),
    ("Modality", {"abbreviation": "ECEPHYS"}),
    ("Species", {"name": "Mus musculus"}),
    ("Species", {"name": "Mus musculus", "registry": None}),
    ("Species", {"name": "Mus musculus", "registry_identifier": "NCBI:txid1"}),
    ("Species", {"name": "Mus musculus", "common_name": "Rat"}),
    ("Species", {"name": "Mus musculus", "registry": "Addgene (ADDGENE)"}),
    ("Strain", {"name": "C57BL/6J"}),
    ("Strain", {"name": "C57BL/6J", "species": "Rattus norvegicus"}),
    ("Strain", {"name": "C57BL/6J", "registry_identifier": "MGI:1"}),
    ("Strain", {"name": "Unknown", "registry": "Mouse Genome Informatics (MGI)"}),
    ("Strain", FVB),
]
HARP = [
    {"name": "Behavior"},
    {"name": "Behavior", "whoami": 1216},
    {"whoami": 1216, "name": "Behavior"},
    {"name": "Behavior", "whoami": 1216.0},
    {"name": "Behavior", "whoami": "1216"},
    {"name": "Behavior", "whoami": True},
    {"name": "Behavior", "whoami": 1},
    {"whoami": 1216},
]


def judged(holder, value):
    # the peer drops unknown keys without a word; ours says so, which is tested below
    with collecting():
        try:
            return TypeAdapter(holder.ONE_OF).validate_python(value).model_dump_json()
        except ValidationError:
            return None


@pytest.mark.peer
def test_every_input_gets_the_verdict_and_the_json_of_the_peer(peer):
    asked = [*INPUTS, *(("HarpDeviceType", value) for value in HARP)]
    theirs = peer.run(
        "import json\nfrom pydantic import TypeAdapter, ValidationError\n"
        "from aind_data_schema_models.organizations import Organization\n"
        "from aind_data_schema_models.modalities import Modality\n"
        "from aind_data_schema_models.species import Species, Strain\n"
        "from aind_data_schema_models.harp_types import HarpDeviceType\n"
        "result = []\n"
        f"for name, value in json.loads({json.dumps(asked)!r}):\n"
        "    try: result.append(TypeAdapter(globals()[name].ONE_OF).validate_python(value).model_dump_json())\n"
        "    except ValidationError: result.append(None)\n"
    )
    ours = [judged({**ONE_OF, "HarpDeviceType": HarpDeviceType}[name], value) for name, value in asked]
    assert ours == theirs


FREE = [
    ("PIDName", {"name": "Ai32"}),
    ("PIDName", {"name": "Ai32", "registry": "Mouse Genome Informatics (MGI)", "registry_identifier": "MGI:1"}),
    ("PIDName", {"name": "Ai32", "registry": "a list of our own", "abbreviation": "A"}),
    ("PIDName", {"name": "Ai32", "registry": 3}),
    ("PIDName", {"name": "Ai32", "extra": 3}),
    ("PIDName", {"abbreviation": "A"}),
    ("BrainStructureModel", {"atlas": "mine", "name": "n", "acronym": "a", "id": "1"}),
    ("BrainStructureModel", {"atlas": "mine", "name": "n", "acronym": "a", "id": 1}),
    ("BrainStructureModel", {"atlas": "mine", "name": "n", "acronym": "a", "id": "1", "extra": 1}),
    ("BrainStructureModel", {"atlas": "mine", "name": "n", "acronym": "a"}),
    (
        "MouseAnatomyModel",
        {"name": "n", "registry": Registry.EMAPA.value, "registry_identifier": "1"},
    ),
    ("MouseAnatomyModel", {"name": "n", "registry": "EMAPA", "registry_identifier": "1"}),
    ("MouseAnatomyModel", {"name": "n", "registry": None, "registry_identifier": "1"}),
    ("MouseAnatomyModel", "carotid artery"),
]


@pytest.mark.peer
def test_free_objects_get_the_verdict_and_the_json_of_the_peer(peer):
    theirs = peer.run(
        "import json\nfrom pydantic import ValidationError\n"
        "from aind_data_schema_models.pid_names import PIDName\n"
        "from aind_data_schema_models.brain_atlas import BrainStructureModel\n"
        "from aind_data_schema_models.mouse_anatomy import MouseAnatomyModel\n"
        "result = []\n"
        f"for name, value in json.loads({json.dumps(FREE)!r}):\n"
        "    try: result.append(globals()[name].model_validate(value).model_dump_json())\n"
        "    except ValidationError: result.append(None)\n"
    )
    models = {model.__name__: model for model in (PIDName, BrainStructureModel, MouseAnatomyModel)}
    ours = []
    with collecting():
        for name, value in FREE:
            try:
                ours.append(models[name].model_validate(value).model_dump_json())
            except ValidationError:
                ours.append(None)
    assert ours == theirs


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (TypeAdapter(Organization.ONE_OF), {**AI, "colour": "red"}),
        (TypeAdapter(BrainStructureModel), {"atlas": "a", "name": "n", "acronym": "a", "id": "1", "colour": 1}),
    ],
)
def test_a_key_that_the_standard_drops_is_not_dropped_in_silence(field, value):
    with collecting() as told:
        assert "colour" not in field.validate_python(value).model_dump()
    assert [(one.at, one.code, one.about is value) for one in told] == [("colour", "dropped-field", True)]


def test_json_text_is_judged_like_python_values():
    field = TypeAdapter(Organization.ONE_OF)
    assert field.validate_json(json.dumps(AI)) is Organization.AI
    with pytest.raises(ValidationError):
        field.validate_json('{"name": "Nobody"}')


def test_a_term_of_the_registry_passes_and_one_made_by_hand_does_not():
    field = TypeAdapter(Organization.ONE_OF)
    assert field.validate_python(Organization.AI) is Organization.AI
    with pytest.raises(ValidationError):
        field.validate_python(OrganizationModel(name="Allen Institute", abbreviation="AI"))


def test_terms_survive_copying_and_pickling():
    assert copy.deepcopy(Organization.AI) == Organization.AI
    assert pickle.loads(pickle.dumps(Organization.AI)) == Organization.AI


def test_an_unknown_name_is_answered_with_names_like_it_and_not_with_the_list():
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Organization.ONE_OF).validate_python({"name": "Allen Instiute"})
    (error,) = caught.value.errors()
    assert error["loc"] == ()
    assert error["msg"] == "'Allen Instiute' is not among the organizations: did you mean 'Allen Institute'?"


def test_a_contradiction_is_reported_at_the_field_and_a_missing_key_at_its_place():
    class Holder(BaseModel):
        makers: list[Organization.ONE_OF]

    with pytest.raises(ValidationError) as caught:
        Holder(makers=[{**AI, "abbreviation": "X"}, {"abbreviation": "AI"}, {"name": "x" * 100_000}])
    assert [(error["loc"], error["type"]) for error in caught.value.errors()] == [
        (("makers", 0, "abbreviation"), "term_contradiction"),
        (("makers", 1, "name"), "missing"),
        (("makers", 2), "term_unknown"),
    ]
    assert len(str(caught.value)) < 2000


def test_a_local_term_is_accepted_while_its_overlay_is_in_place():
    field = TypeAdapter(Strain.ONE_OF)
    snapshot = Snapshot(1, {"strains": (LocalTerm(FVB),)})
    with overlay(lambda: snapshot):
        assert field.validate_python({"name": "FVB/NJ"}).model_dump(mode="json") == FVB
        with pytest.raises(ValidationError):
            field.validate_python({**FVB, "species": "Rattus norvegicus"})
    with pytest.raises(ValidationError):
        field.validate_python(FVB)


def test_a_retired_term_stays_valid():
    snapshot = Snapshot(1, {"strains": (LocalTerm(FVB, status="retired"),)})
    with overlay(lambda: snapshot):
        assert TypeAdapter(Strain.ONE_OF).validate_python(FVB).name == "FVB/NJ"


def test_a_local_row_cannot_change_a_packaged_term():
    fake = LocalTerm({**AI, "abbreviation": "FAKE"}, aliases=("Paul's",))
    snapshot = Snapshot(1, {"organizations": (fake,)})
    with overlay(lambda: snapshot):
        assert judged(Organization, {"name": "Allen Institute"}) == json.dumps(AI, separators=(",", ":"))
        assert Organization.vocabulary.get("paul's") is Organization.AI


def test_the_json_schema_lists_packaged_and_local_terms_once():
    class Holder(BaseModel):
        first: Strain.ONE_OF
        second: Strain.ONE_OF | None = None

    snapshot = Snapshot(1, {"strains": (LocalTerm(FVB),)})
    with overlay(lambda: snapshot):
        schema = Holder.model_json_schema()
    (name,) = schema["$defs"].keys() - {"Registry"}
    assert schema["properties"]["first"] == {"$ref": f"#/$defs/{name}"}
    assert schema["$defs"][name]["properties"]["name"]["enum"] == ["C57BL/6J", "BALB/c", "Unknown", "FVB/NJ"]
    plain = Holder.model_json_schema()
    assert plain["$defs"][name]["properties"]["name"]["enum"] == ["C57BL/6J", "BALB/c", "Unknown"]
