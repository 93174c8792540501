"""One fault in a valid document: the problem stands where the fault was made, and nowhere else."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter

import pytest

from schema_core import KINDS, paths, validate
from tests.conformance import faults
from tests.conformance.documents import valid_document_of

pytestmark = [pytest.mark.peer, pytest.mark.filterwarnings("ignore")]

FAULTS = (faults.delete, faults.retype, faults.rename, faults.null, faults.odd_text, faults.odd_number)
TELLS_THE_KIND = ("object_type", "name", "abbreviation")


def blocking(document, kind):
    return [problem for problem in validate(document, kind) if problem.severity != "warning"]


def faulty(all_peer_examples, seed, count):
    """Valid documents with one fault each: kind, document, the fault's paths."""
    chance = random.Random(seed)
    shipped = [(kind, json.loads(text)) for kind, text in all_peer_examples.values()]
    while count:
        kind, document = chance.choice(shipped)
        if chance.random() < 0.5:
            kind = chance.choice([kind for kind in KINDS if kind != "metadata"])
            document = valid_document_of(kind, chance)
        if document is None:
            continue
        made = faults.Fault(copy.deepcopy(document), chance, document)
        if chance.choice(FAULTS)(made) and made.document != document:
            count -= 1
            yield kind, made.document, made.paths()


def stands(problem, fault):
    """Whether a problem is at the fault, below it, or at the node whose kind the fault hid."""
    if any(path == fault or path.startswith(f"{fault}.") for path in (problem.path, *problem.also)):
        return "there"
    hidden = fault.rpartition(".")[2] in TELLS_THE_KIND
    return "at its node" if hidden and problem.path == paths.parent(fault) else "elsewhere"


def test_ninety_nine_in_a_hundred_problems_stand_where_the_fault_is(all_peer_examples):
    found, wrong = Counter(), []
    for kind, document, at in faulty(all_peer_examples, 7, 2000):
        problems = blocking(document, kind)
        if problems:
            seen = {stands(problem, fault) for problem in problems for fault in at}
            right = bool(seen & {"there", "at its node"})
            found["right" if right else "wrong"] += 1
            if not right:
                wrong.append((kind, at, [(problem.path, problem.code) for problem in problems[:3]]))
    assert found["right"] > 1000
    assert found["wrong"] <= 0.01 * found["right"], wrong
