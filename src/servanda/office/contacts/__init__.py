"""People, organisations and the posts they hold over time: whom to write to, in which language, and who asked not to be written to."""
