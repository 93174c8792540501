"""A depth is one row whose controls address the numbers of three transforms."""

from __future__ import annotations

import numpy as np
import pytest

from metadata_portal.schemaforms import depths
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.posting import apply
from metadata_portal.schemaforms.scope import axes_at
from schema_core.components.coordinates import CoordinateSystemLibrary, Rotation
from tests.metadata_portal.schemaforms.samples import INJECTION, SURGERY, depth, form_at, page, surgery

PLACE = f"{INJECTION}.coordinates"


def test_every_number_of_a_row_has_its_own_address():
    form = form_at("procedures", surgery(), PLACE, at=INJECTION)
    assert {path.removeprefix(f"{PLACE}.0.") for path in form.paths if path.startswith(f"{PLACE}.0.")} == {
        "0.translation.0",
        "0.translation.1",
        "0.translation.2",
        "1.angles.0",
        "1.angles.1",
        "1.angles.2",
        "2.translation.2",
    }


def test_labels_are_the_axes_of_the_system_in_scope_and_say_what_is_down():
    html = page("procedures", surgery(), INJECTION).drawn
    assert "Depth (down is +), mm" in html
    up = surgery().put(f"{SURGERY}.global_coordinate_system.axes.2.direction", "Inferior_to_superior")
    assert "Depth (down is \N{MINUS SIGN}), mm" in page("procedures", up, INJECTION).drawn
    assert [">AP (mm)<" in html, ">ML (mm)<" in html, ">SI at surface (mm)<" in html] == [True] * 3


@pytest.mark.parametrize(
    ("system", "end"),
    [("BREGMA_ARI", "about AP takes the tip to the left"), ("BREGMA_RAS", "about ML takes the tip forward")],
)
def test_the_page_says_where_a_positive_angle_leads(system, end):
    around = getattr(CoordinateSystemLibrary, system).model_dump(mode="json")
    document = surgery().put(f"{SURGERY}.global_coordinate_system", around)
    assert f"A positive angle {end}" in page("procedures", document, INJECTION).drawn

    down = [0, 0, 1 if system == "BREGMA_ARI" else -1, 1]
    turn = Rotation(angles=[30, 0, 0], reference_coordinate_system="local", pivot="local")
    with pytest.warns(DeprecationWarning, match="to_matrix"):
        tip = np.array(turn.to_matrix()) @ down
    assert np.sign(tip[1]) == {"BREGMA_ARI": -1, "BREGMA_RAS": 1}[system]


def test_the_nearest_system_names_the_axes():
    document = surgery().put(
        "global_coordinate_system", {"name": "OUTER", "axes": [{"name": "X"}], "axis_unit": "micrometer"}
    )
    assert axes_at(document.json, PLACE).system == "BREGMA_ARI"
    assert (axes_at(document.json, "specimen_procedures").system, axes_at(document.json, "").unit) == ("OUTER", "µm")


def test_a_saved_row_writes_the_leaves_and_leaves_the_rest():
    document = surgery()
    form = form_at("procedures", document, PLACE, at=INJECTION)
    names = {form.paths[f"{PLACE}.1.2.translation.2"]: "3.1", form.paths[f"{PLACE}.1.1.angles.0"]: "-10"}
    edited = apply("procedures", document.json, document.item_ids, form.data(**names))
    entry = Document(edited.document).get(f"{PLACE}.1")
    assert (entry[2]["translation"], entry[1]["angles"]) == ([0, 0, 3.1], [-10, 0, 0])
    assert depths.fits(entry)
    assert edited.changed_paths == (f"{PLACE}.1.1.angles.0", f"{PLACE}.1.2.translation.2")


def test_an_emptied_number_is_null_so_that_its_neighbours_stay():
    document = surgery()
    form = form_at("procedures", document, PLACE, at=INJECTION)
    edited = apply(
        "procedures", document.json, document.item_ids, form.data(**{form.paths[f"{PLACE}.0.0.translation.0"]: ""})
    )
    assert Document(edited.document).get(f"{PLACE}.0.0.translation") == [None, 1.2, 0]


def test_one_more_depth_repeats_the_entry_point_and_the_tilt():
    document = surgery().put(f"{PLACE}.1.1.angles", [10, 0, 0])
    edited = apply("procedures", document.json, document.item_ids, {"at": PLACE, "do": "add"})
    entry = Document(edited.document).get(f"{PLACE}.2")
    assert (entry[0]["translation"], entry[1]["angles"], entry[2]["translation"]) == (
        [-2.5, 1.2, 0],
        [10, 0, 0],
        [0, 0, None],
    )
    assert edited.at == f"{PLACE}.2"


@pytest.mark.parametrize(
    "entry",
    [
        [],
        depth(1)[:2],
        [*depth(1), depth(1)[0]],
        [{**depth(1)[0], "reference_coordinate_system": "local"}, *depth(1)[1:]],
        [depth(1)[0], {**depth(1)[1], "pivot": "global"}, depth(1)[2]],
        [depth(1)[0], {**depth(1)[1], "angles": [1, 2]}, depth(1)[2]],
        [*depth(1)[:2], {**depth(1)[2], "translation": [0, 1, 2]}],
        [*depth(1)[:2], {**depth(1)[2], "translation": [0, 0, 2, 0]}],
        "text",
        [1, 2, 3],
    ],
)
def test_an_entry_of_another_form_is_drawn_as_what_it_is(entry):
    assert not depths.fits(entry)
    document = surgery().put(f"{PLACE}.1", entry).with_ids()
    html = page("procedures", document, INJECTION).drawn
    assert (html.count('class="sf-row sf-depth"'), "Entry 2" in html) == (1, True)
