from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "servanda.office.obligations"
    label = "obligations"
