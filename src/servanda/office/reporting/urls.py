from django.urls import path

from . import views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/files/", views.files, name="report-files"),
    path("reports/files/on-paper/", views.paper, name="report-on-paper"),
    path("reports/files/<int:number>/", views.file, name="report-file"),
    path("reports/files/<int:number>/save/", views.save, name="report-save"),
    path("reports/files/<int:number>/compare/", views.compare, name="report-compare"),
    path("reports/files/<int:number>/form.xlsx", views.workbook, name="report-workbook"),
    path("reports/files/<int:number>/form/", views.workbook_back, name="report-workbook-back"),
    path("reports/files/<int:number>/do/<slug:act>/", views.act, name="report-act"),
    path("reports/files/<int:number>/revisions/<int:revision>/", views.revision, name="report-revision"),
    path("reports/files/<int:number>/<slug:section>/", views.section, name="report-section"),
]
