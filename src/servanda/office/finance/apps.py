from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "servanda.office.finance"
    label = "finance"
