"""Who is behind the link in a mail about a meeting."""

from huizen.links import BadLinkError, read
from partners.models import Meeting, MeetingInvitation


def invitation_behind(purpose: str, token: str) -> MeetingInvitation | None:
    """The invitation that a link was made for, with its whole meeting; none for a forged or worn-out one."""
    try:
        pk = read(purpose, token)
    except BadLinkError:
        return None
    invitation = MeetingInvitation.objects.filter(pk=pk).first()
    if invitation:
        invitation.meeting = Meeting.objects.whole().get(pk=invitation.meeting_id)
    return invitation
