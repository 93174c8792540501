"""Every step: what it changes, what it loses, and that it leaves the rest alone."""

from __future__ import annotations

from typing import Any

import pytest

from schema_core.registries import LocalTerm, Snapshot, overlay
from schema_core.upgrade import Upgraded, upgrade
from tests.schema_core import rigs, samples


def losses(done: Upgraded) -> list[tuple[str, str]]:
    return [(loss.path, loss.code) for loss in done.losses]


def carried(document: dict[str, Any]) -> Upgraded:
    done = upgrade(document)
    assert not done.refusals, done.refusals
    return done


# -- forms that are older than 2.9 ------------------------------------------------------------------------------------


def test_a_list_of_tags_gets_names_and_the_grouping_follows():
    record = samples.quality_control(samples.metric(tags=["Probe A", "Drift"]), default_grouping=["Probe A"])
    done = upgrade(record, to="2.9")
    assert done.document["metrics"][0]["tags"] == {"tag_1": "Probe A", "tag_2": "Drift"}
    assert done.document["default_grouping"] == [["modality"], ["tag_1"]]
    assert losses(done) == [("default_grouping", "upgrade-dropped")]


def test_named_tags_and_their_grouping_stay():
    record = samples.quality_control(samples.metric(tags={"probe": "A"}), default_grouping=["probe"])
    assert upgrade(record, to="2.9").document == record


def test_contrast_and_brightness_were_always_in_percent():
    rig = rigs.instrument(rigs.monitor(contrast=50, brightness=20, brightness_unit="percent"))
    (monitor,) = carried(rig).document["components"]
    assert (monitor["contrast_unit"], monitor["brightness_unit"]) == ("percent", "percent")


def bred() -> dict[str, Any]:
    parents = {"maternal_id": "1", "maternal_genotype": "wt", "paternal_id": "2", "paternal_genotype": "wt"}
    return samples.subject(samples.mouse(breeding_info={"breeding_group": "Group 3", **parents}), notes="calm")


@pytest.mark.parametrize("to", ["2.9", "3.0"])
def test_a_breeding_group_is_kept_in_words(to):
    done = upgrade(bred(), to=to)
    assert done.document["notes"] == "calm\nbreeding_group: Group 3"
    assert done.document["subject_details"]["breeding_info"].get("breeding_group") is None
    assert losses(done)[0] == ("subject_details.breeding_info.breeding_group", "upgrade-dropped")


# -- coordinate_system ------------------------------------------------------------------------------------------------

SYSTEM = samples.system()


def with_systems(**systems: Any) -> dict[str, Any]:
    document = samples.procedures()
    del document["global_coordinate_system"]
    return {**document, **systems}


def test_the_older_name_alone_becomes_the_newer():
    assert carried(with_systems(coordinate_system=SYSTEM)).document["global_coordinate_system"] == SYSTEM
    older = upgrade(with_systems(coordinate_system=SYSTEM), to="2.9").document
    assert older["coordinate_system"] == older["global_coordinate_system"] == SYSTEM


def test_an_equal_twin_goes_and_comes_back():
    document = with_systems(coordinate_system=SYSTEM, global_coordinate_system=SYSTEM, specimen_procedures=[])
    document |= {"describedBy": "x", "schema_version": "2.2.3", "notes": None}
    done = carried(document)
    assert "coordinate_system" not in done.document
    assert not done.losses
    assert upgrade(done.document, to="2.9").document == document


def test_a_twin_that_differs_is_lost_and_kept_in_words():
    done = carried(with_systems(coordinate_system=samples.system("BREGMA_RAS"), global_coordinate_system=SYSTEM))
    assert ("coordinate_system", "upgrade-dropped") in losses(done)
    assert "name BREGMA_RAS" in done.document["notes"]


def test_an_empty_twin_of_a_full_node_is_listed_since_a_way_back_fills_it():
    document = with_systems(coordinate_system=None, global_coordinate_system=SYSTEM, specimen_procedures=[])
    done = carried({**document, "describedBy": "x", "schema_version": "2.2.3", "notes": None})
    assert losses(done) == [("coordinate_system", "upgrade-form")]


def test_the_atlas_of_a_point_keeps_its_name():
    atlas = {**SYSTEM, "object_type": "Atlas", "name": "CCF", "version": "3", "size": [1, 1, 1]}
    atlas |= {"resolution": [10, 10, 10], "resolution_unit": "micrometer"}
    point = {"object_type": "Atlas coordinate", "translation": [1, 2, 3], "coordinate_system": atlas}
    config = {
        "object_type": "Probe config",
        "device_name": "Probe",
        "primary_targeted_structure": samples.plane()["targeted_structure"],
        "atlas_coordinate": point,
        "local_coordinate_system": SYSTEM,
        "transform": [samples.translation(1, 2, 3)],
    }
    stream = samples.data_stream(configurations=[config])
    done = carried(samples.acquisition(data_streams=[stream], global_coordinate_system=SYSTEM))
    assert done.document["data_streams"][0]["configurations"][0]["atlas_coordinate"] == point


# -- sections ---------------------------------------------------------------------------------------------------------


def sectioned(*sections: dict[str, Any], kind: str = "Planar sectioning") -> dict[str, Any]:
    details: dict[str, Any] = {"object_type": kind, "sections": list(sections)}
    if kind == "Planar sectioning":
        details |= {"section_orientation": "Coronal", "global_coordinate_system": SYSTEM}
    step = samples.specimen_procedure(procedure_type="Sectioning", procedure_details=[details])
    return samples.procedures(specimen_procedures=[step])


def sections_of(done: Upgraded) -> list[dict[str, Any]]:
    return done.document["specimen_procedures"][0]["procedure_details"][0]["sections"]


PLACED = {
    "object_type": "Section",
    "output_specimen_id": "654321_002",
    "coordinate_system_name": "BREGMA_ARI",
    "start_coordinate": samples.translation(0.3, 0, 0),
    "thickness": 0.1,
    "thickness_unit": "millimeter",
}


def test_a_section_with_all_of_a_planar_one_becomes_one():
    assert sections_of(carried(sectioned(PLACED))) == [{**PLACED, "object_type": "Planar section"}]


def test_a_section_without_start_loses_its_thickness_to_the_notes():
    thick = {
        "object_type": "Section",
        "output_specimen_id": "654321_002",
        "thickness": 0.1,
        "thickness_unit": "millimeter",
    }
    done = carried(sectioned(thick))
    assert sections_of(done) == [{"object_type": "Section", "output_specimen_id": "654321_002"}]
    assert [path.rpartition(".")[2] for path, code in losses(done) if code == "upgrade-dropped"] == [
        "thickness",
        "thickness_unit",
    ]
    assert done.document["specimen_procedures"][0]["notes"] == "thickness: 0.1\nthickness_unit: millimeter"


def test_a_plain_sectioning_has_no_planar_sections():
    plain = {**PLACED, "coordinate_system_name": "BREGMA_ARI"}
    done = carried(sectioned(plain, kind="Sectioning"))
    assert sections_of(done) == [{"object_type": "Section", "output_specimen_id": "654321_002"}]
    assert len(losses(done)) == 4


# -- devices ----------------------------------------------------------------------------------------------------------


def arena(**fields: Any) -> dict[str, Any]:
    return rigs.instrument({"object_type": "Arena", "name": "Box", **fields})


def size(*lengths: float) -> dict[str, Any]:
    return {"size": {"object_type": "Scale", "scale": list(lengths), "pivot": "global"}, "size_unit": "centimeter"}


SQUARE = {"object_type": "Rectangle", "width": 30, "height": 30, "size_unit": "centimeter"}
ROUND = {"object_type": "Circle", "radius": 15, "radius_unit": "centimeter"}


def test_a_size_becomes_a_rectangle():
    done = carried(arena(**size(30, 30)))
    assert done.document["components"] == [{"object_type": "Arena", "name": "Box", "shape": SQUARE}]
    assert losses(done) == [("components.0.shape", "upgrade-form")]


def test_a_height_has_no_place_in_a_shape():
    done = carried(arena(**size(30, 30, 20)))
    assert done.document["components"][0]["shape"] == SQUARE
    assert done.document["components"][0]["notes"] == "size: [30.0, 30.0, 20.0, centimeter]"
    assert ("components.0.size", "upgrade-dropped") in losses(done)


@pytest.mark.parametrize("shape", [SQUARE, ROUND])
def test_a_size_that_is_that_of_the_shape_goes_and_comes_back(shape):
    document = arena(**size(30, 30), shape=shape)
    done = carried(document)
    assert done.document["components"][0]["shape"] == shape
    assert not done.losses
    assert upgrade(done.document, to="2.9").document["components"] == document["components"]


def test_a_size_that_contradicts_the_shape_is_kept_in_words():
    assert losses(carried(arena(**size(40, 30), shape=SQUARE)))[0] == ("components.0.size", "upgrade-dropped")


def channel(**fields: Any) -> dict[str, Any]:
    board = {"object_type": "DAQ device", "name": "Board", "manufacturer": rigs.MAKER, "data_interface": "USB"}
    board["channels"] = [{"channel_name": "a", "channel_type": "Digital Input", **fields}]
    return rigs.instrument(board)


@pytest.mark.parametrize(
    ("given", "port", "lost"),
    [
        ({"channel_index": 3}, 3, "upgrade-form"),
        ({"channel_index": 3, "port": 3}, 3, "upgrade-form"),
        ({"channel_index": 3, "port": 4}, 4, "upgrade-dropped"),
        ({"port": 4}, 4, None),
    ],
)
def test_the_index_of_a_channel_is_its_port(given, port, lost):
    done = carried(channel(**given))
    (one,) = done.document["components"][0]["channels"]
    assert (one.get("port"), "channel_index" in one) == (port, False)
    assert {code for _, code in losses(done)} == ({lost} if lost else set())


def test_a_camera_that_bears_the_name_of_its_assembly_gets_one_of_its_own():
    assembly = rigs.camera_assembly(
        "Eye", camera=rigs.camera("Eye"), lens=rigs.device("Lens", "Lens", manufacturer=rigs.MAKER)
    )
    done = carried(rigs.instrument(assembly))
    (new,) = done.document["components"]
    assert (new["name"], new["camera"]["name"]) == ("Eye", "Eye Detector")
    assert losses(done) == [("components.0.camera", "upgrade-renamed")]


def test_two_devices_of_one_name_are_for_a_person_to_tell_apart():
    done = upgrade(rigs.instrument(rigs.camera("Eye"), rigs.detector("Eye")))
    assert [(refusal.path, refusal.code) for refusal in done.refusals] == [
        ("components.1.name", "next-component-duplicate")
    ]


# -- registry terms ---------------------------------------------------------------------------------------------------

OTHER = {"name": "Other", "abbreviation": None, "registry": None, "registry_identifier": None}


def test_an_organization_that_3_0_lacks_becomes_other_and_its_name_stays_in_the_notes():
    camera = rigs.camera("Eye", manufacturer={"name": "National Institute on Aging"}, notes="old")
    done = carried(rigs.instrument(camera))
    assert done.document["components"][0]["manufacturer"] == OTHER
    assert done.document["components"][0]["notes"] == "old\nmanufacturer: National Institute on Aging"
    assert losses(done) == [("components.0.manufacturer", "upgrade-term")]


def test_where_there_are_no_notes_the_loss_alone_tells_the_name():
    done = carried(samples.data_description(funding_source=[{"funder": {"name": "Pew Charitable Trusts"}}]))
    assert done.document["funding_source"][0]["funder"] == OTHER
    assert "'Pew Charitable Trusts'" in done.losses[0].message


def test_terms_that_only_this_site_knows_give_way():
    ours = Snapshot(
        1,
        {
            "organizations": (LocalTerm({"name": "Our Workshop", "abbreviation": None}),),
            "strains": (LocalTerm({"name": "Ours", "species": "Mus musculus"}),),
        },
    )
    strange = samples.mouse(strain={"name": "Ours", "species": "Mus musculus"}, source={"name": "Our Workshop"})
    with overlay(lambda: ours):
        done = carried(samples.subject(strange))
    assert done.document["subject_details"]["strain"]["name"] == "Unknown"
    assert done.document["subject_details"]["source"] == OTHER
    assert done.document["notes"] == "source: Our Workshop\nstrain: Ours"


def test_what_3_0_has_beyond_2_9_stays_there():
    monkey = {"object_type": "Non human primate subject", "species": {"name": "Macaca fascicularis"}, "sex": "Male"}
    monkey |= {"year_of_birth": 2020, "mating_status": "Unknown", "source": {"name": "Other"}}
    there = carried(samples.subject(monkey))
    assert upgrade(there.document).accepted
    assert [refusal.code for refusal in upgrade(there.document, to="2.9").refusals] == ["term-unknown"]


def test_a_document_of_3_0_is_judged_as_one():
    there = carried(arena(**size(30, 30)))
    assert upgrade(there.document).accepted


# -- what 3.0 insists on ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "version"), [({}, "unknown"), ({"version": "1"}, "1"), ({"commit_hash": "abcdef1"}, None)]
)
def test_code_without_version_says_that_it_is_unknown(given, version):
    code = {"url": "https://example.org", **given}
    done = carried(samples.processing(samples.process(code=code)))
    assert done.document["data_processes"][0]["code"].get("version") == version
    assert bool(done.losses) is (version == "unknown")


@pytest.mark.parametrize("zone", ["localtime", "posixrules"])
def test_a_zone_without_meaning_gives_way_to_the_offset(zone):
    done = carried(samples.acquisition(acquisition_start_tz=zone))
    assert done.document["acquisition_start_tz"] is None
    assert losses(done) == [("acquisition_start_tz", "upgrade-zone")]


def test_a_true_zone_stays():
    done = carried(samples.acquisition(acquisition_start_tz="Europe/Berlin"))
    assert (done.document["acquisition_start_tz"], done.losses) == ("Europe/Berlin", ())


def test_a_name_cut_short_is_written_in_full():
    done = carried(samples.procedures(samples.craniotomy(coordinate_system_name="BREG")))
    assert done.document["subject_procedures"][0]["procedures"][0]["coordinate_system_name"] == "BREGMA_ARI"
    assert [code for _, code in losses(done)] == ["upgrade-name"]


def flat(*transforms: dict[str, Any]) -> dict[str, Any]:
    config = samples.imaging(images=[samples.image(image_to_acquisition_transform=list(transforms))])
    stream = samples.data_stream(configurations=[config])
    return samples.acquisition(data_streams=[stream], global_coordinate_system=SYSTEM)


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ({"object_type": "Translation", "translation": [5, 6]}, [5, 6, 0]),
        ({"object_type": "Scale", "scale": [2, 3]}, [2, 3, 1]),
        ({"object_type": "Rotation", "angles": [9]}, [9, 0, 0]),
        ({"object_type": "Affine", "affine_transform": [[1, 2], [3, 4]]}, [[1, 2, 0, 0], [3, 4, 0, 0], [0, 0, 1, 0]]),
        (
            {"object_type": "Affine", "affine_transform": [[1, 2, 5], [3, 4, 6]]},
            [[1, 2, 0, 5], [3, 4, 0, 6], [0, 0, 1, 0]],
        ),
        (
            {"object_type": "Affine", "affine_transform": [[1, 0, 0], [0, 1, 0], [0, 0, 1]]},
            [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]],
        ),
    ],
)
def test_a_flat_image_lies_in_the_first_two_axes(given, numbers):
    done = carried(flat(given))
    (new,) = done.document["data_streams"][0]["configurations"][0]["images"][0]["image_to_acquisition_transform"]
    assert next(value for value in new.values() if isinstance(value, list)) == numbers
    assert [code for _, code in losses(done)] == ["upgrade-axes"]


def test_a_point_does_not_say_which_axis_it_lacks():
    done = upgrade(samples.procedures(samples.craniotomy(position=samples.translation(1, 2))))
    assert [refusal.code for refusal in done.refusals] == ["next-axis-count"]


@pytest.mark.parametrize(
    ("document", "path", "code"),
    [
        (
            samples.procedures(
                subject_procedures=[
                    {
                        "object_type": "Injection",
                        "injection_materials": [{"object_type": "Viral material", "name": "AAV"}],
                        "dynamics": [samples.delivery()],
                    }
                ]
            ),
            "subject_procedures.0",
            "injection-bare",
        ),
        (
            samples.procedures(
                samples.surgery(weight_unit=None)["procedures"] or samples.craniotomy(size=3, size_unit=None)
            ),
            "subject_procedures.0.procedures.0.size_unit",
            "unit-missing",
        ),
        (
            samples.metadata(
                subject=samples.subject(
                    {"object_type": "Calibration object", "description": "A plate", "empty": False}, subject_id="plate"
                )
            ),
            "subject.subject_id",
            "next-calibration-subject",
        ),
    ],
)
def test_what_only_a_person_can_put_right_is_refused(document, path, code):
    assert (path, code) in [(refusal.path, refusal.code) for refusal in upgrade(document).refusals]
