"""Article 7 reports: what was due and came, and each report from its first answer to its publication."""
