"""Reports of mail servers about a mail of ours (RFC 3464), as Postfix writes them."""

from huizen.outbox.return_path import return_path

AN = "an@voorbeeld.example"
REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: {to}
Message-ID: <20260304.1@mx.example>
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Wed, 4 Mar 2026 09:00:00 +0100

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: {diagnostic}

--grens
Content-Type: text/rfc822-headers

Subject: Dag An
Message-ID: {message_id}

--grens--
"""


def report(message, *, to="", action="failed", status="5.1.1", diagnostic="smtp; 550 5.1.1 unknown") -> bytes:
    """What comes back of this message."""
    facts = {"to": to or return_path(message.pk), "recipient": message.recipient, "action": action}
    facts |= {"status": status, "diagnostic": diagnostic, "message_id": message.message_id}
    return REPORT.format(**facts).encode()
