"""Terms, narrowed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from schema_core.registries.entries import fold

if TYPE_CHECKING:
    from metadata_portal.registries.models import Term, TermUse  # noqa: F401 - parameters of the bases


class TermQuerySet(models.QuerySet["Term"]):
    """Rows of the vocabularies."""

    def of(self, vocabulary: str) -> Self:
        """Return the terms of one vocabulary."""
        return self.filter(vocabulary=vocabulary)

    def matching(self, text: str) -> Self:
        """Return the terms whose names hold every word of the text."""
        found = self
        for word in fold(text).split():
            found = found.filter(search__contains=word)
        return found

    def overlaying(self) -> Self:
        """Return what the packaged tables do not say: local and retired terms, and aliases."""
        return self.exclude(status="stock", aliases="")

    def of_any(self, vocabularies: Iterable[str]) -> Self:
        """Return the terms of several vocabularies."""
        return self.filter(vocabulary__in=list(vocabularies))

    def offered(self) -> Self:
        """Return those that are not retired."""
        return self.exclude(status="retired")


class TermUseQuerySet(models.QuerySet["TermUse"]):
    """Who holds which terms."""

    def held_by(self, holder: str, holder_id: Any) -> Self:
        """Return the uses by one draft, revision or term."""
        return self.filter(holder=holder, holder_id=str(holder_id))
