"""What the pages of the money show: frozen results, every cell already in the reader's language."""

from .comparison import OWN, PaidRow, compare_page, sample_amounts, shipped_models
from .risk import risk_page

__all__ = ["OWN", "PaidRow", "compare_page", "risk_page", "sample_amounts", "shipped_models"]
