"""What can be brought into a draft: a template, or a node of a record that somebody may read, as its structure."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote
from uuid import UUID

from django.urls import reverse

from metadata_portal.entries.models import Draft, Kind, Record, Revision, Template
from metadata_portal.entries.provenance import root_of
from metadata_portal.errors import NotFound
from metadata_portal.registries.fillings import filling
from metadata_portal.schemaforms.carrying import carried
from metadata_portal.schemaforms.documents import ABSENT
from metadata_portal.schemaforms.fitting import type_of
from metadata_portal.schemaforms.origins import Origin
from metadata_portal.schemaforms.whereabouts import label_of
from schema_core.errors import UnknownPath
from schema_core.introspect import Place, places

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User

DRAFT = "draft"
MOST_STARTS = 50


@dataclass(frozen=True, slots=True)
class Brought:
    """A structure to begin from: its value, what it is, of which kind of record, and where it comes from."""

    value: Any
    type: str
    kind: str
    title: str
    origin: Origin

    @property
    def is_record(self) -> bool:
        """Whether it is a whole record."""
        return not self.type


@dataclass(frozen=True, slots=True)
class Source:
    """A node of a draft or of a revision, to be copied."""

    held: Draft | Revision
    place: Place

    @property
    def record(self) -> Record:
        """The record that it stands in."""
        return self.held.record

    @property
    def token(self) -> str:
        """The word that names it in forms."""
        number = self.held.number if isinstance(self.held, Revision) else DRAFT
        return f"copy/{self.record.pk}/{number}/{quote(self.place.path, safe='')}"

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        return label_of(self.place) if self.place.path else str(self.record)

    @property
    def said(self) -> str:
        """Where it stands, in words."""
        which = f"revision {self.held.number}" if isinstance(self.held, Revision) else "my draft"
        return f"{self.record}, {which}"

    @property
    def has_structure(self) -> bool:
        """Whether anything of it would come along."""
        return bool(type_of(self.place.shape)) and carried(self.place.shape, self.place.value) is not ABSENT

    def brought(self) -> Brought:
        """The structure of it."""
        value = carried(self.place.shape, self.place.value)
        if value is ABSENT or not type_of(self.place.shape):
            raise NotFound("There is no structure here that could be reused.")
        word = type_of(self.place.shape) if self.place.path else ""
        origin = Origin("clone", what=self.said, ref=self.place.path)
        return Brought(value, word, self.record.kind, self.title, origin)


def source(by: "User", record_id: UUID, number: str, path: str) -> Source:
    """A node that this person may copy; NotFound for any other."""
    found: Draft | Revision | None
    if number == DRAFT:
        found = Draft.objects.editable_by(by).select_related("record__project").filter(record_id=record_id).first()
    else:
        revisions = Revision.objects.visible_to(by).select_related("record__project").filter(record_id=record_id)
        found = revisions.filter(number=int(number)).first() if _is_number(number) else revisions.last()
    if found is None:
        raise NotFound("There is no such record that you could copy from.")
    try:
        place = places(root_of(found.record.kind), found.data, path)[-1]
    except UnknownPath as error:
        raise NotFound("There is no such place in the record.") from error
    if place.path and (not place.present or place.value is None):
        raise NotFound("Nothing stands at that place of the record.")
    return Source(found, place)


def brought(by: "User", token: str) -> Brought:
    """What a word of a form names, as its structure: ``template/ID`` or ``copy/RECORD/NUMBER/PATH``."""
    kind, _, rest = token.partition("/")
    try:
        if kind == "template":
            return of_template(Template.objects.visible_to(by).offered().get(pk=UUID(rest)))
        record, number, path = [*rest.split("/"), "", ""][:3]
        return source(by, UUID(record), number, unquote(path)).brought()
    except (ValueError, Template.DoesNotExist) as error:
        raise NotFound("There is no such template or record among yours.") from error


def device_brought(kind: str, name: str) -> Brought | None:
    """A device of the lab or a device model by its name; None for neither.

    What goes into an animal somebody has in hand: its number is confirmed before it counts.
    """
    found = filling(name)
    if found is None:
        return None
    of_item = "implant" if kind == Kind.PROCEDURES else "inventory"
    origin = Origin(of_item if found.item else "device", what=found.name)
    return Brought(found.value, found.type, kind, found.name, origin)


def of_template(template: Template) -> Brought:
    """The structure that a template holds."""
    origin = Origin("template", what=template.name, ref=template.get_absolute_url())
    return Brought(template.data, template.node_type, template.kind, template.name, origin)


def _last_of(by: "User", kind: str) -> Source | None:
    """The revision of a record of a kind that the person submitted last."""
    own = Revision.objects.visible_to(by).filter(author=by, record__kind=kind)
    last = own.select_related("record__project").order_by("-created_at", "-pk").first()
    return None if last is None else Source(last, places(root_of(kind), last.data, "")[-1])


@dataclass(frozen=True, slots=True)
class Start:
    """One thing that a new record can begin from."""

    token: str
    title: str
    about: str


def starts_of(by: "User", kind: str, asked: str = "") -> list[Start]:
    """What a new record of a kind can begin from: the person's last one, templates, and what was asked for."""
    last = _last_of(by, kind)
    found = [Start(last.token, f"Repeat my last one: {last.record}", last.said)] if last else []
    rows = Template.objects.visible_to(by).offered().filter(kind=kind, node_type="").defer("document")
    found += [Start(f"template/{row.pk}", row.name, row.about) for row in rows[:MOST_STARTS]]
    if asked and all(start.token != asked for start in found):
        try:
            chosen = brought(by, asked)
        except NotFound:
            return found
        found.insert(0, Start(asked, f"Like {chosen.title}", chosen.origin.what))
    return found


def begin_url(kind: str, token: str) -> str:
    """Where a record is begun from something."""
    return f"{reverse('entries:record-new', args=[kind])}?start={quote(token, safe='')}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 8  # noqa: PLR2004 (digits)
