"""Servanda: the system a treaty's Implementation Support Unit runs on."""

__version__ = "0.1.0"
