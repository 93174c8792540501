"""Instruments from devices of the lab: built, and one device replaced in them."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from metadata_portal.accounts import roles
from metadata_portal.accounts.models import AuditEvent
from metadata_portal.entries.errors import ReasonMissing
from metadata_portal.entries.models import Draft, Record
from metadata_portal.entries.provenance import marks_of, origins_of
from metadata_portal.entries.services import draft_save, record_create
from metadata_portal.entries.services.submitting import reason_begun
from metadata_portal.equipment.items import items_called
from metadata_portal.equipment.services import device_replace, instrument_build
from metadata_portal.errors import FormError
from metadata_portal.registries.models import Term
from metadata_portal.schemaforms.documents import Document

NEW = reverse("equipment:instrument-new")


@pytest.fixture
def rig(lab, surgeon, project) -> Draft:
    """An instrument with a camera and a laser of the lab."""
    items = list(items_called(["Face camera A", "Blue laser"]))
    record = instrument_build(key="rig3", project=project, by=surgeon, items=items)
    return Draft.objects.get(record=record)


def acquire(project, surgeon, day: str, camera: str = "Face camera A", rig: str = "rig3") -> Record:
    """A session on a rig."""
    document = {
        "subject_id": "804711",
        "acquisition_start_time": f"{day}T10:00:00+00:00",
        "instrument_id": rig,
        "data_streams": [{"object_type": "Data stream", "active_devices": [camera]}],
    }
    return record_create(
        kind="acquisition", key=f"804711_{day}_10-00-00", project=project, by=surgeon, document=document
    )


def test_an_instrument_is_built_of_devices_and_says_where_they_came_from(rig):
    names = [(part["object_type"], part["name"], part["serial_number"]) for part in rig.data["components"]]
    assert names == [("Camera", "Face camera A", "SN-1"), ("Laser", "Blue laser", "L-9")]
    assert [entry["device_name"] for entry in rig.data["calibrations"]] == ["Blue laser"]
    state, origins = Document(rig.data, rig.item_ids), origins_of(rig)
    said = [origins.of(state.id_path(f"components.{n}.serial_number")).where for n in (0, 1)]
    assert said == ["Filled in from inventory item Face camera A", "Filled in from inventory item Blue laser"]
    assert origins.of("instrument_id").where == "Typed"
    assert not marks_of(rig).found


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ([], "Choose at least one"),
        (["Probe 3"], "out of service since 2024-01-31"),
        (["Probe 7"], "stands inside an assembly"),
    ],
)
def test_what_cannot_be_built_is_refused(lab, surgeon, project, names, says):
    with pytest.raises(FormError, match=says):
        instrument_build(key="rig9", project=project, by=surgeon, items=list(items_called(names)))


def test_a_replaced_device_keeps_its_name_and_asks_for_what_is_not_known_of_the_new_one(rig, surgeon, project):
    document = {**rig.data}
    document["components"][0] |= {"gain": "2", "name": "Face camera"}
    draft_save(draft=rig, by=surgeon, op=uuid4(), document=document, version=rig.version)
    (item,) = items_called(["Face camera B"])
    done = device_replace(
        record=rig.record, by=surgeon, at="components.0", item=item, day=dt.date(2025, 6, 1), reason="sensor broke"
    )
    camera = done.draft.data["components"][0]
    assert (camera["name"], camera["serial_number"], camera["gain"]) == ("Face camera", "SN-2", "2")
    assert done.draft.data["modification_date"] == "2025-06-01"
    assert done.old.key == "Face camera A"
    assert [mark.address for mark in marks_of(done.draft).found.values()] == ["components.0.gain"]
    assert reason_begun(done.draft) == "sensor broke"
    event = AuditEvent.objects.get(action="device.replace")
    assert (event.why, event.before["serial_number"], event.after["serial_number"]) == ("sensor broke", "SN-1", "SN-2")


def test_a_replacement_lists_the_acquisitions_from_that_day_on(rig, surgeon, project):
    acquire(project, surgeon, "2025-05-31")
    acquire(project, surgeon, "2025-06-01")
    acquire(project, surgeon, "2025-06-02", camera="Other")
    acquire(project, surgeon, "2025-06-03", rig="rig4")
    (item,) = items_called(["Face camera B"])
    done = device_replace(
        record=rig.record, by=surgeon, at="components.0", item=item, day=dt.date(2025, 6, 1), reason="broke"
    )
    found = [(entry.record.key, entry.places, entry.is_draft) for entry in done.affected]
    assert found == [("804711_2025-06-02_10-00-00", 0, True), ("804711_2025-06-01_10-00-00", 1, True)]


@pytest.mark.parametrize(
    ("item", "at", "reason", "error"),
    [
        ("Face camera B", "components.0", " ", ReasonMissing),
        ("Blue laser", "components.0", "broke", FormError),
        ("Face camera A", "components.0", "broke", FormError),
        ("Face camera B", "components.7", "broke", FormError),
    ],
)
def test_a_replacement_that_cannot_be_changes_nothing(rig, surgeon, item, at, reason, error):
    (new,) = items_called([item])
    with pytest.raises(error):
        device_replace(record=rig.record, by=surgeon, at=at, item=new, day=dt.date(2025, 6, 1), reason=reason)
    assert Draft.objects.get(pk=rig.pk).data == rig.data


def test_an_administrator_writes_a_replacement_into_the_inventory(rig, administrator):
    (item,) = items_called(["Face camera B"])
    Draft.objects.create(record=rig.record, editor=administrator, document=rig.document, updated_at=rig.updated_at)
    device_replace(
        record=rig.record,
        by=administrator,
        at="components.0",
        item=item,
        day=dt.date(2025, 6, 1),
        reason="broke",
        tell_inventory=True,
    )
    dates = {term.key: term.data for term in Term.objects.filter(key__startswith="Face camera")}
    assert dates["Face camera A"]["in_service_to"] == "2025-05-31"
    assert dates["Face camera B"]["in_service_from"] == "2025-06-01"


def test_devices_are_searched_chosen_and_built_on_the_page(lab, client_for, project, django_assert_max_num_queries):
    client = client_for(roles.SURGEON)
    with django_assert_max_num_queries(10):
        page = client.get(NEW, {"q": "camera"})
    assert [item.key for item in page.context["page"]] == ["Face camera A", "Face camera B"]
    page = client.get(NEW, {"item": ["Face camera A", "Blue laser", "gone"]})
    assert [item.key for item in page.context["chosen"]] == ["Face camera A", "Blue laser"]
    assert [item.key for item in page.context["page"]] == ["Face camera B"]
    fields = {"act": "build", "key": "rig 5", "project": project.pk, "item": ["Face camera A", "Blue laser"]}
    refused = client.post(NEW, {**fields, "key": "a/b"})
    assert (refused.status_code, len(refused.context["chosen"])) == (422, 2)
    made = client.post(NEW, fields)
    record = Record.objects.get(key="rig 5")
    assert made.url == reverse("entries:record-edit", args=[record.pk])
    assert "already" in client.post(NEW, fields).text


def test_the_page_of_a_replacement_shows_what_it_concerns(rig, surgeon, client_for, project):
    acquire(project, surgeon, "2025-06-02")
    client = client_for(surgeon)
    address = reverse("equipment:device-replace", args=[rig.record_id])
    assert "Blue laser" in client.get(address).text
    page = client.get(address, {"at": "components.0", "day": "2025-06-01"})
    assert "804711_2025-06-02_10-00-00" in page.text
    fields = {"at": "components.0", "item": "Face camera B", "day": "June", "reason": "broke"}
    assert client.post(address, fields).status_code == 422
    done = client.post(address, {**fields, "day": "2025-06-01"}, follow=True)
    assert "804711_2025-06-02_10-00-00" in done.text
    assert client.get(address, {"at": "components.9"}).status_code == 404
