"""Made-up surgeries are typed into the forms; somebody who has only the metadata.json understands what happened."""

from __future__ import annotations

import json
from random import Random

import pytest
from django.urls import reverse

from metadata_portal.bundles.services import asset_create, bundle_assemble
from metadata_portal.entries.models import Draft
from metadata_portal.entries.services import draft_problems, record_create, record_import
from tests import seeds
from tests.conformance.peer import examples
from tests.forms import forms
from tests.metadata_portal.meaning.reading_back import read
from tests.metadata_portal.meaning.stories import Story, surgery
from tests.metadata_portal.meaning.typist import Typist

pytestmark = [pytest.mark.alike, pytest.mark.peer, pytest.mark.django_db]

SEED = seeds.of("MEANING_SEED")
QUICK, ALL = 6, 100


def animal(subject: str) -> dict:
    """A subject of this id."""
    return json.loads(examples()["subject"][1]) | {"subject_id": subject}


def logged(story: Story, rng: Random, client, surgeon, project) -> dict:
    """Type a surgery, submit it, assemble its asset and download the metadata.json."""
    record = record_create(kind="procedures", key=story.subject, project=project, by=surgeon)
    Typist(client, record, rng).enter(story)
    left = [f"{problem.path}: {problem.message}" for problem in draft_problems(Draft.objects.get(record=record))]
    assert left == [], (story, left)
    address = reverse("entries:record-submit", args=[record.pk])
    (form,) = [form for form in forms(client.get(address).content.decode()) if "version" in dict(form.fields)]
    answer = client.post(address, form.data())
    assert answer.status_code == 303, answer.content.decode()[:3000]
    subject, _ = record_import(document=animal(story.subject), kind="subject", project=project, by=surgeon)
    name = f"{story.subject}_{story.day}_10-00-00"
    bundle = bundle_assemble(
        asset=asset_create(name=name, project=project, by=surgeon, records=[record, subject]), by=surgeon
    )
    return json.loads(client.get(reverse("bundles:bundle-metadata", args=[bundle.pk])).content)


def wrong(story: Story, metadata: dict) -> list[str]:
    """Every fact of the story that the file tells otherwise."""
    found = read(metadata)
    told = [
        ("subject", found.subject, story.subject),
        ("day", found.day, story.day.isoformat()),
        ("experimenters", found.experimenters, [story.experimenter]),
        ("weight before", found.before_g, story.before_g),
        ("weight after", found.after_g, story.after_g),
        ("isoflurane", found.isoflurane, story.isoflurane),
        ("minutes asleep", found.asleep_min, story.asleep_min),
        ("sites", len(found.tracks), len(story.sites)),
    ]
    for number, (track, site) in enumerate(zip(found.tracks, story.sites, strict=False)):
        depths = [given.depth for given in track.given]
        told += [
            (f"{number} structure", track.structure, site.structure),
            (f"{number} origin", track.origin, story.origin),
            (f"{number} side", track.side, site.side),
            (f"{number} ML", track.right_of_origin, site.right_of_origin),
            (f"{number} AP", track.front_of_origin, site.front_of_origin),
            (f"{number} angle", track.angle, site.angle),
            (f"{number} depths", depths, list(site.depths)),
            (f"{number} tips", [given.tip for given in track.given], [site.tip(depth) for depth in site.depths]),
            (f"{number} volumes", [given.volume_nl for given in track.given], [d.volume_nl for d in site.deliveries]),
            (
                f"{number} currents",
                [given.current_ua for given in track.given],
                [d.current_ua for d in site.deliveries],
            ),
            (f"{number} minutes", [given.minutes for given in track.given], [d.minutes for d in site.deliveries]),
            (f"{number} viruses", track.viruses, [(virus.name, virus.lot, virus.titer) for virus in site.viruses]),
        ]
    return [f"{what}: {got!r} instead of {true!r}" for what, got, true in told if not same(got, true)]


def same(got: object, true: object) -> bool:
    """Numbers are equal to a tenth of a micrometre, a picolitre, a tenth of a second; everything else exactly."""
    if isinstance(true, list | tuple) and isinstance(got, list | tuple):
        return len(got) == len(true) and all(map(same, got, true))
    if isinstance(true, str) or true is None or isinstance(true, int):
        return got == true
    return isinstance(got, int | float) and got == pytest.approx(float(true), abs=1e-4)  # type: ignore[arg-type]


def errors(count: int, client, surgeon, project) -> list[str]:
    """What is wrong in this many surgeries."""
    found = []
    for number in range(count):
        rng = Random(f"{SEED}-{number}")
        story = surgery(rng, number)
        found += [
            f"seed {SEED}, surgery {number}: {line}"
            for line in wrong(story, logged(story, rng, client, surgeon, project))
        ]
    return found


def test_a_stranger_understands_typed_surgeries_from_metadata_json_alone(client_for, surgeon, project):
    assert errors(QUICK, client_for(surgeon), surgeon, project) == []


@pytest.mark.slow
def test_a_stranger_understands_a_hundred_typed_surgeries(client_for, surgeon, project):
    assert errors(ALL, client_for(surgeon), surgeon, project) == []
