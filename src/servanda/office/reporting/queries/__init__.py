"""What the pages of reports show: what was due, the reports written here, and one report with its answers."""
