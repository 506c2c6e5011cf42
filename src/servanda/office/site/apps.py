from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "servanda.office.site"
    label = "site"
