"""The one row that counts versions: there from the start, so that it can be locked."""

from django.db import migrations


def add_version(apps, schema_editor):
    apps.get_model("registries", "RegistryVersion").objects.get_or_create()


class Migration(migrations.Migration):

    dependencies = [("registries", "0001_initial")]

    operations = [migrations.RunPython(add_version, migrations.RunPython.noop)]
