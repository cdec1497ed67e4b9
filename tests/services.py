"""A pytest plugin, loaded before the settings: the embedded services for who has none, and static files by plain names."""

import os

from config import embedded

embedded.ensure()
# Names by content need `collectstatic` first; the tests read static/ itself.
os.environ.setdefault("STATICFILES_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
(embedded.VAR / "static").mkdir(parents=True, exist_ok=True)
