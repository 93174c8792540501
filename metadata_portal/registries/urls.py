"""Addresses below /registries/."""

from django.urls import path

from metadata_portal.registries.views import duplicates, lists, proposing, releases, tables, terms, tree

app_name = "registries"

urlpatterns = [
    path("", lists.index, name="vocabulary-list"),
    path("devices/options/", lists.device_options, name="device-options"),
    path("duplicates/", duplicates.duplicate_list, name="duplicate-all"),
    path("release/", releases.release, name="release"),
    path("<slug:vocabulary>/", lists.vocabulary_detail, name="vocabulary-detail"),
    path("<slug:vocabulary>/duplicates/", duplicates.duplicate_list, name="duplicate-list"),
    path("<slug:vocabulary>/export.<str:form>", tables.table_export, name="table-export"),
    path("<slug:vocabulary>/to-propose.csv", tables.upstream_export, name="upstream-export"),
    path("<slug:vocabulary>/import/", tables.table_new, name="table-new"),
    path("<slug:vocabulary>/import/<uuid:batch>/", tables.table_detail, name="batch-detail"),
    path("<slug:vocabulary>/tree/", tree.vocabulary_tree, name="vocabulary-tree"),
    path("<slug:vocabulary>/history/", lists.vocabulary_history, name="vocabulary-history"),
    path("<slug:vocabulary>/new/", terms.term_new, name="term-new"),
    path("<slug:vocabulary>/propose/", proposing.term_propose_page, name="term-propose"),
    path("<slug:vocabulary>/options/", lists.term_options, name="term-options"),
    path("<slug:vocabulary>/<int:pk>/", terms.term_detail, name="term-detail"),
    path("<slug:vocabulary>/<int:pk>/beside/<int:other>/", duplicates.term_compare, name="term-compare"),
    path("<slug:vocabulary>/<int:pk>/edit/", terms.term_edit, name="term-edit"),
    path("<slug:vocabulary>/<int:pk>/rename/", terms.term_rename, name="term-rename"),
    path("<slug:vocabulary>/<int:pk>/merge/", terms.term_merge, name="term-merge"),
    path("<slug:vocabulary>/<int:pk>/retire/", terms.term_retire, name="term-retire"),
    path("<slug:vocabulary>/<int:pk>/restore/", terms.term_restore, name="term-restore"),
    path("<slug:vocabulary>/<int:pk>/delete/", terms.term_delete, name="term-delete"),
]
