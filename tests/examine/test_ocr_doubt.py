"""When a reading is doubted: the rule alone, with readings as the model might give them; no model is loaded."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.examine import ocr
from zhengben.examine.ocr import CERTAIN, MOST_JOINED, MOST_WORDS, Line

SQUARE = [[0, 0], [90, 0], [90, 30], [0, 30]]
Readings = Sequence[ocr._Reading | None]


def reading(text: str, *weak: tuple[int, float, str]) -> ocr._Reading:
    """Give a reading that is certain but where told: (place, certainty, what else it may be)."""
    each, others = [0.999] * len(text), [""] * len(text)
    for at, sure, other in weak:
        each[at], others[at] = sure, other
    return ocr._Reading(text, 0.99, tuple(each), tuple(others))


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Give the rule, with the two further cuts read as told."""

    def ask(once: ocr._Reading, quick: str, *again: ocr._Reading | None) -> Any:
        left = list(again)
        monkeypatch.setattr(ocr, "_carefully", lambda _pixels, _places: left.pop(0))
        return ocr._in_doubt(once, quick, None, [SQUARE])

    return ask


def test_two_models_that_read_the_same_with_certainty_are_believed_at_once(judge: Callable[..., Any]) -> None:
    assert judge(reading("微粒贷"), "微粒贷") is None  # no further cut is read: there is none to take


def test_a_weak_character_is_believed_where_three_cuts_agree(judge: Callable[..., Any]) -> None:
    weak, well = reading("微粒贷", (2, 0.85, "货")), reading("微粒贷", (2, 0.88, "货"))
    assert judge(weak, "微粒贷", well, well) is None


@pytest.mark.parametrize(
    ("once", "quick", "again", "shown", "readings"),
    [
        # a stroke in doubt: what else it may be is kept
        (reading("微粒贷", (2, 0.55, "货")), "微粒贷",
         (reading("微粒贷", (2, 0.6, "")), reading("微粒贷", (2, 0.7, ""))), "微粒□", ("微粒贷", "微粒货")),
        # the two models differ, and one cut is weak
        (reading("微众银行", (0, 0.97, "")), "舞众银行", (reading("微众银行", (0, 0.72, "")), reading("微众银行")),
         "□众银行", ("微众银行", "舞众银行")),
        # a cut reads another character
        (reading("借呗", (1, 0.8, "")), "借呗", (reading("借坝"), reading("借呗")), "借□", ("借呗", "借坝")),
        # a cut cannot be read at all
        (reading("花呗", (1, 0.8, "")), "花呗", (None, reading("花呗")), "花□", ("花呗",)),
        # nobody names another character: the weakest is marked all the same
        (reading("花呗", (0, 0.5, "")), "花呗", (reading("花呗", (0, 0.5, "")), reading("花呗", (0, 0.5, ""))),
         "□呗", ("花呗",)),
        # a cut reads a longer word
        (reading("借呗", (0, 0.6, "惜")), "借呗", (reading("措借呗"), reading("借呗")), "□呗",
         ("借呗", "惜呗", "措借呗")),
    ],
)  # fmt: skip
def test_a_doubtful_line_marks_its_character_and_says_what_it_may_be(
    judge: Callable[..., Any], once: ocr._Reading, quick: str, again: Readings, shown: str, readings: tuple[str, ...]
) -> None:
    assert judge(once, quick, *again) == (shown, readings)


@pytest.mark.parametrize("text", ["贷", "本产品由合作银行共同出资放款请您理性借贷"])
def test_what_is_too_short_or_too_long_for_a_name_is_not_doubted(judge: Callable[..., Any], text: str) -> None:
    assert judge(reading(text, (0, 0.1, "货")), "完全不同") is None


@given(
    st.lists(st.tuples(st.sampled_from("微粒贷货众银行借呗"), st.floats(0, 1), st.text("微徽粒贷货众", max_size=3)),
             min_size=2, max_size=8),
    st.text("微粒贷货", max_size=8),
)  # fmt: skip
def test_a_marked_line_keeps_its_length_and_its_own_reading(letters: list[tuple[str, float, str]], quick: str) -> None:
    once = ocr._Reading(
        "".join(letter for letter, _, _ in letters), 0.9, tuple(sure for _, sure, _ in letters),
        tuple(other for _, _, other in letters),
    )  # fmt: skip
    shown, readings = ocr._masked([once], quick)
    assert len(shown) == len(once.text)
    assert "□" in shown
    assert readings[0] == once.text
    assert 1 <= len(readings) <= MOST_WORDS
    assert all(kept in {"□", letter} for kept, letter in zip(shown, once.text, strict=True))


def test_certainty_of_no_character_is_none() -> None:
    assert ocr._Reading("", 0.0, (), ()).weakest == 0.0
    assert CERTAIN > 0.5


def line(text: str, x: int, y: int = 10, size: int = 40) -> ocr._Row:
    """Give a line as found, with a box as wide as its characters."""
    return ocr._Row(Line(text, 0.9, (x, y, size * len(text), size), "m"), ((x, y),))


@pytest.mark.parametrize(
    ("found", "joined"),
    [
        ((line("汇", 0), line("禾", 100), line("银", 200), line("行", 300)), ["汇禾银行"]),
        ((line("行", 300), line("银", 200), line("禾", 100), line("汇", 0)), ["汇禾银行"]),  # in whatever order found
        ((line("汇", 0), line("禾银行", 70)), ["汇禾银行"]),
        ((line("首页", 0), line("借呗", 100)), ["首页", "借呗"]),  # a row of links is no name
        ((line("借", 0), line("呗", 300)), ["借", "呗"]),  # too far apart
        ((line("借", 0), line("呗", 60, y=60)), ["借", "呗"]),  # not level
        ((line("借", 0), line("呗", 60, size=20)), ["借", "呗"]),  # not as high
        ((line("借", 0), line("1", 60)), ["借", "1"]),  # no letter
        (tuple(line("微", 60 * n) for n in range(MOST_JOINED + 1)), ["微" * MOST_JOINED, "微"]),
        ((), []),
    ],
)
def test_characters_that_stand_apart_are_one_name(found: tuple[ocr._Row, ...], joined: list[str]) -> None:
    rows = ocr._rows(found)
    assert [row.line.text for row in rows] == joined
    assert sum(len(row.corners) for row in rows) == len(found)


def test_the_box_of_a_joined_name_holds_all_its_characters() -> None:
    (row,) = ocr._rows([line("借", 10, y=12), line("呗", 80, y=8)])
    assert row.line.box == (10, 8, 110, 44)


@pytest.mark.parametrize(("wide", "high"), [(90.0, 30.0), (30.0, 90.0), (50.0, 50.0)])
def test_another_cut_is_wider_along_the_line_and_higher_across_it(wide: float, high: float) -> None:
    corners = np.array([[10, 10], [10 + wide, 10], [10 + wide, 10 + high], [10, 10 + high]], np.float32)
    cut = ocr._recut(corners, 0.3, 1.15)
    sides = [float(np.linalg.norm(cut[1] - cut[0])), float(np.linalg.norm(cut[3] - cut[0]))]
    across, along = (0, 1) if high > 1.5 * wide else (1, 0)
    assert sides[across] == pytest.approx(min(wide, high) * 1.15, rel=1e-4)
    assert sides[along] == pytest.approx(max(wide, high) + 0.3 * min(wide, high), rel=1e-4)
    assert cut.mean(0) == pytest.approx(corners.mean(0))


def test_cuts_are_put_beside_one_another_at_one_height() -> None:
    sheets = [np.zeros((20, 10, 3), np.uint8), np.zeros((40, 30, 3), np.uint8)]
    assert ocr._beside(sheets).shape == (40, 50, 3)
    assert ocr._beside(sheets[:1]) is sheets[0]
