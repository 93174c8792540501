"""Faults of every kind that people and programs make, one at a time, at a place that suits the kind."""

from __future__ import annotations

import copy
import re
from typing import Any

from schema_core.paths import join as joined

STRANGE = (None, "", 0, 1, -1.5, True, "text", [], {}, [1], {"x": 1}, ["a", "b"], "2024-01-01", 10**20, 1e300, [[]])
NUMBERS = (0, -0.0, -1, 1, 0.1, 1e-320, 5e-324, 1e16, 123456789012345678, 2**63, 10**30, -(10**20), 1e308, 100.5, 1e5)
WORDS = (
    "",
    " ",
    "nan",
    "NaN",
    "inf",
    "-Infinity",
    "null",
    "true",
    "5",
    "5.0",
    "1e3",
    "0x10",
    "1_000",
    "\u0661",
    "a_b",
    "a.b",
    "$a",
    "a/b",
    "é\u0301",
    "\u200b",
    "😀",
    "\x00",
    "\n",
    "x" * 3000,
    "<b>",
    "\uff21",
    "other",
    "Other",
    "OTHER",
    "percent",
    "Circle",
    "Unknown",
)
TIMES = (
    "2024-02-01T10:00:00",
    "2024-02-01",
    "2024-02-01 10:00",
    "2024-02-01T10:00Z",
    "2024-02-01T10:00:00+00:00",
    "2024-02-01T10:00:00-00:00",
    "2024-02-01T10:00:00+05:30:15",
    "2024-02-01T10:00:00.1234567Z",
    "2024-02-01T23:59:60Z",
    "2024-02-01T24:00:00Z",
    "20240201T100000Z",
    "2024-02-30T10:00:00Z",
    "0001-01-01T00:00:00",
    "9999-12-31T23:59:59",
    "1970-01-01T00:00:00Z",
    "2024-W05-4",
    "2/1/2024",
    "10:00",
    "10:00:00+02:00",
    "1700000000",
    1700000000,
    1700000000.25,
    1700000000000,
    -1,
    0,
    "2024-06-01T10:00:00+14:00",
    "2024-06-01T10:00:00+24:00",
    "2020-01-01T00:00:00Z",
    "2035-01-01T00:00:00Z",
    True,
)
UNITS = ("millimeter", "micrometer", "percent", "second", "volt", "Volts", "mm", "degree", "degrees", "nanoliter", "")
IS_TIME = re.compile(r"^\d{4}-\d\d-\d\d|^\d\d:\d\d")


class Fault:
    """A document to break, and where things are in it; `elsewhere` lends subtrees."""

    def __init__(self, document: Any, random: Any, elsewhere: Any) -> None:
        self.document, self.random, self.elsewhere = document, random, elsewhere
        self.places = list(places(document))
        self.touched: list[tuple[Any, Any]] = []

    def pick(self, suits: Any) -> tuple[Any, Any, Any] | None:
        """Container, key and value at a random place that suits."""
        found = [(here, key, here[key]) for here, key in self.places if suits(key, here[key])]
        if not found:
            return None
        chosen = self.random.choice(found)
        self.touched.append(chosen[:2])
        return chosen

    def paths(self) -> set[str]:
        """Where the fault is, as addresses."""
        return {joined((*steps_to(self.document, here), key)) for here, key in self.touched}


def places(value: Any) -> Any:
    """Every place in a document: its container and its key there."""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        for key, inner in here.items() if isinstance(here, dict) else enumerate(here):
            yield here, key
            if isinstance(inner, dict | list):
                waiting.append(inner)


def steps_to(document: Any, container: Any) -> tuple[Any, ...]:
    """The steps from the root to a container."""
    waiting: list[tuple[Any, tuple[Any, ...]]] = [(document, ())]
    while waiting:
        here, steps = waiting.pop()
        if here is container:
            return steps
        for key, inner in here.items() if isinstance(here, dict) else enumerate(here):
            if isinstance(inner, dict | list):
                waiting.append((inner, (*steps, key)))
    raise LookupError(container)


def broken(document: Any, fault: Any, random: Any, elsewhere: Any) -> Any:
    """A copy with this fault; None where the document has no place for it."""
    changed = copy.deepcopy(document)
    return changed if fault(Fault(changed, random, elsewhere)) else None


def delete(fault):
    """A field or item is missing."""
    here, key, _ = fault.pick(lambda *_: True)
    del here[key]
    return True


def retype(fault):
    """Something else stands there."""
    here, key, _ = fault.pick(lambda *_: True)
    here[key] = copy.deepcopy(fault.random.choice(STRANGE))
    return True


def rename(fault):
    """A field has another name."""
    found = fault.pick(lambda key, _: isinstance(key, str))
    if found is None:
        return False
    here, key, value = found
    del here[key]
    name = fault.random.choice((f"{key}x", key.upper(), key.title().replace("_", ""), f"{key} ", key[:-1]))
    here[name] = value
    fault.touched.append((here, name))
    return True


def graft(fault):
    """A part of another document, or of this one, stands there."""
    found = fault.pick(lambda _, value: isinstance(value, dict | list))
    if found is None:
        return False
    here, key, value = found
    lender = fault.elsewhere if fault.random.random() < 0.5 else fault.document
    parts = [box[name] for box, name in places(lender) if type(box[name]) is type(value)]
    alike = [part for part in parts if isinstance(part, dict) and part.keys() & value.keys()]
    here[key] = copy.deepcopy(fault.random.choice(alike or parts or [{}]))
    return True


def duplicate(fault):
    """An item is there twice."""
    found = fault.pick(lambda _, value: isinstance(value, list) and value)
    if found is None:
        return False
    _, _, items = found
    items.insert(fault.random.randrange(len(items) + 1), copy.deepcopy(fault.random.choice(items)))
    return True


def wrong_tag(fault):
    """An object says that it is something else."""
    found = fault.pick(lambda _, value: isinstance(value, dict))
    tags = [here[key] for here, key in places(fault.elsewhere) if key == "object_type"]
    tags += [here[key] for here, key in fault.places if key == "object_type"]
    node = found[2] if found else fault.document
    if fault.random.random() < 0.15:
        return node.pop("object_type", None) is not None
    node["object_type"] = fault.random.choice([*tags, *tags, "Nonsense", "", None, 5])
    return True


def wrong_unit(fault):
    """A quantity has no unit, or that of another quantity."""
    found = fault.pick(lambda key, _: isinstance(key, str) and "_unit" in key)
    if found is None:
        return False
    here, key, _ = found
    how = fault.random.random()
    if how < 0.25:
        del here[key]
    elif how < 0.5:
        here[key] = None
    else:
        there = [box[name] for box, name in places(fault.elsewhere) if isinstance(name, str) and "_unit" in name]
        here[key] = fault.random.choice([*UNITS, *there])
    return True


def odd_time(fault):
    """A time has no offset, or is written in another way, or is out of order."""
    found = fault.pick(lambda _, value: isinstance(value, str) and IS_TIME.match(value))
    if found is None:
        return False
    here, key, value = found
    other = [value.replace("Z", ""), value[:10], re.sub(r"[+-]\d\d:\d\d$", "", value), f" {value}", value.lower()]
    here[key] = fault.random.choice([*TIMES, *other])
    return True


def contradict(fault):
    """A term's fields contradict the registry."""
    found = fault.pick(lambda _, value: isinstance(value, dict) and is_term(value))
    if found is None:
        return False
    _, _, term = found
    key = fault.random.choice(list(term))
    others = [here[name] for here, name in places(fault.elsewhere) if isinstance(here[name], dict)]
    same = [other[key] for other in others if is_term(other) and key in other]
    how = fault.random.random()
    if how < 0.2:
        del term[key]
    elif how < 0.3:
        term["stranger"] = "x"
    else:
        term[key] = fault.random.choice([*same, None, "Nonsense", "", 5, str(term[key]).lower()])
    return True


def is_term(value):
    """Whether an object is a registry's."""
    return {"name", "abbreviation"} <= value.keys() or "registry_identifier" in value or "whoami" in value


def null(fault):
    """Null stands there."""
    here, key, _ = fault.pick(lambda *_: True)
    here[key] = None
    return True


def odd_number(fault):
    """A number is extreme, or written as text."""
    found = fault.pick(lambda _, value: isinstance(value, int | float) and not isinstance(value, bool))
    if found is None:
        return False
    here, key, value = found
    here[key] = fault.random.choice([*NUMBERS, str(value), f"{value:+}", -value, value * 1000, [value], bool(value)])
    return True


def odd_text(fault):
    """A text is in another case or script, empty, very long, or looks like something else."""
    found = fault.pick(lambda _, value: isinstance(value, str))
    if found is None:
        return False
    here, key, value = found
    changed = (value.upper(), value.lower(), f"{value} ", value[:-1], f" {value}", value * 2, [value])
    here[key] = fault.random.choice(changed if fault.random.random() < 0.5 else WORDS)
    return True


def misname(fault):
    """Something has the name of something else, so that references go astray."""
    suits = re.compile(r"name|device|_id$|_ids$|location|target|reference")
    found = fault.pick(lambda key, value: isinstance(value, str) and isinstance(key, str) and suits.search(key))
    names = [here[key] for here, key in fault.places if isinstance(key, str) and suits.search(key)]
    names = [name for name in names if isinstance(name, str)]
    if found is None:
        return False
    here, key, value = found
    here[key] = fault.random.choice([*names, f"{value}x", value[1:], value.upper()])
    return True


def reorder(fault):
    """The fields of an object, or the items of a list, stand in another order."""
    found = fault.pick(lambda _, value: isinstance(value, dict | list) and len(value) > 1)
    if found is None:
        return False
    _, _, value = found
    if isinstance(value, list):
        fault.random.shuffle(value)
        return True
    keys = list(value)
    fault.random.shuffle(keys)
    for key in keys:
        value[key] = value.pop(key)
    return True


def swap(fault):
    """Two things of one kind stand in each other's place."""
    first = fault.pick(lambda *_: True)
    second = fault.pick(lambda _, value: type(value) is type(first[2]))
    (here, key, value), (there, name, other) = first, second
    here[key], there[name] = copy.deepcopy(other), copy.deepcopy(value)
    return True


def add(fault):
    """An object has a field more, known elsewhere or to nobody."""
    found = fault.pick(lambda _, value: isinstance(value, dict))
    node = found[2] if found else fault.document
    names = [(key, here[key]) for here, key in fault.places if isinstance(key, str)]
    key, value = fault.random.choice([*names, ("stranger", 1), ("notes", "a"), ("coordinate_system", None)])
    node.setdefault(key, copy.deepcopy(value if fault.random.random() < 0.6 else fault.random.choice(STRANGE)))
    return True


FAULTS = (
    delete,
    retype,
    rename,
    graft,
    duplicate,
    wrong_tag,
    wrong_unit,
    odd_time,
    contradict,
    null,
    odd_number,
    odd_text,
    misname,
    reorder,
    swap,
    add,
)
