"""The devices of the lab as pages list them: what they are, whether they are in service, who holds them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from metadata_portal.registries.declaring import declaration
from metadata_portal.registries.fillings import INVENTORY, OUT, class_of, item_fragment, state_on
from schema_core.compiled import compiled
from schema_core.core.instrument import Instrument
from schema_core.introspect import List, Union, describe
from schema_core.registries.entries import Entry, fold


@dataclass(frozen=True, slots=True)
class Item:
    """One device of the lab."""

    key: str
    data: Mapping[str, Any]

    @property
    def state(self) -> str:
        """Whether it is in service today."""
        return state_on(self.data)

    @property
    def device_class(self) -> str:
        """Its class in the standard."""
        return class_of(self.data)

    @property
    def component(self) -> dict[str, Any]:
        """The device as a document holds it."""
        return item_fragment(self.data)

    @property
    def calibrations(self) -> list[dict[str, Any]]:
        """Its calibrations as an instrument holds them, the newest last."""
        found = [{**entry, "device_name": self.key} for entry in self.data.get("calibrations") or []]
        return sorted(found, key=lambda entry: str(entry.get("calibration_date") or ""))


@compiled
def component_classes() -> frozenset[str]:
    """The classes that can be components of an instrument by themselves."""
    shape = describe(Instrument).by_name["components"].shape
    assert isinstance(shape, List)  # noqa: S101 (tells the type)
    assert isinstance(shape.item, Union)  # noqa: S101 (tells the type)
    return frozenset(entry.key for entry in shape.item.alternatives)


def items_matching(text: str = "", device_class: str = "", location: str = "") -> list[Item]:
    """The devices on offer that are not out of service, by name, number, model and place."""
    entries = declaration(INVENTORY).vocabulary.search_entries(text, limit=_MOST)
    found = (Item(entry.key, entry.data) for entry in entries)
    return [
        item
        for item in found
        if item.state != OUT
        and (not device_class or item.device_class == device_class)
        and (not location or item.data.get("location") == location)
    ]


_MOST = 100_000


def items_called(names: Iterable[str]) -> Iterator[Item]:
    """The devices of these names, in the order asked for; a name that is none of a device is left out."""
    for name in dict.fromkeys(names):
        entry = declaration(INVENTORY).vocabulary.find(name)
        if entry is not None:
            yield Item(entry.key, entry.data)


def item_of(component: Mapping[str, Any]) -> Item | None:
    """The device of the lab that a component is: by its serial number, else by its name."""
    declared = declaration(INVENTORY).vocabulary
    serial, name = component.get("serial_number"), component.get("name")
    for entry in declared.entries():
        if serial and entry.data.get("serial_number") == serial and _is_of(entry, component):
            return Item(entry.key, entry.data)
    found = declared.find(str(name))
    said = found.data.get("serial_number") if found else None
    is_same = found is not None and (not serial or not said or fold(said) == fold(serial))
    return Item(found.key, found.data) if found and is_same and _is_of(found, component) else None


def _is_of(entry: Entry, component: Mapping[str, Any]) -> bool:
    return class_of(entry.data) == component.get("object_type")


def locations() -> list[str]:
    """The places of devices that are on offer."""
    entries = declaration(INVENTORY).vocabulary.entries()
    return sorted({str(entry.data["location"]) for entry in entries if entry.data.get("location")})
