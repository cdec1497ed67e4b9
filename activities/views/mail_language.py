"""What the pages of a sign-up share about the language of our mails: the form, and what was chosen in it."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from activities.actions.mail_language import choose_language
from activities.forms.registration import MailLanguageForm
from activities.models.sign_up import BaseSignUp
from huizen.languages import language_of, speaks, spoken


def language_form(sign_up: BaseSignUp) -> MailLanguageForm | None:
    """The form, filled with the language of now; None for who gets no mail, or where there is nothing to choose."""
    if not sign_up.email or len(speaks()) == 1:
        return None
    return MailLanguageForm(initial={"language": spoken(sign_up.language).code})


def keep_language(request: HttpRequest, sign_up: BaseSignUp) -> MailLanguageForm | None:
    """Keep what was chosen and say so; the form where that is no language of ours."""
    form = MailLanguageForm(request.POST)
    if not form.is_valid():
        return form
    code = form.cleaned_data["language"]
    choose_language(sign_up=sign_up, language=code)
    told = {"language": language_of(code).own_name}
    messages.success(request, gettext("Onze mails komen voortaan in deze taal: %(language)s.") % told)
    return None
