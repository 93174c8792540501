"""Pages about people and projects, and the page behind a set-password link."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metadata_portal.accounts.forms import EditPersonForm, NewPersonForm, ProjectForm
from metadata_portal.accounts.links import link_tokens
from metadata_portal.accounts.models import AuditEvent, Notice, Project, User
from metadata_portal.accounts.notices import notice_close
from metadata_portal.accounts.permissions import can_manage_people, role_required
from metadata_portal.accounts.services import (
    password_link_create,
    password_set,
    project_create,
    project_update,
    user_create,
    user_update,
)
from metadata_portal.errors import PortalError
from metadata_portal.foundation.pagination import page_of

if TYPE_CHECKING:
    from django.contrib.auth.forms import SetPasswordForm

# the one page view of a new link; it is not stored anywhere else
LINK_KEY = "accounts-new-link"


@require_safe
@role_required(can_manage_people)
def people(request: HttpRequest) -> HttpResponse:
    """List the people."""
    asked = request.GET.get("q", "").strip()
    rows = User.objects.prefetch_related("groups", "projects")
    if asked:
        rows = rows.filter(Q(username__icontains=asked) | Q(name__icontains=asked))
    return render(request, "accounts/people.html", {"page": page_of(request, rows), "q": asked})


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_manage_people)
def person_new(request: HttpRequest) -> HttpResponse:
    """Make a person, then show the link with which they set their password."""
    form = NewPersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            person = user_create(
                username=data["username"],
                name=data["name"],
                role_names=data["roles"],
                projects=data["projects"],
                by=_me(request),
            )
        except (ValidationError, PortalError) as error:
            _put_errors(form, error)
        else:
            return _with_link(request, person)
    return render(request, "accounts/person_new.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(can_manage_people)
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a person."""
    person = get_object_or_404(User, pk=pk)
    known = {
        "name": person.get_full_name(),
        "roles": list(person.role_names),
        "projects": person.projects.all(),
        "is_active": person.is_active,
    }
    form = EditPersonForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        data = form.cleaned_data
        try:
            user_update(
                user=person,
                name=data["name"],
                role_names=data["roles"],
                projects=data["projects"],
                is_active=data["is_active"],
                by=_me(request),
            )
        except (ValidationError, PortalError) as error:
            _put_errors(form, error)
        else:
            messages.success(request, f"{person} is saved.")
            return redirect("accounts:people")
    context = {"form": form, "person": person, "link": _take_link(request, person)}
    return render(request, "accounts/person_edit.html", context, status=_status(form))


@require_POST
@role_required(can_manage_people)
def person_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new set-password link; the ones before it end."""
    return _with_link(request, get_object_or_404(User, pk=pk))


@require_safe
@role_required(can_manage_people)
def projects(request: HttpRequest) -> HttpResponse:
    """List the projects."""
    rows = Project.objects.annotate(member_count=Count("members")).order_by("name")
    return render(request, "accounts/projects.html", {"page": page_of(request, rows)})


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_manage_people)
def project_new(request: HttpRequest) -> HttpResponse:
    """Make a project."""
    form = ProjectForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            project = project_create(by=_me(request), **form.cleaned_data)
        except (ValidationError, PortalError) as error:
            _put_errors(form, error)
        else:
            messages.success(request, f"Project {project} is made.")
            return redirect("accounts:project-list")
    return render(request, "accounts/project_form.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(can_manage_people)
def project_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a project."""
    project = get_object_or_404(Project, slug=slug)
    known = {"name": project.name, "members": project.members.all()}
    form = ProjectForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        try:
            project_update(project=project, by=_me(request), **form.cleaned_data)
        except (ValidationError, PortalError) as error:
            _put_errors(form, error)
        else:
            messages.success(request, f"Project {project} is saved.")
            return redirect("accounts:project-list")
    return render(request, "accounts/project_form.html", {"form": form, "project": project}, status=_status(form))


@require_safe
@role_required(can_manage_people)
def activity(request: HttpRequest) -> HttpResponse:
    """List what was done, newest first."""
    return render(
        request, "accounts/activity.html", {"page": page_of(request, AuditEvent.objects.select_related("by"))}
    )


class PasswordSet(PasswordResetConfirmView):
    """Where a set-password link leads: the token moves into the session, so that it is in no address or log after."""

    template_name = "accounts/password_set.html"
    success_url = reverse_lazy("account_login")
    token_generator = link_tokens

    def get_user(self, uidb64: str) -> User | None:
        """Return the link's person if they may sign in."""
        user = super().get_user(uidb64)
        return user if isinstance(user, User) and user.is_active else None

    def form_valid(self, form: "SetPasswordForm[Any]") -> HttpResponse:
        """Store the password; they sign in with it next."""
        user = form.user
        password_set(user=user, password=form.cleaned_data["new_password1"], by=user)
        self.request.session.flush()
        messages.success(self.request, "Your password is set. Sign in with it.")
        return redirect("account_login")


def _me(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the middleware let signed-in people through only
    return request.user


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200


def _put_errors(form: Any, error: ValidationError | PortalError) -> None:
    if isinstance(error, PortalError):
        field = getattr(error, "field", None)
        form.add_error(field if field in form.fields else None, error.message)
        return
    for field, problems in getattr(error, "error_dict", {"__all__": [error]}).items():
        form.add_error(field if field in form.fields else None, problems)


def _with_link(request: HttpRequest, person: User) -> HttpResponse:
    path = password_link_create(user=person, by=_me(request))
    request.session[LINK_KEY] = [person.pk, request.build_absolute_uri(path)]
    return redirect("accounts:person-edit", person.pk)


def _take_link(request: HttpRequest, person: User) -> str | None:
    stored = request.session.get(LINK_KEY)
    if request.method == "HEAD" or not stored or stored[0] != person.pk:
        return None
    del request.session[LINK_KEY]
    return str(stored[1])


@require_POST
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a notice of this person's off their dashboard."""
    notice_close(notice=get_object_or_404(Notice, pk=pk, person=request.user))
    return redirect("/")
