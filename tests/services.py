"""A pytest plugin, loaded before the settings: the embedded services for who has none."""

import os

from config import embedded

os.environ["STATIC_COLLECTED"] = "0"
embedded.ensure()
