"""Example rows of the lab's own registries: people, an ethics protocol, a protocol that is followed, lots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metadata_portal.site_admin.demo import documents

if TYPE_CHECKING:
    from metadata_portal.site_admin.demo.parts import Json

ETHICS: Json = {
    "protocol_id": "2414",
    "title": "Circuits of dopamine release during behavior",
    "valid_from": "2024-01-01",
    "valid_to": "2026-12-31",
}
ENDED: Json = {
    "protocol_id": "2109",
    "title": "Anatomical tracing of midbrain projections",
    "procedures": ["Craniotomy", "Headframe", "Brain injection", "Perfusion"],
    "valid_from": "2021-03-01",
    "valid_to": "2024-02-29",
}
NANOJECT: Json = {
    "doi": "10.17504/protocols.io.bd8qi9vw",
    "title": "Stereotaxic Injection by Nanoject Protocol",
    "procedures": ["Brain injection"],
}


def _person(name: str, initials: str, roles: list[str], **more: str) -> Json:
    return {"name": name, "initials": initials, "roles": roles, **more}


def _lot(number: str, name: str, stock: str, **more: str) -> Json:
    return {"lot_number": number, "name": name, "stock_titer": stock, "prep_type": "Purified", **more}


ROWS: tuple[tuple[str, Json], ...] = (
    ("people", _person(documents.MARIA, "MO", ["Surgeon"], account="maria")),
    ("people", _person(documents.JONAS, "JW", ["Surgeon", "Experimenter"], account="jonas")),
    ("people", _person("Helen Achebe", "HA", ["Investigator"])),
    ("people", _person("Tomás Ferreira", "TF", ["Technician", "Experimenter"])),
    ("ethics-protocols", ETHICS),
    ("ethics-protocols", ENDED),
    ("lab-protocols", NANOJECT),
    ("materials", _lot("VT5182G", documents.DLIGHT, "2.5e13", prep_date="2025-02-11", expiration_date="2026-12-31")),
    ("materials", _lot("VT5190C", documents.DLIGHT, "1.8e13", prep_date="2025-03-20")),
    ("materials", _lot("VT4410A", documents.CHRIMSON, "3.9e13", addgene_id="62723", prep_date="2025-01-07")),
)
PROPOSED: tuple[tuple[str, Json, str], ...] = (
    ("organizations", {"name": "Vivarium West"}, "The animals of the new cohort come from there"),
)
"""What a surgeon proposed and nobody has looked at yet."""
