"""Faults of every kind, made in a document at places where the models know what should stand there.

Each fault says which addresses it broke: the problems that it gives rise to belong there and nowhere else.
"""

from __future__ import annotations

import copy
import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import schema_core
from metadata_portal.schemaforms.documents import ABSENT, Document
from schema_core import paths
from schema_core.introspect import (
    MISSING,
    Choice,
    List,
    Map,
    Place,
    Scalar,
    Struct,
    Term,
    Union,
    choose,
    describe,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

STRANGE = ({"x": 1}, [{"x": 1}], {"object_type": "Nonsense"})
NO_TIMES = ("2024-02-30", "31/12/2024", "yesterday", "2024-13-01T10:00:00Z", "25:61")
NO_NUMBERS = ("twelve", "1,5", "12 mm", "--3")
TIMES = (dt.date, dt.time, dt.datetime)
NUMBERS = (int, float, Decimal)


class Broken:
    """A document that is being broken; ``touched`` are the addresses."""

    def __init__(self, kind: str, document: Any, random: Random) -> None:
        self.kind, self.random = kind, random
        self.state = Document(copy.deepcopy(document))
        self.touched: set[str] = set()

    @property
    def places(self) -> list[Place]:
        """Every place that the models know, filled or not."""
        root = describe(schema_core.KINDS[self.kind])
        return list(known(Place("", root, root, self.state.json, present=True, field=None)))

    def pick(self, suits: Callable[[Place], Any]) -> Place | None:
        """A place that suits."""
        found = [place for place in self.places if place.path and suits(place)]
        return self.random.choice(found) if found else None

    def put(self, path: str, value: Any) -> bool:
        """Break one address."""
        self.state = self.state.put(path, value)
        self.touched.add(path)
        return True

    def drop(self, path: str) -> bool:
        """Take one value away."""
        self.state = self.state.drop(path)
        self.touched.add(path)
        return True

    def also_names(self, value: Any) -> None:
        """What is called by a name that is gone is broken too."""
        self.touched |= {place.path for place in self.places if isinstance(value, str) and _says(place.value, value)}


def _says(held: Any, name: str) -> bool:
    return isinstance(held, str) and (held == name or held.startswith(f"{name}_"))


def known(place: Place) -> Iterator[Place]:
    """Walk a place and everything below it that its models know."""
    yield place
    shape, value = place.shape, place.value
    if isinstance(shape, Struct) and isinstance(value, dict):
        below = [(entry.name, entry.shape, value.get(entry.name, ABSENT), entry) for entry in shape.fields]
    elif isinstance(shape, List) and isinstance(value, list):
        below = [(index, shape.item, item, None) for index, item in enumerate(value)]
    elif isinstance(shape, Map) and isinstance(value, dict):
        below = [(key, shape.value, item, None) for key, item in value.items()]
    else:
        return
    for key, declared, held, entry in below:
        chosen = choose(declared, None if held is ABSENT else held)
        inner = chosen.shape if chosen else declared
        here = paths.child(place.path, key)
        value = None if held is ABSENT else held
        yield from known(Place(here, declared, inner, value, held is not ABSENT, entry, shape))


def _plain(place: Place) -> bool:
    """A field that people fill in and that is filled."""
    return place.value is not None and not (place.field and (place.field.constant or place.field.deprecated))


def _scalar(place: Place, *types: type) -> bool:
    return _plain(place) and isinstance(place.shape, Scalar) and place.shape.type in types and not place.shape.text


# -- faults -----------------------------------------------------------------------------------------------------------


def missing(broken: Broken) -> bool:
    """A required field is not there."""
    found = broken.pick(lambda place: _plain(place) and place.field and place.field.default is MISSING)
    if found is None:
        return False
    broken.also_names(found.value)
    return broken.drop(found.path)


def null(broken: Broken) -> bool:
    """Null stands where a value must."""
    found = broken.pick(lambda place: _plain(place) and place.field and not place.field.nullable)
    if found is None:
        return False
    broken.also_names(found.value)
    return broken.put(found.path, None)


def strange_value(broken: Broken) -> bool:
    """An object or list stands where text, a number, a choice or a date belongs."""
    found = broken.pick(lambda place: _plain(place) and isinstance(place.shape, Scalar | Choice))
    if found is None:
        return False
    broken.also_names(found.value)
    return broken.put(found.path, copy.deepcopy(broken.random.choice(STRANGE)))


def text_for_node(broken: Broken) -> bool:
    """Text stands where an object or a list belongs."""
    found = broken.pick(lambda place: _plain(place) and isinstance(place.shape, Struct | List))
    if found is None:
        return False
    for name in set(_texts(found.value)):
        broken.also_names(name)
    return broken.put(found.path, "text")


def wrong_choice(broken: Broken) -> bool:
    """None of the allowed values."""
    found = broken.pick(lambda place: _plain(place) and isinstance(place.shape, Choice) and not _is_unit(place))
    return found is not None and broken.put(found.path, broken.random.choice(("Nonsense", "", "other thing")))


def wrong_unit(broken: Broken) -> bool:
    """The unit of another quantity, or none beside a value."""
    found = broken.pick(lambda place: _plain(place) and _is_unit(place))
    if found is None:
        return False
    if broken.random.random() < 0.3 and found.field is not None and found.field.nullable:
        return broken.drop(found.path)
    wrong = [unit for unit in ("volt", "gram", "degrees", "percent", "mm") if unit not in found.shape.values]
    return broken.put(found.path, broken.random.choice(wrong))


def _is_unit(place: Place) -> bool:
    return isinstance(place.shape, Choice) and place.field is not None and "_unit" in place.field.name


def bad_time(broken: Broken) -> bool:
    """No such day or hour."""
    found = broken.pick(lambda place: _scalar(place, *TIMES))
    return found is not None and broken.put(found.path, broken.random.choice(NO_TIMES))


def bad_number(broken: Broken) -> bool:
    """Words where a number belongs."""
    found = broken.pick(lambda place: _scalar(place, *NUMBERS))
    return found is not None and broken.put(found.path, broken.random.choice(NO_NUMBERS))


def out_of_range(broken: Broken) -> bool:
    """A number beyond its limit."""
    found = broken.pick(lambda place: _scalar(place, *NUMBERS) and _beyond(place) is not None)
    return found is not None and broken.put(found.path, _beyond(found))


def _beyond(place: Place) -> Any:
    limits = dict(place.shape.constraints)
    for name, step in (("ge", -1), ("gt", -1), ("le", 1), ("lt", 1)):
        if name in limits:
            return limits[name] + step
    return None


def bad_form(broken: Broken) -> bool:
    """Text that has not the form it must have."""
    found = broken.pick(lambda place: _scalar(place, str) and "pattern" in dict(place.shape.constraints))
    return found is not None and broken.put(found.path, "!/ !")


def too_few(broken: Broken) -> bool:
    """A list that needs an item has none."""
    found = broken.pick(lambda place: _plain(place) and isinstance(place.shape, List) and place.shape.min_length)
    if found is None:
        return False
    for name in set(_texts(found.value)):
        broken.also_names(name)
    return broken.put(found.path, [])


def unknown_key(broken: Broken) -> bool:
    """An object has a key that nobody knows."""
    found = broken.pick(lambda place: isinstance(place.shape, Struct) and _is_closed_object(place))
    path = found.path if found else ""
    return broken.put(
        paths.child(path, broken.random.choice(("stranger", "a.b", "Name"))), broken.random.choice((1, "x", {}))
    )


def _is_closed_object(place: Place) -> bool:
    return isinstance(place.value, dict) and not place.shape.is_open


def wrong_tag(broken: Broken) -> bool:
    """An object says that it is something else, or does not say what it is."""
    found = broken.pick(
        lambda place: (
            isinstance(place.value, dict) and "object_type" in place.value and isinstance(place.declared, Union)
        )
    )
    if found is None:
        return False
    for name in set(_texts(found.value)):
        broken.also_names(name)
    others = [entry.key for entry in found.declared.alternatives if isinstance(entry.shape, Struct)]
    tag = broken.random.choice(["Nonsense", "", None, broken.random.choice(others)])
    here = {key: value for key, value in found.value.items() if key != "object_type"}
    return broken.put(found.path, here if tag is None else {"object_type": tag, **here})


def wrong_term(broken: Broken) -> bool:
    """A term that its vocabulary does not have."""
    found = broken.pick(lambda place: _plain(place) and isinstance(place.shape, Term) and not place.shape.open)
    if found is None:
        return False
    return broken.put(found.path, broken.random.choice(({"name": "Nowhere"}, "Nowhere", {"abbreviation": "qqq"})))


def dangling(broken: Broken) -> bool:
    """A name that nothing has."""
    found = broken.pick(lambda place: isinstance(place.value, str) and place.field and place.field.refers_to)
    if found is None:
        return False
    broken.also_names(found.value)  # the name of an instrument is what others refer to
    return broken.put(found.path, "Nobody")


def twice(broken: Broken) -> bool:
    """Two things of a list have the same name."""
    found = broken.pick(lambda place: isinstance(place.value, list) and len(_named(place.value)) > 1)
    if found is None:
        return False
    one, other = broken.random.sample(_named(found.value), 2)
    broken.also_names(found.value[other]["name"])
    broken.touched.add(paths.join((*paths.split(found.path), one, "name")))
    return broken.put(paths.join((*paths.split(found.path), other, "name")), found.value[one]["name"])


def _named(items: list[Any]) -> list[int]:
    return [index for index, item in enumerate(items) if isinstance(item, dict) and isinstance(item.get("name"), str)]


def lengths(broken: Broken) -> bool:
    """A row of numbers has one too many."""
    wanted = ("translation", "angles", "scale", "dynamics", "input", "output")
    found = broken.pick(lambda place: place.field and place.field.name in wanted and isinstance(place.value, list))
    if found is None or not found.value:
        return False
    return broken.put(found.path, [*found.value, copy.deepcopy(found.value[-1])])


def order(broken: Broken) -> bool:
    """Something ends before it starts."""
    found = broken.pick(lambda place: isinstance(place.value, dict) and _span(place.value))
    start, end = _span(found.value if found else broken.state.json) or ("", "")
    if not start:
        return False
    here = broken.state.get(found.path if found else "")
    base = paths.split(found.path) if found else ()
    early, late = here[end], here[start]
    broken.put(paths.join((*base, start)), early if early != late else late)
    return broken.put(paths.join((*base, end)), f"1999{late[4:]}")


def _span(value: dict[str, Any]) -> tuple[str, str] | None:
    """The names of a start and an end."""
    for name, held in value.items():
        end = name.replace("start", "end")
        if "start" in name and isinstance(held, str) and isinstance(value.get(end), str) and "tz" not in name:
            return name, end
    return None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


FAULTS = (
    missing,
    null,
    strange_value,
    text_for_node,
    wrong_choice,
    wrong_unit,
    bad_time,
    bad_number,
    out_of_range,
    bad_form,
    too_few,
    unknown_key,
    wrong_tag,
    wrong_term,
    dangling,
    twice,
    lengths,
    order,
)
