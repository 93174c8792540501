"""Device models become terms of a registry like all others, with their history; their own table goes."""

from django.db import migrations
from django.db.models import F

REGISTRY = "device-models"


def carry_over(apps, schema_editor):
    """Each row becomes a term, each event of it a row of the term's history."""
    term_model = apps.get_model("registries", "Term")
    change = apps.get_model("registries", "TermChange")
    version = apps.get_model("registries", "RegistryVersion")
    events = apps.get_model("accounts", "AuditEvent").objects.filter(object_type="devicemodel")
    rows = list(apps.get_model("registries", "DeviceModel").objects.order_by("pk"))
    for row in rows:
        term = term_model.objects.create(
            vocabulary=REGISTRY,
            key=row.name,
            name=row.name,
            data=_data(vars(row)),
            source="local",
            status=row.status,
            reason=row.reason,
            search="\n".join(
                _folded(text) for text in (row.name, row.manufacturer, row.model, row.part_number) if text
            ),
            created_by_id=row.created_by_id,
        )
        term_model.objects.filter(pk=term.pk).update(created_at=row.created_at)
        for number, event in enumerate(events.filter(object_id=str(row.pk)).order_by("pk"), 1):
            written = change.objects.create(
                term=term,
                vocabulary=REGISTRY,
                key=row.name,
                number=number,
                action=event.action.partition(".")[2],
                by_id=event.by_id,
                why=event.why,
                before=_state(event.before),
                after=_state(event.after),
            )
            change.objects.filter(pk=written.pk).update(at=event.at)
    if rows and not version.objects.update(lab=F("lab") + 1):
        version.objects.create(number=0, lab=1)


def _data(row):
    return {
        "name": row["name"],
        "device_class": row["kind"],
        "manufacturer": row["manufacturer"] or None,
        "model": row["model"] or None,
        "part_number": row["part_number"] or None,
        "defaults": row["defaults"],
    }


def _state(before):
    if not before:
        return None
    return {
        "vocabulary": REGISTRY,
        "key": before["name"],
        "data": _data(before),
        "aliases": [],
        "status": before["status"],
    }


def _folded(text):
    return " ".join(text.casefold().split())


class Migration(migrations.Migration):
    dependencies = [
        ("registries", "0004_history"),
        ("accounts", "0003_password_links"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel(name="DeviceModel"),
    ]
