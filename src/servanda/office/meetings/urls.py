from django.urls import path

from . import views

urlpatterns = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings.ics", views.calendar, name="meetings-calendar"),
    path("meetings/<str:id>/", views.meeting, name="meeting"),
]
