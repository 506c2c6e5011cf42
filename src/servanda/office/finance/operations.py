"""Keeps and drops the models that readers bring."""

import hashlib
from datetime import date, timedelta
from typing import BinaryIO

from django.db import transaction

from servanda.treaty.law import Law

from .errors import FileTooLarge
from .models import OwnModel

_LARGEST = 64 * 1024
_UNUSED = timedelta(days=30)


@transaction.atomic
def keep_model(*, law: Law, file: BinaryIO, name: str, on: date) -> OwnModel:
    """Check a model file as strictly as the shipped ones and keep it under the hash of its content.

    The same content is kept once. Models unused for 30 days are dropped. Raises FileTooLarge, TextRefused.
    """
    content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise FileTooLarge()
    law.read_model(content, name)
    OwnModel.objects.filter(used_on__lt=on - _UNUSED).delete()
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    values = {"name": name[:120], "content": content.decode("utf-8-sig"), "used_on": on}
    return OwnModel.objects.update_or_create(digest=digest, defaults=values)[0]


def use_model(*, digest: str, on: date) -> None:
    """Note that a kept model was asked for, at most once a day."""
    OwnModel.objects.filter(digest=digest, used_on__lt=on).update(used_on=on)
