"""The standard's closed word lists as vocabularies: to look at, never to extend."""

import re
from collections.abc import Mapping
from enum import Enum
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

REASON = "The standard fixes these words; another one would make every document that uses it invalid elsewhere."
_NOT_WORDS = (
    data_name_patterns.RegexParts,
    data_name_patterns.DataRegex,
    data_name_patterns.DataRegexLegacy,
)
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


class ClosedVocabulary(Vocabulary[Any]):
    """The members of an enum."""

    def build(self, data: Any) -> Any:
        """The member with this value."""
        return self.model(data["name"])


def title_of(enum: type[Enum]) -> str:
    """`DaqChannelType` -> `Daq channel type`."""
    words = re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+", enum.__name__)
    first, *rest = (word if word.isupper() and len(word) > 1 else word.lower() for word in words)
    return " ".join((first[:1].upper() + first[1:], *rest))


def _declare(enum: type[Enum]) -> ClosedVocabulary:
    def read() -> list[Mapping[str, Any]]:
        return [{"name": member.value} for member in enum]

    title = title_of(enum)
    return ClosedVocabulary(
        name=title.lower().replace(" ", "-"),
        title=title,
        description=enum.__doc__ or "",
        model=enum,
        read=read,
        identifier=None,
        closed=REASON,
    )


CLOSED = tuple(
    _declare(enum)
    for module in _MODULES
    for enum in vars(module).values()
    if isinstance(enum, type) and issubclass(enum, Enum) and enum not in (Enum, *_NOT_WORDS)
)
