from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "servanda.office.reporting"
    label = "reporting"
