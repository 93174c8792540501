"""The front page."""

from django.urls import path

from metadata_portal.site_admin import views

app_name = "site_admin"

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("search/", views.find, name="search"),
    path("surgeries/new/", views.surgery_new, name="surgery-new"),
]
