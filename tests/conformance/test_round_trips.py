"""Any valid instance of any class is written, read back equal, and accepted and written alike by the peer."""

from __future__ import annotations

import importlib
import json
import os
import random
import time

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from schema_core import KINDS
from schema_core.base import DataModel, _GenericModel
from schema_core.shapes import tag_of
from tests.conformance import structure
from tests.conformance.comparing import Court, class_at
from tests.conformance.divergences import nodes
from tests.conformance.documents import valid_document_of

pytestmark = [pytest.mark.peer, pytest.mark.filterwarnings("ignore")]


def addresses():
    """Where every class of the standard is: `components.devices.Camera`."""
    found = {}
    for module in structure.modules("schema_core"):
        if module.startswith(("components.", "core.")):
            for name, cls in vars(importlib.import_module(f"schema_core.{module}")).items():
                home = getattr(cls, "__module__", "").startswith(f"schema_core.{module}")
                if (
                    isinstance(cls, type)
                    and issubclass(cls, DataModel | _GenericModel)
                    and home
                    and not name.startswith("_")
                ):
                    found.setdefault(cls, ".".join((*module.split(".")[:2], name)))
    return found | {cls: kind for kind, cls in KINDS.items()}


ADDRESSES = addresses()
EACH = 60 if os.environ.get("HYPOTHESIS_PROFILE") else 10
settings.register_profile("round trips", suppress_health_check=list(HealthCheck), deadline=None)


@pytest.fixture(scope="module", autouse=True)
def same_zone():
    """Naive times are read in the machine's zone; the peer's process has its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize("address", ADDRESSES.values())
@settings(max_examples=EACH, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))
@given(chance=st.randoms(use_true_random=False))
def test_a_valid_instance_comes_back_equal_and_the_peer_writes_the_same(peer, address, chance):
    document = valid_document_of(address, chance)
    assume(document is not None)
    court = Court(peer)
    assert court.difference(address, document) is None
    cls = class_at(address)
    model = cls.model_validate(document)
    written = model.model_dump_json()
    again = cls.model_validate_json(written)
    assert again == model
    assert again.model_dump_json() == written
    assert court.difference(address, json.loads(written)) is None


MANY = {"instrument": 300, "acquisition": 400, "procedures": 300}


def test_what_is_made_up_reaches_every_class_and_nearly_every_field():
    chance, reached = random.Random(3), set()
    for kind in KINDS:
        for _ in range(MANY.get(kind, 100)):
            for node in nodes(valid_document_of(kind, chance)):
                tag = node.get("object_type")
                reached |= {(tag, name) for name, value in node.items() if value is not None}
    classes = {cls for cls in structure.reached(tuple[tuple(KINDS.values())], set()) if issubclass(cls, DataModel)}
    everything = {(tag_of(cls), name) for cls in classes for name in cls.model_fields if name not in FIXED}
    missed = everything - reached
    assert {tag for tag, name in missed if name == "object_type"} == set(), len(missed)
    assert len(missed) < 0.05 * len(everything), sorted(missed)


FIXED = ("describedBy", "schema_version")
