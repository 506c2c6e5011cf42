"""What an audit finds, the same shape in every room."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that should not be: where it is, what is wrong, why it matters or what to do."""

    where: str
    what: str
    why: str
