"""The life of a lead, and the table of every machine the record knows."""

from zhengben.core.case import CASE
from zhengben.core.moves import Machine, Move
from zhengben.core.notice import NOTICE

LEAD = Machine(
    "lead",
    "new",
    (
        Move("judge", "new", "judged"),
        Move("judge", "judged", "judged"),
        Move("dismiss", "new", "dismissed", ("by_person",)),
        Move("dismiss", "judged", "dismissed", ("by_person",)),
        Move("reopen", "dismissed", "judged", ("by_person",)),
        Move("look_again", "judged", "new"),
        Move("look_again", "dismissed", "new"),
    ),
)

MACHINES: dict[str, Machine] = {"case": CASE, "notice": NOTICE, "lead": LEAD}
