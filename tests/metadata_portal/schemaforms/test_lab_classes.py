"""A lab's own class is drawn, filled in and judged like the standard's."""

from __future__ import annotations

import pytest
from pydantic import Field

import schema_core
from metadata_portal.schemaforms.documents import Document
from schema_core.components.surgery_procedures import Craniotomy
from schema_core.extension import registered
from tests.metadata_portal.schemaforms.samples import CRANIOTOMY, SURGERY, form_at, page, send, surgery


class RobotCraniotomy(Craniotomy):
    """A craniotomy that a robot drilled."""

    drill_speed: float = Field(title="Drill speed", description="Turns per minute")


@pytest.fixture
def robots():
    with registered(RobotCraniotomy):
        yield


def offered(document: Document) -> str:
    return page("procedures", document, SURGERY).drawn


def test_it_is_offered_while_it_is_registered():
    assert "Robot craniotomy" not in offered(surgery())
    with registered(RobotCraniotomy):
        assert "Robot craniotomy" in offered(surgery())
    assert "Robot craniotomy" not in offered(surgery())


def test_its_own_fields_are_drawn_and_saved(robots):
    document = surgery().put(f"{CRANIOTOMY}.object_type", "Robot craniotomy")
    form = form_at("procedures", document, CRANIOTOMY)
    assert f"{CRANIOTOMY}.drill_speed" in form.paths
    saved = send("procedures", document, form, **{f"{CRANIOTOMY}.drill_speed".replace(".", "__"): "900"})
    step = saved.json["subject_procedures"][0]["procedures"][1]
    assert (step["object_type"], step["drill_speed"]) == ("Robot craniotomy", 900)


def test_what_is_wrong_with_them_stands_beside_them(robots):
    document = surgery().put(f"{CRANIOTOMY}.object_type", "Robot craniotomy")
    document = document.put(f"{CRANIOTOMY}.drill_speed", "fast")
    drawn = page("procedures", document, CRANIOTOMY, schema_core.validate(document.json, "procedures")).drawn
    assert f'data-problem-path="{CRANIOTOMY}.drill_speed"' in drawn
    assert "Turns per minute" in drawn
