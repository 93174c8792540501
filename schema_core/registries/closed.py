"""The standard's word lists as vocabularies: some to look at and never to extend, to the others a site may add."""

import re
from collections.abc import Mapping
from enum import Enum
from types import ModuleType
from typing import Any

from schema_core.registries import (
    atlas,
    coordinates,
    data_name_patterns,
    devices,
    licenses,
    process_names,
    reagent,
    registries,
    slap2_acquisition_type,
    specimen_procedure_types,
    stimulus_modality,
    system_architecture,
    units,
)
from schema_core.registries.vocabulary import Vocabulary
from schema_core.registries.words import OpenWords

_FIXED = "The standard fixes these words"
_PLACES = (
    f"{_FIXED}: transforms, signs and pictures are worked out from them, and an unknown one would have no meaning."
)
_NAMES = f"{_FIXED}: names of data assets are made and read with them, here and by whoever gets the data."
WHY_CLOSED = {
    units: f"{_FIXED}: conversions, rules and exports are worked out from units, and no other one converts.",
    coordinates: _PLACES,
    atlas: _PLACES,
    data_name_patterns: _NAMES,
    licenses: f"{_FIXED}: exports and archives know a licence by them, and no other.",
    registries: f"{_FIXED}: identifiers are checked and linked by the authority that gave them.",
    devices: f"{_FIXED}: rules, converters and analysis code tell what a device does by them, and know no other.",
}
"""Why no site may add words to an enum of this module that is not open."""

_MODULES = (
    atlas,
    coordinates,
    data_name_patterns,
    devices,
    licenses,
    process_names,
    reagent,
    registries,
    slap2_acquisition_type,
    specimen_procedure_types,
    stimulus_modality,
    system_architecture,
    units,
)


class Words(Vocabulary[Any]):
    """The members of an enum, and what a site adds to an open one."""

    def build(self, data: Any) -> Any:
        """The member with this value."""
        return self.model(data["name"])


def title_of(enum: type[Enum]) -> str:
    """`DaqChannelType` -> `Daq channel type`."""
    words = re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+", enum.__name__)
    first, *rest = (word if word.isupper() and len(word) > 1 else word.lower() for word in words)
    return " ".join((first[:1].upper() + first[1:], *rest))


def _declare(module: ModuleType, enum: type[Enum]) -> Words:
    def read() -> list[Mapping[str, Any]]:
        return [{"name": member.value} for member in enum]

    title = title_of(enum)
    return Words(
        name=title.lower().replace(" ", "-"),
        title=title,
        description=enum.__doc__ or "",
        model=enum,
        read=read,
        identifier=None,
        closed="" if issubclass(enum, OpenWords) else WHY_CLOSED[module],
    )


WORDS = tuple(
    _declare(module, enum)
    for module in _MODULES
    for enum in vars(module).values()
    if isinstance(enum, type) and issubclass(enum, Enum) and enum not in (Enum, OpenWords)
)
