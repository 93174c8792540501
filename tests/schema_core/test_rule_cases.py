"""Every rule has a document that breaks it, at the place it says, and a mended twin that does not."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

import schema_core
from schema_core.base import DataModel
from schema_core.judging import Judge
from schema_core.rules import registration
from schema_core.rules.findings import each
from schema_core.rules.warned import collecting
from schema_core.validation import judge
from tests.schema_core.rule_cases import CASES, JUDGED_AS, MORE

pytestmark = pytest.mark.filterwarnings("ignore")

for module in pkgutil.walk_packages(schema_core.__path__, "schema_core."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)

STANDARD = ("schema_core.base", "schema_core.components", "schema_core.core", "schema_core.registries")
RULES = {
    (cls.__name__, known.code): known
    for cls, rules in registration._rules.items()
    for known in rules
    if cls.__module__.startswith(STANDARD)  # other tests register classes of labs
}
MADE_OTHERWISE = {
    "process-renamed": "joining two records",
    "portal-local-class": "a lab's own class",
    "fit-parameters": "a fit made in code",
}
"""Codes that no document of the standard's classes gives rise to, and what does."""


def classes(cls=BaseModel):
    """All classes of the standard by name."""
    found = {cls.__name__: cls} if cls.__module__.startswith(STANDARD) else {}
    for child in cls.__subclasses__():
        found |= classes(child)
    return found


CLASSES = classes()


def problems(owner, code, document):
    """What is found in a document of a class, as (place, code, severity); a model made in code meets its rule alone."""
    if isinstance(document, BaseModel):
        with collecting():
            return [(found.at, code, found.severity) for found in each(RULES[owner, code].check(document))]
    if owner == "Metadata":
        found = judge(document, "metadata")[1]
    else:
        court = Judge()
        court.node(CLASSES[JUDGED_AS.get(owner, owner)], document, "")
        found = court.problems
    return [(problem.path, problem.code, problem.severity) for problem in found]


def test_every_rule_has_its_case():
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize(("owner", "code"), [*CASES, *MORE])
def test_a_broken_rule_is_told_at_its_place_and_a_kept_one_is_not(owner, code):
    at, broken, kept = (CASES | MORE)[owner, code]
    assert (at, code) in {found[:2] for found in problems(owner, code, broken)}
    assert [found for found in problems(owner, code, kept) if found[1] == code or found[2] != "warning"] == []


def test_the_documentation_lists_the_codes_that_have_cases_and_no_others():
    text = (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")
    ruled = text[text.index("## Rules") : text.index("`upgrade-too-old`")]
    rows = [line.split("|")[1] for line in ruled.splitlines() if line.startswith("| `")]
    documented = {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)}
    shown = {code for _, code in CASES | MORE}
    assert documented - shown == set(MADE_OTHERWISE)
    assert shown - documented <= set(re.findall(r"`([a-z-]+)`", text))


def unit_pairs():
    """Every unit that may be null, beside the quantity it belongs to."""
    for name, cls in CLASSES.items():
        for unit, info in cls.model_fields.items() if issubclass(cls, DataModel) else ():
            stem = unit.rpartition("_unit")[0]
            if "_unit" in unit and stem in cls.model_fields and type(None) in get_args(info.annotation):
                yield name, stem, unit


@pytest.mark.parametrize(("name", "stem", "unit"), list(unit_pairs()))
def test_every_quantity_asks_for_its_unit(name, stem, unit):
    """The rule of units is made for each class from its fields, so each pair has its broken and its kept case."""
    cls = CLASSES[name]
    known = next(rule for rule in registration.rules_of(cls) if rule.code == "unit-missing")
    bare = dict.fromkeys(cls.model_fields)

    def told(**fields):
        return [found.at for found in each(known.check(cls.model_construct(**bare | fields)))]

    assert unit in told(**{stem: 5})
    assert unit not in told(**{stem: 5, unit: "x"})
    assert told() == []
