"""Words that a site adds to the standard's lists: valid, in the JSON Schema, told apart; closed lists stay closed."""

import pytest
from pydantic import ValidationError

from schema_core.components.devices import EphysProbe
from schema_core.registries import LocalTerm, Snapshot, local_terms, overlay, stock_only, vocabularies
from schema_core.registries.devices import ProbeModel
from schema_core.registries.words import OpenWords

NEW = "Neuropixels 3.0"
PROBE = {"object_type": "Ephys probe", "name": "P1", "probe_model": NEW}


@pytest.fixture
def probe_added():
    snapshot = Snapshot(1, {"probe-model": (LocalTerm({"name": NEW}, status="local"),)})
    with overlay(lambda: snapshot):
        yield


def test_an_added_word_is_accepted_and_written_as_it_is(probe_added):
    probe = EphysProbe.model_validate(PROBE)
    assert probe.probe_model == NEW
    assert isinstance(ProbeModel(NEW), ProbeModel)
    assert probe.model_dump(mode="json")["probe_model"] == NEW
    assert EphysProbe.model_validate_json(probe.model_dump_json()) == probe


def test_it_is_refused_where_the_site_does_not_know_it(probe_added):
    with stock_only(), pytest.raises(ValidationError, match="Input should be"):
        EphysProbe.model_validate(PROBE)
    with pytest.raises(ValidationError, match="Input should be"):
        EphysProbe.model_validate({**PROBE, "probe_model": "Neuropixels 4.0"})


def test_the_json_schema_has_it_while_it_is_known(probe_added):
    stock = [member.value for member in ProbeModel]
    assert EphysProbe.model_json_schema()["$defs"]["ProbeModel"]["enum"] == [*stock, NEW]
    with stock_only():
        assert EphysProbe.model_json_schema()["$defs"]["ProbeModel"]["enum"] == stock


def test_it_is_told_of_at_its_address(probe_added):
    document = {"components": [{**PROBE, "manufacturer": {"name": NEW}}], "notes": NEW}
    assert local_terms(document) == [("components.0.probe_model", "probe-model", NEW)]


def test_lists_that_rules_depend_on_are_closed_and_say_why():
    closed = {name: found.closed_reason for name, found in vocabularies().items() if found.closed}
    lists = {
        *("size-unit", "origin", "direction", "axis-name", "anatomical-relative", "data-level", "data-regex"),
        *("data-regex-legacy", "regex-parts", "modalities", "atlas-name", "registry", "stage-axis-direction"),
    }
    assert lists <= closed.keys()
    assert all(reason.startswith("The standard fixes these words") and len(reason) > 60 for reason in closed.values())
    assert not any(issubclass(vocabularies()[name].model, OpenWords) for name in closed)


def test_every_registry_of_the_standard_is_there():
    found = vocabularies()
    assert len(found) == 70
    assert {name: len(found[name].stock) for name in ("mouse-anatomy", "brain-structures", "genes")} == {
        "mouse-anatomy": 8036,
        "brain-structures": 840,
        "genes": 0,
    }
    stages = {name: len(found[name].stock) for name in found if name.endswith("-stages")}
    assert sum(stages.values()) == 1357
