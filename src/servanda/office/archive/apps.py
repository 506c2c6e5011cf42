from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "servanda.office.archive"
    label = "archive"
