"""`/terugmelding/<provider>/`: what the mail provider tells of our mail, by its webhook. The reading is django-anymail's."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from huizen.access import public
from huizen.actions.bounce import Told, hear
from huizen.models import DeliveryEvent

Kind = DeliveryEvent.Kind
READERS = {
    "brevo": "anymail.webhooks.brevo.BrevoTrackingWebhookView",
    "mailgun": "anymail.webhooks.mailgun.MailgunTrackingWebhookView",
    "mailjet": "anymail.webhooks.mailjet.MailjetTrackingWebhookView",
    "postmark": "anymail.webhooks.postmark.PostmarkTrackingWebhookView",
    "sendgrid": "anymail.webhooks.sendgrid.SendGridTrackingWebhookView",
    "sparkpost": "anymail.webhooks.sparkpost.SparkPostTrackingWebhookView",
}
_KINDS = {"delivered": Kind.DELIVERED, "deferred": Kind.DELAYED, "complained": Kind.COMPLAINT}
#: The address itself is the fault.
_GONE = ("bounced", "invalid")


@public
@csrf_exempt
@require_POST
def provider_event(request: HttpRequest, provider: str) -> HttpResponse:
    """Only of the provider in the settings; who cannot prove to be that one gets a 400. Told twice is heard once."""
    if provider != settings.MAIL_PROVIDER or provider not in READERS:
        raise Http404
    reader = import_string(READERS[provider])()
    reader.run_validators(request)
    try:
        events = reader.parse_events(request)
    except (ValueError, KeyError, TypeError, AttributeError):
        return HttpResponseBadRequest()
    for event in events:
        if told := _told(provider, event):
            hear(told, now=timezone.now())
    return HttpResponse(status=204)


def _told(provider: str, event: Any) -> Told | None:
    """What it means for us, None for what we do not follow (that a mail was opened, that a link was used)."""
    kind = _KINDS.get(event.event_type)
    if event.event_type in ("bounced", "rejected", "failed"):
        is_gone = event.reject_reason in _GONE and not _calls_itself_soft(event.esp_event)
        kind = Kind.HARD_BOUNCE if is_gone else Kind.SOFT_BOUNCE
    if kind is None:
        return None
    return Told(
        provider=provider,
        event_id=_name_of(event),
        kind=kind,
        at=event.timestamp or timezone.now(),
        message_id=event.message_id or "",
        recipient=event.recipient or "",
        text=str(event.mta_response or event.description or "")[:300],
    )


def _calls_itself_soft(raw: Any) -> bool:
    """django-anymail takes the soft bounce of some providers for any other."""
    return "soft" in str(raw.get("Type") or raw.get("event") or "").lower()


def _name_of(event: Any) -> str:
    """The same for the same event: the numbers of some providers are of the request, which changes when it is repeated."""
    facts = f"{event.event_type} {event.message_id} {event.recipient} {event.timestamp or event.event_id}"
    return sha256(facts.encode()).hexdigest()
