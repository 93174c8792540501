"""Whatever a core file holds: a bundle that is ready is one that the peer accepts."""

from __future__ import annotations

import copy
import json
import random

import pytest

from schema_core import bundle, registries
from schema_core.errors import InvalidDocument

NAME = "123456_2022-02-21_16-30-01"
VALUES = [None, "", "x", "Stag", 0, -1, 1.5, 10**20, True, [], {}, [None], "2022-13-45", "2022-02-30", "é\u202e", "NaN"]
ROUNDS = 60


def places(value, path=()):
    """Every place of a document below its root."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from places(child, (*path, key))


def mutated(document: dict, chance: random.Random) -> dict:
    """The document with one thing changed, dropped, doubled or added."""
    document = copy.deepcopy(document)
    *way, last = chance.choice(list(places(document)))
    node = document
    for key in way:
        node = node[key]
    change = chance.randrange(4)
    if change == 0:
        node[last] = copy.deepcopy(chance.choice(VALUES))
    elif change == 1:
        del node[last]
    elif change == 2 and isinstance(node, list):
        node.append(copy.deepcopy(node[last]))
    else:
        (node if isinstance(node, dict) else document)["added"] = 1
    return document


@pytest.mark.peer
@pytest.mark.parametrize(
    "name", ["subject", "data_description", "procedures", "ophys_procedures", "thermistor_procedures"]
)
def test_no_changed_example_becomes_a_bundle_that_the_peer_refuses(name, peer, peer_examples):
    chance = random.Random(f"bundle {name}")
    kind, text = peer_examples[name]
    subject = bundle.CoreFile("subject", peer_examples["subject"][1].encode())
    ready = refused = 0
    with registries.stock_only():
        for _ in range(ROUNDS):
            document = mutated(json.loads(text), chance)
            files = [bundle.CoreFile(kind, json.dumps(document).encode()), *([] if kind == "subject" else [subject])]
            try:
                sealed = bundle.seal(bundle.frame_text(NAME, "x"), files, registry_version="stock")
            except InvalidDocument:
                refused += 1
                continue
            ready += 1
            own = peer.judge(kind, json.dumps(document))
            assert own.valid, (document, own.errors)
            whole = peer.judge("metadata", sealed.metadata)
            assert whole.valid, (document, whole.errors)
    assert ready
    assert refused
