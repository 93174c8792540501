"""One of everything that an address can name, and one person of each kind who may ask for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.test import Client

from metadata_portal.accounts import roles
from metadata_portal.accounts.models import User
from metadata_portal.accounts.notices import notice_send
from metadata_portal.accounts.services import password_link_create, password_set, project_create, user_create
from metadata_portal.bundles.services import asset_from_description, bundle_assemble
from metadata_portal.entries.brought import source
from metadata_portal.entries.services import draft_open, record_create, record_import, template_create
from metadata_portal.registries.bulk.services import batch_bring
from metadata_portal.registries.bulk.work import work_off
from metadata_portal.registries.services import term_add
from metadata_portal.registries.services.proposing import term_propose
from tests.conformance.peer import examples

# owner: a surgeon who has drafts; colleague: a surgeon of the same project; stranger: one of another project
ROLES = ("anonymous", "owner", "colleague", "stranger", "manager", "reader", "administrator")


SUBJECT = "804711"
FIBRE = {"name": "Fibre 4.5 mm", "device_class": "Fiber probe", "defaults": {"total_length": 4.5}}


@dataclass
class World:
    """Clients by role, and the values that stand for the parts of an address."""

    clients: dict[str, Client]
    names: dict[str, Any]


def make_world() -> World:
    """Make people, records, an asset, a bundle, a term and a device model."""
    project = project_create(name="Basal ganglia", by=None)
    elsewhere = project_create(name="Elsewhere", by=None)
    people = {
        "owner": _person(roles.SURGEON, project),
        "colleague": _person(roles.SURGEON, project),
        "stranger": _person(roles.SURGEON, elsewhere),
        "manager": _person(roles.REGISTRY_MANAGER, project),
        "reader": _person(roles.DATA_USER, project),
        "administrator": _person(roles.ADMINISTRATOR, elsewhere),
    }
    owner, administrator = people["owner"], people["administrator"]
    clients = {"anonymous": Client()}
    for role, person in people.items():
        clients[role] = Client()
        clients[role].force_login(person)
    documents = _documents()
    records = {
        kind: record_import(document=document, kind=kind, project=project, by=owner)[0]
        for kind, document in documents.items()
    }
    draft_open(record=records["procedures"], by=owner)
    asset = asset_from_description(record=records["data_description"], by=owner)
    bundle = bundle_assemble(asset=asset, by=owner)
    term = term_add(vocabulary="strains", data={"name": "FVB/NJ", "species": "Mus musculus"}, by=administrator)
    other = term_add(vocabulary="strains", data={"name": "CBA/J", "species": "Mus musculus"}, by=administrator)
    table = batch_bring(
        vocabulary="strains", file_name="t.csv", content=b"name,species\nA/J,Mus musculus", by=administrator
    )
    work_off()
    model = term_add(vocabulary="device-models", data=FIBRE, by=administrator)
    item = term_add(vocabulary="inventory", data={"name": "Fibre 12", "device_model": "Fibre 4.5 mm"}, by=administrator)
    system = term_add(vocabulary="coordinate-systems", data={"name": "RIG_3"}, by=administrator)
    rig = record_create(kind="instrument", key="rig3", project=project, by=owner)
    template = template_create(
        source=source(owner, records["procedures"].pk, "1", ""), name="Usual", about="", by=owner
    )
    uid, token = password_link_create(user=people["reader"], by=administrator).strip("/").split("/")[-2:]
    return World(
        clients=clients,
        names={
            "record": records["procedures"].pk,
            "kind": "procedures",
            "number": 1,
            "subject": documents["subject"]["subject_id"],
            "asset": asset.name,
            "bundle": bundle.pk,
            "vocabulary": "strains",
            "term": term.pk,
            "other_term": other.pk,
            "batch": table.pk,
            "form": "csv",
            "device_model": model.pk,
            "device": item.pk,
            "system": system.pk,
            "rig": rig.pk,
            "template": template.pk,
            "proposal": term_propose(vocabulary="organizations", data={"name": "Our vivarium"}, by=owner).pk,
            "notice": notice_send(to=owner, text="FVB/NJ is approved.").pk,
            "person": people["colleague"].pk,
            "project": project.slug,
            "uid": uid,
            "token": token,
        },
    )


_numbers = count(1)


def _person(role: str, project) -> User:
    username = f"{role.replace(' ', '-')}{next(_numbers)}"
    person = user_create(username=username, name=username, role_names=[role], projects=[project], by=None)
    password_set(user=person, password="correct-horse-battery", by=None)
    return person


def _documents() -> dict[str, dict[str, Any]]:
    found = examples()
    # an animal that no page gives as an example
    texts = {kind: found[kind][1].replace("123456", SUBJECT) for kind in ("subject", "data_description", "procedures")}
    documents = {kind: json.loads(text) for kind, text in texts.items()}
    documents["procedures"]["subject_id"] = documents["subject"]["subject_id"]
    documents["procedures"]["specimen_procedures"] = []
    return documents
