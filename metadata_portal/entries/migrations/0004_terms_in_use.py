"""Which terms the drafts and revisions of before hold."""

import json

from django.db import migrations


def keep_uses(apps, schema_editor):
    """List the terms that each document holds, as saving it would."""
    from metadata_portal.entries.terms_used import terms_in

    term_model, use_model = apps.get_model("registries", "Term"), apps.get_model("registries", "TermUse")
    terms = {(row.vocabulary, row.key): row.pk for row in term_model.objects.only("pk", "vocabulary", "key")}
    if not terms:
        return
    for holder, model in (("draft", "Draft"), ("revision", "Revision")):
        for row in apps.get_model("entries", model).objects.select_related("record").iterator():
            held = terms_in(row.record.kind, json.loads(row.document))
            use_model.objects.bulk_create(
                (
                    use_model(term_id=terms[named], holder=holder, holder_id=str(row.pk))
                    for named in held & terms.keys()
                ),
                ignore_conflicts=True,
            )


class Migration(migrations.Migration):
    dependencies = [
        ("entries", "0003_sources_and_templates"),
        ("registries", "0004_history"),
    ]

    operations = [
        migrations.RunPython(keep_uses, migrations.RunPython.noop, elidable=True),
    ]
