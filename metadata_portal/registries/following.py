"""What follows from a term that takes another's place: the apps that hold documents say, registries ask."""

from collections.abc import Callable

from metadata_portal.accounts.models import User
from metadata_portal.registries.models import Term

Follower = Callable[[Term, Term, str, User], list[str]]
_followers: list[Follower] = []


def follows(follower: Follower) -> Follower:
    """Register who brings the new term into what holds the old one; it answers with sentences of what it did."""
    _followers.append(follower)
    return follower


def bring(*, old: Term, new: Term, reason: str, by: User) -> list[str]:
    """Bring the new term into what holds the old one; called after the term was merged or renamed."""
    return [said for follower in _followers for said in follower(old, new, reason, by)]
