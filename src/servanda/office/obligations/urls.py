from django.urls import path

from . import views

urlpatterns = [
    path("deadlines/", views.deadlines, name="deadlines"),
    path("deadlines.ics", views.calendar, name="deadlines-calendar"),
    path("states/<str:iso3>/deadlines.ics", views.calendar, name="state-calendar"),
]
