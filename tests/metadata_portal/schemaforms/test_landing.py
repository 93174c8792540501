"""Fault injection: what is wrong with a document stands beside the control or group that was broken, and nowhere else.

The faults come from a seed, FAULTS_SEED (`tests/seeds.py`). Of each kind of fault the table at the end of a run says
how many were made, how many messages they gave rise to, and how many of those stand at what was broken.
"""

from __future__ import annotations

import itertools
import json
import random

import pytest
from selectolax.lexbor import LexborHTMLParser

from metadata_portal.schemaforms.placement import Placement
from schema_core import paths
from tests import seeds
from tests.conformance.documents import valid_document_of
from tests.metadata_portal.schemaforms import breaking, rule_faults
from tests.metadata_portal.schemaforms.breaking import Broken
from tests.metadata_portal.schemaforms.landing import Figures, check
from tests.metadata_portal.schemaforms.on_server import OnServer
from tests.metadata_portal.schemaforms.reach import KINDS
from tests.metadata_portal.schemaforms.seen import Page, words

pytestmark = [pytest.mark.peer, pytest.mark.filterwarnings("ignore")]

SEED = seeds.of("FAULTS_SEED")
TRIES = 40
EVERY_RUN = 300
IN_A_ROUND = 600
ROUNDS = range(9)
ON_SERVER = 8
BREAK_NO_RULE = ("bad_form", "dangling", "twice", "lengths", "order")
"""Faults that some documents take: the standard does not look, or the text fits after all."""


class Source:
    """Documents to break: shipped examples, and made-up valid ones of every kind."""

    def __init__(self, examples, chance):
        self.chance = chance
        self.shipped = [(kind, json.loads(text)) for kind, text in examples.values()]

    def document(self, kind=""):
        """A document, of one kind if that is asked for."""
        wanted = kind or self.chance.choice(KINDS)
        made = valid_document_of(wanted, self.chance) if self.chance.random() < 0.5 else None
        return (wanted, made) if made else self.chance.choice([one for one in self.shipped if kind in ("", one[0])])

    def broken(self, *faults):
        """A document with these faults, and what it was before; None where there is no place for them."""
        for _ in range(TRIES):
            kind, document = self.document()
            broken = Broken(kind, document, self.chance)
            if all(fault(broken) for fault in faults) and broken.state.json != document:
                return document, broken
        return None

    def breaking(self, case):
        """A document with a rule broken, and the same that keeps it."""
        for _ in range(3):
            found = case.model and case.inside(self.document(case.kind)[1], self.chance)
            if found:
                return found
        return case.alone(self.chance)

    def cases(self):
        """Single faults, rules and kinds of fault in turn, each as often as any other; now and then three at once."""
        rules, kinds = itertools.cycle(self._shuffled(rule_faults.cases())), itertools.cycle(breaking.FAULTS)
        for number in itertools.count():
            fault, rule = next(kinds), next(rules)
            yield fault.__name__, self.broken(fault)
            yield rule.name, self.breaking(rule)
            if number % 4 == 0:
                yield "three_at_once", self.broken(*self.chance.choices(breaking.FAULTS, k=3))

    def _shuffled(self, entries):
        return self.chance.sample(entries, len(entries))


def run(examples, count, seed):
    """Break so many documents and look up every problem of each."""
    figures = Figures()
    for name, found in Source(examples, random.Random(seed)).cases():
        if found:
            before, broken = found
            check(figures, name, broken, before)
        if figures.faults.total() == count:
            return figures
    raise AssertionError


def land(examples, count, number, record_property):
    figures = run(examples, count, f"{SEED} {number}")
    record_property("landing", figures.as_json())
    said = f"FAULTS_SEED={SEED}"
    assert figures.beside >= 0.99, (said, figures.of("misplaced")[:5])
    assert figures.at_fault >= 0.99, (said, figures.of("elsewhere")[:5])
    for never in ("lost", "unmarked", "unchosen", "miscounted"):
        assert not figures.of(never), (said, never, figures.of(never)[:5])


@pytest.mark.parametrize("number", range(2))
def test_problems_land_where_the_fault_was_made(all_peer_examples, record_property, number):
    land(all_peer_examples, EVERY_RUN, number, record_property)


@pytest.mark.slow
@pytest.mark.parametrize("number", ROUNDS)
def test_the_problems_of_five_thousand_faults_land(all_peer_examples, record_property, number):
    land(all_peer_examples, IN_A_ROUND, f"round {number}", record_property)


def test_every_rule_is_broken_that_a_record_can_break():
    unexplained = {
        name
        for name in rule_faults.left_out()
        if name not in rule_faults.NOT_HERE and name.split()[0] not in rule_faults.NOT_HERE
    }
    assert unexplained == set()
    assert len(rule_faults.cases()) >= 80


@pytest.mark.parametrize("case", rule_faults.cases(), ids=lambda case: case.name)
def test_a_broken_rule_marks_every_field_that_it_is_about(case):
    figures = Figures()
    before, broken = case.alone(random.Random(0))
    check(figures, case.name, broken, before)
    assert [found for found in figures.seen if found[0] != "elsewhere" or case.code in found[2]] == []


@pytest.mark.alike
@pytest.mark.django_db
def test_the_links_of_a_draft_lead_to_pages_that_show_their_problem(all_peer_examples, client_for, project):
    client, source = client_for(), Source(all_peer_examples, random.Random(SEED))
    for fault in source.chance.sample(breaking.FAULTS, ON_SERVER):
        found = source.broken(fault)
        if found:
            draft = OnServer(found[1].kind, client, project, found[1].state.json)
            links = problem_links(draft.html(""))
            assert len(links) >= 1 or fault.__name__ in BREAK_NO_RULE
            for at, href, message in links[:8]:
                page = Page(client.get(href).content.decode())
                assert page.shows(at, message), (SEED, draft.record.kind, at, message)


def problem_links(html):
    """The problem list of a page: address, link and words of each."""
    found = LexborHTMLParser(html).css("#sf-problems [data-problem-link]")
    return [
        (one.attributes["data-problem-link"], one.attributes["href"], words(one.parent.css_first("span")))
        for one in found
    ]


def test_the_look_up_notices_what_is_put_elsewhere_lost_or_miscounted(all_peer_examples, monkeypatch):
    """A look-up that finds nothing proves something only if it finds what is there."""
    place = Placement.place

    def up_one(self, slots, root):
        return place(self, {paths.parent(slot) for slot in slots}, root)

    monkeypatch.setattr(Placement, "place", up_one)
    assert run(all_peer_examples, 60, 1).beside < 0.5
    monkeypatch.undo()

    real = Placement.__init__

    def forgetful(self, problems, *more):
        real(self, list(problems)[1:], *more)

    monkeypatch.setattr(Placement, "__init__", forgetful)
    assert run(all_peer_examples, 60, 1).of("lost")
