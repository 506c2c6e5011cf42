"""What changes the archive: taking in, reading, confirming, correcting, destroying, indexing. Each writes its audit line."""
