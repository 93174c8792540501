"""Downloads of a bundle: the same bytes each time, so that browsers may keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from metadata_portal.accounts.permissions import can_read_records, role_required
from metadata_portal.bundles import services
from metadata_portal.bundles.models import Bundle
from metadata_portal.bundles.names import content_disposition
from metadata_portal.errors import BadRequest, NotFound
from schema_core.bundle import METADATA_NAME, METADATA_NAMES, sha256, zip_bytes

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from metadata_portal.accounts.requests import PersonRequest

# Private: a shared cache must not hand it to somebody of another project.
IMMUTABLE = "private, max-age=31536000, immutable"


@require_safe
@role_required(can_read_records)
def bundle_metadata(request: PersonRequest, bundle_id: UUID) -> HttpResponseBase:
    """The metadata document of a bundle."""
    bundle = get_object_or_404(Bundle.objects.visible_to(request.user).select_related("asset"), pk=bundle_id)
    filename = f"{bundle.asset.name}_{_metadata_name(request)}"
    return _download(request, services.bundle_metadata(bundle), filename, "application/json")


@require_safe
@role_required(can_read_records)
def bundle_zip(request: PersonRequest, bundle_id: UUID) -> HttpResponseBase:
    """All files of a bundle; `?name=metadata.nd.json` takes the standard's own name for the metadata document."""
    bundle = get_object_or_404(Bundle.objects.visible_to(request.user).select_related("asset"), pk=bundle_id)
    content = services.bundle_zip(bundle, _metadata_name(request))
    return _download(request, content, f"{bundle.asset.name}.zip", "application/zip")


@require_safe
@role_required(can_read_records)
def bundle_stock_zip(request: PersonRequest, bundle_id: UUID) -> HttpResponseBase:
    """A copy that stock accepts, with the list of what was replaced; made anew, since terms may be merged later."""
    bundle = get_object_or_404(Bundle.objects.visible_to(request.user).select_related("asset"), pk=bundle_id)
    content = services.bundle_stock_zip(bundle)
    response = _download(request, content, f"{bundle.asset.name}_stock-copy.zip", "application/zip")
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
@role_required(can_read_records)
def bundle_upstream_zip(request: PersonRequest, bundle_id: UUID) -> HttpResponseBase:
    """The lab's terms of a bundle as rows to propose to the standard."""
    bundle = get_object_or_404(Bundle.objects.visible_to(request.user).select_related("asset"), pk=bundle_id)
    files = services.upstream_files(bundle)
    if not files:
        raise NotFound("This bundle holds no term of the lab that the standard keeps a table for.")
    content = zip_bytes("to-propose", files)
    response = _download(request, content, f"{bundle.asset.name}_to-propose.zip", "application/zip")
    response["Cache-Control"] = "private, no-cache"
    return response


def _metadata_name(request: PersonRequest) -> str:
    name = request.GET.get("name", METADATA_NAME)
    if name not in METADATA_NAMES:
        raise BadRequest(f"A metadata document is named {' or '.join(METADATA_NAMES)}")
    return name


def _download(request: PersonRequest, content: bytes, filename: str, content_type: str) -> HttpResponseBase:
    etag = f'"{sha256(content)}"'
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition(filename)
    response["Content-Length"] = str(len(content))
    response["ETag"] = etag
    response["Cache-Control"] = IMMUTABLE
    return get_conditional_response(request, etag=etag, response=response) or response
