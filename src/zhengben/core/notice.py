"""The life of a notice: one demand to one addressee by one channel, drafted by one person and approved by another."""

from zhengben.core.moves import Machine, Move

SEND_GUARDS = ("approved_by_second_person", "sealed_capture", "valid_right", "not_official")

NOTICE = Machine(
    "notice",
    "draft",
    (
        Move("approve", "draft", "approved", SEND_GUARDS),
        Move("reject", "draft", "rejected_inside"),
        Move("send", "approved", "sent", SEND_GUARDS),
        Move("fail", "approved", "send_failed"),
        Move("retry", "send_failed", "approved"),
        Move("withdraw", "draft", "withdrawn"),
        Move("withdraw", "approved", "withdrawn"),
        Move("withdraw", "send_failed", "withdrawn"),
        Move("acknowledge", "sent", "acknowledged"),
        Move("ask", "sent", "needs_information"),
        Move("ask", "acknowledged", "needs_information"),
        Move("refuse", "sent", "refused"),
        Move("refuse", "acknowledged", "refused"),
        Move("report_action", "sent", "action_reported"),
        Move("report_action", "acknowledged", "action_reported"),
        Move("bounce", "sent", "bounced"),
        Move("counter", "sent", "counter_noticed"),
        Move("counter", "acknowledged", "counter_noticed"),
        Move("silence", "sent", "no_response"),
        Move("silence", "acknowledged", "no_response"),
        Move("retract", "sent", "retracted"),
        Move("retract", "acknowledged", "retracted"),
        Move("retract", "action_reported", "retracted"),
    ),
)

WAITING = frozenset({"sent", "acknowledged"})
