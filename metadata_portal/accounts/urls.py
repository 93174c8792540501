"""Sign-in, and the administrators' pages about people and projects."""

from allauth.account import views as sign_in
from django.urls import include, path

from metadata_portal.accounts import session_views, views

pages = (
    [
        path("accounts/set-password/<uidb64>/<token>/", views.PasswordSet.as_view(), name="password-set"),
        path("accounts/session/", session_views.session, name="session"),
        path("people/", views.people, name="people"),
        path("people/new/", views.person_new, name="person-new"),
        path("people/<int:pk>/", views.person_edit, name="person-edit"),
        path("people/<int:pk>/link/", views.person_link, name="person-link"),
        path("projects/", views.projects, name="project-list"),
        path("projects/new/", views.project_new, name="project-new"),
        path("projects/<slug:slug>/", views.project_edit, name="project-edit"),
        path("activity/", views.activity, name="activity"),
        path("notices/<int:pk>/close/", views.notice_read, name="notice-close"),
    ],
    "accounts",
)

# of allauth's pages only those that need no mail and no sign-up, under the names that allauth looks for
urlpatterns = [
    path("accounts/login/", session_views.SignIn.as_view(), name="account_login"),
    path("accounts/logout/", session_views.SignOut.as_view(), name="account_logout"),
    path("accounts/inactive/", sign_in.account_inactive, name="account_inactive"),
    path("accounts/password/", sign_in.password_change, name="account_change_password"),
    path("", include(pages)),
]
