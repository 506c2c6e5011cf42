"""What a file is, judged by its first bytes and never by its name, and what its name would have made of it."""

import zipfile
from pathlib import Path

from lxml import etree

from servanda.treaty.errors import Remark, sentence

PDF, DOCX, PPTX, XLSX = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
ODT, HTML, TEXT, MAIL, MSG = (
    "application/vnd.oasis.opendocument.text",
    "text/html",
    "text/plain",
    "message/rfc822",
    "application/vnd.ms-outlook",
)
PNG, JPEG, TIFF, GIF, WEBP = "image/png", "image/jpeg", "image/tiff", "image/gif", "image/webp"
ZIP, OLD_OFFICE, UNKNOWN = "application/zip", "application/x-ole-storage", "application/octet-stream"
IMAGES = (PNG, JPEG, TIFF, GIF, WEBP)

_SUFFIXES = {
    PDF: (".pdf",),
    DOCX: (".docx", ".docm", ".dotx"),
    PPTX: (".pptx", ".pptm"),
    XLSX: (".xlsx", ".xlsm"),
    ODT: (".odt",),
    HTML: (".html", ".htm", ".xhtml"),
    TEXT: (".txt", ".md", ".csv", ".text"),
    MAIL: (".eml",),
    MSG: (".msg",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    TIFF: (".tif", ".tiff"),
    GIF: (".gif",),
    WEBP: (".webp",),
    ZIP: (".zip",),
    OLD_OFFICE: (".doc", ".xls", ".ppt"),
}
_MAGIC = {
    b"%PDF": PDF,
    b"\x89PNG": PNG,
    b"\xff\xd8\xff": JPEG,
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
    b"GIF8": GIF,
}
_MAIL_HEADERS = (b"from:", b"received:", b"return-path:", b"delivered-to:", b"message-id:", b"mime-version:", b"subject:", b"date:", b"to:")


MACROS = sentence("It holds macros; none was run, and browsers only ever download it.")
ELSEWHERE = sentence("It takes a part of itself from {address}; nothing was fetched from there.")


def media_of(path: Path) -> str:
    """The media type of a file by its content; UNKNOWN for what is neither a known format nor text."""
    with open(path, "rb") as file:
        head = file.read(4096)
    for magic, media in _MAGIC.items():
        if head.startswith(magic):
            return media
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return MSG if "__substg1.0_".encode("utf-16-le") in path.read_bytes()[:4_000_000] else OLD_OFFICE
    return _text(head)


def fits_name(media: str, name: str) -> bool:
    """Whether a file's name ends as its content would have it; names without an ending fit anything."""
    suffix = Path(name).suffix.lower()
    if media == UNKNOWN:
        return True  # empty or damaged; reading it says so
    known = {ending for endings in _SUFFIXES.values() for ending in endings}
    return suffix not in known or suffix in _SUFFIXES.get(media, ())


def carried(path: Path, media: str) -> Remark | None:
    """What an Office file carries besides its text and a person should know of: macros, or parts that lie elsewhere."""
    if media not in (DOCX, PPTX, XLSX):
        return None
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if any(name.endswith("vbaProject.bin") for name in names):
            return Remark(MACROS)
        for name in names:
            address = _elsewhere(archive.read(name)) if name.endswith(".rels") else ""
            if address:
                return Remark(ELSEWHERE, {"address": address[:200]})
    return None


def _elsewhere(relations: bytes) -> str:
    """The first address outside the file that is a part of it; a link that a reader may click is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for relation in etree.fromstring(relations, parser):
        if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink"):
            return str(relation.get("Target", ""))
    return ""


def suffix_of(media: str) -> str:
    return _SUFFIXES.get(media, (".bin",))[0]


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:2000])
            if (
                "mimetype" in names
                and archive.getinfo("mimetype").file_size < 200
                and archive.read("mimetype").decode("ascii", "replace") == ODT
            ):
                return ODT
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return UNKNOWN
    for media, folder in ((DOCX, "word/"), (PPTX, "ppt/"), (XLSX, "xl/")):
        if "[Content_Types].xml" in names and any(name.startswith(folder) for name in names):
            return media
    return ZIP


def _text(head: bytes) -> str:
    lower = head.lower().lstrip(b"\xef\xbb\xbf \r\n\t")
    if lower.startswith((b"<!doctype html", b"<html", b"<?xml")) and b"<html" in lower:
        return HTML
    if lower.startswith(_MAIL_HEADERS):
        return MAIL
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return TEXT if head and (wide or b"\x00" not in head) else UNKNOWN
