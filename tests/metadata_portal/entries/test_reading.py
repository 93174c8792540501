"""Documents in words."""

import json

import pytest

from metadata_portal.entries.reading import read
from metadata_portal.entries.wording import described, label_of, text_of
from metadata_portal.schemaforms import depths
from schema_core.components.coordinates import CoordinateSystemLibrary
from tests.metadata_portal.entries.documents import procedures, subject, surgery

INJECTION = {
    "object_type": "Brain injection",
    "injection_materials": [{"object_type": "Viral material", "name": "AAV2-Flex", "titer": 25, "titer_unit": "gc/mL"}],
    "dynamics": [
        {"object_type": "Injection dynamics", "profile": "Bolus", "volume": 150.0, "volume_unit": "nanoliter"}
    ],
    "coordinate_system_name": "BREGMA_ARI",
    "coordinates": [
        [
            {"object_type": "Translation", "translation": [-2.0, 1.5, 0], "reference_coordinate_system": "global"},
            {"object_type": "Translation", "translation": [0, 0, 2.75], "reference_coordinate_system": "local"},
        ]
    ],
}


def lines(part):
    for child in part.parts:
        if child.form == "value":
            yield child.label, child.text
        yield from lines(child)


def texts(kind, document):
    return dict(lines(read(kind, document)))


def test_a_number_stands_with_its_unit_and_the_unit_alone_nowhere():
    found = texts("procedures", procedures(surgery(animal_weight_prior=22.0, weight_unit="gram")))
    assert "22 gram" in found.values()
    assert "gram" not in found.values()
    assert "gram" not in texts("procedures", procedures(surgery(weight_unit="gram"))).values()


def test_transforms_and_deliveries_are_one_line_each():
    found = texts("procedures", procedures(surgery(procedures=[INJECTION])))
    assert "Translation -2, 1.5, 0 (global); Translation 0, 0, 2.75 (local)" in found.values()
    assert "Injection dynamics: profile Bolus, volume 150 nanoliter" in found.values()


def test_terms_show_their_name_and_identifier_apart():
    part = next(
        part
        for block in read("subject", subject()).blocks
        for part in block.parts
        if part.text.startswith("Mus musculus")
    )
    assert (part.text, part.detail) == ("Mus musculus", "NCBI:txid10090")


def test_a_deprecated_twin_that_says_the_same_is_said_once():
    system = {
        "object_type": "Coordinate system",
        "name": "BREGMA_ARI",
        "origin": "Bregma",
        "axes": [],
        "axis_unit": "mm",
    }
    document = procedures(surgery(coordinate_system=system, global_coordinate_system=system))
    said = [text for _, text in lines(read("procedures", document)) if "BREGMA_ARI" in text]
    assert len(said) == 1


@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [1, [2]], {"a": {"b": [None]}}, {"object_type": 3}])
def test_anything_can_be_read(value):
    for document in ({"subject_procedures": value}, {"subject_procedures": [value]}, {"unknown": value}):
        assert list(lines(read("procedures", document))) is not None
        assert isinstance(described(value), str)
        assert isinstance(text_of(value), str)


def test_a_place_is_named_by_titles_and_items():
    document = procedures(surgery(procedures=[INJECTION]))
    label = label_of("procedures", document, "subject_procedures.0.procedures.0.dynamics.0.volume")
    steps = label.split(" \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ")
    assert steps[1] == "1. Surgery \N{MIDDLE DOT} 2026-01-15"
    assert steps[3] == "1. Brain injection"
    assert label_of("procedures", document, "nothing.at.all") == "nothing.at.all"
    assert label_of("procedures", document, "") == "The whole document"


def test_both_sides_of_a_conflict_say_what_differs():
    one = {
        "object_type": "Anaesthetic",
        "anaesthetic_type": "Isoflurane",
        "duration": 60,
        "duration_unit": "minute",
        "level": 2,
    }
    assert described({"object_type": "Surgery", "start_date": "2026-01-15", "anaesthesia": one, "notes": None}).split(
        "\n"
    ) == [
        "Surgery",
        "Start date: 2026-01-15",
        "Anaesthesia: Anaesthetic: anaesthetic type Isoflurane, duration 60 minute, level 2",
    ]
    assert described(2.5) == "2.5"


def test_the_examples_of_the_standard_are_read_without_raw_keys(peer_examples):
    for kind, text in peer_examples.values():
        document = json.loads(text)
        for label, shown in lines(read(kind, document)):
            assert label
            assert shown not in {"", "None"}
            assert "{" not in shown


@pytest.mark.parametrize(
    ("system", "depth", "said"),
    [("BREGMA_ARI", 0.3, "0.3 mm down"), ("BREGMA_RAS", -0.3, "0.3 mm down"), ("BREGMA_ARI", -0.3, "0.3 mm up")],
)
def test_a_needle_reads_as_surgeons_say_it(system, depth, said):
    around = getattr(CoordinateSystemLibrary, system).model_dump(mode="json")
    entry = depths.seed()
    entry[0]["translation"], entry[1]["angles"], entry[2]["translation"] = [-2.7, 2.4, 0], [10, 0, 0], [0, 0, depth]
    injection = {"object_type": "Brain injection", "coordinates": [entry]}
    surgery = {"object_type": "Surgery", "global_coordinate_system": around, "procedures": [injection]}
    first, second, third = [axis["name"] for axis in around["axes"]]

    whole = read("procedures", {"subject_id": "730945", "subject_procedures": [surgery]})

    assert f"{first} -2.7, {second} 2.4, {third} 0 mm · 10° about {first} · {said}" in dict(lines(whole)).values()


def test_small_objects_of_a_list_are_a_line_each_without_what_goes_without_saying():
    wires = [
        {"object_type": "Connection", "source_device": "Harp", "source_port": "DO0", "target_device": "Camera"},
        {"object_type": "Connection", "source_device": "Camera", "target_device": "PC", "send_and_receive": False},
    ]
    found = texts("instrument", {"connections": wires})
    assert found["1"] == "From Harp · From port DO0 · To Camera"
    assert found["2"] == "From Camera · To PC"


def test_one_entry_under_a_key_is_said_with_its_key():
    metric = {"object_type": "QC metric", "name": "drift", "tags": {"probe": "A"}}
    assert texts("quality_control", {"metrics": [metric]})["Tags"] == "probe A"


def test_parts_come_in_the_order_of_the_form():
    document = {"calibrations": [{"device_name": "a"}], "components": [{"name": "b"}], "instrument_id": "c"}
    assert [part.path for part in read("instrument", document).parts] == ["instrument_id", "components", "calibrations"]


def test_times_are_written_with_a_space():
    assert texts("acquisition", {"acquisition_start_time": "2026-07-01T09:30:00-07:00"})["Started"] == (
        "2026-07-01 09:30:00-07:00"
    )
