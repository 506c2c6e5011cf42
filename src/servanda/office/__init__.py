"""The office: the rooms in which a Unit works, a Django project."""
