"""The law: rules of a treaty computed from dated, cited texts. No framework, no database, no clock, no network."""
