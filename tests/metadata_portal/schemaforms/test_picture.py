"""Sites of a node as a picture: computed in the record's own system, its signs and order of axes honoured."""

from __future__ import annotations

import re

import pytest

from metadata_portal.schemaforms import presets
from metadata_portal.schemaforms.picture import draw_picture, in_words, warnings
from metadata_portal.schemaforms.sites import MOST, Site, Sites, sites_of
from schema_core.components.coordinates import CoordinateSystem
from schema_core.introspect import describe
from tests.metadata_portal.schemaforms.samples import CRANIOTOMY, INJECTION, SURGERY, depth, page, surgery

ONE = {"object_type": "Translation", "reference_coordinate_system": "global"}
TURN = {
    "object_type": "Rotation",
    "angles_unit": "degrees",
    "axis_order": "xyz",
    "reference_coordinate_system": "local",
    "rotation_direction": "right_hand",
    "pivot": "local",
}


def in_system(name, coordinates):
    """The sample surgery with another system and one injection site."""
    system = presets.fragment(describe(CoordinateSystem), name)
    document = surgery().put(f"{SURGERY}.global_coordinate_system", system)
    document = document.put(f"{INJECTION}.coordinate_system_name", system["name"])
    return document.put(f"{INJECTION}.coordinates", [coordinates])


def only(document):
    (site,) = sites_of(document.json, INJECTION).sites
    return site


def test_depths_of_one_entry_share_it_and_go_down():
    found = sites_of(surgery().json, INJECTION)
    assert [site.entry for site in found.sites] == [(1.2, -2.5, 0.0)] * 2
    assert [site.tip[2] for site in found.sites] == [-2.7, -2.9]


@pytest.mark.parametrize(
    ("name", "point"), [("BREGMA_ARI", [-2.0, 1.5, 0]), ("BREGMA_RAS", [1.5, -2.0, 0])], ids=["AP first", "ML first"]
)
def test_the_order_and_sign_of_axes_are_the_systems(name, point):
    site = only(in_system(name, [{**ONE, "translation": point}]))
    assert (site.entry, site.tip) == ((1.5, -2.0, 0.0), (1.5, -2.0, 0.0))


def test_a_depth_is_down_whichever_sign_the_system_gives_it():
    down = only(in_system("BREGMA_ARI", depth(3)))
    up = only(in_system("BREGMA_RAS", depth(-3)))
    assert (down.tip[2], up.tip[2]) == (-3.0, -3.0)


def test_a_tilt_about_the_first_axis_leads_the_tip_aside():
    entry = depth(2.0)
    entry[1] = {**TURN, "angles": [30, 0, 0]}
    site = only(in_system("BREGMA_ARI", entry))
    assert site.tip[0] - site.entry[0] == pytest.approx(-1.0)
    assert site.tip[2] == pytest.approx(-(3**0.5))


def test_positions_from_lambda_stand_behind_bregma():
    document = in_system("BREGMA_ARI", [{**ONE, "translation": [0, 0, 0]}])
    site = only(document.put(f"{SURGERY}.global_coordinate_system.origin", "Lambda"))
    assert site.entry == (0.0, -4.21, 0.0)


def test_units_are_millimetres_in_the_picture():
    document = in_system("BREGMA_ARI", [{**ONE, "translation": [-2000, 1500, 0]}])
    site = only(document.put(f"{SURGERY}.global_coordinate_system.axis_unit", "micrometer"))
    assert site.entry == pytest.approx((1.5, -2.0, 0.0))


def test_a_probe_is_placed_in_the_surgerys_system_and_not_in_its_own():
    config = {
        "object_type": "Probe config",
        "local_coordinate_system": presets.fragment(describe(CoordinateSystem), "MPM_MANIP_RFB"),
        "transform": [{**ONE, "translation": [1.2, -1.6, 0]}],
    }
    document = surgery().put(CRANIOTOMY, {"object_type": "Probe implant", "device_config": config})
    (site,) = sites_of(document.json, CRANIOTOMY).sites
    assert site.entry == pytest.approx((-1.6, 1.2, 0.0))


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (f"{INJECTION}.coordinates.0.0.translation", [None, 1, 0], "has all its numbers"),
        (f"{INJECTION}.coordinates.0.0.translation", ["x", 1, 0], "has all its numbers"),
        (f"{INJECTION}.coordinate_system_name", "OTHER", "No coordinate system of that name"),
        (f"{SURGERY}.global_coordinate_system.origin", "Between_C1-C2", "Positions from between c1-c2 are not drawn"),
        (f"{SURGERY}.global_coordinate_system.axis_unit", "pixel", "This cannot be drawn"),
        (f"{SURGERY}.global_coordinate_system.axes", [], "not drawn|cannot be drawn|not complete"),
    ],
)
def test_where_nothing_can_be_drawn_the_picture_says_why(path, value, said):
    document = surgery().put(f"{INJECTION}.coordinates", [depth(2)]).put(path, value)
    found = sites_of(document.json, INJECTION)
    assert found.sites == []
    assert re.search(said, draw_picture(found))


def test_a_node_without_positions_has_no_picture():
    assert sites_of(surgery().json, f"{SURGERY}.global_coordinate_system") is None
    assert page("procedures", surgery(), f"{INJECTION}.injection_materials.0").picture == ""
    assert page("subject", surgery()).picture == ""
    assert page("procedures", surgery()).picture == ""  # that of a whole record would mix its surgeries


def test_one_bad_entry_does_not_hide_the_others():
    document = surgery().put(f"{INJECTION}.coordinates.1.2.translation", [0, 0, None])
    found = sites_of(document.json, INJECTION)
    assert (len(found.sites), found.count) == (1, 2)
    assert "has all its numbers" in draw_picture(found)


@pytest.mark.parametrize(
    ("site", "words"),
    [
        (Site((1.5, -2.0, 0), (1.5, -2.0, -2.7)), "2.00 mm behind bregma, 1.50 mm right, 2.70 mm deeper at the tip"),
        (Site((-1.0, 1.0, 0), (-1.5, 1.0, 0)), "1.00 mm in front of bregma, 1.00 mm left, 0.50 mm to the left"),
        (Site((0, 0, 0), (0, 0, 1)), "at bregma, 1.00 mm higher at the tip"),
    ],
)
def test_a_site_is_told_in_words_without_signs(site, words):
    assert in_words(site) == words


def test_the_right_side_is_drawn_on_the_right_and_the_front_at_the_top():
    drawn = draw_picture(Sites([Site((1.5, -2.0, 0), (1.5, -2.0, -2.7))], 1))
    assert re.findall(r'class="pic-entry" cx="([^"]+)" cy="([^"]+)"', drawn) == [
        ("1.50", "2.00"),
        ("1.50", "0.00"),
        ("2.00", "0.00"),
    ]
    tips = re.findall(r'class="pic-tip" cx="([^"]+)" cy="([^"]+)"', drawn)
    assert tips == [("1.50", "2.00"), ("1.50", "2.70"), ("2.00", "2.70")]


def test_depths_below_one_entry_share_its_number():
    near, far = (1.0, 0, 0), (-1.0, -2.0, 0)
    drawn = draw_picture(Sites([Site(near, (1.0, 0, -1)), Site(near, (1.0, 0, -2)), Site(far, far)], 3))
    assert re.findall(r'class="pic-number"[^>]*>([^<]+)<', drawn)[:2] == ["1\N{EN DASH}2", "3"]


def test_what_lies_outside_the_head_is_said_and_not_drawn():
    drawn = draw_picture(Sites([Site((150.0, 0, 0), (150.0, 0, 0))], 1))
    assert "pic-entry" not in drawn
    assert "outside the head" in drawn


def test_the_picture_is_bounded_however_many_sites_there_are():
    document = surgery().put(f"{INJECTION}.coordinates", [depth(number / 100) for number in range(300)])
    found = sites_of(document.json, SURGERY)
    assert len(found.sites) == MOST
    assert draw_picture(found).count("<") < 300


def test_the_open_node_is_drawn():
    assert "pic-entry" in page("procedures", surgery(), INJECTION).picture


def test_other_animals_are_not_drawn_on_the_outline_of_a_mouse():
    assert sites_of(surgery().json, INJECTION, ["Mus musculus"]).sites
    found = sites_of(surgery().json, INJECTION, ["Rattus norvegicus"])
    assert (found.sites, found.count) == ([], 2)
    assert "no mouse (Rattus norvegicus)" in draw_picture(found)
    assert "<svg" not in draw_picture(found)


def site(right=1.0, tip=-2.0, **said):
    return Site((right, -2.0, 0.0), (right, -2.0, tip), **said)


@pytest.mark.parametrize(
    ("sites", "said"),
    [
        ([site(origin="bregma"), site(origin="lambda")], "References are mixed"),
        ([site(), site(tip=2.0)], "Site 2: its tip lies above its entry"),
        ([site(side="left")], "says “left”, and the position is 1.00 mm right"),
        ([site(right=-1.0, side="right")], "says “right”, and the position is 1.00 mm left"),
    ],
)
def test_what_should_be_looked_at_is_said_below_the_picture(sites, said):
    (found,) = warnings(sites)
    assert said in found
    assert said in draw_picture(Sites(sites, len(sites)))


def test_what_fits_together_is_not_warned_of():
    assert not list(warnings([site(side="right", origin="bregma"), site(right=-1.0, origin="bregma"), site(right=0.0)]))
    assert not list(warnings(sites_of(surgery().json, INJECTION).sites))


def test_a_side_is_read_from_the_names_and_notes_of_what_is_placed():
    document = surgery().put(f"{INJECTION}.notes", "left hemisphere")
    assert {found.side for found in sites_of(document.json, INJECTION).sites} == {"left"}
    both = surgery().put(f"{INJECTION}.notes", "left, not right")
    assert {found.side for found in sites_of(both.json, INJECTION).sites} == {""}
