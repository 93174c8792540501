"""Templates: the list, one of them, making one of a record or a node."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metadata_portal.accounts.permissions import can_enter_records, role_required
from metadata_portal.entries.brought import DRAFT, Source, begin_url, source
from metadata_portal.entries.forms import TemplateForm
from metadata_portal.entries.models import Template
from metadata_portal.entries.provenance import root_of
from metadata_portal.entries.reading import part_of, read
from metadata_portal.entries.services import template_create, template_edit, template_refill, template_retire
from metadata_portal.entries.views.fetching import SeeOther, crumbs, me, page, visible_record
from metadata_portal.errors import FormError
from metadata_portal.foundation.pagination import page_of
from metadata_portal.schemaforms.fitting import shape_of


@require_safe
@role_required(can_enter_records)
def template_list(request: HttpRequest) -> HttpResponse:
    """The templates of this person's projects, those in use first."""
    rows = Template.objects.visible_to(me(request)).select_related("project", "created_by")
    retired = "retired" in request.GET
    rows = rows.filter(retired_at__isnull=not retired)
    if text := request.GET.get("q", "").strip()[:100]:
        rows = rows.filter(name__icontains=text)
    context = {
        "page": page_of(request, rows.defer("document")),
        "retired": retired,
        "q": text,
        "crumbs": [("Records", reverse("entries:record-list")), ("Templates", "")],
    }
    return render(request, "entries/template_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def template_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a template holds; its name and description can be changed."""
    template = _template(request, pk)
    form, status = TemplateForm({"name": template.name, "about": template.about}), HTTPStatus.OK
    if request.method == "POST":
        form = TemplateForm(request.POST)
        try:
            name, about = request.POST.get("name", ""), request.POST.get("about", "")
            template_edit(template=template, name=name, about=about, by=me(request))
            messages.success(request, "The template is saved.")
            return SeeOther(template.get_absolute_url())
        except FormError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            template = _template(request, pk)
    way = [("Records", reverse("entries:record-list")), ("Templates", reverse("entries:template-list"))]
    context = {
        "template": template,
        "form": form,
        "content": _content(template),
        "begin_url": begin_url(template.kind, f"template/{template.pk}") if template.is_record else "",
        "crumbs": [*way, (template.name, "")],
    }
    return render(request, "entries/template_detail.html", context, status=status)


def _template(request: HttpRequest, pk: UUID) -> Template:
    found = Template.objects.visible_to(me(request)).select_related("project", "created_by")
    return get_object_or_404(found, pk=pk)


def _content(template: Template) -> Any:
    """What it holds, as people read it."""
    if template.is_record:
        return read(template.kind, template.data)
    shape = shape_of(root_of(template.kind), template.node_type)
    return part_of(template.title, template.data, shape, "", {}) if shape is not None else None


@require_POST
@role_required(can_enter_records)
def template_retire_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer a template no longer, or again."""
    template = _template(request, pk)
    back = request.POST.get("do") == "restore"
    template_retire(template=template, by=me(request), back=back)
    messages.success(request, f"“{template}” is {'offered again' if back else 'retired: it is no longer offered'}.")
    return SeeOther(template.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_enter_records)
def template_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a template of a record or of a node, or put it in the place of what another one holds."""
    record = visible_record(request, pk)
    asked = request.POST if request.method == "POST" else request.GET
    found = source(me(request), pk, asked.get("revision", ""), asked.get("at", ""))
    like = _alike(request, found)
    form = TemplateForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            template = _made(request, found, like)
        except FormError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        else:
            messages.success(request, f"The template “{template}” is kept; weights, doses, times and people are not.")
            return SeeOther(template.get_absolute_url())
    context = page(
        record,
        crumbs=crumbs(record, ("Make a template", "")),
        source=found,
        revision=asked.get("revision", ""),
        at=found.place.path,
        form=form,
        alike=like,
        edit_url=_from_url(found),
    )
    return render(request, "entries/template_new.html", context, status=status)


def _alike(request: HttpRequest, found: Source) -> list[Template]:
    """The templates of the same type, which this one may replace the content of."""
    holds = found.brought()
    same = Template.objects.visible_to(me(request)).offered().filter(project=found.record.project, node_type=holds.type)
    return list((same if holds.type else same.filter(kind=holds.kind)).defer("document"))


def _made(request: HttpRequest, found: Source, like: list[Template]) -> Template:
    replaced = request.POST.get("replace", "")
    if not replaced:
        name, about = request.POST.get("name", ""), request.POST.get("about", "")
        return template_create(source=found, name=name, about=about, by=me(request))
    template = next((entry for entry in like if str(entry.pk) == replaced), None)
    if template is None:
        raise Http404
    return template_refill(template=template, source=found, by=me(request))


def _from_url(found: Source) -> str:
    """Where the source is read."""
    if found.token.split("/")[2] == DRAFT:
        return f"{reverse('entries:record-edit', args=[found.record.pk])}?at={found.place.path}"
    return found.record.get_absolute_url()
