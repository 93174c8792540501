"""What people are told in the portal: a line with its link, until they say that they have read it."""

from django.db import transaction

from metadata_portal.accounts.models import Notice, User

LONGEST = 1000


def notice_send(*, to: User, text: str, address: str = "") -> Notice:
    """Tell a person something on their dashboard; call it inside the transaction that did what it tells of."""
    return Notice.objects.create(person=to, text=text[:LONGEST], address=address)


@transaction.atomic
def notice_close(*, notice: Notice) -> None:
    """Take a notice off the dashboard."""
    notice.delete()
