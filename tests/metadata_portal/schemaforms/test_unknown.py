"""*Unknown* is an answer: offered last, told apart from an empty field, kept as it was given."""

from __future__ import annotations

import re

import pytest

import schema_core
from metadata_portal.registries.unknown import HELP, NOT_SAID, SAID, said_last
from metadata_portal.schemaforms import controls, sections, tree
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.forms import Surroundings, form_for
from metadata_portal.schemaforms.sections import Section
from schema_core.components.configs import AirPuffConfig, LickSpoutConfig
from schema_core.components.subjects import MouseSubject, NonHumanPrimateSubject
from schema_core.introspect import describe
from tests.metadata_portal.schemaforms.reach import reach
from tests.metadata_portal.schemaforms.samples import form_at, send


def options(model, field):
    struct = describe(model)
    section = Section("", "x", tuple(c for c in sections.own_controls(struct) if c.name == field), struct)
    drawn = form_for(section, {}, Surroundings()).draw()
    return re.findall(r'<option value="([^"]*)"(?: selected)?>([^<]*)</option>', drawn), drawn


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (AirPuffConfig, "valence"),
        (LickSpoutConfig, "solution_valence"),
        (NonHumanPrimateSubject, "mating_status"),
        (MouseSubject, "strain"),
    ],
)
def test_where_the_standard_has_the_word_it_is_the_last_choice(model, field):
    found, drawn = options(model, field)
    assert (found[-1], HELP in drawn) == (("Unknown", SAID), True)
    assert found.count(("Unknown", SAID)) == 1


def test_no_other_choice_of_the_standard_says_unknown():
    structs = {
        tree.place_at(describe(schema_core.KINDS[kind]), document.json, path).shape
        for kind in schema_core.KINDS
        for document, path in reach(kind)
    }
    holders = {
        (struct.model.__name__, control.name)
        for struct in structs
        for control in sections.own_controls(struct)
        if isinstance(control, controls.Select) and "Unknown" in dict(control.options)
    }
    assert holders == {
        ("AirPuffConfig", "valence"),
        ("LickSpoutConfig", "solution_valence"),
        ("NonHumanPrimateSubject", "mating_status"),
    }


def test_an_empty_choice_says_that_nobody_said():
    found, _ = options(MouseSubject, "sex")
    assert (found[0], "Unknown" in dict(found)) == (("", NOT_SAID), False)


def test_only_one_word_is_moved():
    assert said_last([("Unknown", "?"), ("a", "A")]) == [("a", "A"), ("Unknown", SAID)]
    assert said_last([("a", "A")]) == [("a", "A")]


def test_unknown_is_stored_as_the_standard_writes_it_and_emptying_leaves_nothing():
    details = {"object_type": "Mouse subject"}
    document = Document({"object_type": "Subject", "subject_id": "1", "subject_details": details}).with_ids()
    form = form_at("subject", document, "subject_details")
    said = send("subject", document, form, subject_details__strain="Unknown")
    assert said.get("subject_details.strain.name") == "Unknown"
    form = form_at("subject", said, "subject_details")
    assert "strain" not in send("subject", said, form, subject_details__strain="").get("subject_details")
