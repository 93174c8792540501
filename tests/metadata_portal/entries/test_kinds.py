"""Records of all eight kinds: how they are begun, what names them, what their forms offer."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

import schema_core
from metadata_portal.entries.errors import KeyRefused
from metadata_portal.entries.instruments import said_already, state_on, states
from metadata_portal.entries.judging import judge
from metadata_portal.entries.keys import key_of, new_key, split_key, start_document, subject_of
from metadata_portal.entries.kinds import KINDS
from metadata_portal.entries.models import Draft, Kind, Record
from metadata_portal.entries.services import record_import, revision_withdraw
from metadata_portal.site_admin.demo import documents, session
from tests.forms import forms
from tests.metadata_portal.entries.pages import node_form, url

ACQUISITION = session.acquisition("814201", "2025-06-16T10:12:44+01:00", "2025-06-16T11:02:10+01:00")
BEGUN = {
    "subject": ({"key": "730945"}, "730945"),
    "procedures": ({"key": "730945"}, "730945"),
    "data_description": ({"key": "730945_2026-07-01_09-30-00"}, "730945_2026-07-01_09-30-00"),
    "instrument": ({"key": "FIP_2"}, "FIP_2"),
    "acquisition": (
        {"subject_id": "730945", "acquisition_start_time": "2026-07-01 09:30"},
        "730945_2026-07-01_09-30-00",
    ),
    "processing": ({"key": "730945_2026-07-01_09-30-00"}, "730945_2026-07-01_09-30-00"),
    "quality_control": ({"key": "730945_2026-07-01_09-30-00"}, "730945_2026-07-01_09-30-00"),
    "model": ({"name": "cells", "version": "0.1"}, "cells 0.1"),
}


def test_every_core_file_of_the_standard_is_a_kind_of_record():
    core = set(schema_core.KINDS) - {"metadata"}
    assert set(Kind) == set(KINDS) == core


@pytest.mark.parametrize("kind", Kind)
def test_a_record_is_begun_from_what_is_asked_for_and_opens(kind, client, project):
    page = client.get(f"/records/{kind}/new/")
    assert page.status_code == 200
    (form,) = [form for form in forms(page.content.decode()) if "project" in dict(form.fields)]
    asked, key = BEGUN[kind]
    assert asked.keys() <= dict(form.fields).keys()
    answer = client.post(f"/records/{kind}/new/", form.data(**asked))
    record = Record.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, url("record-edit", record))
    assert (record.kind, record.key) == (kind, key)
    assert client.get(answer["Location"]).status_code == 200
    wrong = [problem for problem in Draft.objects.get().problems if problem["severity"] == "error"]
    assert wrong == []
    again = client.post(f"/records/{kind}/new/", form.data(**asked))
    assert again["Location"] == answer["Location"]


@pytest.mark.parametrize(
    ("asked", "at"),
    [
        ({"subject_id": "730945", "acquisition_start_time": "yesterday"}, "acquisition_start_time"),
        ({"subject_id": "730945", "acquisition_start_time": "2026-13-01 09:30"}, "acquisition_start_time"),
        ({"subject_id": "730945", "acquisition_start_time": "2026-07-01T09:30:00+02:00"}, "acquisition_start_time"),
        ({"subject_id": "730945"}, "acquisition_start_time"),
        ({"key": "730945"}, "acquisition_start_time"),
    ],
)
def test_a_start_that_cannot_be_read_is_asked_about_at_its_field(asked, at, client, project):
    answer = client.post("/records/acquisition/new/", {**asked, "project": project.pk})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {at}
    assert not Record.objects.exists()


@pytest.mark.parametrize("key", ["730_945_2026-07-01_09-30-00", "730945", "a/b_2026-07-01_09-30-00"])
def test_an_acquisition_has_a_subject_and_a_start(key):
    with pytest.raises(KeyRefused):
        new_key("acquisition", key)


def test_a_whole_key_in_a_link_fills_in_what_is_asked_for(client, project):
    page = client.get("/records/acquisition/new/", {"key": "730945_2026-07-01_09-30-00"})
    fields = [dict(form.fields) for form in forms(page.content.decode()) if "subject_id" in dict(form.fields)]
    assert [(entry["subject_id"], entry["acquisition_start_time"]) for entry in fields] == [
        ("730945", "2026-07-01_09-30-00")
    ]
    assert split_key("model", "cells of the cortex 0.1") == {"name": "cells of the cortex", "version": "0.1"}


def test_a_start_has_the_offset_of_the_lab_unless_its_clock_showed_it_twice():
    zone = ZoneInfo("America/Los_Angeles")
    assert start_document("acquisition", "730945_2026-07-01_09-30-00", zone) == {
        "subject_id": "730945",
        "acquisition_start_time": "2026-07-01T09:30:00-07:00",
    }
    for twice_or_never in ("2026-11-01_01-30-00", "2026-03-08_02-30-00"):
        assert start_document("acquisition", f"730945_{twice_or_never}", zone) == {"subject_id": "730945"}
    assert start_document("model", "cells 0.1", zone) == {"name": "cells", "version": "0.1"}
    assert start_document("quality_control", "730945_2026-07-01_09-30-00", zone) == {}


def test_files_without_a_name_belong_to_the_subject_that_their_asset_is_named_after():
    assert subject_of("processing", "730945_2026-07-01_09-30-00_processed_2026-07-02_10-00-00", {}) == "730945"
    assert subject_of("quality_control", "a set of assets", {}) == ""
    assert subject_of("acquisition", "x", {"subject_id": "730945"}) == "730945"
    assert subject_of("instrument", "FIP-2", {}) == ""


def paths(kind, key, **document):
    return {problem.path: problem.severity for problem in judge(kind, key, document) if problem.code == "portal-key"}


def test_the_part_of_a_key_that_a_document_contradicts_is_told():
    key, start = "730945_2026-07-01_09-30-00", "2026-07-01T09:30:00-07:00"
    assert key_of("acquisition", {"subject_id": "730945", "acquisition_start_time": start}) == key
    assert paths("acquisition", key, subject_id="730945", acquisition_start_time=start) == {}
    assert paths("acquisition", key, subject_id="730946", acquisition_start_time=start) == {"subject_id": "error"}
    later = "2026-07-01T09:31:00-07:00"
    wrong = paths("acquisition", key, subject_id="730945", acquisition_start_time=later)
    assert wrong == {"acquisition_start_time": "error"}
    assert paths("model", "cells 0.1", name="cells", version="0.2") == {"version": "error"}
    assert paths("quality_control", key, metrics=[]) == {}


def offered(page: str, name: str) -> list[str]:
    """The names in a list that a page offers."""
    _, found, rest = page.partition(f'<datalist id="names-{name}">')
    return [piece.split('"', 1)[0] for piece in rest.split("</datalist>", 1)[0].split('value="')[1:]] if found else []


@pytest.fixture
def rig(project, surgeon) -> Record:
    return record_import(document=session.instrument(), kind="instrument", project=project, by=surgeon)[0]


def test_an_acquisition_offers_the_devices_of_its_rig_and_of_its_animal(client, project, surgeon, rig):
    animal = next(document for kind, document in documents.SUBMITTED if kind == "procedures")
    record_import(document=animal, kind="procedures", project=project, by=surgeon)
    record, _ = record_import(document=ACQUISITION, kind="acquisition", project=project, by=surgeon)
    client.post(url("draft-start", record))
    page = client.get(url("record-edit", record, at="data_streams.0")).content.decode()
    assert {session.GREEN, session.CAMERA, session.COMPUTER, "Tube 1", "Fiber A"} <= set(offered(page, "device"))
    whole = client.get(url("record-edit", record)).content.decode()
    assert offered(whole, "instrument") == [session.RIG]
    address = url("record-edit", record, at="data_streams.0", fragment="node")
    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert f'<datalist id="data_streams-0-names-device"><option value="{session.ISOSBESTIC}">' in fragment
    assert session.instrument()["global_coordinate_system"]["name"] not in offered(page, "device")


def test_wires_offer_the_devices_of_the_rig_itself(client, rig):
    client.post(url("draft-start", rig))
    page = client.get(url("record-edit", rig)).content.decode()
    assert offered(page, "device")[:2] == [session.ISOSBESTIC, session.GREEN]
    assert 'list="names-device"' in page
    assert "names-instrument" not in page


def test_more_names_are_saved_than_the_page_had_inputs_for(client, project, surgeon):
    record, _ = record_import(document=ACQUISITION, kind="acquisition", project=project, by=surgeon)
    client.post(url("draft-start", record))
    form = node_form(client, record, "data_streams.0")
    size = len(ACQUISITION["data_streams"][0]["active_devices"])
    stem = form.paths["data_streams.0.active_devices.0"].rpartition("-")[0]
    assert f"{stem}-{size}" in dict(form.fields)
    data = form.data(**{f"{stem}-{size}": session.COMPUTER, f"{stem}-{size + 1}": "Tube 1"}, do="save")
    assert client.post(url("record-edit", record), data).status_code == 303
    found = Draft.objects.get().data["data_streams"][0]["active_devices"]
    assert found[-3:] == ["Fiber A", session.COMPUTER, "Tube 1"]


def test_an_instrument_is_what_it_was_on_the_day(project, surgeon):
    def changed(day: str, **more) -> Record:
        document = {**session.instrument(), "modification_date": day, "calibrations": [], **more}
        return record_import(document=document, kind="instrument", project=project, by=surgeon)[0]

    rig = changed("2025-06-02")
    changed("2026-01-15", location="Room 4")
    changed("2024-03-01", location="Room 1")
    assert list(states(rig)) == ["2026-01-15", "2025-06-02", "2024-03-01"]
    assert [state_on(rig, day).number for day in ("2024-06-01", "2025-12-31", "2026-01-15", "2030-01-01")] == [
        3,
        1,
        2,
        2,
    ]
    assert state_on(rig, "2020-01-01").number == 3, "before all of them: the newest revision, and the standard judges"

    changed("2025-06-02")
    assert rig.revisions.count() == 3, "an earlier state that says the same is no new revision"
    assert said_already(rig, rig.revisions.get(number=1).document).number == 1
    revision_withdraw(record=rig, reason="Never was in room 1", by=surgeon)
    assert list(states(rig)) == ["2026-01-15", "2025-06-02"]
