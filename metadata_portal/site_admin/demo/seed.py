"""Write the example data through the services, as people would have."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from metadata_portal.accounts import roles
from metadata_portal.accounts.models import Project, User
from metadata_portal.accounts.services import password_set, project_create, user_create
from metadata_portal.bundles.models import Asset
from metadata_portal.bundles.services import asset_create, asset_from_description, bundle_assemble
from metadata_portal.entries.models import Record
from metadata_portal.entries.services import record_create, record_import
from metadata_portal.registries.declaring import declaration
from metadata_portal.registries.models import Term
from metadata_portal.registries.services import term_add
from metadata_portal.registries.services.proposing import term_propose
from metadata_portal.site_admin.demo import documents, lab
from metadata_portal.site_admin.demo.parts import FVB_NJ, UCL, Json

if TYPE_CHECKING:
    from collections.abc import Callable

SURGEON, COLLEAGUE, MANAGER, READER = "maria", "jonas", "aiko", "sam"
PEOPLE = (
    (SURGEON, documents.MARIA, roles.SURGEON),
    (COLLEAGUE, documents.JONAS, roles.SURGEON),
    (MANAGER, "Aiko Tanaka", roles.REGISTRY_MANAGER),
    (READER, "Sam Okafor", roles.DATA_USER),
)
LONG_FIBER: Json = {
    "name": "200 µm fiber, 5 mm",
    "device_class": "Fiber probe",
    "manufacturer": "Neurophotometrics",
    "model": "Fiber optic cannula",
    "defaults": {"core_diameter": "200", "numerical_aperture": "0.37", "total_length": "5"},
}
NEUROPIXELS: Json = {
    "name": "Neuropixels 2.0 (multi-shank)",
    "device_class": "Ephys probe",
    "manufacturer": "Interuniversity Microelectronics Center",
    "model": "PRB2_4",
    "defaults": {"probe_model": "Neuropixels 2.0 (Multi Shank)"},
}
PROBE: Json = {
    "name": "Probe 7",
    "device_model": "Neuropixels 2.0 (multi-shank)",
    "serial_number": "19122514283",
    "location": "Cabinet 2",
    "in_service_from": "2025-03-03",
}
TERMS: tuple[tuple[str, Json, tuple[str, ...], str], ...] = (
    ("strains", FVB_NJ, ("FVB",), "Albino line of the visual cortex project"),
    ("organizations", UCL, (), "Partner of the visual cortex project"),
    ("device-models", LONG_FIBER, (), ""),
    ("device-models", NEUROPIXELS, ("NP2",), ""),
    ("inventory", PROBE, (), ""),
)


@dataclass(slots=True)
class Seeded:
    """What was written, and the passwords that were made for the people."""

    project: Project
    passwords: dict[str, str] = field(default_factory=dict)


def demo_project() -> Project | None:
    """Return the project of the example data, if it is there."""
    return Project.objects.filter(name=documents.PROJECT).first()


def has_other_records() -> bool:
    """Return whether the installation holds records already: example data would stand among real ones."""
    return Record.objects.exists()


@transaction.atomic
def seed(tell: Callable[[str], None]) -> Seeded:
    """Make the project, people, terms, records, drafts, assets and bundles of the example."""
    seeded = Seeded(project_create(name=documents.PROJECT, by=None))
    people = {username: _person(username, name, role, seeded) for username, name, role in PEOPLE}
    tell(f"{len(people)} people in the project {seeded.project}")
    for vocabulary, data, aliases, reason in (*TERMS, *((name, row, (), "") for name, row in lab.ROWS)):
        if not _is_there(vocabulary, data):
            term = term_add(vocabulary=vocabulary, data=data, aliases=aliases, reason=reason, by=people[MANAGER])
            tell(f"{term} among the {vocabulary}")
    surgeon = people[SURGEON]
    for vocabulary, data, reason in lab.PROPOSED:
        if not _is_there(vocabulary, data):
            tell(f"{term_propose(vocabulary=vocabulary, data=data, reason=reason, by=surgeon)}, proposed")
    for kind, key, document in [*((kind, "", document) for kind, document in documents.SUBMITTED), *documents.SESSION]:
        record, _ = record_import(
            document=document, kind=kind, project=seeded.project, by=surgeon, reason="First entry", key=key
        )
        tell(str(record))
    for kind, key, document in documents.DRAFTS:
        tell(f"draft of {record_create(kind=kind, key=key, project=seeded.project, by=surgeon, document=document)}")
    _assets(seeded.project, surgeon, tell)
    return seeded


def _is_there(vocabulary: str, data: Json) -> bool:
    key = data[declaration(vocabulary).vocabulary.key]
    return Term.objects.filter(vocabulary=vocabulary, key=key).exists()


def _person(username: str, name: str, role: str, seeded: Seeded) -> User:
    person = User.objects.filter(username=username).first()
    if person is not None:
        person.projects.add(seeded.project)
        return person
    person = user_create(username=username, name=name, role_names=[role], projects=[seeded.project], by=None)
    # Made up anew each time: nothing that is printed in a repository signs in anywhere.
    seeded.passwords[username] = secrets.token_urlsafe(9)
    password_set(user=person, password=seeded.passwords[username], by=None)
    return person


def _assets(project: Project, surgeon: User, tell: Callable[[str], None]) -> None:
    for name in documents.ASSETS:
        record = Record.objects.get(project=project, kind="data_description", key=name)
        asset = asset_from_description(record=record, by=surgeon)
        bundle = bundle_assemble(asset=asset, by=surgeon)
        tell(f"{bundle}, {'stock terms only' if bundle.stock_valid else 'with terms of this lab'}")
    if not Asset.objects.filter(name=documents.WAITING).exists():
        of_subject = Record.objects.filter(project=project, key=documents.WAITING.split("_", maxsplit=1)[0])
        asset = asset_create(name=documents.WAITING, project=project, by=surgeon, records=of_subject)
        tell(f"{asset}, not described yet")
