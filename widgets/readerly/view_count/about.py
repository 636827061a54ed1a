"""What is said in English about a count of views. It comes with the tooltip; other languages' tables have it."""

ENGLISH = {
    "views-about": {"other": "Each reader counts once a day; robots are left out."},
    "away": {"other": "The service does not answer at the moment."},
    "told": {"other": "Updated {}."},
}
"""Texts as in `locale.TEXTS`."""
