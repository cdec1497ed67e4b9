"""The phone of the demo: text messages land in the letter box at /postvak/, and on nobody's bill."""

from email.message import MIMEPart
from email.policy import SMTP

from django.conf import settings

from demo.letterbox import keep
from huizen.models import DeliveryAttempt
from huizen.outbox.carrier import Answer


class TextBox:
    """A provider of text messages (huizen/outbox/sms.py) that keeps each as a file."""

    def send(self, number: str, text: str, reference: str) -> Answer:
        mail = MIMEPart(SMTP.clone(cte_type="7bit"))
        mail["From"] = f"{settings.SMS_SENDER} <sms@voorbeeld.example>"
        mail["To"] = number
        mail["Subject"] = f"Sms: {text[:60]}"
        mail.set_content(text)
        keep(settings.LETTERBOX, mail.as_bytes(), recipients=[number])
        return Answer(DeliveryAttempt.Outcome.ACCEPTED, 201, reference)
