"""Somebody who knows what happened and types it into the forms, guided by what the pages say and by nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from django.urls import reverse

from tests.forms import Form, forms
from tests.metadata_portal.meaning.stories import BACK, FRONT, LEFT, RIGHT

if TYPE_CHECKING:
    from random import Random

    from django.test import Client

    from metadata_portal.entries.models import Record
    from tests.metadata_portal.meaning.stories import Delivery, Site, Story, Virus

SURGERY = "subject_procedures.0"
# how a unit is written, and how many of it are one of the field's
WRITTEN = {
    "": [("", Decimal(1))],
    "g": [("", Decimal(1)), (" g", Decimal(1)), ("g", Decimal(1)), (" kg", Decimal("0.001"))],
    "%": [("", Decimal(1)), ("%", Decimal(1)), (" %", Decimal(1))],
    "min": [("", Decimal(1)), (" min", Decimal(1)), ("min", Decimal(1)), (" s", Decimal(60))],
    "nL": [
        ("", Decimal(1)),
        (" nL", Decimal(1)),
        ("nl", Decimal(1)),
        ("uL", Decimal("0.001")),
        (" µL", Decimal("0.001")),
    ],
    "uA": [("", Decimal(1)), (" uA", Decimal(1)), ("µA", Decimal(1)), (" μA", Decimal(1))],
    "mm": [
        ("", Decimal(1)),
        (" mm", Decimal(1)),
        ("mm", Decimal(1)),
        (" µm", Decimal(1000)),
        (" microns", Decimal(1000)),
    ],
    "°": [("", Decimal(1)), ("°", Decimal(1)), (" deg", Decimal(1)), (" degrees", Decimal(1))],
}
# what a positive number means along each axis, as its name tells people who use such systems
TOWARDS = {"A": FRONT, "P": BACK, "R": RIGHT, "L": LEFT}


@dataclass
class Typist:
    """One person at the form of one record."""

    client: Client
    record: Record
    rng: Random

    @property
    def address(self) -> str:
        """The page of the form."""
        return reverse("entries:record-edit", args=[self.record.pk])

    # What a person does with a page -----------------------------------------------------------------------------------

    def page(self, at: str) -> str:
        """Open a node."""
        answer = self.client.get(self.address, {"at": at})
        assert answer.status_code == 200, (at, answer.status_code)
        return answer.content.decode()

    def type(self, at: str, **texts: str) -> None:
        """Type into controls of a node, named by the end of their address with ``__`` for dots, and save them."""
        wanted = {f"{at}.{name.replace('__', '.')}".lstrip("."): text for name, text in texts.items()}
        page = self.page(at)
        for form in forms(page):
            mine = {form.paths[path]: text for path, text in wanted.items() if path in form.paths}
            if mine:
                wanted = {path: text for path, text in wanted.items() if path not in form.paths}
                self._post(form, do="save", **mine)
        assert not wanted, f"The page of {at!r} has no control for {sorted(wanted)}"

    def act(self, at: str, do: str, seen_at: str | None = None, **words: str) -> str:
        """Press a button of the node at an address and say where it leads; ``seen_at`` is the page that shows it."""
        for form in forms(self.page(at if seen_at is None else seen_at)):
            fields = dict(form.fields)
            if fields.get("at") == at and ("do", do) in form.buttons:
                return self._post(form, do=do, **words)
        raise AssertionError(f"There is no button {do!r} for {at!r}")

    def _post(self, form: Form, **changes: str) -> str:
        answer = self.client.post(form.action or self.address, form.data(op=str(uuid4()), **changes))
        assert answer.status_code == 303, answer.content.decode()[:3000]
        return parse_qs(urlsplit(answer["Location"]).query).get("at", [""])[0]

    # What happened ----------------------------------------------------------------------------------------------------

    def enter(self, story: Story) -> None:
        """Type a whole surgery."""
        self.act("subject_procedures", "add:Surgery", "")
        self.type(
            SURGERY,
            start_date=story.day.isoformat(),
            experimenters__0=story.experimenter,
            ethics_review_id="2109",
            animal_weight_prior=self.number(story.before_g, "g"),
            animal_weight_post=self.number(story.after_g, "g"),
        )
        self.act(f"{SURGERY}.anaesthesia", "add", SURGERY)
        self.type(
            f"{SURGERY}.anaesthesia",
            anaesthetic_type="Isoflurane",
            level=self.number(story.isoflurane, "%"),
            duration=self.number(story.asleep_min, "min"),
        )
        self.system(story)
        for number, site in enumerate(story.sites):
            self.site(f"{SURGERY}.procedures.{number}", site, story)

    def system(self, story: Story) -> None:
        """Choose the coordinate system; one from lambda is made of the one from bregma."""
        at = f"{SURGERY}.global_coordinate_system"
        known = "BREGMA_RAS" if story.system == "RAS" else "BREGMA_ARI"
        self.act(at, "preset", SURGERY, preset=known)
        if story.origin == "Lambda":
            self.type(at, name=self.system_name(story), origin="Lambda")

    @staticmethod
    def system_name(story: Story) -> str:
        """What the system is called."""
        return {"ARI": "BREGMA_ARI", "RAS": "BREGMA_RAS", "LAMBDA": "LAMBDA_ARI"}[story.system]

    def site(self, at: str, site: Site, story: Story) -> None:
        """Type one injection."""
        self.act(f"{SURGERY}.procedures", "add:Brain injection", SURGERY)
        self.type(at, targeted_structure=site.structure, coordinate_system_name=self.system_name(story))
        for number, virus in enumerate(site.viruses):
            self.virus(f"{at}.injection_materials", number, virus, at)
        self.depths(at, site, story)
        self.deliveries(f"{at}.dynamics", site)

    def virus(self, at: str, number: int, virus: Virus, seen_at: str) -> None:
        """Type one preparation, with its lot."""
        self.act(at, "add:Viral material", seen_at)
        self.type(f"{at}.{number}", name=virus.name, titer=self.titer(virus.titer))
        self.act(f"{at}.{number}.tars_identifiers", "add", f"{at}.{number}")
        self.type(f"{at}.{number}.tars_identifiers", prep_lot_number=virus.lot)

    def depths(self, at: str, site: Site, story: Story) -> None:
        """Type each depth as a row, or all of them into the first: where the needle enters, how it leans, how deep."""
        steps = [site.depths] if self.rng.random() < 0.5 else [(depth,) for depth in site.depths]
        for number, depths in enumerate(steps):
            self.act(f"{at}.coordinates", "add", at)
            page = self.page(f"{at}.coordinates")
            row = f"{at}.coordinates.{number}"
            texts = {f"{row}.0.translation.2": "0"}
            for axis, letter in enumerate(self.system_name(story).partition("_")[2][:2]):
                way = self.across if letter in "RL" else self.number
                texts[f"{row}.0.translation.{axis}"] = way(along(letter, site))
            angle = site.angle if leans_as_said(page, site) else -site.angle
            texts[f"{row}.1.angles.0"] = self.number(angle, "°")
            down = labels_of(page)[f"{row}.2.translation.2"]
            assert "down is" in down, down
            sign = 1 if "down is +" in down else -1
            joined, way = self.rng.choice((", ", "; ", " / ", " and ")), self.rng.choice(WRITTEN["mm"])
            texts[f"{row}.2.translation.2"] = joined.join(self.written(sign * depth, *way).strip() for depth in depths)
            cut = len(f"{at}.coordinates.")
            self.type(f"{at}.coordinates", **{path[cut:].replace(".", "__"): text for path, text in texts.items()})
            for do in re.findall(
                r'value="(confirm:[^"]+)" form="[^"]+">The sign is as typed', self.page(f"{at}.coordinates")
            ):
                self.act(f"{at}.coordinates", do, at)

    def deliveries(self, at: str, site: Site) -> None:
        """Type what was given at each depth; where several depths were typed at once there is a line for each."""
        for number, delivery in enumerate(site.deliveries):
            if f'data-path="{at}.{number}.profile"' not in self.page(at):
                self.act(at, "add", at.rpartition(".")[0])
            self.delivery(at, number, delivery)

    def delivery(self, at: str, number: int, delivery: Delivery) -> None:
        """Type what was given at one depth."""
        if delivery.volume_nl is not None:
            given = {"profile": "Bolus", "volume": self.number(delivery.volume_nl, "nL"), "volume_unit": "nanoliter"}
        else:
            given = {
                "profile": "Continuous",
                "injection_current": self.number(delivery.current_ua, "uA"),
                "injection_current_unit": "microamps",
                "alternating_current": "7 s on, 7 s off",
                "duration": self.number(delivery.minutes, "min"),
                "duration_unit": "minute",
            }
        self.type(at, **{f"{number}__{name}": text for name, text in given.items()})

    # How people write -------------------------------------------------------------------------------------------------

    def number(self, value: Decimal | None, unit: str = "") -> str:
        """A number in one of the ways in which people write it, with its unit, another one, or none."""
        assert value is not None
        return self.written(value, *self.rng.choice(WRITTEN[unit]))

    def written(self, value: Decimal, word: str, parts: Decimal) -> str:
        """A number in a unit of which so many parts are one of the field's."""
        text = f"{(value * parts).normalize():f}"
        if text.startswith("-"):
            text = self.rng.choice(("-", "\N{MINUS SIGN}")) + text[1:]
        elif text.startswith("0."):
            text = self.rng.choice((text, text[1:]))
        return f"{text}{word}{self.rng.choice(('', ' '))}"

    def across(self, value: Decimal) -> str:
        """A distance from the midline where right is positive; beside one without a sign the form asks for the side."""
        side = "left" if value < 0 else "right"
        said = self.rng.choice(("", f" ({side})", f" {side[:1].upper()}", f" mm {side}"))
        if said or value > 0:
            return f"{value.normalize():f}{said}"
        return self.number(value, "mm")

    def titer(self, value: int) -> str:
        """A titer in full or with its power of ten."""
        power = len(str(value)) - 1
        short = f"{value / 10**power:g}"
        ways = (
            f"{short}e{power}",
            f"{short} x 10^{power}",
            f"{short}E{power} vg/mL",
            f"{short}\N{MULTIPLICATION SIGN}10{raised(power)} gc/mL",
        )
        return self.rng.choice((str(value), *ways))


def raised(number: int) -> str:
    """Digits as exponents are printed."""
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def along(letter: str, site: Site) -> Decimal:
    """The coordinate of an entry point along the axis that this letter of a system's name stands for."""
    towards = TOWARDS[letter]
    number = site.front_of_origin if towards in {FRONT, BACK} else site.right_of_origin
    return number if towards in {FRONT, RIGHT} else -number


def leans_as_said(page: str, site: Site) -> bool:
    """Whether the tip leans to where the page says that a positive angle takes it."""
    (said,) = set(re.findall(r"A positive angle about \w+ takes the tip (to the left|to the right|forward|back)", page))
    return said.removeprefix("to the ") == site.leans


def labels_of(page: str) -> dict[str, str]:
    """What each control of a page is called, by its address."""
    words = {
        found[1]: _text(found[2])
        for found in re.finditer(r'<label[^>]*for="([^"]+)"[^>]*>(.*?)</label>', page, re.DOTALL)
    }
    found = {}
    for control in re.findall(r"<(?:input|select|textarea)[^>]*>", page):
        named = dict(re.findall(r'(id|data-path)="([^"]*)"', control))
        if len(named) == 2:
            found[unescape(named["data-path"])] = words.get(named["id"], "")
    return found


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))
