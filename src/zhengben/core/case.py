"""The life of a case: one impostor's file, from the first look to the last recheck."""

from zhengben.core.moves import Machine, Move

CASE = Machine(
    "case",
    "open",
    (
        Move("seal", "open", "sealed", ("capture",)),
        Move("complain", "sealed", "complained", ("notice_sent",)),
        Move("claim_down", "complained", "verifying"),
        Move("verify_down", "verifying", "down", ("down_rule",)),
        Move("verify_down", "complained", "down", ("down_rule",)),
        Move("still_up", "verifying", "complained"),
        Move("relapse", "down", "relapsed", ("seen_up_again",)),
        Move("complain", "relapsed", "complained", ("notice_sent",)),
        Move("close", "down", "closed", ("watch_over",)),
        Move("relapse", "closed", "relapsed", ("seen_up_again",)),
        Move("withdraw", "open", "withdrawn"),
        Move("withdraw", "sealed", "withdrawn"),
        Move("withdraw", "complained", "withdrawn"),
        Move("withdraw", "verifying", "withdrawn"),
        Move("withdraw", "relapsed", "withdrawn"),
        # the wrong case that worked is the worst one: somebody's own page is gone, and must come back
        Move("withdraw", "down", "withdrawn"),
        Move("withdraw", "closed", "withdrawn"),
        Move("vanish", "open", "down", ("down_rule",)),
        Move("vanish", "sealed", "down", ("down_rule",)),
        Move("vanish", "relapsed", "down", ("down_rule",)),
    ),
)

RUNNING = frozenset({"open", "sealed", "complained", "verifying", "relapsed"})
