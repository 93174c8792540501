"""Configuration of the subjects app."""

from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    """One animal: its records and procedures in time order."""

    name = "metadata_portal.subjects"
    label = "subjects"
    verbose_name = "Subjects"
