"""Making, changing and retiring templates; beginning a record from one, or from another record."""

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from metadata_portal.accounts.services import audit
from metadata_portal.entries import judging, provenance
from metadata_portal.entries.brought import Brought, Source
from metadata_portal.entries.keys import new_key, safe_key, start_document
from metadata_portal.entries.models import Record, Template
from metadata_portal.entries.services.permission import require_entry
from metadata_portal.entries.services.records import record_create
from metadata_portal.errors import FormError
from metadata_portal.schemaforms.changes import Touched
from metadata_portal.schemaforms.origins import Origins

if TYPE_CHECKING:
    from metadata_portal.accounts.models import Project, User

MAX_NAME = 100
MAX_ABOUT = 2000


def template_create(*, source: Source, name: str, about: str, by: "User") -> Template:
    """A template of a record or a node, in the project of its record; raises FormError for a name that is taken."""
    require_entry(by, source.record.project)
    found = source.brought()
    template = Template(
        project=source.record.project,
        kind=found.kind,
        node_type=found.type,
        title=_title(source),
        document=judging.dump(found.value),
        made_from=source.said[:300],
        created_by=by,
    )
    _write(template, name, about, by, "template.create")
    return template


def template_edit(*, template: Template, name: str, about: str, by: "User") -> Template:
    """The template under another name or description."""
    require_entry(by, template.project)
    _write(template, name, about, by, "template.edit")
    return template


def template_refill(*, template: Template, source: Source, by: "User") -> Template:
    """The template with the structure of another node of the same type; what was made from it stays as it is."""
    require_entry(by, template.project)
    found = source.brought()
    if (found.kind if found.is_record else found.type) != (template.kind if template.is_record else template.node_type):
        raise FormError(f"“{template.name}” is a template of another kind of thing.", field="replace")
    template.document = judging.dump(found.value)
    template.made_from = source.said[:300]
    template.title = _title(source)
    _write(template, template.name, template.about, by, "template.refill")
    return template


def template_retire(*, template: Template, by: "User", back: bool = False) -> Template:
    """The template, no longer offered, or offered again."""
    require_entry(by, template.project)
    template.retired_at = None if back else timezone.now()
    with transaction.atomic():
        template.save(update_fields=["retired_at", "updated_at"])
        audit(by=by, action="template.restore" if back else "template.retire", obj=template)
    return template


def record_begin(*, kind: str, key: str, project: "Project", by: "User", found: Brought) -> tuple[Record, bool]:
    """A new record with a draft of a copied structure, all of it unconfirmed; a record that is there stays as it is.

    Says also whether the structure was brought in.
    """
    require_entry(by, project)
    if found.kind != kind or not found.is_record:
        raise FormError("That is no template of this kind of record.", field="start")
    known = Record.objects.filter(project=project, kind=kind, key=safe_key(key)).exists()
    if known:
        return record_create(kind=kind, key=key, project=project, by=by), False
    first = start_document(kind, new_key(kind, key), judging.lab_zone())
    typed = provenance.typed(by)
    origins = Origins.whole(provenance.signed(found.origin, by))
    origins = origins.after((Touched(name, "written") for name in first), lambda _: typed)
    document = {**found.value, **first}
    return record_create(kind=kind, key=key, project=project, by=by, document=document, origins=origins), True


def _title(source: Source) -> str:
    """What a template is of, in the words of the forms."""
    entry = source.place
    words = entry.field.title if entry.field is not None and entry.path else ""
    own = getattr(entry.shape, "title", "")
    return (own or words or source.title)[:200]


def _write(template: Template, name: str, about: str, by: "User", action: str) -> None:
    template.name, template.about = name.strip(), about.strip()
    if not template.name:
        raise FormError("Give the template a name: it is found by it.", field="name")
    if len(template.name) > MAX_NAME or len(template.about) > MAX_ABOUT:
        raise FormError(f"At most {MAX_NAME} characters for the name and {MAX_ABOUT} to describe it.", field="name")
    try:
        with transaction.atomic():
            template.save()
            audit(by=by, action=action, obj=template, after={"name": template.name, "of": template.title})
    except IntegrityError as error:
        raise FormError(f"There is another template “{template.name}” in this project.", field="name") from error
