"""Addresses of subjects."""

from django.urls import path

from metadata_portal.subjects import views

app_name = "subjects"

urlpatterns = [
    # Identifiers that were imported may hold a slash.
    path("<path:subject_id>/", views.subject_detail, name="subject-detail"),
]
