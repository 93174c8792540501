"""Dates with times: the lab's zone stands at the field, and what is kept is said after a save."""

from __future__ import annotations

import re

import pytest

from metadata_portal.schemaforms.context import FormContext
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.editor import Editor
from metadata_portal.schemaforms.posting import apply
from metadata_portal.schemaforms.typed import lab_zone
from tests.metadata_portal.schemaforms.samples import form_at


@pytest.fixture(autouse=True)
def new_york(settings):
    settings.TIME_ZONE = "America/New_York"


def save(text):
    """What a save of the beginning of a session says, and what it keeps."""
    document = Document({"object_type": "Acquisition", "subject_id": "1"}).with_ids()
    form = form_at("acquisition", document, "")
    data = form.data(**{form.paths["acquisition_start_time"]: text})
    edited = apply("acquisition", document.json, document.item_ids, data)
    said = {at: entry.text for at, entry in edited.readings.items()}
    return edited.document["acquisition_start_time"], said


def test_the_zone_of_the_lab_stands_at_the_field():
    context = FormContext(save_url="/save/", zone=lab_zone())
    drawn = Editor("acquisition", {"object_type": "Acquisition"}, {}, (), "", context).drawn
    help_text = re.search(r'id="root-acquisition_start_time-help">([^<]+)<', drawn)[1]
    assert help_text.endswith("Without an offset it is America/New_York time")


@pytest.mark.parametrize(
    ("text", "kept"),
    [("2026-03-02 10:12", "2026-03-02T10:12:00-05:00"), ("2026-07-02 10:12", "2026-07-02T10:12:00-04:00")],
    ids=["winter", "summer"],
)
def test_a_time_of_the_lab_is_kept_with_its_offset_and_said_so(text, kept):
    assert save(text) == (kept, {"acquisition_start_time": f"Kept as {kept}."})


def test_a_time_that_says_all_is_kept_without_a_word():
    assert save("2026-03-02T10:12:00+01:00") == ("2026-03-02T10:12:00+01:00", {})
    assert save("yesterday") == ("yesterday", {})


def test_an_hour_that_the_clock_skipped_is_not_guessed():
    assert save("2026-03-08 02:30") == ("2026-03-08 02:30", {})
