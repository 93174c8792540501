"""What a vocabulary's pages need beyond the vocabulary itself; a vocabulary without an entry gets the default."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


def no_warning(data: Mapping[str, Any]) -> str:  # noqa: ARG001 - the shape of a warning
    """Nothing to warn of."""
    return ""


def strain_without_subject(data: Mapping[str, Any]) -> str:
    """Only the mouse subject of the standard has a strain, and it takes those of the house mouse."""
    if data.get("species") == "Mus musculus":
        return ""
    return (
        f"Version 2.9 of the standard has no subject for {data.get('species')}: this strain is kept,"
        " but a subject record of today can only take strains of the house mouse."
    )


@dataclass(frozen=True)
class Screen:
    """Icon, fields that take a term of another vocabulary, and what to warn of."""

    icon: str = "list"
    terms_of: Mapping[str, str] = field(default_factory=dict)
    warn: Callable[[Mapping[str, Any]], str] = no_warning


SCREENS: Mapping[str, Screen] = {
    "organizations": Screen("building-2"),
    "species": Screen("paw-print"),
    "strains": Screen("dna", terms_of={"species": "species"}, warn=strain_without_subject),
    "modalities": Screen("activity"),
    "brain-structures": Screen("brain"),
    "mouse-anatomy": Screen("bone"),
    "harp-types": Screen("cpu"),
    "protocols": Screen("book-open"),
}
DEFAULT = Screen()


def screen_of(vocabulary: str) -> Screen:
    """The screen of a vocabulary."""
    return SCREENS.get(vocabulary, DEFAULT)
