"""Documents on their way to other systems: harvested (OAI-PMH), packed (zip, BagIt), listed (sitemap)."""
