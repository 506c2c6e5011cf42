from django.apps import AppConfig


class StatesConfig(AppConfig):
    name = "servanda.office.states"
    label = "states"
