"""The door of the web server."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from huizen.memory import give_back

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
# Every page is read in before the first visitor comes, not while she waits.
import_module(settings.ROOT_URLCONF)
give_back()
