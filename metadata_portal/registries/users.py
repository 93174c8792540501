"""Who uses a term, with links: rows of the registries are told here, drafts and revisions by the app that has them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from metadata_portal.accounts.models import User
from metadata_portal.registries.models import Term, TermUse

MOST = 50


@dataclass(frozen=True, slots=True)
class Used:
    """One holder of a term as a person may see it."""

    what: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Users:
    """The holders of a term that a person may see, and how many there are in all."""

    shown: tuple[Used, ...]
    count: int

    @property
    def others(self) -> int:
        """How many are not shown: of other projects, or more than a page takes."""
        return self.count - len(self.shown)


Teller = Callable[[Sequence[str], User], list[Used]]
_tellers: dict[str, Teller] = {}


def tells(holder: str) -> Callable[[Teller], Teller]:
    """Register who can say what the holders of a kind are, and which of them a person may see."""

    def keep(teller: Teller) -> Teller:
        if holder in _tellers:
            raise ValueError(f"two tellers for {holder}")
        _tellers[holder] = teller
        return teller

    return keep


def users_of(term: Term, by: User) -> Users:
    """Who uses a term, as far as this person may know."""
    uses = list(term.uses.order_by("-pk").values_list("holder", "holder_id"))
    shown: list[Used] = []
    for holder, teller in sorted(_tellers.items()):
        if ids := [found for kind, found in uses if kind == holder]:
            shown += teller(ids[:MOST], by)
    return Users(tuple(shown), len(uses))


@tells(TermUse.Holder.TERM)
def _rows(ids: Sequence[str], by: User) -> list[Used]:
    del by
    return [Used(row.declared.title, row.name, row.get_absolute_url()) for row in Term.objects.filter(pk__in=ids)]
