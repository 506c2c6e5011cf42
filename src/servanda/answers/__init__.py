"""Answers of the law in the forms people and machines take away: tables, JSON, CSV, Excel, Word. No Django."""
