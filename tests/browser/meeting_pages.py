"""The pages of meetings beyond a single one, and the rows that they need."""

import datetime as dt

from huizen.links import sign
from partners.actions.date_poll import PollFacts, open_poll
from partners.actions.invitee import Invitee
from partners.actions.meeting_series import plan_series
from partners.models import MeetingSeries
from partners.standing_agenda import StandingPoint, kept
from tests.meeting_factories import GroupMemberFactory, MeetingGroupFactory

OVERLEG = "/beheer/overleg"
#: The addresses, by what they show.
ADDRESSES = {
    "groups": f"{OVERLEG}/groepen/",
    "new group": f"{OVERLEG}/groepen/nieuw/",
    "group": f"{OVERLEG}/groepen/{{meeting_group}}/",
    "group changed": f"{OVERLEG}/groepen/{{meeting_group}}/wijzig/",
    "members of a group": f"{OVERLEG}/groepen/{{meeting_group}}/leden/",
    "new series": f"{OVERLEG}/reeks/nieuw/",
    "series changed": f"{OVERLEG}/{{series_date}}/reeks/",
    "series stopped": f"{OVERLEG}/{{series_date}}/reeks/stop/",
    "agenda address": f"{OVERLEG}/agenda/",
    "dates to find": f"{OVERLEG}/datum/",
    "new date to find": f"{OVERLEG}/datum/nieuw/",
    "date to find": f"{OVERLEG}/datum/{{poll}}/",
    "more people for a date": f"{OVERLEG}/datum/{{poll}}/mensen/",
    "date chosen": f"{OVERLEG}/datum/kies/{{poll_option}}/",
    "moments of a date changed": f"{OVERLEG}/datum/{{poll}}/momenten/",
    "agenda of a series": f"{OVERLEG}/{{series_date}}/reeks/agenda/",
    "decisions": f"{OVERLEG}/beslissingen/",
    "no such decision": f"{OVERLEG}/beslissingen/?q=xqzwv",
    "who comes": f"{OVERLEG}/overzicht/",
}


def meetings_of(house, now) -> dict:
    """A group, a series and a question for a date."""
    people = [Invitee("Contact", "contact@voorbeeld.example")]
    group = MeetingGroupFactory(house=house)
    GroupMemberFactory(group=group)
    rule = MeetingSeries(
        house=house,
        title="Kernteam",
        kind="weekly",
        weekdays=[1],
        starts_on=now.date(),
        starts_at=dt.time(10),
        ends_at=dt.time(11),
        place="Zaal 1",
        agenda=kept([StandingPoint("Welkom en nieuws", minutes=10), StandingPoint("Rondvraag")]),
    )
    series = plan_series(rule=rule, invitees=people, by=None, now=now)
    moments = [(now + dt.timedelta(days=n), now + dt.timedelta(days=n, hours=1)) for n in (9, 10)]
    facts = PollFacts("Zomer", now.date() + dt.timedelta(days=5))
    poll = open_poll(house=house, group=None, facts=facts, moments=moments, invitees=people, by=None, now=now)
    return {
        "meeting_group": group.pk,
        "series_date": series.meetings.order_by("starts_at")[1].pk,
        "poll": poll.pk,
        "poll_option": poll.options.first().pk,
        "voter": sign("date-poll", poll.voters.get().pk),
    }
