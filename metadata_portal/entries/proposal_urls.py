"""Addresses of proposed terms; they lie below /registries/, and their pages know the drafts that hold the terms."""

from django.urls import path

from metadata_portal.entries.views import proposals

app_name = "proposals"

urlpatterns = [
    path("", proposals.proposal_list, name="proposal-list"),
    path("<int:pk>/", proposals.proposal_detail, name="proposal-detail"),
]
