"""Provisions of a treaty as data: numbers by the day from which they hold, each with the place it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from .dates import parse_day
from .shares import Citation
from .texts import read_cite, read_text


@dataclass(frozen=True)
class Version:
    """A provision's numbers from `since` on, with the place they stand in."""

    since: date
    values: Mapping[str, Any]
    cite: Citation


@dataclass(frozen=True)
class Provision:
    """One rule of the treaty that software computes with; older versions stay."""

    id: str
    role: str
    article: str
    paragraph: str
    title: str
    says: str
    versions: tuple[Version, ...]
    checked_on: date

    def on(self, day: date) -> Version:
        """The version in force on `day`; before the first one, the first."""
        standing = [version for version in self.versions if version.since <= day]
        return standing[-1] if standing else self.versions[0]


@dataclass(frozen=True)
class Treaty:
    """The treaty's own data: names in six languages, its dates, and how many consents bring it into force."""

    id: str
    title: Mapping[str, str]
    short: Mapping[str, str]
    adopted: date
    opened: date
    signature_closes: date | None
    threshold: int
    depositary: str
    cite: Citation
    checked_on: date


def read_treaty(path: Path) -> Treaty:
    """treaty.yaml."""
    text = read_text(path, "treaty")
    return Treaty(
        id=text["id"],
        title=text["title"],
        short=text["short"],
        adopted=parse_day(text["adopted"]),
        opened=parse_day(text["opened"]),
        signature_closes=parse_day(text["signature_closes"]) if text.get("signature_closes") else None,
        threshold=text["threshold"],
        depositary=text["depositary"],
        cite=read_cite(text["cite"]),
        checked_on=parse_day(text["checked_on"]),
    )


def read_provision(path: Path) -> Provision:
    """One file of provisions/."""
    text: dict[str, Any] = read_text(path, "provision")
    versions = tuple(
        Version(parse_day(since), {key: value for key, value in body.items() if key != "cite"}, read_cite(body["cite"]))
        for since, body in sorted(text["versions"].items())
    )
    return Provision(
        id=text["id"],
        role=text["role"],
        article=text["article"],
        paragraph=text.get("paragraph") or "",
        title=text["title"],
        says=text["says"],
        versions=versions,
        checked_on=parse_day(text["checked_on"]),
    )
