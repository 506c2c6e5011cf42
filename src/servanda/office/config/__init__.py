"""Settings, addresses and the commands that need the office."""
