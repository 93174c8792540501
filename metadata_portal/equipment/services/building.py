"""An instrument made of devices of the lab."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from metadata_portal.entries import judging, provenance
from metadata_portal.entries.errors import KeyRefused
from metadata_portal.entries.keys import new_key, start_document
from metadata_portal.entries.models import Kind, Record
from metadata_portal.entries.services import record_create
from metadata_portal.equipment.items import Item, component_classes
from metadata_portal.errors import FormError
from metadata_portal.registries.fillings import OUT
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.origins import Origin, Origins
from schema_core import paths

if TYPE_CHECKING:
    from metadata_portal.accounts.models import Project, User

MOST = 500


def instrument_build(*, key: str, project: "Project", by: "User", items: Sequence[Item]) -> Record:
    """A new instrument whose components are these devices, as a draft; raises FormError for what cannot be built."""
    key = new_key(Kind.INSTRUMENT, key)
    if not items:
        raise FormError("Choose at least one device.", field="item")
    if len(items) > MOST:
        raise FormError(f"{len(items)} devices are chosen: an instrument is built of {MOST} at most.", field="item")
    if Record.objects.filter(project=project, kind=Kind.INSTRUMENT, key=key).exists():
        raise KeyRefused(f"There is an instrument {key} already: add or replace devices there.", field="instrument_id")
    for item in items:
        _check(item)
    document = {
        **start_document(Kind.INSTRUMENT, key, judging.lab_zone()),
        "modification_date": judging.lab_today().isoformat(),
        "components": [item.component for item in items],
    }
    calibrations = [entry for item in items for entry in item.calibrations]
    if calibrations:
        document["calibrations"] = calibrations
    state = Document(document).with_ids()
    return record_create(
        kind=Kind.INSTRUMENT,
        key=key,
        project=project,
        by=by,
        document=document,
        item_ids=dict(state.item_ids),
        origins=_origins(state, items, by),
    )


def _check(item: Item) -> None:
    if item.state == OUT:
        raise FormError(f"{item.key} is out of service since {item.data['in_service_to']}.", field="item")
    if item.device_class not in component_classes():
        raise FormError(
            f"{item.key} is of the kind {item.device_class or 'unknown'}, which stands inside an assembly and not by"
            " itself: leave it out, and add it to its assembly in the draft.",
            field="item",
        )


def _origins(state: Document, items: Sequence[Item], by: "User") -> Origins:
    """Each component came from its device of the lab, everything else from the person."""
    rows, at = [provenance.typed(by)], {"": 0}
    paths_of = {item.key: [paths.join(("components", str(index)))] for index, item in enumerate(items)}
    for index, entry in enumerate(_calibrations(state)):
        paths_of[entry["device_name"]].append(paths.join(("calibrations", str(index))))
    for item in items:
        rows.append(provenance.signed(Origin("inventory", what=item.key), by))
        at |= {state.id_path(path): len(rows) - 1 for path in paths_of[item.key]}
    return Origins(tuple(rows), at)


def _calibrations(state: Document) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = state.json.get("calibrations", [])
    return found
