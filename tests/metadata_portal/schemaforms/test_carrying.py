"""What a copy takes along: every field of the standard has its class, and nothing that happened once is carried."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest

import schema_core
from metadata_portal.schemaforms import carrying
from metadata_portal.schemaforms.carrying import UNCLASSIFIED, carried, class_of
from metadata_portal.schemaforms.depths import fits
from metadata_portal.site_admin.demo import documents
from schema_core.introspect import Field, List, Map, Scalar, Shape, Struct, Union, describe
from tests.conformance.peer import all_examples

LISTED = Path(__file__).with_name("carrying.txt")
KINDS = [kind for kind in schema_core.KINDS if kind != "metadata"]
ONCE = re.compile(
    r"weight|mass$|lot|experimenter|curator|evaluator|titer|concentration|notes|_history$|serial|genotype"
)
NOT_ONCE = {"Catheter.catheter_port", "slot", "plot"}


def fields() -> list[tuple[Struct, Field]]:
    """Every field that a core file may hold."""
    found: dict[Struct, None] = {}
    waiting: list[Shape] = [describe(schema_core.KINDS[kind]) for kind in KINDS]
    while waiting:
        shape = waiting.pop()
        if isinstance(shape, Struct) and shape not in found:
            found[shape] = None
            waiting += [entry.shape for entry in shape.fields]
        elif isinstance(shape, List | Map):
            waiting.append(shape.item if isinstance(shape, List) else shape.value)
        elif isinstance(shape, Union):
            waiting += [entry.shape for entry in shape.alternatives]
    return [(struct, entry) for struct in found for entry in struct.fields if not entry.constant]


def test_every_field_of_the_standard_is_listed_with_its_class():
    found = {f"{struct.model.__name__}.{entry.name} {class_of(struct, entry).name}" for struct, entry in fields()}
    assert sorted(found) == LISTED.read_text().splitlines(), (
        "A field is new or was classified anew: say in carrying.toml whether a copy takes it along, and list it."
    )


def test_no_field_is_left_unclassified():
    assert [
        f"{struct.title}.{entry.name}" for struct, entry in fields() if class_of(struct, entry) is UNCLASSIFIED
    ] == []


def test_a_field_that_nobody_classified_stays_behind():
    class Lab(schema_core.base.DataModel):  # a lab's own class
        pen_colour: str
        seen_on: dt.date

    struct = describe(Lab)
    assert carried(struct, {"object_type": "Lab", "pen_colour": "red", "seen_on": "2026-01-01"}) == {
        "object_type": "Lab"
    }
    assert class_of(struct, struct.by_name["pen_colour"]) is UNCLASSIFIED
    assert class_of(struct, struct.by_name["seen_on"]).name == "times"


def test_no_date_and_no_time_is_carried():
    dated = [
        f"{struct.title}.{entry.name}"
        for struct, entry in fields()
        if isinstance(entry.shape, Scalar)
        and issubclass(entry.shape.type, dt.date | dt.time)
        and class_of(struct, entry).carried
    ]
    assert dated == []


def test_no_weight_lot_person_dose_note_or_history_is_carried():
    kept = [
        f"{struct.title}.{entry.name}"
        for struct, entry in fields()
        if ONCE.search(entry.name) and entry.name not in NOT_ONCE and class_of(struct, entry).carried
    ]
    assert kept == []


def test_a_unit_goes_where_its_number_goes():
    apart = [
        f"{struct.title}.{entry.name}"
        for struct, entry in fields()
        if entry.unit_of and class_of(struct, entry).carried != class_of(struct, struct.by_name[entry.unit_of]).carried
    ]
    assert apart == []


def test_the_table_names_no_field_that_the_standard_lacks_and_gives_a_reason_for_each_class():
    known = {name for struct, entry in fields() for name in (entry.name, f"{struct.model.__name__}.{entry.name}")}
    table = carrying._table()
    assert [name for name in table.fields if name not in known] == []
    assert all(len(entry.reason) > 20 for entry in (*table.fields.values(), *table.types.values()))


def left_behind(shape: Shape, value: Any) -> list[str]:
    """The fields of a value that no copy may hold."""
    found = []
    for struct, entry, held in held_fields(shape, value):
        if held is not None and not entry.constant and not class_of(struct, entry).carried:
            found.append(f"{struct.title}.{entry.name}")
    return found


def held_fields(shape: Shape, value: Any) -> list[tuple[Struct, Field, Any]]:
    chosen = carrying.choose(shape, value)
    shape = chosen.shape if chosen else shape
    if isinstance(shape, Struct) and isinstance(value, dict):
        own = [(shape, entry, value.get(entry.name)) for entry in shape.fields]
        return own + [row for _, entry, held in own for row in held_fields(entry.shape, held)]
    if isinstance(shape, List) and isinstance(value, list):
        return [row for item in value for row in held_fields(shape.item, item)]
    if isinstance(shape, Map) and isinstance(value, dict):
        return [row for item in value.values() for row in held_fields(shape.value, item)]
    return []


@pytest.mark.peer
@pytest.mark.parametrize("name", sorted(all_examples()))
def test_a_copy_of_a_whole_example_holds_nothing_that_happened_once_and_copies_to_itself(name):
    kind, text = all_examples()[name]
    shape, document = describe(schema_core.KINDS[kind]), json.loads(text)
    copy = carried(shape, document)
    assert left_behind(shape, copy) == []
    assert carried(shape, copy) == copy


def test_a_copied_needle_is_still_drawn_as_a_row_of_depths():
    done = documents.unfinished_procedures()
    shape = describe(schema_core.KINDS["procedures"])
    entries = [
        entry
        for surgery in carried(shape, done)["subject_procedures"]
        for procedure in surgery.get("procedures", [])
        for entry in procedure.get("coordinates", [])
    ]
    assert entries
    assert all(fits(entry) for entry in entries)
