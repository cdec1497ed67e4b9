"""Taking an import back: what it brought in goes again, unless something hangs on it by now."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count

from huizen.actions.sheet_import import Undoing, take_back
from huizen.models import Event, User
from partners.belongings import CONTACTS, LINES, MERGES, PARTNERSHIPS, Belonging, all_belongings
from partners.models import (
    Agreement,
    Contact,
    ImportLine,
    MeetingInvitation,
    Organisation,
    PartnerImport,
    Partnership,
)


def what_can_go(partner_import: PartnerImport) -> Undoing:
    """Look through all that an import brought in, in a fixed number of queries. Changes nothing."""
    lines = partner_import.lines.added().select_related("organisation", "partnership").order_by("number")
    brought = _Brought(partner_import, list(lines))
    undoing = Undoing()
    for line in brought.lines:
        if reasons := brought.reasons(line):
            undoing.stays.append((line, ", ".join(reasons)))
        else:
            undoing.gone.append(line)
    return undoing


def take_back_import(*, sheet_import: PartnerImport, by: User, now: datetime) -> Undoing:
    """Take away what can go; what stays can go later, once nothing hangs on it.

    Raises ImportStopped while the import is not carried out, or when it was taken back already.
    """
    return take_back(
        sheet_import=sheet_import,
        what_can_go=what_can_go,
        take_away=_take_away,
        verb="took_back_import",
        by=by,
        now=now,
    )


def _take_away(lines: list[ImportLine]) -> None:
    """Whole organisations that the import made; of others their partnership and their contact."""
    Contact.objects.filter(pk__in=[line.contact_id for line in lines if line.contact_id]).delete()
    Partnership.objects.filter(pk__in=[line.partnership_id for line in lines if line.partnership_id]).delete()
    made = [line.organisation_id for line in lines if line.made_organisation and line.organisation_id]
    Organisation.objects.filter(pk__in=made).delete()


class _Brought:
    """What the lines of an import brought in, and by line what hangs on it now."""

    def __init__(self, partner_import: PartnerImport, lines: list[ImportLine]) -> None:
        self.lines = lines
        self._house = partner_import.house
        self._partnerships = {line.partnership_id for line in lines if line.partnership_id}
        self._contacts = {line.contact_id for line in lines if line.contact_id}
        self._made = {
            line.organisation_id for line in lines if line.made_organisation and line.organisation_id
        }
        joined = {line.organisation_id for line in lines if line.organisation_id} - self._made
        self._hanging: dict[int, list[str]] = defaultdict(list)
        for belonging in all_belongings():
            if belonging != LINES:
                self._count(belonging, self._made)
            if belonging.house and belonging != PARTNERSHIPS:
                self._count(belonging, joined, **{belonging.house: self._house})
        # Its partnership may be that of the other by now.
        self._count(MERGES, joined)
        self._signed = set(
            Agreement.objects.filter(partnership__in=self._partnerships).values_list("partnership", flat=True)
        )
        self._asked = set(
            MeetingInvitation.objects.filter(contact__in=self._contacts).values_list("contact", flat=True)
        )
        self._edited = self._edits()

    def reasons(self, line: ImportLine) -> list[str]:
        """Why a line cannot be taken back; none when it can."""
        return list(self._reasons(line))

    def _reasons(self, line: ImportLine) -> Iterator[str]:
        if line.partnership_id or line.made_organisation:
            yield from self._hanging.get(line.organisation_id or 0, ())
        if line.partnership_id in self._signed:
            yield "er is een overeenkomst"
        if line.partnership and line.partnership.until:
            yield "het partnerschap is intussen beëindigd"
        if line.contact_id in self._asked:
            yield "de contactpersoon is gevraagd voor een overleg"
        edited = self._edited.get(str(line.organisation_id))
        if edited and line.applied_at and edited > line.applied_at:
            yield "iemand wijzigde ze daarna"

    def _count(self, belonging: Belonging, organisations: set[int], **only) -> None:
        rows = belonging.model._default_manager.filter(**{f"{belonging.field}__in": organisations}, **only)
        if belonging == PARTNERSHIPS:
            rows = rows.exclude(pk__in=self._partnerships)
        if belonging == CONTACTS:
            rows = rows.exclude(pk__in=self._contacts)
        found = rows.order_by().values_list(belonging.field).annotate(number=Count("pk"))
        for organisation, number in found:
            self._hanging[organisation].append(belonging.words(number))

    def _edits(self) -> dict[str, datetime]:
        events = Event.objects.filter(
            subject_type=Organisation._meta.label_lower,
            subject_id__in=[str(key) for key in self._made],
            verb="changed",
        )
        return dict(events.order_by("at").values_list("subject_id", "at"))
