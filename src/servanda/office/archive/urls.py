from django.urls import path

from . import views

urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("documents/saved/", views.saved_searches, name="saved-searches"),
    path("documents/saved/change/", views.saved, name="saved"),
    path("documents/suggest", views.suggest, name="suggest"),
    path("documents/review/", views.review, name="review"),
    path("documents/review/upload/", views.upload, name="upload"),
    path("documents/review/done/", views.reviewed, name="reviewed"),
    path("documents/review/missing/", views.missing, name="missing-translations"),
    path("documents/edit/<str:identifier>/", views.edit, name="edit-document"),
    path("documents/destroy/<str:identifier>/", views.destroyed, name="destroy-document"),
    path("documents/meetings/<str:meeting>/<str:language>.zip", views.meeting_zip, name="meeting-zip"),
    path("documents/<path:address>/", views.document, name="document"),
    path("files/<str:sha256>/<str:name>", views.file, name="file"),
]
