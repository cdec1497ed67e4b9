"""The portal with the bare page beside its own: `granian --interface wsgi tests.benchmarks.bare_wsgi:application`."""

from django.conf import settings

from config.wsgi import application

settings.ROOT_URLCONF = "tests.benchmarks.bare"
__all__ = ["application"]
