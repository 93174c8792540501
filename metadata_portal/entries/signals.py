"""What follows from a draft that is gone, whoever deleted it."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from metadata_portal.entries.models import Draft
from metadata_portal.registries.models import TermUse
from metadata_portal.registries.services.uses import uses_forget


@receiver(post_delete, sender=Draft)
def forget_terms(instance: Draft, **extra: Any) -> None:
    """It holds no terms any more."""
    del extra
    uses_forget(holder=TermUse.Holder.DRAFT, holder_id=instance.pk)
