from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "servanda.office.contacts"
    label = "contacts"
