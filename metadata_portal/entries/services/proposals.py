"""Deciding on proposed terms where drafts follow: a corrected or merged term takes the proposal's place in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from metadata_portal.entries.services.term_replacing import Replaced, term_replace
from metadata_portal.errors import FormError
from metadata_portal.registries.models import Term
from metadata_portal.registries.services import term_edit, term_merge, term_rename
from metadata_portal.registries.services.proposing import open_proposal, proposal_approve, tell_proposer

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Decided:
    """The term that counts now, and the drafts that follow it."""

    term: Term
    replaced: Replaced

    @property
    def said(self) -> str:
        """What became of drafts, in words."""
        done = self.replaced
        changed, opened, left = len(done.changed), len(done.opened), len(done.left)
        parts = [f"{changed} draft{'' if changed == 1 else 's'} changed"] if changed else []
        parts += [f"{opened} draft{'' if opened == 1 else 's'} opened for submitted records"] if opened else []
        parts += [f"{left} left as they are"] if left else []
        return f" {', '.join(parts).capitalize()}." if parts else ""


@transaction.atomic
def proposal_correct(
    *, term: Term, data: Mapping[str, Any], aliases: Iterable[str] = (), reason: str, by: "User"
) -> Decided:
    """Approve a proposal with other fields; drafts that hold it get the corrected term, no revision changes."""
    _require_reason(reason)
    term = open_proposal(term)
    proposer, old, key = term.created_by, term.key, term.declared.vocabulary.key
    name = str(data.get(key) or "")
    if name != old:
        term = term_rename(term=term, name=name, reason=reason, by=by)
    term = term_edit(term=term, data=data, aliases=[*term.alias_list, *aliases], reason=reason, by=by)
    if proposer is not None:
        Term.objects.filter(pk=term.pk).update(created_by=proposer)
    text = f"{old} is approved as {term.name}: {reason}" if name != old else f"{old} is approved, corrected: {reason}"
    term = proposal_approve(term=term, reason=reason, by=by, said=text)
    return Decided(term, term_replace(vocabulary=term.vocabulary, old=old, new=term.key, reason=reason, by=by))


@transaction.atomic
def proposal_merge(*, term: Term, into: Term, reason: str, by: "User") -> Decided:
    """Let a term that is there take a proposal's place; drafts that hold the proposal get it, no revision changes."""
    _require_reason(reason)
    term = open_proposal(term)
    proposer, old = term.created_by, term
    kept = term_merge(term=term, into=into, reason=reason, by=by)
    tell_proposer(kept, f"{old.name} is known as {kept.name}: {reason}", by, to=proposer)
    return Decided(kept, term_replace(vocabulary=kept.vocabulary, old=old.key, new=kept.key, reason=reason, by=by))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise FormError("Say why: the person who proposed it, and whoever holds it, will read this.", field="reason")
