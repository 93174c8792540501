"""Addresses that are there for machines."""

from django.urls import path

from metadata_portal.foundation import views

app_name = "foundation"

urlpatterns = [
    path("health/", views.health, name="health"),
    path("favicon.ico", views.favicon, name="favicon"),
]
