"""Pasting into a table over HTTP: one save, one step to undo; what is refused comes back as it was pasted."""

from __future__ import annotations

from uuid import uuid4

import pytest

from metadata_portal.entries.models import Draft, DraftOperation
from tests.forms import forms
from tests.metadata_portal.entries.pages import url

pytestmark = pytest.mark.django_db
WIRES = "connections"


@pytest.fixture
def rig(make_draft):
    wire = {"object_type": "Connection", "source_device": "DAQ", "target_device": "Camera"}
    devices = [{"object_type": "Device", "name": name} for name in ("DAQ", "Camera")]
    document = {"object_type": "Instrument", "instrument_id": "RIG-1", "components": devices, "connections": [wire]}
    return make_draft(document, kind="instrument", key="RIG-1")


def table(client, draft):
    page = client.get(url("record-edit", draft.record)).content.decode()
    return next(form for form in forms(page) if ("at", WIRES) in form.fields and "digest" in dict(form.fields))


def paste(client, draft, block, **more):
    return client.post(url("record-edit", draft.record), table(client, draft).data(do="paste", block=block, **more))


def wires(draft):
    return Draft.objects.get(pk=draft.pk).data["connections"]


def test_a_block_is_one_save_that_can_be_undone(client, rig):
    before = DraftOperation.objects.count()
    page = client.get(paste(client, rig, "DAQ\tDO1\tCamera\nDAQ\tDO2\tCamera").url).content.decode()
    assert (len(wires(rig)), DraftOperation.objects.count()) == (3, before + 1)
    assert "Pasted into Connections" in page
    undo = next(value for form in forms(page) for name, value in form.buttons if str(value).startswith("undo:"))
    client.post(url("record-edit", rig.record), {"at": "", "op": str(uuid4()), "do": undo})
    assert len(wires(rig)) == 1


def test_the_same_post_again_adds_nothing(client, rig):
    data = table(client, rig).data(do="paste", block="DAQ\tDO1\tCamera")
    first, second = (client.post(url("record-edit", rig.record), data) for _ in range(2))
    assert (first.status_code, second.status_code, len(wires(rig))) == (303, 303, 2)


@pytest.mark.parametrize(
    "block", ["a\tb\tc\td\te\tf", "From\tTo\tRemarks\nDAQ\tCamera\tx", "\t", "\n".join(["x"] * 5001)]
)
def test_a_refused_block_comes_back_whole_with_what_the_form_said(client, rig, block):
    answer = paste(client, rig, block)
    again = next(form for form in forms(answer.content.decode()) if "block" in dict(form.fields))
    assert (answer.status_code, len(wires(rig))) == (422, 1)
    assert dict(again.fields)["block"].replace("\r\n", "\n").strip("\n") == block.strip("\n")
    corrected = client.post(url("record-edit", rig.record), again.data(do="paste", block="DAQ\tDO1\tCamera"))
    assert (corrected.status_code, len(wires(rig))) == (303, 2)


def test_a_block_over_a_table_that_changed_meanwhile_comes_back_too(client, rig):
    form = table(client, rig)
    other = table(client, rig)
    client.post(
        url("record-edit", rig.record), other.data(do="save", **{form.paths["connections.0.source_port"]: "DO9"})
    )
    typed = {form.paths["connections.0.source_port"]: "DO1"}
    answer = client.post(url("record-edit", rig.record), form.data(do="paste", block="DAQ\tDO2\tCamera", **typed))
    assert answer.status_code == 409
    assert ">\nDAQ\tDO2\tCamera<" in answer.content.decode()
    assert (len(wires(rig)), wires(rig)[0]["source_port"]) == (1, "DO9")
