"""The four roles, as groups."""

from django.db import migrations

ROLES = ("surgeon", "registry manager", "data user", "administrator")


def make_roles(apps, schema_editor):
    """Make the groups that are not there yet."""
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.using(schema_editor.connection.alias).get_or_create(name=name)


class Migration(migrations.Migration):
    """Make the groups; going back leaves them, since people may be in them."""

    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
