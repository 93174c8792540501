"""What is done to people and projects, each inside one transaction with its audit event."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from metadata_portal.accounts import roles
from metadata_portal.accounts.links import link_tokens
from metadata_portal.accounts.models import AuditEvent, Project, User
from metadata_portal.errors import FormError, NotAllowed


def audit(
    *,
    by: User | None,
    action: str,
    object_type: str = "",
    object_id: object = "",
    obj: Model | None = None,
    why: str = "",
    before: Any = None,
    after: Any = None,
) -> AuditEvent:
    """Write down who did what to which object; call it inside the transaction that does it.

    Give either ``obj`` or ``object_type`` and ``object_id``. Before and after are small JSON values.
    """
    return AuditEvent.objects.create(
        by=by,
        action=action,
        object_type=object_type or (type(obj).__name__.lower() if obj else ""),
        object_id=str(object_id or (obj.pk if obj else "")),
        why=why,
        before=before,
        after=after,
    )


@transaction.atomic
def user_create(
    *, username: str, name: str, role_names: Iterable[str], projects: Iterable[Project] = (), by: User | None
) -> User:
    """Make a person who cannot sign in until they have set a password."""
    user = User(username=username, name=name)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    _set_roles(user, role_names)
    user.projects.set(projects)
    audit(by=by, action="user.create", obj=user, after=user_state(user))
    return user


@transaction.atomic
def user_update(
    *, user: User, name: str, role_names: Iterable[str], projects: Iterable[Project], is_active: bool, by: User
) -> User:
    """Change a person's name, roles, projects and whether they may sign in."""
    # the row is locked so that two administrators cannot take each other's role away at the same time
    administrators = list(User.objects.select_for_update().filter(groups__name=roles.ADMINISTRATOR, is_active=True))
    role_names = set(role_names)
    stays = is_active and roles.ADMINISTRATOR in role_names
    if user in administrators and not stays:
        if user == by:
            raise NotAllowed("You cannot take your own administrator role away: ask another administrator.")
        if administrators == [user]:
            raise NotAllowed("This is the last administrator. Make somebody else one first.")
    before = user_state(user)
    user.name = name
    user.is_active = is_active
    user.full_clean()
    user.save()
    _set_roles(user, role_names)
    user.projects.set(projects)
    after = user_state(user)
    if after != before:
        audit(by=by, action="user.update", obj=user, before=before, after=after)
    return user


@transaction.atomic
def password_set(*, user: User, password: str, by: User | None) -> None:
    """Give a person a new password; links handed out before stop working."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit(by=by, action="user.password-set", obj=user)


@transaction.atomic
def password_link_create(*, user: User, by: User) -> str:
    """Return the path of a link with which the person can set a password once; earlier links stop working."""
    if not user.is_active:
        raise NotAllowed(f"{user} may not sign in: activate the account first.")
    user.password_links += 1
    user.save(update_fields=["password_links"])
    audit(by=by, action="user.password-link", obj=user)
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("accounts:password-set", args=[uid, link_tokens.make_token(user)])


@transaction.atomic
def project_create(*, name: str, members: Iterable[User] = (), by: User | None) -> Project:
    """Make a project."""
    project = Project(name=name.strip())
    if not project.name:
        raise FormError("A project needs a name.", field="name")
    project.full_clean(exclude=["slug"])
    project.save()
    project.members.set(members)
    audit(by=by, action="project.create", obj=project, after=project_state(project))
    return project


@transaction.atomic
def project_update(*, project: Project, name: str, members: Iterable[User], by: User) -> Project:
    """Change a project's name and members."""
    before = project_state(project)
    project.name = name.strip()
    project.full_clean()
    project.save()
    project.members.set(members)
    after = project_state(project)
    if after != before:
        audit(by=by, action="project.update", obj=project, before=before, after=after)
    return project


def user_state(user: User) -> dict[str, Any]:
    """Return what the audit trail keeps of a person."""
    return {
        "username": user.username,
        "name": user.name,
        "active": user.is_active,
        "roles": sorted(user.groups.values_list("name", flat=True)),
        "projects": sorted(user.projects.values_list("name", flat=True)),
    }


def project_state(project: Project) -> dict[str, Any]:
    """Return what the audit trail keeps of a project."""
    return {"name": project.name, "members": sorted(project.members.values_list("username", flat=True))}


def _set_roles(user: User, role_names: Iterable[str]) -> None:
    wanted = set(role_names)
    unknown = wanted - set(roles.ROLES)
    if unknown:
        raise FormError(f"There is no role {min(unknown)!r}.", field="roles")
    user.groups.set([Group.objects.get_or_create(name=name)[0] for name in sorted(wanted)])
    user.__dict__.pop("role_names", None)
    # the admin's own gate: what they may do there is decided by RoleBackend
    staff = bool(wanted & {roles.ADMINISTRATOR, roles.REGISTRY_MANAGER})
    if user.is_staff != staff:
        user.is_staff = staff
        user.save(update_fields=["is_staff"])
