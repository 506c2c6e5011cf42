"""Obligations: meetings, decisions on deadlines, reports known to us, and the deadlines they lead to."""
