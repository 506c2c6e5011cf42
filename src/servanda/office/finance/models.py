"""Models that readers bring: kept under the hash of their content, reached by their link alone."""

from django.db import models


class OwnModel(models.Model):
    """A financing model file. `used_on` is the last day it was asked for; after 30 days unused it is dropped."""

    digest = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=120)
    content = models.TextField()
    used_on = models.DateField()
