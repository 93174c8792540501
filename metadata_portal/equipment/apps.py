"""The app's name."""

from django.apps import AppConfig


class EquipmentConfig(AppConfig):
    """Devices and coordinates of the lab."""

    name = "metadata_portal.equipment"
