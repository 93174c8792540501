"""The materials of one injection with what a person says of their dilutions, and the titers that follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from metadata_portal.errors import FormError, NotFound
from metadata_portal.registries.lab.materials import MaterialKind, lot_of
from metadata_portal.registries.titers import (
    Component,
    Effective,
    effective_titers,
    read_amount,
    read_dilution,
    read_stock,
    scientific,
)
from metadata_portal.schemaforms.documents import Document
from schema_core import paths

MATERIALS: Final = "injection_materials"
USUAL_UNIT: Final = "gc/mL"


@dataclass(slots=True)
class Line:
    """One material of the mix as the page shows it; its titer once it is worked out."""

    index: int
    path: str
    name: str
    lot: str
    is_virus: bool
    held: str
    unit: str
    known: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    found: Effective | None = None

    @property
    def stock(self) -> str:
        """The stock titer to begin with: that of the lot."""
        return self.texts.get("stock", self.known)


@dataclass(slots=True)
class Mix:
    """The materials of one injection, what else is in the mix, and what does not go together."""

    at: str
    title: str
    lines: list[Line]
    rest: str = ""
    rest_error: str = ""

    @property
    def is_worked_out(self) -> bool:
        """Whether there is a titer to write."""
        return any(line.found for line in self.lines)

    @property
    def has_virus(self) -> bool:
        """Whether any material has a titer at all."""
        return any(line.is_virus for line in self.lines)

    @property
    def has_errors(self) -> bool:
        """Whether something has to be said anew."""
        return bool(self.rest_error) or any(line.errors for line in self.lines)

    @property
    def seen(self) -> str:
        """What a person confirms: each titer with its address."""
        return ";".join(f"{line.path}={line.found.titer}" for line in self.lines if line.found)

    @property
    def formula(self) -> str:
        """How the titers came about, in one line."""
        return "; ".join(f"{line.name}: {line.found.formula}" for line in self.lines if line.found)


def mix_at(document: Any, at: str) -> Mix:
    """The materials at an address of a document: of an injection, or of its list; NotFound where there are none."""
    parts = paths.split(at) if at else []
    at = paths.join(parts[: parts.index(MATERIALS)]) if MATERIALS in parts else at
    state = Document(document)
    items = state.get(paths.child(at, MATERIALS)) if at else None
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        raise NotFound("There are no materials to work out titers of at this place of the record.")
    holder = state.get(at)
    lines = [_line(index, paths.child(paths.child(at, MATERIALS), index), item) for index, item in enumerate(items)]
    return Mix(at, str(holder.get("object_type") or "Injection"), lines)


def work_out(mix: Mix, posted: Mapping[str, str]) -> None:
    """Read what was entered and work the titers out; what cannot be read is said at its control."""
    components = [_component(line, posted) for line in mix.lines]
    mix.rest = posted.get("rest", "")
    rest = None
    try:
        rest = read_amount(mix.rest)
    except FormError as error:
        mix.rest_error = error.message
    if mix.has_errors:
        return
    try:
        found = effective_titers(components, rest)
    except FormError as error:
        word, _, number = error.field.rpartition("-")
        mix.lines[int(number)].errors[word] = error.message
        return
    for line, titer in zip(mix.lines, found, strict=True):
        line.found = titer if line.is_virus else None
    if not mix.is_worked_out:
        first = next((line for line in mix.lines if line.is_virus), mix.lines[0])
        first.errors["stock"] = "Give the stock titer of at least one material."


def with_titers(document: Any, mix: Mix) -> dict[str, Any]:
    """The document with the titers that were worked out."""
    state = Document(document)
    for line in mix.lines:
        if line.found:
            state = state.put(f"{line.path}.titer", line.found.titer).put(f"{line.path}.titer_unit", line.found.unit)
    changed: dict[str, Any] = state.json
    return changed


def _line(index: int, path: str, item: Mapping[str, Any]) -> Line:
    lot = lot_of(item)
    stock, titer = lot.data.get("stock_titer") if lot else None, item.get("titer")
    is_virus = item.get("object_type") == MaterialKind.VIRAL
    unit = (lot.data.get("stock_titer_unit") if lot and stock else None) or item.get("titer_unit") or USUAL_UNIT
    held = f"{scientific(Decimal(titer))} {item.get('titer_unit') or ''}".strip() if isinstance(titer, int) else ""
    name = str(item.get("name") or f"Material {index + 1}")
    return Line(index, path, name, lot.key if lot else "", is_virus, held, str(unit), known=stock or "")


def _component(line: Line, posted: Mapping[str, str]) -> Component:
    """One material as entered; what cannot be read is kept as typed with what is wrong about it."""
    line.texts = {word: posted.get(f"{word}-{line.index}", "") for word in ("stock", "dilution", "amount")}
    made: dict[str, Any] = {}
    readers = {"dilution": read_dilution, "amount": read_amount}
    if line.is_virus and line.texts["stock"].strip():
        try:
            made["stock"] = read_stock(line.texts["stock"], line.unit)
        except FormError as error:
            line.errors["stock"] = error.message
    for word, reader in readers.items():
        try:
            made[word] = reader(line.texts[word])
        except FormError as error:
            line.errors[word] = error.message
    return Component(name=line.name, unit=line.unit, **{"stock": None, **made})
