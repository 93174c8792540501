"""Addresses of records; everything lies below /records/."""

from django.urls import path

from metadata_portal.entries.views import (
    as_json,
    device_renaming,
    editing,
    history,
    lists,
    reading,
    renaming,
    reusing,
    sources,
    submitting,
    templates,
    titers,
    unsaved,
)

app_name = "entries"

urlpatterns = [
    path("", lists.record_list, name="record-list"),
    path("templates/", templates.template_list, name="template-list"),
    path("templates/<uuid:pk>/", templates.template_detail, name="template-detail"),
    path("templates/<uuid:pk>/retire/", templates.template_retire_page, name="template-retire"),
    path("<slug:kind>/new/", lists.record_new, name="record-new"),
    path("<uuid:pk>/", reading.record_detail, name="record-detail"),
    path("<uuid:pk>/history/", history.record_history, name="record-history"),
    path("<uuid:pk>/compare/", history.record_compare, name="record-compare"),
    path("<uuid:pk>/print/", reading.record_print, name="record-print"),
    path("<uuid:pk>/record.json", reading.record_json, name="record-json"),
    path("<uuid:pk>/revisions/<int:number>/", reading.revision_detail, name="revision-detail"),
    path("<uuid:pk>/revisions/<int:number>.json", reading.revision_json, name="revision-json"),
    path("<uuid:pk>/revisions/<int:number>/restore/", history.record_restore, name="record-restore"),
    path("<uuid:pk>/edit/", editing.record_edit, name="record-edit"),
    path("<uuid:pk>/kept/", unsaved.record_kept, name="record-kept"),
    path("<uuid:pk>/start/", editing.draft_start, name="draft-start"),
    path("<uuid:pk>/json/", as_json.draft_text, name="draft-text"),
    path("<uuid:pk>/draft.json", editing.draft_json, name="draft-json"),
    path("<uuid:pk>/discard/", editing.record_discard, name="record-discard"),
    path("<uuid:pk>/submit/", submitting.record_submit_page, name="record-submit"),
    path("<uuid:pk>/confirm/", sources.draft_confirm_group, name="draft-confirm"),
    path("<uuid:pk>/sources/", sources.draft_sources, name="draft-sources"),
    path("<uuid:pk>/revisions/<int:number>/sources/", sources.revision_sources, name="revision-sources"),
    path("<uuid:pk>/titers/", titers.record_titers, name="record-titers"),
    path("<uuid:pk>/reuse/", reusing.record_reuse, name="record-reuse"),
    path("<uuid:pk>/offers/", reusing.node_offers, name="node-offers"),
    path("<uuid:pk>/template/", templates.template_new, name="template-new"),
    path("<uuid:pk>/merge/", submitting.record_merge, name="record-merge"),
    path("<uuid:pk>/withdraw/", submitting.record_withdraw, name="record-withdraw"),
    path("<uuid:pk>/rename/", renaming.record_rename_page, name="record-rename"),
    path("<uuid:pk>/rename-device/", device_renaming.device_rename_page, name="device-rename"),
]
