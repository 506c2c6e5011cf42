"""The living memory: every document of the treaty, in every language, with its files, its text and its history."""
