"""Sharing one amount among payers under one model, in exact rationals, every row with its working.

Order of the rule: fixed shares, exemption threshold, rates scaled to what is left (or one factor), floor, cap for least
developed countries and ceiling, minimum, rounding stage, amounts.
"""

from __future__ import annotations
