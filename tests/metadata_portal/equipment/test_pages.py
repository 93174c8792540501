"""Sheets of device models, devices, coordinate systems and chains: written bit by bit, kept with a reason."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from metadata_portal.accounts import roles
from metadata_portal.entries.models import Draft
from metadata_portal.entries.services import record_create
from metadata_portal.equipment.models import Sheet
from metadata_portal.registries.models import Term
from metadata_portal.registries.services import term_add
from schema_core.components.coordinates import CoordinateSystemLibrary
from tests.metadata_portal.equipment.conftest import CAMERA, LASER, POWER
from tests.metadata_portal.equipment.test_chains import TILTED


def url_of(name: str, key: str) -> str:
    """The page of a row."""
    return reverse(f"equipment:{name}", args=[Term.objects.get(key=key).pk])


def post(client, url, at="", **fields):
    """One posted node, as without scripts."""
    return client.post(url, {"at": at, "op": str(uuid4()), "do": "save", **fields})


@pytest.fixture
def manager(client_for):
    """A registry manager's browser."""
    return client_for(roles.REGISTRY_MANAGER)


@pytest.mark.parametrize("model", [CAMERA, LASER], ids=["camera", "laser"])
def test_the_form_of_a_device_model_is_that_of_its_class_without_what_is_asked_elsewhere(lab, manager, model):
    drawn = manager.get(url_of("model-fields", model["name"])).text
    assert 'data-path="notes"' in drawn
    assert not any(f'data-path="{name}"' in drawn for name in ("name", "serial_number", "manufacturer", "model"))


def test_shared_fields_are_typed_then_kept_with_a_reason(lab, manager):
    url = url_of("model-fields", LASER["name"])
    assert post(manager, url, **{"root-wavelength": "561"}).status_code == 303
    assert Term.objects.get(key=LASER["name"]).data["defaults"] == {"wavelength": 488}
    manager.post(url, {"act": "keep", "reason": " "})
    assert Sheet.objects.count() == 1
    manager.post(url, {"act": "keep", "reason": "measured"})
    term = Term.objects.get(key=LASER["name"])
    assert (term.data["defaults"], term.reason, Sheet.objects.count()) == ({"wavelength": 561}, "measured", 0)


def test_what_the_class_refuses_is_said_and_not_kept(lab, manager):
    url = url_of("model-fields", LASER["name"])
    post(manager, url, **{"root-wavelength": "blue"})
    assert 'data-problem-path="wavelength"' in manager.get(url).text
    told = manager.post(url, {"act": "keep", "reason": "x"}, follow=True)
    assert "wavelength" in str(next(iter(told.context["messages"])))
    assert Term.objects.get(key=LASER["name"]).data["defaults"] == {"wavelength": 488}


def test_two_curators_do_not_overwrite_each_other(lab, client_for, manager):
    url, other = url_of("model-fields", LASER["name"]), client_for(roles.REGISTRY_MANAGER)
    post(manager, url, **{"root-wavelength": "561"})
    post(other, url, **{"root-wavelength": "640"})
    manager.post(url, {"act": "keep", "reason": "one"})
    told = other.post(url, {"act": "keep", "reason": "two"}, follow=True)
    assert "Somebody else changed this meanwhile" in told.text
    assert Term.objects.get(key=LASER["name"]).data["defaults"] == {"wavelength": 561}


def test_calibrations_of_a_device_are_kept_without_its_name(lab, manager):
    url = url_of("item-detail", "Face camera A")
    post(manager, url, at="calibrations", do="add:Calibration")
    Sheet.objects.update(document=json.dumps({"object_type": "Calibrations", "calibrations": [POWER]}))
    assert "device_name" not in [problem.path for problem in manager.get(url).context["editor"].placement.problems]
    manager.post(url, {"act": "keep", "reason": "bench"}, follow=True)
    (kept,) = Term.objects.get(key="Face camera A").data["calibrations"]
    assert kept == POWER


def test_a_system_of_the_lab_gets_a_version_with_each_change(db, manager):
    term = term_add(vocabulary="coordinate-systems", data={"name": "RIG_3"}, by=None)
    url = reverse("equipment:system-detail", args=[term.pk])
    post(manager, url, do="preset:BREGMA_ARI")
    manager.post(url, {"act": "keep", "reason": "first"}, follow=True)
    term.refresh_from_db()
    assert (term.data["system"]["name"], term.data["version"]) == ("RIG_3", 1)
    post(manager, url, **{"root-axis_unit": "centimeter"})
    manager.post(url, {"act": "keep", "reason": "in centimeters"})
    term.refresh_from_db()
    assert (term.data["system"]["axis_unit"], term.data["version"]) == ("centimeter", 2)
    page = manager.get(url)
    assert [(version.number, version.why) for version in page.context["versions"]] == [(1, "first")]
    assert "Right-handed." in page.text


def test_a_system_of_the_standard_is_read_only(db, manager):
    from metadata_portal.registries.loading import stock_load  # noqa: PLC0415 - thousands of rows, here only

    stock_load()
    url = url_of("system-detail", "BREGMA_ARID")
    assert "Deprecated" in manager.get(url).text
    assert post(manager, url, **{"root-axis_unit": "meter"}).status_code == 403


def test_all_systems_in_pictures_cost_few_queries(db, manager, django_assert_max_num_queries):
    for number in range(30):
        system = CoordinateSystemLibrary.BREGMA_ARI.model_dump(mode="json")
        term_add(vocabulary="coordinate-systems", data={"name": f"RIG_{number}", "system": system}, by=None)
    url = reverse("equipment:system-list")
    manager.get(url)
    with django_assert_max_num_queries(10):
        page = manager.get(url)
    assert page.text.count('<svg class="pic frame"') == 30


def test_a_chain_is_built_and_taken_over_into_a_draft(db, client_for, surgeon, project):
    system = CoordinateSystemLibrary.MPM_MANIP_RFB.model_dump(mode="json")
    probe = {"object_type": "Probe config", "device_name": "Probe 7", "local_coordinate_system": system}
    assembly = {"object_type": "Ephys assembly config", "device_name": "A", "probes": [probe]}
    stream = {"object_type": "Data stream", "configurations": [assembly]}
    record = record_create(
        kind="acquisition",
        key="804711_2025-06-02_10-00-00",
        project=project,
        by=surgeon,
        document={
            "coordinate_system": CoordinateSystemLibrary.BREGMA_ARI.model_dump(mode="json"),
            "data_streams": [stream],
        },
    )
    at = "data_streams.0.configurations.0.probes.0"
    client, url = client_for(surgeon), reverse("equipment:chain-builder")
    client.post(url, {"act": "begin", "place": f"{record.pk}/{at}"})
    assert Sheet.objects.get().data["coordinate_system"]["name"] == "BREGMA_ARI"
    Sheet.objects.update(document=json.dumps({**Sheet.objects.get().data, "transform": TILTED}))
    page = client.get(url)
    assert page.text.count('chain-view"') == 3
    assert page.context["followed"].way == pytest.approx(4)
    done = client.post(url, {"act": "take", "place": f"{record.pk}/{at}"})
    assert done.status_code == 303
    kept = Draft.objects.get(record=record).data["data_streams"][0]["configurations"][0]["probes"][0]
    assert (kept["transform"], kept["local_coordinate_system"]) == (TILTED, system)
    assert client.post(url, {"act": "take", "place": "x"}).status_code == 422


def test_an_implanted_device_of_the_lab_is_confirmed_before_it_counts(lab, surgeon, project, client_for):
    implant = {"object_type": "Probe implant", "implanted_device": {"object_type": "Ephys probe"}}
    surgery = {"object_type": "Surgery", "procedures": [implant]}
    record = record_create(
        kind="procedures", key="804712", project=project, by=surgeon, document={"subject_procedures": [surgery]}
    )
    at = "subject_procedures.0.procedures.0.implanted_device"
    client = client_for(surgeon)
    client.post(
        reverse("entries:record-edit", args=[record.pk]), {"at": at, "op": str(uuid4()), "do": "device:19122514283"}
    )
    draft = Draft.objects.get(record=record)
    probe = draft.data["subject_procedures"][0]["procedures"][0]["implanted_device"]
    assert (probe["name"], probe["serial_number"], probe["probe_model"]) == (
        "Probe 7",
        "19122514283",
        "Neuropixels 2.0 (Multi Shank)",
    )
    page = client.get(reverse("entries:record-edit", args=[record.pk]), {"at": at}).text
    assert "Confirm what is shown" in page
    sources = client.get(reverse("entries:draft-sources", args=[record.pk]), {"at": at}).text
    assert "Filled in from inventory item Probe 7" in sources
