"""The text of a file, page by page, for each format. Runs in the limited process of `reader.py`; nothing here opens a network."""

import email
import email.policy
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import lxml.html
import openpyxl
import oxmsg
import pptx
import pypdfium2
from charset_normalizer import from_bytes
from docx.opc.part import PartFactory
from docx.package import Package
from docx.parts.document import DocumentPart
from odf import teletype
from odf.opendocument import load
from odf.text import H, P
from PIL import Image

from servanda.treaty.errors import Remark, sentence

from . import formats

PAGE = 3_000
MOST_ON_A_PAGE = 200_000
MOST_ROWS = 50_000
MOST_PIXELS = 200_000_000
_DEEPEST = 5
_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
PartFactory.part_type_for[_WITH_MACROS] = DocumentPart


class Unreadable(Exception):
    """The file cannot be read; the remark says why in one sentence."""

    def __init__(self, says: str, **facts: object) -> None:
        self.remark = Remark(says, facts)
        super().__init__(str(self.remark))


ENCRYPTED = sentence("The file is encrypted; file a copy without a password.")
DAMAGED = sentence("The file is damaged or not what it seems ({problem}); file a sound copy.")
EMPTY = sentence("The file is empty; send it again.")
NO_READER = sentence("No reader for this kind of file; file it also as PDF, so that its text can be found.")
TOO_MANY_PIXELS = sentence("The picture measures {width} × {height}, too large to be read; file a smaller copy.")


def pages(path: Path, media: str) -> Iterator[str]:
    """The text of each page, in order; raises Unreadable. A scan gives pages without text."""
    if path.stat().st_size == 0:
        raise Unreadable(EMPTY)
    reader = _READERS.get(media)
    if reader is None:
        raise Unreadable(NO_READER)
    for text in reader(path):
        yield text[:MOST_ON_A_PAGE].replace("\x00", "")


def warm_up() -> None:
    """Let the PDF library look for the machine's fonts once, before children are forked that would each look for them."""
    document = pypdfium2.PdfDocument.new()
    pypdfium2.raw.FPDFFont_Close(pypdfium2.raw.FPDFText_LoadStandardFont(document, b"Helvetica"))


def _pdf(path: Path) -> Iterator[str]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower():
            raise Unreadable(ENCRYPTED) from None
        raise Unreadable(DAMAGED, problem=str(problem).strip(" .")) from None
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        yield text.get_text_range().replace("\r\n", "\n").replace("\ufffe", "")
        text.close()
        page.close()


def _docx(path: Path) -> Iterator[str]:
    return _word(str(path))


def _word(source: str | BytesIO) -> Iterator[str]:
    """The text of a Word file, with macros or without: python-docx opens the former only as a package."""
    return _flow(_block(block) for block in Package.open(source).main_document_part.document.iter_inner_content())


def _block(block: Any) -> str:
    if hasattr(block, "rows"):
        return "\n".join("\t".join(cell.text for cell in row.cells) for row in block.rows)
    return str(block.text)


def _odt(path: Path) -> Iterator[str]:
    body = load(str(path)).text
    return _flow(teletype.extractText(node) for node in body.getElementsByType(H) + body.getElementsByType(P))


def _pptx(path: Path) -> Iterator[str]:
    for slide in pptx.Presentation(str(path)).slides:
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        tables = ["\t".join(cell.text for cell in row.cells) for shape in slide.shapes if shape.has_table for row in shape.table.rows]
        notes = [slide.notes_slide.notes_text_frame.text] if slide.has_notes_slide and slide.notes_slide.notes_text_frame else []
        yield "\n".join(texts + tables + notes)


def _xlsx(path: Path) -> Iterator[str]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        rows = (row for row, _ in zip(sheet.iter_rows(values_only=True), range(MOST_ROWS), strict=False))
        lines = ("\t".join(str(value) for value in row if value is not None) for row in rows)
        yield from _flow([sheet.title, *(line for line in lines if line)])


def _html(path: Path) -> Iterator[str]:
    return _flow(_markup(path.read_bytes()).split("\n"))


def _markup(content: bytes) -> str:
    tree = lxml.html.document_fromstring(_decoded(content).encode(), parser=lxml.html.HTMLParser(encoding="utf-8", no_network=True))
    for hidden in tree.xpath("//script|//style|//noscript|//template|//comment()"):
        hidden.drop_tree()
    for ending in tree.xpath("//p|//br|//div|//li|//tr|//h1|//h2|//h3|//h4|//title"):
        ending.tail = "\n" + (ending.tail or "")
    return str(tree.text_content())


def _text(path: Path) -> Iterator[str]:
    return _flow(_decoded(path.read_bytes()).split("\n"))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(content[:200_000]).best()
        return content.decode(best.encoding if best else "latin-1", "replace")


def _mail(path: Path) -> Iterator[str]:
    with open(path, "rb") as file:
        yield from _message(email.message_from_binary_file(file, policy=email.policy.default), 0)


def _message(message: Any, depth: int) -> Iterator[str]:
    heads = [f"{name}: {message.get(name)}" for name in ("From", "To", "Cc", "Date", "Subject") if message.get(name)]
    body = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
    text = "" if body is None else body.get_content()
    yield from _flow(
        [*heads, "", *(_markup(text.encode()) if body is not None and body.get_content_subtype() == "html" else text).split("\n")]
    )
    if depth < _DEEPEST and isinstance(message, EmailMessage):
        for attachment in message.iter_attachments():
            yield from _attachment(attachment, depth + 1)


def _attachment(attachment: Any, depth: int) -> Iterator[str]:
    name = attachment.get_filename() or attachment.get_content_type()
    content = attachment.get_content()
    if isinstance(content, EmailMessage):
        yield from _message(content, depth)
    elif isinstance(content, str):
        yield from _flow([name, *content.split("\n")])
    elif isinstance(content, bytes):
        yield from _bytes(name, content)


def _bytes(name: str, content: bytes) -> Iterator[str]:
    """The pages of an attached file, each under its name; one that cannot be read is named all the same."""
    reader = _ATTACHED.get(Path(name).suffix.lower())
    try:
        found = list(reader(BytesIO(content))) if reader else []
    except Exception:  # any reader may fail on any bytes; the mail's own text stays
        found = []
    yield from (f"{name}\n{text}" for text in found or [""])


def _attached_pdf(stream: BytesIO) -> Iterator[str]:
    return (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(stream))


def _attached_docx(stream: BytesIO) -> Iterator[str]:
    return _word(stream)


def _msg(path: Path) -> Iterator[str]:
    message = oxmsg.Message.load(str(path))
    recipients = ", ".join(found.email_address or found.name for found in message.recipients)
    heads = [f"From: {message.sender}", f"To: {recipients}", f"Date: {message.sent_date or ''}", f"Subject: {message.subject}", ""]
    yield from _flow([*heads, *(message.body or "").split("\n")])
    for attachment in message.attachments:
        yield from _bytes(attachment.file_name or "attachment", attachment.file_bytes or b"")


def _image(path: Path) -> Iterator[str]:
    Image.MAX_IMAGE_PIXELS = None  # only the head is read here; the limit is ours, and names the size
    with Image.open(path) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise Unreadable(TOO_MANY_PIXELS, width=width, height=height)
        frames = getattr(picture, "n_frames", 1)
    yield from ("" for _ in range(min(frames, 1_000)))


def _flow(lines: Any) -> Iterator[str]:
    """Running text in pages of about PAGE characters, broken between paragraphs."""
    held: list[str] = []
    length = 0
    for line in lines:
        held.append(line)
        length += len(line) + 1
        if length >= PAGE:
            yield "\n".join(held)
            held, length = [], 0
    if held and any(line.strip() for line in held):
        yield "\n".join(held)


_READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    formats.PDF: _pdf,
    formats.DOCX: _docx,
    formats.ODT: _odt,
    formats.PPTX: _pptx,
    formats.XLSX: _xlsx,
    formats.HTML: _html,
    formats.TEXT: _text,
    formats.MAIL: _mail,
    formats.MSG: _msg,
    **dict.fromkeys(formats.IMAGES, _image),
}
_ATTACHED: dict[str, Callable[[BytesIO], Iterator[str]]] = {".pdf": _attached_pdf, ".docx": _attached_docx}
