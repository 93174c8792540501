"""Fixtures that every part of the tests shares."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.conformance.peer import VENV, Peer, examples

if TYPE_CHECKING:
    from collections.abc import Iterator

# the same examples for everyone, so that a red run is somebody's change; HYPOTHESIS_PROFILE=default explores
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def peer() -> Iterator[Peer]:
    """The peer package as an oracle: ``peer.judge(kind, document)`` gives valid, errors, warnings, json."""
    if not (VENV / ".stamp").exists():
        pytest.fail("The peer's venv is missing: run `make .venv-peer/.stamp`.")
    oracle = Peer()
    yield oracle
    oracle.close()


@pytest.fixture(scope="session")
def peer_examples() -> dict[str, tuple[str, str]]:
    """The six examples that the peer ships for our kinds: name to (kind, JSON text)."""
    return examples()


@pytest.fixture(autouse=True)
def packaged_terms_only() -> Iterator[None]:
    """A term that one test adds is rolled back with its database; the process must forget it too."""
    yield
    from metadata_portal.registries.overlay import forget  # noqa: PLC0415 - Django is set up by now

    forget()
