"""What a page shows, and where it shows what is wrong."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest

import schema_core
from metadata_portal.schemaforms import tree
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.editor import Editor
from metadata_portal.schemaforms.icons import icon
from metadata_portal.schemaforms.layouts import _tables, layout_of
from metadata_portal.schemaforms.placement import Placement
from schema_core.components.devices import Camera, Monitor
from schema_core.components.measurements import VolumeCalibration
from schema_core.errors import Problem
from schema_core.introspect import describe
from tests.metadata_portal.schemaforms.reach import KINDS, reach
from tests.metadata_portal.schemaforms.samples import (
    CRANIOTOMY,
    INJECTION,
    SURGERY,
    form_at,
    page,
    send,
    surgery,
)


class Tags(HTMLParser):
    """Every tag of a page with its attributes and the ids and addresses around it."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def having(self, name):
        return [attrs for _, attrs in self.tags if name in attrs]


def drawn(document, at="", problems=None, kind="procedures"):
    found = schema_core.validate(document.json, kind) if problems is None else problems
    return page(kind, document, at, found)


def shown_problems(html):
    return re.findall(r'data-problem-path="([^"]*)">([^<]*)<', html)


def test_a_problem_stands_beside_its_control():
    document = surgery().put(f"{SURGERY}.animal_weight_prior", "heavy")
    html = drawn(document, SURGERY).drawn
    slot = re.search(r'<div class="sf-slot" id="subject_procedures-0-animal_weight_prior-problems">(.*?)</div>', html)[
        1
    ]
    assert f'data-problem-path="{SURGERY}.animal_weight_prior"' in slot
    (control,) = [attrs for attrs in Tags(html).having("data-path") if attrs["data-path"].endswith("weight_prior")]
    assert control["aria-invalid"] == "true"
    assert "subject_procedures-0-animal_weight_prior-problems" in control["aria-describedby"]


def test_every_problem_is_listed_and_its_link_shows_it():
    document = surgery()
    editor = drawn(document)
    assert len(editor.problem_list) == len(editor.placement.problems) > 3
    for entry in editor.problem_list:
        html = drawn(document, entry.problem.path).drawn
        assert (entry.problem.path, entry.problem.message) in [
            (path, text.replace("&#x27;", "'").replace("&quot;", '"')) for path, text in shown_problems(html)
        ], entry


def test_a_problem_of_an_address_that_nothing_draws_goes_to_what_is_around_it():
    found = [
        Problem(f"{INJECTION}.targeted_structure.atlas", "x", "No atlas"),
        Problem(f"{SURGERY}.surgeon", "x", "Odd"),
    ]
    html = drawn(surgery(), INJECTION, found).drawn
    slot = re.search(r'id="[^"]*targeted_structure-problems">(.*?)</div>', html)[1]
    assert "No atlas" in slot
    assert (f"{SURGERY}.surgeon", "Odd") in shown_problems(drawn(surgery(), SURGERY, found).drawn)


def test_a_problem_with_two_places_is_shown_at_both():
    found = [Problem(f"{INJECTION}.dynamics", "x", "Two and three", also=(f"{INJECTION}.coordinates",))]
    html = drawn(surgery(), INJECTION, found).drawn
    assert shown_problems(html) == [
        (f"{INJECTION}.coordinates", "Two and three"),
        (f"{INJECTION}.dynamics", "Two and three"),
    ]


def test_what_is_missing_is_no_mistake_yet():
    html = drawn(
        Document({"object_type": "Procedures", "subject_procedures": [{"object_type": "Surgery"}]}).with_ids(), SURGERY
    )
    rendered = html.drawn
    assert "problem-missing" in rendered
    assert "problem-error" not in rendered
    assert "aria-invalid" not in rendered


def test_problems_are_counted_on_closed_nodes_and_above():
    placement = Placement(
        [Problem("a.0.b", "x", "one"), Problem("a.0.c", "x", "two", "missing"), Problem("a.1", "x", "three")]
    )
    assert [
        (placement.counts(path).error, placement.counts(path).missing) for path in ("", "a", "a.0", "a.1", "b")
    ] == [
        (2, 1),
        (2, 1),
        (1, 1),
        (1, 0),
        (0, 0),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_node_is_labelled_and_every_id_is_its_own(kind):
    for document, path in reach(kind):
        html = drawn(document, path, kind=kind).drawn
        tags = Tags(html)
        ids = [attrs["id"] for attrs in tags.having("id")]
        assert len(ids) == len(set(ids)), path
        labelled = {attrs["for"] for attrs in tags.having("for")}
        for tag, attrs in tags.tags:
            if tag in ("input", "select", "textarea") and attrs.get("type") != "hidden":
                assert attrs.get("id") in labelled or "aria-label" in attrs, (path, attrs)
            for name in ("aria-describedby", "aria-labelledby", "list"):
                for key in (attrs.get(name) or "").split():
                    assert key in ids or key.endswith("-help"), (path, name, key)
        assert not tags.having("style")
        assert not [attrs for attrs in tags.tags if any(name.startswith("on") for name in attrs[1])]


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_button_of_every_form_with_fields_saves(kind):
    for document, path in reach(kind):
        html = drawn(document, path, (), kind).drawn
        for form in re.findall(r'<form class="sf-form".*?</form>', html, re.DOTALL):
            first = re.search(r"<button[^>]*>", form)[0]
            assert 'value="save"' in first, path


@pytest.mark.parametrize("kind", KINDS)
def test_constants_are_never_fields(kind):
    for document, path in reach(kind):
        paths = [attrs["data-path"] for attrs in Tags(drawn(document, path, (), kind).drawn).having("data-path")]
        assert not [p for p in paths if p.rpartition(".")[2] in ("object_type", "describedBy", "schema_version")]


def test_deprecated_fields_show_only_when_filled():
    def paths(document):
        html = drawn(document, "subject_details", (), "subject").drawn
        return {attrs["data-path"] for attrs in Tags(html).having("data-path")}

    mouse = {
        "object_type": "Subject",
        "subject_details": {"object_type": "Mouse subject", "breeding_info": {"object_type": "Breeding info"}},
    }
    place = "subject_details.breeding_info.breeding_group"
    assert place not in paths(Document(mouse))
    assert place in paths(Document(mouse).put(place, "Exp-7"))


def test_controls_take_text_and_never_refuse():
    tags = Tags(drawn(surgery(), SURGERY, ()).drawn).tags
    assert {attrs.get("type") for tag, attrs in tags if tag == "input"} <= {"text", "hidden", "checkbox", "search"}
    assert not [attrs for _, attrs in tags if "required" in attrs or "pattern" in attrs]
    assert all("novalidate" in attrs for tag, attrs in tags if tag == "form" and attrs["class"] == "sf-form")


def test_names_are_offered_where_they_are_referred_to():
    html = drawn(surgery(), CRANIOTOMY, ()).drawn
    (control,) = [a for a in Tags(html).having("data-path") if a["data-path"] == f"{CRANIOTOMY}.coordinate_system_name"]
    assert f'<datalist id="{control["list"]}"><option value="BREGMA_ARI"></option></datalist>' in html


def test_an_address_that_is_gone_shows_what_is_left_above_it():
    assert drawn(surgery(), f"{SURGERY}.procedures.9.size", ()).page.path == SURGERY
    assert drawn(surgery(), "nonsense.at.all", ()).page.path == ""


@pytest.mark.parametrize(
    "at", ["x." * 50_000, "subject_procedures." * 20_000, "\x00", "\ud800", "subject_procedures." + "9" * 9]
)
def test_a_hostile_address_costs_nothing(at):
    started = time.perf_counter()
    assert drawn(surgery(), at, ()).page.path == ""
    assert time.perf_counter() - started < 1


def test_the_control_asked_for_gets_the_cursor():
    html = drawn(surgery(), f"{CRANIOTOMY}.size", ()).drawn
    assert [a["data-path"] for a in Tags(html).having("autofocus")] == [f"{CRANIOTOMY}.size"]


def test_a_value_of_the_wrong_kind_is_shown_and_kept():
    document = surgery().put(f"{SURGERY}.anaesthesia", "isoflurane").put(f"{SURGERY}.surgeon", {"name": "x"})
    html = drawn(document, SURGERY, ()).drawn
    assert "isoflurane" in html
    assert 'value="drop:surgeon"' in html


def test_the_outline_shows_two_levels_and_the_open_branch():
    document = surgery()
    links = lambda at: re.findall(r'href="[^"]*\?at=([^"]*)"', str(drawn(document, at, ()).outline))  # noqa: E731
    assert links("") == ["", SURGERY]
    assert links(SURGERY) == ["", SURGERY, f"{SURGERY}.global_coordinate_system", INJECTION, CRANIOTOMY]


def test_a_save_answers_with_problems_and_digests_but_no_inputs():
    document = surgery().put(f"{INJECTION}.dynamics", surgery().get(f"{INJECTION}.dynamics")[:1])
    editor = drawn(document, INJECTION, [Problem(f"{INJECTION}.coordinates", "x", "Two and one")])
    editor.opened = ["", INJECTION, f"{INJECTION}.coordinates"]
    html = str(editor.updates)
    tags = Tags(html)
    assert {attrs.get("type") for tag, attrs in tags.tags if tag in ("input", "select", "textarea")} == {"hidden"}
    assert {attrs["name"] for _, attrs in tags.tags if "name" in attrs} == {"op", "digest", "seen"}
    assert f"{INJECTION}.coordinates" in [attrs["data-problem-path"] for attrs in tags.having("data-problem-path")]


def test_every_icon_exists():
    assert all(icon(table.get("icon", "circle")) for table in _tables().values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_layout_names_fields_that_there_are_and_each_once(kind):
    for document, path in reach(kind):
        struct = drawn(document, path, kind=kind).page.shape
        layout = layout_of(struct)
        shown = [*(name for row in layout.rows for name in row), *layout.advanced]
        assert len(shown) == len(set(shown)), struct.title
        named = {*shown, *layout.children, *layout.hidden, *(told.split(".")[0] for told in layout.summary)}
        assert named <= struct.by_name.keys(), struct.title


def test_a_class_is_laid_out_as_the_classes_it_is_made_from():
    camera = layout_of(describe(Camera))
    assert (camera.icon, camera.rows[0], camera.rows[-1]) == ("camera", ("name", "serial_number"), ("notes",))
    assert ("detector_type", "data_interface") in camera.rows
    assert layout_of(describe(Monitor)).rows[-2:] == (("relative_position",), ("notes",))
    assert layout_of(describe(VolumeCalibration)).rows[0] == ("device_name", "calibration_date")


def test_text_is_escaped():
    document = surgery().put(f"{SURGERY}.workstation_id", '"><script>alert(1)</script>')
    editor = drawn(document, SURGERY, [Problem(SURGERY, "x", "<b>bold</b>")])
    assert "<script>" not in editor.drawn + str(editor.outline)
    assert "<b>" not in editor.drawn


@pytest.mark.parametrize("text", ["one\ntwo", "one\rtwo", "one\r\ntwo", "\nfirst", "last\n"])
def test_text_with_line_ends_stands_where_a_browser_keeps_them(text):
    document = surgery().put(f"{SURGERY}.workstation_id", text)
    document = document.put(
        "specimen_procedures", [{"object_type": "Specimen procedure", "protocol_parameters": {"a": text}}]
    )
    step = "specimen_procedures.0"
    for at, path in ((SURGERY, f"{SURGERY}.workstation_id"), (step, f"{step}.protocol_parameters.a")):
        drawn_tags = Tags(drawn(document, at, ()).drawn).tags
        assert [tag for tag, attrs in drawn_tags if attrs.get("data-path") == path] == ["textarea"]


def test_a_list_that_grew_long_is_one_line_with_its_count_and_problems_and_has_a_page_of_its_own():
    listed = f"{INJECTION}.dynamics"
    for size, is_long in ((tree.ROWS_INLINE, False), (tree.ROWS_INLINE + 1, True)):
        document = surgery().put(listed, [{"object_type": "Injection dynamics", "profile": "Bolus"}] * size).with_ids()
        page = drawn(document, INJECTION, (Problem(f"{listed}.1.volume", "c", "too much"),))
        assert (f'id="c-{page.node_at(page.page).prefix}-dynamics"' in page.drawn) is is_long
        assert ("too much" in page.drawn) is not is_long
        assert "1 to correct" in page.drawn.partition("-dynamics-badges")[2][:200]
        assert drawn(document, listed, ()).page.path == (listed if is_long else INJECTION)


def test_a_long_list_shows_the_rows_around_the_address_and_each_can_be_saved():
    many = [{"object_type": "Injection dynamics", "profile": "Bolus"}] * 200
    document = surgery().put(f"{INJECTION}.dynamics", many).with_ids()
    listed = f"{INJECTION}.dynamics"
    html = drawn(document, listed, ()).drawn
    assert html.count('<tbody class="sf-table-row"') == 19
    sent = [attrs for tag, attrs in Tags(html).tags if tag in ("input", "select", "textarea") and "name" in attrs]
    assert len(sent) < 1000
    late = f"{INJECTION}.dynamics.150"
    page = drawn(document, late, ())
    assert (page.page.path, f'data-path="{late}.volume"' in page.drawn) == (listed, True)
    form = form_at("procedures", document, listed, at=late)
    assert send("procedures", document, form, **{f"{late}.volume": "5"}).get(f"{late}.volume") == 5


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("subject_procedures", ["Subject procedures"]),
        ("subject_procedures.0.procedures.1.size", ["Surgery 1", "Craniotomy 2", "Size"]),
        ("subject_procedures.0.experimenters", ["Surgery 1", "Surgeons"]),
        ("subject_procedures.0.measured_coordinates.Lambda", ["Surgery 1", "Measured landmarks", "Translation Lambda"]),
    ],
)
def test_a_problem_says_where_it_is_without_repeating_itself(path, words):
    document = surgery()
    landmark = {"object_type": "Translation", "translation": [-4.2, 0, 0]}
    document.json["subject_procedures"][0]["measured_coordinates"] = {"Lambda": landmark}
    assert (
        Editor("procedures", document.json, {}).where(path).split(" \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ")
        == words
    )
