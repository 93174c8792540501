"""The side of an unsigned number across the midline is asked for at its field until somebody says it."""

from __future__ import annotations

from uuid import uuid4

import pytest

from metadata_portal.entries.models import Draft
from metadata_portal.entries.services import draft_problems, record_submit
from metadata_portal.errors import NotSubmittable
from metadata_portal.schemaforms import depths
from tests.forms import forms
from tests.metadata_portal.entries.documents import procedures, surgery
from tests.metadata_portal.entries.pages import url

pytestmark = pytest.mark.django_db
SITE = "subject_procedures.0.procedures.0"
ML = f"{SITE}.coordinates.0.0.translation.1"
AP = f"{SITE}.coordinates.0.0.translation.0"


def system(ml="Left_to_right"):
    """Bregma with the axes AP, ML, DV."""
    directions = {"AP": "Posterior_to_anterior", "ML": ml, "DV": "Superior_to_inferior"}
    axes = [{"object_type": "Axis", "name": name, "direction": way} for name, way in directions.items()]
    return {
        "object_type": "Coordinate system",
        "name": "OURS",
        "origin": "Bregma",
        "axis_unit": "millimeter",
        "axes": axes,
    }


def injection():
    needle = depths.seed()
    needle[0]["translation"], needle[2]["translation"] = [-2, 0, 0], [0, 0, 2.5]
    return {
        "object_type": "Brain injection",
        "coordinate_system_name": "OURS",
        "coordinates": [needle],
        "injection_materials": [],
        "dynamics": [
            {"object_type": "Injection dynamics", "profile": "Bolus", "volume": 50, "volume_unit": "nanoliter"}
        ],
    }


@pytest.fixture
def planned(make_draft):
    """``planned(ml=…)`` is a draft of one injection, with this axis across the midline."""

    def make(**axes) -> Draft:
        site = surgery(procedures=[injection()], global_coordinate_system=system(**axes))
        return make_draft(procedures(site))

    return make


def page_of(client, draft):
    return client.get(url("record-edit", draft.record), {"at": SITE}).content.decode()


def write(client, draft, text, at=ML, do="save"):
    """Type into one control of the page and save its form as a browser without scripts does."""
    form = next(form for form in forms(page_of(client, draft)) if at in form.paths)
    changes = {form.paths[at]: text} if text is not None else {}
    answer = client.post(url("record-edit", draft.record), form.data(**changes, do=do, op=str(uuid4())))
    assert answer.status_code == 303
    draft.refresh_from_db()


def asked(draft):
    return [(problem.path, problem.severity) for problem in draft_problems(draft) if problem.code == "portal-side"]


def at(draft, address=ML):
    index = int(address.rpartition(".")[2])
    return draft.data["subject_procedures"][0]["procedures"][0]["coordinates"][0][0]["translation"][index]


@pytest.mark.parametrize(
    ("answer", "value"), [("1.5 L", -1.5), ("1.5 R", 1.5), ("+1.5", 1.5), ("-1.5", -1.5), ("0", 0)]
)
def test_the_question_stays_until_a_sign_or_a_word_answers_it(client, planned, answer, value):
    draft = planned()
    write(client, draft, "1.5")
    assert (at(draft), asked(draft)) == (1.5, [(ML, "missing")])
    assert f'data-problem-path="{ML}"' in page_of(client, draft)
    write(client, draft, "-2.2", at=AP)
    assert asked(draft) == [(ML, "missing")]
    write(client, draft, answer)
    assert (at(draft), asked(draft)) == (value, [])
    assert "Left or right?" not in page_of(client, draft)


def test_a_press_at_the_field_says_that_the_sign_is_as_typed(client, planned):
    draft = planned()
    write(client, draft, "1.5")
    form = next(form for form in forms(page_of(client, draft)) if ML in form.paths)
    (word,) = [value for _, value in form.buttons if value.startswith("confirm:") and "translation.1" in value]
    write(client, draft, None, do=word)
    assert (at(draft), asked(draft)) == (1.5, [])
    write(client, draft, "1.7")
    assert asked(draft) == [(ML, "missing")]


def test_confirming_everything_that_a_form_shows_says_no_side(client, planned):
    draft = planned()
    write(client, draft, "1.5")
    write(client, draft, None, do="confirm")
    assert asked(draft) == [(ML, "missing")]


def test_a_record_with_the_question_open_is_not_submitted(client, planned, surgeon):
    draft = planned()
    write(client, draft, "1.5")
    with pytest.raises(NotSubmittable) as refused:
        record_submit(draft=draft, by=surgeon)
    assert ML in [problem.path for problem in refused.value.problems]


@pytest.mark.parametrize("text", ["+1.5", "-1.5", "1.5 R", "0", "+0", ""])
def test_what_says_its_side_is_not_asked(client, planned, text):
    draft = planned()
    write(client, draft, text)
    assert asked(draft) == []


def test_other_axes_are_not_asked(client, planned):
    draft = planned(ml="Inferior_to_superior")
    write(client, draft, "1.5")
    write(client, draft, "1.5", at=AP)
    assert asked(draft) == []


def test_what_was_imported_says_its_side_by_its_sign(make_draft):
    site = injection()
    site["coordinates"][0][0]["translation"][1] = 1.5
    draft = make_draft(procedures(surgery(procedures=[site], global_coordinate_system=system())))
    assert asked(draft) == []
