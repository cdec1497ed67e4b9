"""A pytest plugin, loaded before the settings: the embedded services for who has none."""

from config import embedded

embedded.ensure(testing=True)
