"""The wiring. Celery is loaded with it: the web processes ring its bell, through this broker and no other."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
