"""The composition room: home, States, a State's record, public pages, API, audits, backup."""
