"""A pytest plugin, loaded before the settings: the embedded services for who has none."""

import os

from config import embedded

# Static files are read where they are written: no test waits for them to be collected.
os.environ.setdefault("STATIC_COLLECTED", "0")
embedded.ensure(testing=True)
