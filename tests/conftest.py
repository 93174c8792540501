"""Fixtures that every part of the tests shares."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

HERE = Path(__file__).parent


def _load(name: str, file: Path) -> ModuleType:
    """Import a helper module of the tests by its file (the tests are no package)."""
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


peer_module = _load("portal_peer", HERE / "conformance" / "peer.py")


@pytest.fixture(scope="session")
def peer() -> Iterator:
    """The peer package as an oracle: ``peer.judge(kind, document)`` gives valid, errors, warnings, json."""
    if not (peer_module.VENV / ".stamp").exists():
        pytest.fail("The peer's venv is missing: run `make .venv-peer/.stamp`.")
    oracle = peer_module.Peer()
    yield oracle
    oracle.close()


@pytest.fixture(scope="session")
def peer_examples() -> dict[str, tuple[str, str]]:
    """The six examples that the peer ships for our kinds: name to (kind, JSON text)."""
    return peer_module.examples()
