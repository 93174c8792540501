"""The outline: completeness and problems of each node, long lists cut to what is near, kinds to choose from."""

from __future__ import annotations

import re

from metadata_portal.schemaforms.choosing import MANY
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.filled import filled
from metadata_portal.schemaforms.tree import nearest
from tests.metadata_portal.schemaforms.samples import CRANIOTOMY, INJECTION, SURGERY, page, surgery


def share(path, document=None):
    """How much of a node is filled in."""
    editor = page("procedures", document or surgery(), path)
    place = nearest(editor.root, editor.document, path)[-1]
    found = filled(place.shape, place.value)
    return (found.done, found.wanted)


def instrument(devices):
    """An instrument with this many devices."""
    components = [{"object_type": "Lens", "name": f"Lens {number}"} for number in range(devices)]
    return Document({"object_type": "Instrument", "instrument_id": "R", "components": components}).with_ids()


def items(editor):
    """The devices that the outline shows."""
    return re.findall(r"at=components\.(\d+)\"", editor.outline)


def test_required_fields_that_hold_something_are_counted():
    assert share(CRANIOTOMY) == (1, 1)
    assert share(f"{INJECTION}.dynamics.0") == (1, 1)
    emptied = surgery().drop(f"{CRANIOTOMY}.craniotomy_type")
    assert share(CRANIOTOMY, emptied) == (0, 1)


def test_the_outline_shows_the_share_of_what_is_incomplete_only():
    editor = page("procedures", surgery().drop(f"{CRANIOTOMY}.craniotomy_type"), SURGERY)
    shares = re.findall(r'id="o-([^"]+)"><span class="sf-share"[^>]*>([^<]+)<', editor.outline)
    assert ("subject_procedures-0-procedures-1", "0/1") in shares
    assert "subject_procedures-0-procedures-0" not in dict(shares)


def test_a_save_draws_the_share_anew():
    editor = page("procedures", surgery().drop(f"{CRANIOTOMY}.craniotomy_type"), SURGERY)
    assert re.search(
        r'id="o-subject_procedures-0-procedures-1" hx-swap-oob="true"><span class="sf-share"', editor.updates
    )


def test_a_short_list_stands_for_its_items():
    assert items(page("instrument", instrument(20))) == [str(number) for number in range(20)]


def test_a_long_list_is_one_line_with_its_count():
    editor = page("instrument", instrument(21))
    assert items(editor) == []
    assert 'at=components"' in editor.outline
    assert "21 in all" in editor.outline


def test_an_open_item_of_a_long_list_is_shown_among_its_neighbours():
    editor = page("instrument", instrument(150), "components.100")
    assert items(editor) == [str(number) for number in range(90, 110)]
    assert re.search(r'at=components\.100" aria-current="true"', editor.outline)


def test_the_outline_does_not_grow_with_the_list():
    small, large = (page("instrument", instrument(number), "components.10").outline for number in (40, 4000))
    assert large.count("<li>") == small.count("<li>")


def test_many_kinds_come_when_they_are_asked_for():
    editor = page("instrument", instrument(1))
    assert 'value="add:Camera assembly"' not in editor.drawn
    assert "Show the 40 kinds" in editor.drawn
    editor = page("instrument", instrument(1), "components")
    editor.choosing = ("add", "components")
    assert 'value="add:Camera assembly"' in editor.drawn
    assert 'value="add:Camera assembly"' in editor.kinds


def test_few_kinds_are_there_at_once():
    drawn = page("procedures", surgery(), SURGERY).drawn
    assert 'value="add:Headframe"' in drawn
    assert MANY > 11


def test_kinds_stand_in_groups_and_know_other_words():
    editor = page("instrument", instrument(1), "components")
    editor.choosing = ("add", "components")
    groups = re.findall(r"<h4>([^<]+)</h4>", editor.kinds)
    assert (len(groups), groups[-1]) == (7, "Other")
    assert len(set(groups)) == len(groups)
    words = re.search(r'value="add:Light emitting diode" data-words="([^"]+)"', editor.kinds)[1]
    assert {"LED", "optogenetics"} <= set(words.split())
