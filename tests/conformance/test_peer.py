"""The oracle itself: it runs the versions we compare with, and accepts what it ships."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.peer


def test_the_oracle_is_the_version_we_follow(peer):
    found = peer.run("import importlib.metadata as m; result = [m.version('aind-data-schema'), m.version('pydantic')]")
    assert found == ["2.9.2", "2.11.10"]


def test_the_peer_accepts_all_of_its_own_examples(peer, all_peer_examples):
    assert len(all_peer_examples) == 30
    for kind, text in all_peer_examples.values():
        verdict = peer.judge(kind, text)
        assert verdict.valid, verdict.errors
        assert json.loads(verdict.json) == json.loads(text)


def test_the_oracle_names_what_it_refuses(peer):
    verdict = peer.judge("subject", "{}")
    assert not verdict.valid
    assert {tuple(error["loc"]) for error in verdict.errors} >= {("subject_id",), ("subject_details",)}
