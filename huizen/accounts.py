"""How people sign in: django-allauth, with its mail sent through the outbox."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """No passwords for parents: a code by mail is the way in."""
