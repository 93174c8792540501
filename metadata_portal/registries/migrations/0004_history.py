"""What the audit trail knew of terms becomes their history."""

from django.db import migrations


def carry_history(apps, schema_editor):
    """What the audit trail knows of each term becomes its history."""
    term_model = apps.get_model("registries", "Term")
    change = apps.get_model("registries", "TermChange")
    numbers = {}
    terms = {str(term.pk): term for term in term_model.objects.filter(stock=False)}
    events = apps.get_model("accounts", "AuditEvent").objects.filter(object_type="term").order_by("pk")
    for event in events.iterator():
        term = terms.get(event.object_id) or term_model.objects.filter(pk=event.object_id).first()
        if term is None:
            continue
        numbers[term.pk] = numbers.get(term.pk, 0) + 1
        row = change.objects.create(
            term=term,
            vocabulary=term.vocabulary,
            key=term.key,
            number=numbers[term.pk],
            action=event.action.partition(".")[2],
            by_id=event.by_id,
            why=event.why,
            before=event.before,
            after=event.after,
        )
        change.objects.filter(pk=row.pk).update(at=event.at)


class Migration(migrations.Migration):

    dependencies = [
        ("registries", "0003_curated"),
        ("accounts", "0003_password_links"),
    ]

    operations = [
        migrations.RunPython(carry_history, migrations.RunPython.noop, elidable=True),
    ]
