"""Addresses below /equipment/."""

from django.urls import path

from metadata_portal.equipment.views import chains, devices, instruments, systems

app_name = "equipment"

urlpatterns = [
    path("models/<int:pk>/", devices.model_fields, name="model-fields"),
    path("devices/<int:pk>/", devices.item_detail, name="item-detail"),
    path("systems/", systems.system_list, name="system-list"),
    path("systems/<int:pk>/", systems.system_detail, name="system-detail"),
    path("chain/", chains.chain_builder, name="chain-builder"),
    path("instruments/new/", instruments.instrument_new, name="instrument-new"),
    path("instruments/<uuid:pk>/replace/", instruments.device_replace_page, name="device-replace"),
    path("instruments/<uuid:pk>/affected/", instruments.instrument_affected, name="instrument-affected"),
]
