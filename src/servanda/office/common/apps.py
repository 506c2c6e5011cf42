from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "servanda.office.common"
    label = "common"
