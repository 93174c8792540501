"""Who sees which record, draft and revision; the state of a record, derived."""

from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, NullIf

from metadata_portal.accounts.permissions import can_enter_records, is_administrator
from metadata_portal.entries.errors import RevisionIsFinal

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User
    from metadata_portal.entries.models import Draft, Record, Revision, Template  # noqa: F401 (named in the bases)


def _in_projects_of(user: "User", path: str) -> Q:
    """The rows of the user's projects; an administrator's are all."""
    if is_administrator(user):
        return Q()
    return Q(**{f"{path}__in": user.projects.all()})


class RecordQuerySet(QuerySet["Record"]):
    """Records as lists and pages need them."""

    def visible_to(self, user: "User") -> Self:
        """Records of the user's projects that somebody submitted or that the user has a draft of."""
        from metadata_portal.entries.models import Draft, Revision  # noqa: PLC0415 (models import this module)

        seen = Q(Exists(Revision.objects.filter(record=OuterRef("pk"))))
        if can_enter_records(user):
            seen |= Q(Exists(Draft.objects.filter(record=OuterRef("pk"), editor=user)))
        return self.filter(_in_projects_of(user, "project")).filter(seen)

    def with_state(self, user: "User") -> Self:
        """Adds `state`, `my_draft_at`, and number, author and time of the last revision."""
        from metadata_portal.entries.models import Draft, Revision  # noqa: PLC0415

        revisions = Revision.objects.filter(record=OuterRef("pk")).order_by("-number")
        mine = Draft.objects.filter(record=OuterRef("pk"), editor=user)
        return self.annotate(
            last_number=Subquery(revisions.values("number")[:1]),
            last_at=Subquery(revisions.values("created_at")[:1]),
            last_author=Subquery(revisions.values(who=Coalesce(NullIf("author__name", Value("")), "author_name"))[:1]),
            last_warnings=Subquery(revisions.values("warning_count")[:1]),
            last_withdrawn_at=Subquery(revisions.values("withdrawal__at")[:1]),
            my_draft_at=Subquery(mine.values("updated_at")[:1]),
            my_draft_blocking=Subquery(mine.values("blocking_count")[:1]),
        ).annotate(
            state=Case(
                When(last_number__isnull=True, then=Value("draft")),
                When(last_withdrawn_at__isnull=False, then=Value("withdrawn")),
                default=Value("submitted"),
                output_field=CharField(),
            ),
            correcting=ExpressionWrapper(
                Q(my_draft_at__isnull=False, last_number__isnull=False), output_field=BooleanField()
            ),
            touched_at=Greatest(Coalesce("my_draft_at", "created_at"), Coalesce("last_at", "created_at")),
        )

    def latest_first(self) -> Self:
        """The last touched first; needs `with_state`."""
        return self.order_by(F("touched_at").desc(), "pk")


class DraftQuerySet(QuerySet["Draft"]):
    """Drafts, each its editor's own."""

    def editable_by(self, user: "User") -> Self:
        """The user's own drafts, while they may enter records in that project."""
        if not can_enter_records(user):
            return self.none()
        return self.filter(_in_projects_of(user, "record__project"), editor=user)


class TemplateQuerySet(QuerySet["Template"]):
    """Templates, each its project's."""

    def visible_to(self, user: "User") -> Self:
        """The templates of the user's projects, for those who enter records."""
        if not can_enter_records(user):
            return self.none()
        return self.filter(_in_projects_of(user, "project"))

    def offered(self) -> Self:
        """Those that nobody retired."""
        return self.filter(retired_at__isnull=True)


class RevisionQuerySet(QuerySet["Revision"]):
    """Revisions: they are only added."""

    def visible_to(self, user: "User") -> Self:
        """The revisions of the user's projects."""
        return self.filter(_in_projects_of(user, "record__project"))

    def current(self) -> Self:
        """The last revision of each record, unless it was withdrawn."""
        from metadata_portal.entries.models import Revision  # noqa: PLC0415

        later = Revision.objects.filter(record=OuterRef("record"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later), withdrawal__isnull=True)

    def update(self, **_: Any) -> NoReturn:
        """Refused."""
        raise RevisionIsFinal

    def delete(self) -> NoReturn:
        """Refused."""
        raise RevisionIsFinal

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        """Refused."""
        raise RevisionIsFinal
