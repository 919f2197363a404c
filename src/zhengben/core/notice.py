"""The life of a notice: one letter to one addressee by one channel, drafted by one person and approved by another.

A complaint may be followed by reminders and by letters that give what was asked for; each is a notice of its own. A
letter that takes complaints back needs two people like any other, but neither a right nor an accusation: it must be
able to leave exactly when those have gone.
"""

from zhengben.core.moves import Machine, Move

PURPOSES = ("complaint", "reminder", "supplement", "retraction")
SEND_GUARDS = ("approved_by_second_person", "sealed_capture", "valid_right", "not_official")
RETRACT_GUARDS = ("approved_by_second_person", "was_sent")

# an addressee may answer late, or think better of it: what it says then still counts
_ASKED = ("sent", "acknowledged", "no_response")
_OPEN = (*_ASKED, "needs_information", "refused")
_LEFT = (*_OPEN, "action_reported", "counter_noticed")

NOTICE = Machine(
    "notice",
    "draft",
    (
        Move("approve", "draft", "approved", SEND_GUARDS),
        Move("approve_retraction", "draft", "approved", RETRACT_GUARDS),
        Move("reject", "draft", "rejected_inside"),
        Move("send", "approved", "sent", SEND_GUARDS),
        Move("send_retraction", "approved", "sent", RETRACT_GUARDS),
        Move("fail", "approved", "send_failed"),
        Move("retry", "send_failed", "approved"),
        Move("withdraw", "draft", "withdrawn"),
        Move("withdraw", "approved", "withdrawn"),
        Move("withdraw", "send_failed", "withdrawn"),
        Move("acknowledge", "sent", "acknowledged"),
        Move("acknowledge", "no_response", "acknowledged"),
        *(Move("ask", state, "needs_information") for state in _ASKED),
        *(Move("refuse", state, "refused") for state in (*_ASKED, "needs_information")),
        *(Move("report_action", state, "action_reported") for state in _OPEN),
        Move("bounce", "sent", "bounced"),
        Move("bounce", "no_response", "bounced"),
        *(Move("counter", state, "counter_noticed") for state in (*_OPEN, "action_reported")),
        Move("silence", "sent", "no_response"),
        Move("silence", "acknowledged", "no_response"),
        *(Move("retract", state, "retracted") for state in _LEFT),
    ),
)

WAITING = frozenset({"sent", "acknowledged"})
LEFT = frozenset(_LEFT)  # the addressee has it and may have acted on it
UNSENT = frozenset({"draft", "approved", "send_failed"})


def guards_of(purpose: str) -> tuple[str, ...]:
    """Give the guards that must hold before a letter of this purpose may leave.

    >>> guards_of("retraction")
    ('approved_by_second_person', 'was_sent')
    """
    return RETRACT_GUARDS if purpose == "retraction" else SEND_GUARDS


def verb_of(step: str, purpose: str) -> str:
    """Give the move that approves or sends a letter of this purpose; `step` is `approve` or `send`.

    >>> verb_of("send", "reminder"), verb_of("send", "retraction")
    ('send', 'send_retraction')
    """
    return f"{step}_retraction" if purpose == "retraction" else step
