"""What speaks for and against one reading of a name: neighbours, chance, context, disguise."""

# ruff: noqa: E501  # tables of sentences read best in long rows

import pytest

from names.kit import HUABEI, JIEBEI, WEBANK, WEILIDAI, brand
from zhengben.core.brand import Brand
from zhengben.names.align import align, swapped
from zhengben.names.api import find_names
from zhengben.names.found import AROUND, DELIBERATE, GUESS, SAME, Found
from zhengben.names.pack import pack
from zhengben.names.terms import HanTerm, stems
from zhengben.names.view import tokens

LOANSHOP = brand("songlan", "松岚消费金融")


def reading(text: str, name: str, of: Brand | HanTerm) -> Found:
    """Lay a name over the text where `name` stands in it."""
    term = of if isinstance(of, HanTerm) else pack((of,)).terms[0]
    row = tokens(text)
    at = next(k for k, token in enumerate(row) if token.start == text.index(name))
    path = align(row, at, term) or swapped(row, at, term)
    assert path is not None
    return Found(text, row, path, term)


def test_a_way_is_itself_or_a_guess_or_neither_but_never_both() -> None:
    assert not SAME & GUESS
    assert {"pinyin", "split", "transposition"}.isdisjoint(SAME | GUESS)


@pytest.mark.parametrize(
    ("text", "name", "anchors", "guesses"),
    [
        ("微粒贷", "微粒贷", 3, 0), ("微粒貸", "微粒貸", 3, 0), ("薇粒贷", "薇粒贷", 2, 1), ("薇立贷", "薇立贷", 1, 2), ("wei粒贷", "wei", 2, 0),
        ("V粒贷", "V粒贷", 2, 1), ("微微粒贷", "微微", 3, 0),
    ],
)  # fmt: skip
def test_sure_characters_and_guesses_are_counted(text: str, name: str, anchors: int, guesses: int) -> None:
    found = reading(text, name, WEILIDAI)
    assert (found.anchors, found.guesses) == (anchors, guesses)
    assert len(found.hows) == 3


@pytest.mark.parametrize(
    ("text", "kind", "deliberate"),
    [
        ("微粒贷", "exact", False), ("微粒貸", "traditional", False), ("徽粒贷", "shape", False), ("微·粒贷", "separator", True),
        ("微\u200b粒贷", "zero_width", True), ("微·\u200b粒贷", "zero_width", True), ("微li贷", "pinyin", True), ("weilidai", "pinyin", False),
        ("微粒代贝", "split", True), ("W粒贷", "initial", True), ("微，粒贷", "separator", False), ("微粒ㄉㄞ", "bopomofo", True),
    ],
)  # fmt: skip
def test_the_kind_is_the_dearest_change_and_a_disguise_is_what_no_keyboard_slips_into(
    text: str, kind: str, deliberate: object
) -> None:
    found = reading(text, text[0], WEILIDAI)
    assert found.kind == kind
    assert found.deliberate is deliberate
    assert not deliberate or found.between or set(found.hows) & (DELIBERATE | {"pinyin", "initial"})


@pytest.mark.parametrize(
    ("text", "span"),
    [("我用微粒贷", (2, 5)), ("微·粒·贷", (0, 5)), ("\u200b微粒\u200b贷\u200b", (1, 5)), ("微 粒，贷", (0, 5))],
)
def test_the_span_is_of_code_points_of_the_original(text: str, span: tuple[int, int]) -> None:
    found = reading(text, "微", WEILIDAI)
    assert found.span == span


@pytest.mark.parametrize(
    ("text", "context", "loans"),
    [
        ("微粒贷", False, False), ("微粒贷额度", True, True), ("微粒贷客服", True, False), ("微粒贷强开", True, True), ("my 微粒贷 loan", True, True), ("微粒贷 app", True, False),
        ("微粒贷" + "好" * (AROUND - 2) + "额度", True, True), ("微粒贷" + "好" * AROUND + "额度", False, False),
    ],
)  # fmt: skip
def test_what_is_said_nearby(text: str, context: object, loans: object) -> None:
    found = reading(text, "微粒贷", pack((brand("x", "微粒贷"),)).terms[0])
    assert (found.context, found.loans) == (context, loans)


def test_the_words_of_a_dossier_are_context_and_no_loans() -> None:
    term = pack((brand("x", "微粒贷", keywords=("摇一摇",)),)).terms[0]
    found = reading("摇一摇微粒贷", "微粒贷", term)
    assert (found.context, found.loans) == (True, False)


@pytest.mark.parametrize(
    ("text", "name", "everyday"),
    [("微利贷款利率", "微利贷", True), ("威力贷怎么开", "威力贷", False), ("微立贷怎么开", "微立贷", False)],
)
def test_common_words_may_explain_a_match(text: str, name: str, everyday: object) -> None:
    assert reading(text, name, WEILIDAI).everyday is everyday


@pytest.mark.parametrize(
    ("text", "crossing"),
    [("魏忠银行走江湖", True), ("魏忠银行的卡", False), ("魏忠银行", False), ("小魏忠银行", False)],
)
def test_a_common_word_may_run_across_the_end(text: str, crossing: object) -> None:
    assert reading(text, "魏忠", WEBANK).crossing is crossing


@pytest.mark.parametrize(
    ("text", "inner"), [("威仲银行", False), ("微历代", True), ("微立代", False), ("微粒贷", False)]
)
def test_a_common_word_may_stand_inside(text: str, inner: object) -> None:
    assert reading(text, text[0], WEBANK if text.endswith("行") else WEILIDAI).inner_words is inner


def test_chance_is_how_often_the_characters_written_would_meet() -> None:
    rare, common = (reading(text, text, JIEBEI).chance for text in ("介呗", "接呗"))
    assert 0 < rare < common < 1
    assert reading("花贝", "花贝", HUABEI).chance < reading("花被", "花被", HUABEI).chance
    assert reading("微粒贷", "微粒贷", WEILIDAI).chance < 1e-5


@pytest.mark.parametrize(("text", "sure"), [("接呗", True), ("花贝", False), ("薇粒货", True)])
def test_a_rare_character_speaks_for_the_name_alone(text: str, sure: object) -> None:
    of = {"接": JIEBEI, "花": HUABEI, "薇": WEILIDAI}[text[0]]
    assert reading(text, text, of).sure is sure


@pytest.mark.parametrize(("text", "own"), [("微z银h", True), ("wz银行", False), ("w众银行", True)])
def test_the_part_of_a_name_that_is_its_own_is_told_from_the_word_of_its_trade(text: str, own: object) -> None:
    assert reading(text, text[0], WEBANK).own is own


@pytest.mark.parametrize(
    ("text", "particle"),
    [
        ("想要充电宝，扫码借呗", True), ("前台借呗！", True), ("能借就借呗咱不差", True), ("要不先跟咱妈借呗…", True), ("没伞？借呗", True),
        ("我用借呗", False), ("支付宝借呗", False), ("借呗", False), ("前台借呗逾期", False), ("欠了很多，都是借呗", False), ("扫码借呗的人", False),
        ("借呗和花呗", False), ("讨论借呗", False),
        ("帮你收借呗，能刷多少", False), ("测你能不能开通借呗，测完", False), ("你帮我刷一下借呗，我给你转", False),
        ("谁来开个借呗！", False), ("先把钱取出借呗。", False), ("他代借呗，一单一结", False),
    ],
)  # fmt: skip
def test_a_verb_and_a_particle_is_told_from_the_name(text: str, particle: object) -> None:
    assert reading(text, "借呗", JIEBEI).particle is particle


@pytest.mark.parametrize("text", ["扫码借·呗", "扫码借\u200b呗"])
def test_what_is_disguised_is_no_particle(text: str) -> None:
    assert not reading(text, "借", JIEBEI).particle


@pytest.mark.parametrize(
    ("text", "another"),
    [("快利贷款逾期", True), ("快利借款", True), ("快利借款逾期了", False), ("快利额度", False), ("小栗借款", False)],
)
def test_any_lenders_words_behind_it_make_a_guess_an_adjective(text: str, another: object) -> None:
    term = pack((brand("k", "快栗" if text.startswith("快") else "小栗"),)).terms[0]
    assert reading(text, text[:2], term).another is another


@pytest.mark.parametrize(("text", "trailed"), [("微众银往", True), ("微众的卡", False), ("微众", False)])
def test_a_stem_may_be_followed_by_the_beginning_of_its_trade(text: str, trailed: object) -> None:
    (stem,) = [stem for stem in stems(pack((WEBANK,)).terms) if stem.text == "微众"]
    found = reading(text, "微众", stem)
    assert found.trailed is trailed
    assert found.kind == "shortened"
    assert found.score == 60


def test_a_score_falls_with_cost_and_never_below_one() -> None:
    scores = [reading(text, text, WEILIDAI).score for text in ("微粒贷", "微粒貸", "薇粒贷", "薇立贷", "薇立代")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 100
    assert min(scores) >= 1


@pytest.mark.parametrize(
    ("text", "sibling"), [("微业贷", True), ("微立贷", False), ("微立贷，微业贷", False), ("微业贷款", True)]
)
def test_another_genuine_name_under_the_match_is_seen(text: str, sibling: object) -> None:
    term = (
        pack((brand("x", "微叶贷", siblings=("微业贷",)),)).terms[0] if "业" in text[:3] else pack((WEILIDAI,)).terms[0]
    )
    assert reading(text, text[:3], term).sibling is sibling


@pytest.mark.parametrize(("text", "clauses"), [("花。呗", True), ("花呗", False), ("花·呗", False), ("花\n呗", True)])
def test_a_clause_may_end_inside(text: str, clauses: object) -> None:
    assert reading(text, "花", HUABEI).clauses is clauses


def test_a_longer_names_trade_is_known() -> None:
    found = reading("松岚消费金融", "松岚", LOANSHOP)
    assert found.trade == "金融"
    assert found.own


@pytest.mark.parametrize(
    ("text", "found"), [("微z银h的广告", 1), ("wz银行额度", 1), ("wz银行的广告", 0), ("微z银h", 1)]
)
def test_initials_in_a_longer_name_need_its_own_part_or_loans(text: str, found: int) -> None:
    assert len([hit for hit in find_names(text, pack((WEBANK,))) if hit.expected == "微众银行"]) == found


def test_a_word_of_the_dictionary_is_everyday_whatever_stands_around() -> None:
    assert reading("话贝", "话贝", HUABEI).everyday is False
    assert reading("华北", "华北", HUABEI).everyday is True


@pytest.mark.parametrize(
    ("text", "strict", "balanced"), [("怏粟降息", 1, 1), ("怏粟好看", 0, 0), ("块力降息", 0, 1), ("华备逾期", 0, 1)]
)
def test_a_pair_of_guesses_counts_beside_loans_where_both_are_drawn_alike_or_in_a_looser_mode_heard_alike(
    text: str, strict: int, balanced: int
) -> None:
    known = pack((HUABEI, brand("k", "快栗")))
    assert len(find_names(text, known, "strict")) == strict
    assert len(find_names(text, known, "balanced")) == balanced
