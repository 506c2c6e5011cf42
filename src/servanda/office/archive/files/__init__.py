"""Files as bytes: kept by their content, unpacked from folders and zips, read in a process of its own. No database here."""
