"""What the dashboard shows: a fixed number of queries, whatever the portal holds."""

from dataclasses import dataclass, field

from django.db.models import Q

from metadata_portal.accounts.models import Notice, Project, User
from metadata_portal.accounts.permissions import can_curate_registries, can_manage_people
from metadata_portal.bundles.models import Bundle
from metadata_portal.entries.models import Draft, Revision
from metadata_portal.registries.models import Term

ROWS = 6
MOST_NOTICES = 20


@dataclass(frozen=True, slots=True)
class Setup:
    """What an administrator still has to do before others can work."""

    people_without_password: list[User] = field(default_factory=list)
    nobody_else: bool = False

    def __bool__(self) -> bool:
        return bool(self.people_without_password) or self.nobody_else


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The lists of one person's front page, newest first."""

    drafts: list[Draft]
    draft_count: int
    flagged: list[Revision]
    recent: list[Revision]
    bundles: list[Bundle]
    projects: list[Project]
    setup: Setup
    notices: list[Notice]
    proposals: int


def dashboard_of(user: User) -> Dashboard:
    """Return what waits for the person and what happened in their projects."""
    drafts = Draft.objects.editable_by(user).select_related("record", "record__project").order_by("-updated_at")
    current = Revision.objects.visible_to(user).current().select_related("record", "author").order_by("-created_at")
    bundles = Bundle.objects.visible_to(user).select_related("asset").order_by("-created_at", "-number")
    return Dashboard(
        drafts=list(drafts[:ROWS]),
        draft_count=drafts.count(),
        flagged=list(current.filter(Q(warning_count__gt=0) | Q(stock_valid=False))[:ROWS]),
        recent=list(current[:ROWS]),
        bundles=list(bundles[:ROWS]),
        projects=list(Project.objects.visible_to(user)[:ROWS]),
        setup=_setup(user),
        notices=list(Notice.objects.filter(person=user)[:MOST_NOTICES]),
        proposals=Term.objects.filter(status=Term.Status.PROPOSED).count() if can_curate_registries(user) else 0,
    )


def _setup(user: User) -> Setup:
    if not can_manage_people(user):
        return Setup()
    others = User.objects.filter(is_active=True).exclude(pk=user.pk)
    # Django marks an unusable password with "!"
    waiting = others.filter(Q(password__startswith="!") | Q(password="")).order_by("username")[:ROWS]  # noqa: S106 - no password
    return Setup(people_without_password=list(waiting), nobody_else=not others.exists())
