"""The public site on its way out: as a folder of plain files."""
