"""Device models and the lab's own devices, as what they put into a node of a document."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from metadata_portal.errors import FormError
from metadata_portal.registries.declaring import declaration
from schema_core.compiled import compiled
from schema_core.components import devices
from schema_core.components.devices import Device
from schema_core.introspect import describe
from schema_core.judging import Judge
from schema_core.registries import Vocabulary, vocabulary
from schema_core.registries.entries import Entry, fold

MODELS: Final = "device-models"
INVENTORY: Final = "inventory"
OWN_FIELDS: Final = frozenset({"name", "serial_number", "manufacturer", "model"})
"""Fields of a device that its model says elsewhere, or that only the single device has."""

PLANNED, IN_SERVICE, OUT = "Planned", "In service", "Out of service"


@dataclass(frozen=True, slots=True)
class Filling:
    """What choosing a device model or a device of the lab puts into a node; ``item`` says which of the two it is."""

    name: str
    value: Mapping[str, Any]
    item: bool = False

    @property
    def type(self) -> str:
        """The class of the standard that it fills."""
        return str(self.value["object_type"])


@compiled
def device_classes() -> Mapping[str, type[Device]]:
    """Every class of devices, a lab's own too, by the ``object_type`` that documents carry; in alphabetical order."""
    for name in devices.__all__:  # modules that are loaded when first asked for
        getattr(devices, name)
    found: dict[str, type[Device]] = {}
    waiting: list[type[Device]] = [Device]
    while waiting:
        cls = waiting.pop()
        found[str(cls.model_fields["object_type"].default)] = cls
        waiting += cls.__subclasses__()
    return dict(sorted(found.items()))


def state_on(data: Mapping[str, Any], day: dt.date | None = None) -> str:
    """Whether a device of the lab is planned, in service or out of service on a day (today where none is given)."""
    now = (day or timezone.localdate()).isoformat()
    first, last = data.get("in_service_from"), data.get("in_service_to")
    if first and now < first:
        return PLANNED
    return OUT if last and now > last else IN_SERVICE


def model_fragment(model: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that a device model fills, in the order of the standard."""
    maker = vocabulary("organizations").find(model.get("manufacturer"))
    given = {
        **(model.get("defaults") or {}),
        "object_type": model["device_class"],
        "manufacturer": maker.data if maker else None,
        "model": model.get("model") or model.get("part_number"),
    }
    cls = device_classes().get(model["device_class"])
    order = [field.name for field in describe(cls).fields] if cls else list(given)
    return {name: given[name] for name in order if given.get(name) is not None}


def item_fragment(item: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that a device of the lab fills: those of its model, its name and its serial number."""
    model = model_of(item)
    own = {"name": item["name"], "serial_number": item.get("serial_number")}
    said = {**model_fragment(model), **{name: value for name, value in own.items() if value}}
    order = [field.name for field in describe(device_classes()[said["object_type"]]).fields]
    return {name: said[name] for name in order if name in said}


def _of(registry: str) -> Vocabulary[Any]:
    return declaration(registry).vocabulary


def model_of(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The device model of a device of the lab, a retired one too; one that was renamed answers to its old name."""
    found = _of(MODELS).lookup(str(item.get("device_model") or ""))
    if found is None:
        raise FormError(f"There is no device model called {item.get('device_model')!r}.", field="device_model")
    data: Mapping[str, Any] = found.data
    return data


def filling(text: str) -> Filling | None:
    """What a typed name means: a device of the lab by name or serial number, else a device model; None for neither.

    Raises FormError for a device that is out of service.
    """
    item = _named(_of(INVENTORY), text, "serial_number")
    if item is not None:
        if state_on(item.data) == OUT:
            raise FormError(f"{item.key} is out of service since {item.data['in_service_to']}.", field="device")
        return Filling(item.key, item_fragment(item.data), item=True)
    model = _named(_of(MODELS), text, "part_number")
    return None if model is None else Filling(model.key, model_fragment(model.data))


def _named(declared: Vocabulary[Any], text: str, field: str) -> Entry | None:
    """The term on offer that has this very name, other name or number."""
    entry = declared.lookup(text)
    if entry is None or entry.status == "retired":
        return None
    names = {entry.key, *entry.aliases, str(entry.data.get(field) or "")}
    return entry if fold(text) in {fold(name) for name in names} else None


def fitting(text: str, device_class: str, limit: int) -> list[tuple[str, str]]:
    """What a type-ahead offers for a class of devices: the name to choose, and what it is in a few words."""
    return [
        *_matching(_of(INVENTORY), text, device_class, limit // 2),
        *_matching(_of(MODELS), text, device_class, limit - limit // 2),
    ]


def _matching(declared: Vocabulary[Any], text: str, device_class: str, limit: int) -> Iterator[tuple[str, str]]:
    for entry in declared.search_entries(text, limit=_MOST_LOOKED_AT):
        is_item = declared.name == INVENTORY
        if is_item and state_on(entry.data) == OUT:
            continue
        if device_class and class_of(entry.data) != device_class:
            continue
        yield entry.key, item_words(entry.data) if is_item else model_words(entry.data)
        limit -= 1
        if not limit:
            return


_MOST_LOOKED_AT = 10_000


def class_of(data: Mapping[str, Any]) -> str:
    """The class of a device model, or of a device of the lab; empty for one whose model is gone."""
    if "device_class" in data:
        return str(data["device_class"])
    found = _of(MODELS).lookup(str(data.get("device_model") or ""))
    return str(found.data["device_class"]) if found else ""


def model_words(data: Mapping[str, Any]) -> str:
    """Who makes a device model, and its number."""
    return " · ".join(filter(None, (data.get("manufacturer"), data.get("part_number") or data.get("model"))))


def item_words(data: Mapping[str, Any]) -> str:
    """What tells a device of the lab from the others of its model."""
    serial = f"no. {data['serial_number']}" if data.get("serial_number") else ""
    return " · ".join(filter(None, ("inventory", data.get("device_model"), serial, data.get("location"))))


def faults(cls: type[Device], value: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(address, message) of what the standard refuses in a fragment; what it leaves open is no fault."""
    court = Judge()
    court.node(cls, {"name": "any", "notes": "as delivered", **value}, "")
    return [(found.path, found.message) for found in court.problems if found.severity == "error"]
