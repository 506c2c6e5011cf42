from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "servanda.office.meetings"
    label = "meetings"
