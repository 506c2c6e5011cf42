"""The document that proves a fact: filed for review like any other, and named by its identifier."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from servanda.office.obligations.queries import current_law

from ..errors import NotADocument
from ..files.unpack import files_sent
from ..models import Item
from ..queries.visible import store
from .describing import Given
from .intake import take_in


def file_source(sent: UploadedFile, *, origin: str, by: str, at: datetime) -> str:
    """The identifier of the document that a file sent is, or becomes. Raises NotADocument."""
    before = Item.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    take_in(found=files_sent([sent]), given=Given(law=current_law()), origin=origin, by=by, at=at, store=store())
    found = Item.objects.filter(pk__gt=before, work__isnull=False, intake__by=by, intake__at=at).values_list("work__identifier", flat=True)
    if len(found) != 1:
        raise NotADocument(name=sent.name)
    return found[0]
