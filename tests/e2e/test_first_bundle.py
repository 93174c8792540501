"""A surgeon's way from an empty portal to a bundle: with a mouse, with the keyboard alone, and without scripts."""

from __future__ import annotations

import io
import json
import math
import zipfile
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import Keyboard, Mouse, NoScript
from tests.e2e.tips import tips

pytestmark = [pytest.mark.e2e, pytest.mark.peer]

SURGERY = "subject_procedures.0"
CRANIOTOMY = f"{SURGERY}.procedures.1"
INJECTION = f"{SURGERY}.procedures.2"


@dataclass(frozen=True)
class Site:
    """One depth as the surgeon types it: millimetres in BREGMA_ARI, degrees about the AP axis."""

    ap: float
    ml: float
    angle: float
    depth: float

    @property
    def right(self) -> float:
        """A right-handed turn about the axis to the front takes *down* to the left."""
        return self.ml - self.depth * math.sin(math.radians(self.angle))

    @property
    def superior(self) -> float:
        """Down is negative."""
        return -self.depth * math.cos(math.radians(self.angle))


SITES = [Site(-2.0, 1.5, 10, depth) for depth in (2.7, 2.9, 3.1)]


def log_in_surgery(hands: Mouse, subject: str) -> None:
    """Begin the procedures record of the animal and add a surgery to it."""
    hands.follow(hands.page.get_by_role("link", name="Log a surgery").first)
    hands.write(hands.page.locator("#id_key"), subject)
    hands.follow(hands.page.get_by_role("button", name="Begin"))
    hands.add("subject_procedures", "Surgery")
    hands.type(f"{SURGERY}.start_date", "2026-03-02")
    hands.type(f"{SURGERY}.workstation_id", "SWS 3")
    hands.type(f"{SURGERY}.experimenters.0", "J. Moreno")
    hands.type(f"{SURGERY}.ethics_review_id", "2109")
    hands.type(f"{SURGERY}.animal_weight_prior", "27.0")
    hands.type(f"{SURGERY}.animal_weight_post", "28.7")
    hands.save(SURGERY)


def anaesthesia_and_axes(hands: Mouse) -> None:
    """Say how the animal slept, and in which system coordinates are given."""
    hands.act(f"{SURGERY}.anaesthesia", "add")
    hands.type(f"{SURGERY}.anaesthesia.anaesthetic_type", "Isoflurane")
    hands.type(f"{SURGERY}.anaesthesia.level", "1.5")
    hands.type(f"{SURGERY}.anaesthesia.duration", "90")
    hands.save(f"{SURGERY}.anaesthesia")
    hands.open(SURGERY)
    hands.act(f"{SURGERY}.global_coordinate_system", "preset")
    hands.open(SURGERY)


def headframe(hands: Mouse) -> None:
    """Fix a head post."""
    hands.add(f"{SURGERY}.procedures", "Headframe")
    hands.type(f"{SURGERY}.procedures.0.headframe_type", "AI Straight bar")
    hands.type(f"{SURGERY}.procedures.0.headframe_part_number", "0160-100-57")
    hands.save(f"{SURGERY}.procedures.0")
    hands.open(SURGERY)


def craniotomy(hands: Mouse) -> None:
    """Open the skull at the site, and forget the unit of the size."""
    hands.add(f"{SURGERY}.procedures", "Craniotomy")
    hands.choose(f"{CRANIOTOMY}.craniotomy_type", "Circle")
    hands.term(f"{CRANIOTOMY}.coordinate_system_name", "BREGMA_ARI")
    hands.type(f"{CRANIOTOMY}.size", "1.5")
    hands.save(CRANIOTOMY)
    hands.become(f"{CRANIOTOMY}.position", "Translation")
    for axis, number in enumerate(("-2.0", "+1.5", "0")):
        hands.type(f"{CRANIOTOMY}.position.translation.{axis}", number)
    hands.save(f"{CRANIOTOMY}.position")
    hands.open(SURGERY)


def brain_injection(hands: Mouse) -> None:
    """Inject a virus at three depths, and write down the dynamics of two."""
    hands.add(f"{SURGERY}.procedures", "Brain injection")
    hands.term(f"{INJECTION}.targeted_structure", "Primary motor area")
    hands.term(f"{INJECTION}.coordinate_system_name", "BREGMA_ARI")
    hands.save(INJECTION)
    hands.add(f"{INJECTION}.injection_materials", "Viral material")
    hands.type(f"{INJECTION}.injection_materials.0.name", "AAV2-Retro-hSyn-Cre")
    hands.type(f"{INJECTION}.injection_materials.0.titer", "2500000000000")
    hands.save(f"{INJECTION}.injection_materials.0")
    hands.open(INJECTION)
    for number, site in enumerate(SITES):
        hands.act(f"{INJECTION}.coordinates", "add")
        entry = f"{INJECTION}.coordinates.{number}"
        hands.type(f"{entry}.0.translation.0", str(site.ap))
        hands.type(f"{entry}.0.translation.1", f"{site.ml:+}")
        hands.type(f"{entry}.1.angles.0", str(site.angle))
        hands.type(f"{entry}.2.translation.2", str(site.depth))
        hands.save(f"{INJECTION}.coordinates")
    for number in range(2):
        dynamics(hands, number)


def dynamics(hands: Mouse, number: int) -> None:
    """Write down how much went in at one depth."""
    hands.act(f"{INJECTION}.dynamics", "add")
    entry = f"{INJECTION}.dynamics.{number}"
    hands.choose(f"{entry}.profile", "Bolus")
    hands.type(f"{entry}.volume", "150")
    hands.choose(f"{entry}.volume_unit", "nL")
    hands.save(f"{INJECTION}.dynamics")


def mend(hands: Mouse) -> None:
    """Follow the two problems from the list to their fields."""
    listed = hands.page.locator("#sf-problems [data-problem-link]")
    expect(listed).to_have_count(2)
    unit = hands.page.locator(f'#sf-problems [data-problem-link^="{CRANIOTOMY}."]')
    hands.follow(unit)
    expect(hands.control(f"{CRANIOTOMY}.size_unit")).to_be_focused()
    expect(hands.control(f"{CRANIOTOMY}.size_unit")).to_have_attribute("aria-invalid", "true")
    hands.choose(f"{CRANIOTOMY}.size_unit", "millimeter")
    hands.save(CRANIOTOMY)
    expect(listed).to_have_count(1)
    hands.follow(hands.page.locator(f'#sf-problems [data-problem-link^="{INJECTION}"]'))
    expect(hands.page.locator(f'#main [data-problem-path^="{INJECTION}"]').first).to_contain_text("2")
    dynamics(hands, 2)
    expect(listed).to_have_count(0)


def submit(hands: Mouse) -> None:
    """Submit the open draft."""
    hands.follow(hands.page.locator(".btn", has_text="Submit…"))
    hands.follow(hands.page.get_by_role("button", name="Submit as revision 1"))
    expect(hands.page.get_by_text("is submitted as revision 1")).to_be_visible()


def subject_record(hands: Mouse, subject: str) -> None:
    """Create the subject that the procedures record lacks."""
    hands.follow(hands.page.get_by_role("link", name="Create the missing subject"))
    expect(hands.page.locator("#id_key")).to_have_value(subject)
    hands.follow(hands.page.get_by_role("button", name="Begin"))
    hands.become("subject_details", "Mouse subject")
    hands.choose("subject_details.sex", "Female")
    hands.type("subject_details.date_of_birth", "2025-11-30")
    hands.term("subject_details.species", "Mus musculus")
    hands.term("subject_details.strain", "C57BL/6J")
    hands.type("subject_details.genotype", "wt/wt")
    hands.term("subject_details.source", "Jackson Laboratory")
    hands.save("subject_details")
    submit(hands)


def data_description(hands: Mouse, name: str) -> None:
    """Describe the data that will be taken from the animal."""
    hands.follow(hands.page.get_by_role("link", name="Records").first)
    hands.press(hands.page.locator("summary", has_text="New record"))
    hands.follow(hands.page.get_by_role("link", name="New data description"))
    hands.write(hands.page.locator("#id_key"), name)
    hands.follow(hands.page.get_by_role("button", name="Begin"))
    hands.term("institution", "Allen Institute for Neural Dynamics")
    hands.type("project_name", "Motor learning")
    hands.tick(hands.page.get_by_label("Extracellular electrophysiology"))
    hands.save("")
    hands.act("investigators", "add")
    hands.type("investigators.0.name", "Dana Marsh")
    hands.save("investigators")
    hands.open("")
    hands.act("funding_source", "add")
    hands.term("funding_source.0.funder", "Allen Institute")
    hands.save("funding_source.0")
    submit(hands)


def assemble(hands: Mouse, name: str) -> None:
    """Make the asset from its data description, and assemble its bundle."""
    hands.follow(hands.page.get_by_role("link", name="Assets").first)
    hands.follow(hands.page.get_by_role("link", name="New asset").first)
    hands.write(hands.page.locator("#id_record"), name)
    hands.follow(hands.page.get_by_role("button", name="Make the asset").first)
    hands.follow(hands.page.get_by_role("button", name="Assemble"))
    expect(hands.page.get_by_text("Bundle 1 is ready")).to_be_visible()


def download(hands: Mouse, link: str) -> bytes:
    """Press a download link and return the file."""
    with hands.page.expect_download() as started:
        hands.press(hands.page.get_by_role("link", name=link).first)
    return started.value.path().read_bytes()


def close(found: float, typed: float) -> bool:
    """Equal to a tenth of a micrometre."""
    return found == pytest.approx(typed, abs=1e-4)


@pytest.mark.parametrize("hands_of", [Mouse, Keyboard, NoScript])
def test_a_surgeon_logs_a_surgery_and_downloads_a_bundle(hands_of, portal, sign_in, peer):
    hands = hands_of(sign_in("surgeon", java_script_enabled=hands_of.java_script))
    subject = {Mouse: "730911", Keyboard: "730912", NoScript: "730913"}[hands_of]
    name = f"{subject}_2026-04-01_10-30-00"
    log_in_surgery(hands, subject)
    anaesthesia_and_axes(hands)
    headframe(hands)
    craniotomy(hands)
    brain_injection(hands)
    mend(hands)
    submit(hands)
    subject_record(hands, subject)
    data_description(hands, name)
    assemble(hands, name)
    archive = zipfile.ZipFile(io.BytesIO(download(hands, "Download zip")))
    whole = download(hands, "metadata.json")

    assert whole == archive.read(f"{name}/metadata.json")
    for kind in ("subject", "procedures", "data_description"):
        core = archive.read(f"{name}/{kind}.json")
        verdict = peer.judge(kind, core)
        assert verdict.valid, verdict.errors
        assert verdict.json == core.decode()
    verdict = peer.judge("metadata", whole)
    assert verdict.valid, verdict.errors

    procedures = json.loads(archive.read(f"{name}/procedures.json"))
    found = tips(procedures)
    assert [tip.origin for tip in found] == ["Bregma"] * len(SITES)
    for tip, site in zip(found, SITES, strict=True):
        assert close(tip.anterior, site.ap)
        assert close(tip.right, site.right)
        assert close(tip.superior, site.superior)
    surgery = procedures["subject_procedures"][0]
    assert surgery["anaesthesia"] | {"level": 1.5, "duration": 90} == surgery["anaesthesia"]
    assert [entry["object_type"] for entry in surgery["procedures"]] == ["Headframe", "Craniotomy", "Brain injection"]
    assert [entry["volume"] for entry in surgery["procedures"][2]["dynamics"]] == [150] * len(SITES)
