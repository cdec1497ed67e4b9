"""The mail of the demo: every state can be seen, somebody can be called, and text messages cost something."""

import pytest
from django.urls import reverse

from demo.network.people import COORDINATOR
from huizen.models import Message, User

pytestmark = pytest.mark.django_db


def test_the_pages_of_delivery_have_something_to_show(client, loaded):
    client.force_login(User.objects.get(email=COORDINATOR.email))
    states = set(Message.objects.values_list("state", flat=True))
    assert {"failed", "unknown", "bounced", "sent"} <= states
    called = client.get(reverse("call_list")).context["page"]
    assert [bool(row.person.phone) for row in called] == [True]
    months = list(client.get(reverse("sms_costs")).context["page"])
    assert sum(row["number"] for row in months) == 5
    assert client.get(reverse("staff_mail")).context["form"].initial is not None
