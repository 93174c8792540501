"""Addresses of assets, bundles and their files."""

from django.urls import path

from metadata_portal.bundles import downloads, import_views, views

app_name = "bundles"

urlpatterns = [
    # here and not with the other records: a metadata.json makes an asset too
    path("records/import/", import_views.record_import_page, name="record-import"),
    path("assets/", views.asset_list, name="asset-list"),
    path("assets/new/", views.asset_new, name="asset-new"),
    path("assets/<str:name>/", views.asset_detail, name="asset-detail"),
    path("assets/<str:name>/edit/", views.asset_edit, name="asset-edit"),
    path("assets/<str:name>/assemble/", views.asset_assemble, name="asset-assemble"),
    path("bundles/<uuid:bundle_id>/", views.bundle_detail, name="bundle-detail"),
    path("bundles/<uuid:bundle_id>/metadata.json", downloads.bundle_metadata, name="bundle-metadata"),
    path("bundles/<uuid:bundle_id>/stock-copy.zip", downloads.bundle_stock_zip, name="bundle-stock-zip"),
    path("bundles/<uuid:bundle_id>/to-propose.zip", downloads.bundle_upstream_zip, name="bundle-upstream-zip"),
    path("bundles/<uuid:bundle_id>/bundle.zip", downloads.bundle_zip, name="bundle-zip"),
]
