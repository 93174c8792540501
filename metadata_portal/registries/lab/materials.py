"""Lots of viruses and other materials that are injected; the titer of a lot is that of its stock."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, PlainSerializer, field_validator, model_validator

from metadata_portal.errors import FormError
from metadata_portal.registries.declaring import Group, Row, TermOf, declare
from metadata_portal.registries.titers import read_stock, scientific
from schema_core.components.injection_procedures import VirusPrepType
from schema_core.registries import vocabulary
from schema_core.registries.entries import Entry
from schema_core.registries.identifiers import identifier_read
from schema_core.registries.registries import Registry


class MaterialKind(StrEnum):
    """What a material is in the standard, by the `object_type` it carries."""

    VIRAL = "Viral material"
    NON_VIRAL = "Non viral material"


def _titer(value: Any) -> Any:
    try:
        return read_stock(value) if isinstance(value, str) and value.strip() else value or None
    except FormError as error:
        raise ValueError(error.message) from error


Titer = Annotated[Decimal, BeforeValidator(_titer), PlainSerializer(scientific, return_type=str)]


class MaterialLot(Row):
    """One lot on the shelf."""

    lot_number: str = Field(title="Lot number", description="As it stands on the vial: VT5182G")
    name: str = Field(title="Material", description="Full name, of a virus with its serotype")
    kind: MaterialKind = Field(default=MaterialKind.VIRAL, title="Kind", description="A virus or anything else")
    stock_titer: Titer | None = Field(
        default=None, title="Stock titer", description="Of the undiluted stock, 2.5e13; never written into a record"
    )
    stock_titer_unit: str | None = Field(default="gc/mL", title="Unit of the titer")
    addgene_id: str | None = Field(default=None, title="Addgene number", description="Of the plasmid: 100843")
    virus_tars_id: str | None = Field(default=None, title="TARS virus", description="Number of the virus in TARS")
    plasmid_tars_alias: list[str] = Field(default=[], title="TARS plasmids", description="Aliases, one a line")
    prep_date: dt.date | None = Field(default=None, title="Prepared on", description="Day of the preparation")
    prep_type: VirusPrepType | None = Field(default=None, title="Preparation", description="Crude or purified")
    prep_protocol: str | None = Field(default=None, title="Protocol", description="Protocol of the preparation")
    expiration_date: dt.date | None = Field(default=None, title="Expires on", description="Last day of use")
    source: Annotated[str, TermOf("organizations")] | None = Field(
        default=None, title="Supplier", description="Who made or sold it; a material that is no virus needs it"
    )

    @field_validator("addgene_id")
    @classmethod
    def _is_addgene(cls, value: str | None) -> str | None:
        return identifier_read(Registry.ADDGENE, value) if value else None

    @model_validator(mode="after")
    def _is_what_it_says(self) -> Self:
        if self.kind == MaterialKind.NON_VIRAL and self.stock_titer is not None:
            raise ValueError("Only a virus has a titer")
        return self


MATERIALS = declare(
    slug="materials",
    title="Material lots",
    purpose="Lots of viruses and other materials: a lot number fills the material of an injection.",
    model=MaterialLot,
    icon="flask-conical",
    group=Group.MATERIALS,
    key="lot_number",
    names=("lot_number", "name", "virus_tars_id", "addgene_id"),
    columns=("kind", "stock_titer", "expiration_date"),
    filters=("kind",),
    fills=("Viral material", "Non viral material"),
).vocabulary

LOT_FIELDS: Mapping[str, tuple[str, ...]] = {
    MaterialKind.VIRAL: ("tars_identifiers", "prep_lot_number"),
    MaterialKind.NON_VIRAL: ("lot_number",),
}
"""Where each kind of material says its lot."""


def lot_of(node: Any) -> Entry | None:
    """The lot that a material of a document names, a retired one too; None where it names none that is known."""
    value = node
    for name in LOT_FIELDS.get(str(node.get("object_type")), ()) if isinstance(node, dict) else ():
        value = value.get(name) if isinstance(value, dict) else None
    return MATERIALS.find(value) if isinstance(value, str) else None


def material_node(lot: Entry) -> dict[str, Any]:
    """The material as it stands in a document; without a titer, which is that of what was injected."""
    row = lot.data
    if row["kind"] == MaterialKind.NON_VIRAL:
        source = vocabulary("organizations").find(row.get("source") or "")
        return _filled(
            object_type=row["kind"],
            name=row["name"],
            source=source.data if source else None,
            lot_number=lot.key,
            expiration_date=row.get("expiration_date"),
        )
    identifiers = _filled(
        object_type="Tars virus identifiers",
        virus_tars_id=row.get("virus_tars_id"),
        plasmid_tars_alias=row.get("plasmid_tars_alias") or None,
        prep_lot_number=lot.key,
        prep_date=row.get("prep_date"),
        prep_type=row.get("prep_type"),
        prep_protocol=row.get("prep_protocol"),
    )
    addgene = row.get("addgene_id")
    plasmid = _filled(name=row["name"], registry=Registry.ADDGENE.value, registry_identifier=addgene)
    return _filled(
        object_type=row["kind"],
        name=row["name"],
        tars_identifiers=identifiers,
        addgene_id=plasmid if addgene else None,
    )


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
