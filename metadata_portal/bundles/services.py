"""Make assets, name their records, assemble bundles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

from metadata_portal.accounts.models import Project
from metadata_portal.accounts.permissions import can_assemble
from metadata_portal.accounts.services import audit
from metadata_portal.bundles.errors import NameIsFinal, NotAssemblable, WrongRecord
from metadata_portal.bundles.models import Asset, AssetRecord, Bundle, BundleRevision
from metadata_portal.bundles.pinning import registry_version
from metadata_portal.entries.instruments import state_on
from metadata_portal.entries.models import Kind
from metadata_portal.errors import NotAllowed, NotFound
from metadata_portal.foundation.sheets.writing import csv_lines
from metadata_portal.registries.bulk.exporting import UPSTREAM, upstream_rows
from metadata_portal.registries.models import Term
from schema_core import bundle as joining
from schema_core.errors import InvalidDocument
from schema_core.stock_copy import StockCopy, copy_files, stock_copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from metadata_portal.accounts.models import User
    from metadata_portal.entries.models import Record, Revision

# Found by the animal, and by the asset, that the data description names.
_OF_THE_SUBJECT = ("subject", "procedures")
_OF_THE_ASSET = ("acquisition", "processing", "quality_control")


def location_of(name: str) -> str:
    """Return where the data of an asset lie by the lab's rule, the setting PORTAL_ASSET_LOCATION."""
    template: str = settings.PORTAL_ASSET_LOCATION
    return template.replace("{name}", name)


def require_assembly(by: User, project: Project) -> None:
    """Raise unless this person assembles in this project; a foreign project does not exist for them."""
    if not Project.objects.visible_to(by).filter(pk=project.pk).exists():
        raise NotFound("There is no such project among yours.")
    if not can_assemble(by):
        raise NotAllowed("Making assets and bundles needs the role surgeon: ask an administrator for it.")


def asset_create(
    *,
    name: str,
    project: Project,
    by: User,
    location: str = "",
    records: Iterable[Record] = (),
    op: UUID | None = None,
) -> Asset:
    """Return a new asset that names the records; a repeated operation gets the first one's asset.

    Raises ValidationError for a bad or taken name.
    """
    require_assembly(by, project)
    asset = Asset(name=name, project=project, location=location or location_of(name), created_by=by)
    if op is not None:
        asset.pk = op
        if found := made_before(op, name, by):
            return found
    try:
        asset.full_clean()
        with transaction.atomic():
            asset.save(force_insert=True)
            audit(by=by, action="asset.create", obj=asset, after={"name": name, "location": asset.location})
            for record in records:
                asset_record_set(asset=asset, record=record, by=by)
    except (IntegrityError, ValidationError) as error:
        # Somebody was faster: this person with the same click, or a colleague with the same name.
        if op is not None and (found := made_before(op, name, by)):
            return found
        if isinstance(error, IntegrityError):
            raise ValidationError(f"There is an asset named {name} already") from error
        raise
    return asset


def made_before(op: UUID, name: str, by: User) -> Asset | None:
    """Return the asset that this operation made already."""
    return Asset.objects.filter(pk=op, name=name, created_by=by).first()


def asset_from_description(*, record: Record, by: User) -> Asset:
    """Return the asset that a submitted data description names, made with the records of its subject."""
    revision = record.current_revision()
    document: dict[str, Any] = json.loads(revision.document) if revision else {}
    name = document.get("name")
    if record.kind != "data_description" or not isinstance(name, str):
        raise WrongRecord(f"{record} is no submitted data description with a name; submit one first")
    named = Asset.objects.filter(name=name, project=record.project)
    if found := named.first():
        return found
    try:
        return asset_create(
            name=name, project=record.project, by=by, records=[record, *_belonging(record, document, name)]
        )
    except ValidationError:
        if found := named.first():
            return found
        raise


def _belonging(record: Record, document: Mapping[str, Any], name: str) -> Iterator[Record]:
    """Yield the records that what a data description says leads to: of its subject, of its name, of the rig."""
    records = type(record).objects.filter(project=record.project)
    yield from records.filter(kind__in=_OF_THE_SUBJECT, key=document.get("subject_id") or "")
    for found in records.filter(kind__in=_OF_THE_ASSET, key=name):
        yield found
        revision = found.current_revision() if found.kind == Kind.ACQUISITION else None
        if revision is not None and (rig := revision.data.get("instrument_id")):
            yield from records.filter(kind=Kind.INSTRUMENT, key=rig)


@transaction.atomic
def asset_describe(
    *,
    asset: Asset,
    location: str,
    other_identifiers: Mapping[str, Sequence[str]] | None,
    records: Mapping[str, Record | None],
    by: User,
    name: str = "",
) -> Asset:
    """Say where the data are, what other platforms call them, and which record of each kind given describes them.

    Bundles made before stay as they are, and from the first one on the name stays too.
    """
    require_assembly(by, asset.project)
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    before = _described(asset)
    if name and name != asset.name:
        if asset.bundles.exists():
            raise NameIsFinal(f"{asset} has bundles of this name: make another asset for another name")
        asset.name = name
    asset.location = location or location_of(asset.name)
    asset.other_identifiers_json = json.dumps(other_identifiers, ensure_ascii=False)
    asset.full_clean()
    asset.save()
    if (after := _described(asset)) != before:
        audit(by=by, action="asset.update", obj=asset, before=before, after=after)
    for kind, record in records.items():
        if record is None:
            asset_record_remove(asset=asset, kind=kind, by=by)
        else:
            asset_record_set(asset=asset, record=record, by=by)
    return asset


def _described(asset: Asset) -> dict[str, Any]:
    """Return what the audit trail keeps of an asset."""
    return {"name": asset.name, "location": asset.location, "other_identifiers": asset.other_identifiers}


@transaction.atomic
def asset_record_set(*, asset: Asset, record: Record, by: User) -> AssetRecord:
    """Let a record describe the asset, in place of another of its kind."""
    require_assembly(by, asset.project)
    if record.project_id != asset.project_id:
        raise WrongRecord(f"{record} belongs to another project than {asset}; take one of {asset.project}")
    link = asset.asset_records.filter(kind=record.kind).first()
    if link is not None and link.record_id == record.pk:
        return link
    before = {"kind": record.kind, "record": str(link.record_id)} if link else None
    link = link or AssetRecord(asset=asset, kind=record.kind)
    link.record = record
    link.save()
    audit(by=by, action="asset.record", obj=asset, before=before, after={"kind": record.kind, "record": str(record.pk)})
    return link


@transaction.atomic
def asset_record_remove(*, asset: Asset, kind: str, by: User) -> None:
    """Let no record of this kind describe the asset any more."""
    require_assembly(by, asset.project)
    links = asset.asset_records.filter(kind=kind)
    before = {"kind": kind, "record": [str(link.record_id) for link in links]}
    if links.delete()[0]:
        audit(by=by, action="asset.record", obj=asset, before=before)


def current_revisions(asset: Asset) -> list[Revision]:
    """Return the revision of each record of the asset that counts now; withdrawn ones do not.

    An instrument counts as it was when the data were acquired.
    """
    records = {link.kind: link.record for link in asset.asset_records.select_related("record")}
    found = {kind: record.current_revision() for kind, record in records.items()}
    acquired = found.get(Kind.ACQUISITION)
    if acquired is not None and Kind.INSTRUMENT in records:
        day = str(acquired.data.get("acquisition_start_time"))[:10]
        found[Kind.INSTRUMENT] = state_on(records[Kind.INSTRUMENT], day)
    return [revision for revision in found.values() if revision is not None]


def core_files(revisions: Iterable[Revision]) -> list[joining.CoreFile]:
    """Return the stored bytes of some revisions, ready to be joined."""
    return [
        joining.CoreFile(
            kind=revision.record.kind,
            text=revision.document.encode(),
            key=revision.record.key,
            revision=revision.number,
        )
        for revision in revisions
    ]


def frame_of(asset: Asset) -> str:
    """Return the metadata document of an asset without its core files."""
    return joining.frame_text(asset.name, asset.location, asset.other_identifiers)


@transaction.atomic
def bundle_assemble(*, asset: Asset, by: User) -> Bundle:
    """Return the bundle of the asset's current revisions: the one there is, when nothing has changed since.

    Raises NotAssemblable, with all that is wrong, when the standard refuses it.
    """
    require_assembly(by, asset.project)
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    revisions = current_revisions(asset)
    files = core_files(revisions)
    frame, version = frame_of(asset), registry_version()
    pins = _pins(frame, files, version)
    if found := asset.bundles.filter(pins_sha256=pins).first():
        return found
    try:
        sealed = joining.seal(frame, files, registry_version=version)
    except InvalidDocument as error:
        blocking = [problem for problem in error.problems if problem.severity != "warning"]
        count = "1 problem blocks" if len(blocking) == 1 else f"{len(blocking)} problems block"
        message = f"{asset} cannot be assembled yet: {count} it"
        raise NotAssemblable(message, problems=error.problems) from error
    archive = joining.zip_bytes(asset.name, joining.unpacked(sealed, files))
    number = (asset.bundles.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Bundle.objects.create(
        asset=asset,
        number=number,
        registry_version=version,
        frame=frame,
        manifest=sealed.manifest,
        report=sealed.report,
        report_text=sealed.report_text,
        stock_valid=sealed.stock_valid,
        warning_count=len(sealed.problems),
        pins_sha256=pins,
        metadata_sha256=joining.sha256(sealed.metadata),
        zip_sha256=joining.sha256(archive),
        zip_size=len(archive),
        created_by=by,
    )
    BundleRevision.objects.bulk_create(
        BundleRevision(bundle=made, revision=revision, kind=revision.record.kind) for revision in revisions
    )
    audit(by=by, action="bundle.assemble", obj=made, after={"number": number, "sha256": made.zip_sha256})
    return made


def bundle_metadata(bundle: Bundle) -> bytes:
    """Return the metadata document of a bundle, joined from the bytes it pinned."""
    return joining.splice(bundle.frame, _pinned(bundle))


def bundle_files(bundle: Bundle, metadata_name: str = joining.METADATA_NAME) -> dict[str, bytes]:
    """Return every file of a bundle by its name, in the order of the zip."""
    return joining.unpacked(bundle, _pinned(bundle), metadata_name)


def bundle_zip(bundle: Bundle, metadata_name: str = joining.METADATA_NAME) -> bytes:
    """Return the zip of a bundle: the same bytes each time."""
    return joining.zip_bytes(bundle.asset.name, bundle_files(bundle, metadata_name))


def bundle_stock_copy(bundle: Bundle) -> StockCopy:
    """Return what an installation without this lab's terms can be given, or why there is no such copy."""
    report = json.loads(bundle.report)
    terms = report["local_terms"]
    return stock_copy(
        bundle.frame,
        _pinned(bundle),
        terms=terms,
        classes=report.get("local_classes", ()),
        same=_known_by_the_standard(terms),
    )


def bundle_stock_zip(bundle: Bundle) -> bytes:
    """Return the zip of the stock copy; raises NotFound where there is none."""
    if bundle.stock_valid:
        raise NotFound("This bundle needs no copy: every installation of the standard accepts it as it is.")
    copy = bundle_stock_copy(bundle)
    if not copy.possible:
        raise NotFound("There is no copy of this bundle for installations without this lab's terms; its page says why.")
    return joining.zip_bytes(f"{bundle.asset.name}_stock-copy", copy_files(bundle.frame, copy))


def upstream_files(bundle: Bundle) -> dict[str, bytes]:
    """Return the rows to propose to the standard for the lab's terms in a bundle: a table for each of its files."""
    wanted: dict[str, list[str]] = {}
    for term in json.loads(bundle.report)["local_terms"]:
        wanted.setdefault(term["vocabulary"], []).append(term["name"])
    files: dict[str, bytes] = {}
    for name, names in wanted.items():
        if name in UPSTREAM:
            rows = Term.objects.of(name).filter(name__in=names, stock=False)
            table = upstream_rows(name, rows.values_list("data", flat=True))
            files[f"{name}_to_propose_in_{UPSTREAM[name][0]}.csv"] = "".join(csv_lines(table, mark=False)).encode()
    return files


def _known_by_the_standard(terms: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], str]:
    """Which of these terms were merged into one of the standard since: (vocabulary, name) -> its key."""
    names = {term["name"] for term in terms}
    rows = Term.objects.filter(name__in=names, replaced_by__stock=True).select_related("replaced_by")
    return {(row.vocabulary, row.name): row.replaced_by.key for row in rows if row.replaced_by}


def _pinned(bundle: Bundle) -> list[joining.CoreFile]:
    return core_files(pin.revision for pin in bundle.pins.select_related("revision__record"))


def _pins(frame: str, files: Sequence[joining.CoreFile], version: str) -> str:
    """Return one hash of all that a bundle is made of."""
    parts = sorted([file.kind, file.key, file.revision, joining.sha256(file.text)] for file in files)
    return joining.sha256(json.dumps([joining.FORMAT, frame, version, parts]).encode())
