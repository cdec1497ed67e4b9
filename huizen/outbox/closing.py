"""The last lines of a mail: why somebody got it, and, of what is optional, how to get it less often."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huizen import links
from huizen.models import Category, Message
from huizen.outbox.preferences import OPTIONAL, choices_path, stop_url

#: What nobody can stop says why it came.
WHY: dict[str, str] = {
    Category.CONFIRMATION: _("Je krijgt deze mail omdat je je inschreef."),
    Category.CHANGE: _("Je krijgt deze mail omdat er iets wijzigt waarvoor je inschreef of dat je bijhoudt."),
    Category.PLACE_FREE: _("Je krijgt deze mail omdat je op de wachtlijst staat."),
    Category.MEETING: _("Je krijgt deze mail omdat je gevraagd bent voor dit overleg."),
}


def closing(message: Message) -> str:
    """A paragraph, or "" where the mail itself says all. In the language that is active."""
    if message.category in OPTIONAL or message.category == Category.MORNING:
        if message.unsubscribe_url != stop_url(message.address_hash, message.category):
            # It tells how to end it itself.
            return ""
        url = links.absolute(choices_path(message.address_hash, message.category))
        return gettext("Liever minder mails, of geen? Kies welke mails je krijgt:") + f"\n{url}"
    why = WHY.get(message.category)
    return gettext(why) if why else ""
