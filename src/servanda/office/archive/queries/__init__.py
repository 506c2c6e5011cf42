"""What the archive shows: documents a viewer may see, what a search finds, what waits for a person."""
