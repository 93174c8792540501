"""One fault in a valid document: the problem stands where the fault was made, and nowhere else."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter

import pytest

from schema_core import KINDS, paths, validate
from tests.conformance import documents

pytestmark = [pytest.mark.peer, pytest.mark.filterwarnings("ignore")]

FAULTS = (documents.delete, documents.retype, documents.rename, documents.stringify)
TELLS_THE_KIND = ("object_type", "name", "abbreviation")


def blocking(document, kind):
    return [problem for problem in validate(document, kind) if problem.severity != "warning"]


def faulty(peer_examples, seed, count):
    """Valid documents with one fault each: kind, document, the fault's path."""
    chance = random.Random(seed)
    shipped = [(kind, json.loads(text)) for kind, text in peer_examples.values()]
    while count:
        kind, document = chance.choice(shipped)
        if chance.random() < 0.5:
            kind = chance.choice(("subject", "data_description", "procedures"))
            document = documents.document_of(KINDS[kind], chance)
        if blocking(document, kind):
            continue
        broken = copy.deepcopy(document)
        everywhere = list(documents.places(broken))
        place = chance.choice(everywhere)
        chance.choice(FAULTS)(broken, documents.at(broken, place[:-1]), place[-1], chance, everywhere)
        if broken != document:
            count -= 1
            yield kind, broken, paths.join(place)


def stands(problem, fault):
    """Whether a problem is at the fault, below it, or at the node whose kind the fault hid."""
    if any(path == fault or path.startswith((f"{fault}.", f"{fault}x")) for path in (problem.path, *problem.also)):
        return "there"
    hidden = fault.rpartition(".")[2].removesuffix("x") in TELLS_THE_KIND
    return "at its node" if hidden and problem.path == paths.parent(fault) else "elsewhere"


def test_ninety_nine_in_a_hundred_problems_stand_where_the_fault_is(peer_examples):
    found = Counter()
    for kind, document, fault in faulty(peer_examples, 7, 3000):
        problems = blocking(document, kind)
        if problems:
            seen = {stands(problem, fault) for problem in problems}
            found["right" if seen & {"there", "at its node"} else "wrong"] += 1
    assert found["right"] > 1500
    assert found["wrong"] <= 0.01 * found["right"]
