"""The generations of the standard: how a document tells which one it is, and what each writes into its head."""

from __future__ import annotations

import re
from typing import Any, Final, Literal, get_args

Target = Literal["2.9", "3.0"]
TARGETS: Final[tuple[str, ...]] = get_args(Target)

SUCCESSOR_VERSIONS: Final = {
    "subject": "3.0.2",
    "data_description": "3.0.0",
    "procedures": "3.0.2",
    "instrument": "3.0.2",
    "acquisition": "3.0.0",
    "processing": "3.0.0",
    "quality_control": "3.0.0",
    "model": "3.0.0",
    "metadata": "3.0.4",
}
"""What biodata-schema 3.0.0 writes as `schema_version`."""

STANDARD_VERSIONS: Final = {
    "subject": "2.3.3",
    "data_description": "2.4.2",
    "procedures": "2.2.3",
    "instrument": "2.2.8",
    "acquisition": "2.5.4",
    "processing": "2.3.3",
    "quality_control": "2.4.2",
    "model": "2.0.0",
    "metadata": "2.7.6",
}
"""What aind-data-schema 2.9.2 writes."""

VERSIONS: Final = {"2.9": STANDARD_VERSIONS, "3.0": SUCCESSOR_VERSIONS}
SOURCES: Final = {
    "2.9": "AllenNeuralDynamics/aind-data-schema/main/src/aind_data_schema/",
    "3.0": "AllenNeuralDynamics/biodata-schema/main/src/biodata_schema/",
}
_HOST: Final = "https://raw.githubusercontent.com/"
OLD_NAMES: Final = {"session": "acquisition", "rig": "instrument"}
"""Core files of version 1 that have another name since."""


def described_by(kind: str, target: Target) -> str:
    """The address of the file that describes a kind, in that generation."""
    return f"{_HOST}{SOURCES[target]}core/{kind}.py"


def major_of(document: dict[str, Any]) -> int | None:
    """The first number of the version that a document claims; None where it claims none that can be read."""
    found = re.match(r"\s*v?(\d+)\b", str(document.get("schema_version", "")))
    return int(found[1]) if found else None


def source_of(document: dict[str, Any]) -> Target | None:
    """The generation of a document: 2.9 for all of version 2; None for one that cannot be read here.

    The standard reads over a missing or garbled version, so that counts as version 2 unless `describedBy` says better.
    """
    major = major_of(document)
    if major is None:
        return "3.0" if SOURCES["3.0"] in str(document.get("describedBy", "")) else "2.9"
    return {2: "2.9", 3: "3.0"}.get(major)  # type: ignore[return-value]
