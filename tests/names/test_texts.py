"""Brand names in Chinese text: found however written, never where they are not, always with a way back to the original."""

# ruff: noqa: E501  # tables of disguises read best in long rows

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL, HUABEI, WEBANK, WEILIDAI, brand
from zhengben.names.api import find_names, pack
from zhengben.names.glyphs import bopomofo
from zhengben.names.text_batch import find_in_lines, find_message

ONE = pack((WEILIDAI,))
KNOWN = pack(ALL)

VARIANTS = {
    "微粒贷": "exact", "微粒貸": "traditional", "微立贷": "homophone", "威力贷": "homophone", "徽粒贷": "shape", "微米立贷": "split", "微粒代贝": "split",
    "weilidai": "pinyin", "wei粒贷": "pinyin", "WeiLiDai": "pinyin", "w e i l i d a i": "pinyin", "V粒贷": "initial", "W粒贷": "initial", "微·粒·贷": "separator",
    "微 粒 贷": "separator", "微★☆粒★☆贷": "separator", "微★粒★贷": "separator", "微丨粒丨贷": "separator", "微丶粒丶贷": "separator", "微\u200b粒贷": "zero_width", "微\u00ad粒\u2060贷": "zero_width", "微\u0336粒\u0336贷\u0336": "zero_width",
    "ㄨㄟ粒贷": "bopomofo", "ㄨㄟㄌㄧˋㄉㄞˋ": "bopomofo", "ｗｅｉｌｉｄａｉ": "width", "ⓦⓔⓘⓛⓘⓓⓐⓘ": "circled", "微(wei)粒(li)贷(dai)": "annotation", "微微粒粒贷贷": "repeated",
    "微贷粒": "transposition", "&#24494;粒贷": "escape", "%E5%BE%AE粒贷": "escape", r"\u5fae粒贷": "escape", "\u202e贷粒微\u202c": "reversed", "微\n粒\n贷": "separator",
    "微我\n粒要\n贷借": "vertical", "wеilidаi": "confusable",
}  # fmt: skip


@pytest.mark.parametrize(("written", "kind"), [*VARIANTS.items()])
def test_it_is_found_strictly_however_it_is_written(written: str, kind: str) -> None:
    text = written if kind == "vertical" else f"今天有人说{written}怎么开通"
    hits = find_names(text, ONE, "strict")
    assert len(hits) == 1, hits
    hit = hits[0]
    assert hit.brand == "weilidai"
    assert kind == hit.kind or kind in {c.how for c in hit.characters}
    assert text[hit.start : hit.end] == hit.matched
    assert [c.expected for c in hit.characters] == ["微", "粒", "贷"]
    for char in hit.characters:
        assert text.startswith(char.original[:1], char.index)


@pytest.mark.parametrize(
    "text",
    [
        "微利贷款利率低", "微业贷不错", "微车贷还款", "小微贷款扶持", "为历代文人所爱", "微贷业务", "有违章，代办", "威力很大", "开花了", "我要借贝壳", "话费充值", "今天开会",
        "weight loss", "we lied aides", "唯利是图", "未来", "微粒子带电",
        "5V粒子", "V领带", "维生素D粒", "微粒，贷款",
    ],
)  # fmt: skip
def test_ordinary_chinese_is_left_alone(text: str) -> None:
    assert find_names(text, ONE, "balanced") == ()


def test_a_two_character_name_by_its_sound_needs_finance_beside_it() -> None:
    known = pack((HUABEI,))
    assert find_names("今天去看花北面的山", known, "balanced") == ()
    assert [h.kind for h in find_names("花贝提额度联系我", known, "balanced")] == ["homophone"]
    assert [h.kind for h in find_names("花\u200b呗", known, "strict")] == ["zero_width"]
    assert find_names("花吧提额度", known, "balanced") == ()


def test_a_disguise_is_told_from_a_slip() -> None:
    assert [h.deliberate for h in find_names("微立贷怎么开", ONE)] == [False]
    assert [h.deliberate for h in find_names("微·粒·贷怎么开", ONE)] == [True]


def test_short_names_count_only_beside_finance() -> None:
    assert find_names("WLD上涨了", ONE, "balanced") == ()
    for mode in ("strict", "balanced"):
        assert [h.matched for h in find_names("wld提额找我", ONE, mode)] == ["wld"]


def test_a_literal_line_break_is_one_and_offsets_are_of_the_line() -> None:
    line = r"你好\n微\n粒\n贷 \n再见"
    hits = find_message(line, ONE, "strict")
    assert [line[h.start : h.end] for h in hits] == [r"微\n粒\n贷"]


@given(
    st.lists(
        st.sampled_from(
            [
                *VARIANTS,
                "微",
                "粒",
                "贷",
                "花",
                "呗",
                "借钱",
                "，",
                " ",
                "w",
                "i",
                "银行",
                "\u202e",
                r"\n",
                "&#",
                "🌸",
                "😀",
                "话",
                "额度",
            ]
        ),
        max_size=12,
    )
)
def test_offsets_always_lead_back_and_the_batch_finds_the_same(parts: list[str]) -> None:
    text = "".join(parts).replace("\n", "")
    for mode in ("strict", "balanced", "wide"):
        alone = find_message(text, KNOWN, mode)
        assert all(text[h.start : h.end] == h.matched and h.matched for h in alone)
        assert tuple(hit for _, hit in find_in_lines(["别的", text, ""], KNOWN, mode)) == alone


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    for hit in find_names(text, KNOWN, "wide"):
        assert text[hit.start : hit.end] == hit.matched


def test_a_very_long_line_takes_no_very_long_time() -> None:
    assert len(find_names("微粒" * 60_000 + "贷", ONE)) == 1


@pytest.mark.parametrize("text", ["V粒D", "开通v粒d找我", "W粒D下款"])
def test_initials_round_a_rare_character_count_in_balanced_mode(text: str) -> None:
    assert [h.brand for h in find_names(text, ONE, "balanced")] == ["weilidai"]
    assert [h.brand for _, h in find_in_lines([text], ONE, "balanced")] == ["weilidai"]
    assert bool(find_names(text, ONE, "strict")) is ("下款" in text), "beside a word of loans it is sure"


def test_initials_beside_other_letters_are_another_word() -> None:
    for text in ("3V粒D", "V粒Dx", "V 粒 D", "V力D"):
        assert find_names(text, ONE, "balanced") == ()


@pytest.mark.parametrize("sign", ["🌸", "💰", "丨", "🌸💰", "🌸" * 5])
def test_a_sign_that_stands_for_another_name_may_be_a_mere_separator(sign: str) -> None:
    known = pack((*ALL, brand("qb", "钱中贷")))
    text = f"今天微{sign}粒{sign}贷提额"
    hits = find_names(text, known, "strict")
    assert [h.brand for h in hits] == ["weilidai"]
    assert [h for _, h in find_in_lines(["别的", text], known, "strict")] == list(hits)


@pytest.mark.parametrize("gap", ["🌸" * 3000, "丨" * 3000, "\u200b" * 3000, "·" * 3000])
def test_a_long_row_of_separators_ends_a_name_and_breaks_nothing(gap: str) -> None:
    for text in (f"微粒{gap}贷", f"微{gap}粒贷", gap + "微粒" + gap):
        assert find_names(text, KNOWN, "balanced") == ()


def test_a_gap_of_up_to_eight_signs_is_still_one_name() -> None:
    assert find_names(f"微{' ' * 9}粒{' ' * 9}贷", ONE) == ()
    assert [h.kind for h in find_names(f"微{' ' * 8}粒{' ' * 8}贷", ONE)] == ["separator"]


def test_a_comma_inside_a_name_needs_finance_or_a_person_who_looks() -> None:
    found = {mode: len(find_names("微粒，贷 提额度", ONE, mode)) for mode in ("strict", "balanced", "wide")}
    assert found == {"strict": 1, "balanced": 1, "wide": 1}
    assert find_names("微粒，贷 好看", ONE, "strict") == find_names("微粒，贷 好看", ONE, "balanced") == ()
    assert [hit.matched for hit in find_names("微粒　贷好不好", ONE, "strict")] == ["微粒　贷"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("🆆🅴🅸🅻🅸🅳🅰🅸 额度", "circled"), ("🅦🅔🅘🅛🅘🅓🅐🅘 额度", "circled"),
        ("🇼\u200b🇪\u200b🇮\u200b🇱\u200b🇮\u200b🇩\u200b🇦\u200b🇮 借款", "circled"),
        ("U+5FAEU+7C92U+8D37 额度", "escape"), ("=E5=BE=AE=E7=B2=92=E8=B4=B7 额度", "escape"),
    ],
)  # fmt: skip
def test_letters_in_dark_signs_and_characters_by_their_number_are_read(text: str, kind: str) -> None:
    hits = find_names(text, ONE, "strict")
    assert [hit.kind for hit in hits] == [kind]
    assert text[hits[0].start : hits[0].end] == hits[0].matched
    assert hits == tuple(hit for _, hit in find_in_lines([text], ONE, "strict"))


@pytest.mark.parametrize("text", ["🅰股大涨，🅿停车", "🇨🇳加油🇺🇸", "a=12=34&b=E5", "见 U+1F600 与 U+005A", "x==y=="])
def test_such_signs_in_ordinary_writing_are_no_name(text: str) -> None:
    assert find_names(text, ONE, "strict") == ()
    assert [*find_in_lines([text], ONE, "strict")] == []


def test_a_slip_that_is_a_sibling_or_a_common_word_is_no_slip() -> None:
    assert [h.kind for h in find_names("微力贷怎么开", pack((brand("x", "微粒贷"),)))] == ["homophone"]
    assert find_names("微力贷怎么开", pack((brand("x", "微粒贷", siblings=("微力贷",)),)), "balanced") == ()
    known = pack((brand("x", "计酸鸡"),))
    assert [h.kind for h in find_names("记酸鸡", known)] == ["homophone"]
    assert find_names("计算机提额度", known, "balanced") == ()


def test_two_characters_count_strictly_when_disguised_or_drawn_alike() -> None:
    assert [(h.matched, h.deliberate) for h in find_names("花·贝", KNOWN)] == [("花·贝", True)]
    assert [h.kind for h in find_names("花唢怎么开", KNOWN)] == ["shape"]


def test_names_with_a_doubled_character_or_a_letter_are_found() -> None:
    assert [h.brand for h in find_names("拍拍拍贷", pack((brand("ppd", "拍拍贷"),)))] == ["ppd"]
    assert [h.matched for h in find_names("我在e租宝", pack((brand("ezb", "e租宝"),)))] == ["e租宝"]


@pytest.mark.parametrize(("name", "written"), [("支付宝", "ㄓ付宝"), ("聚划算", "ㄐㄩ划算")])
def test_bopomofo_of_syllables_that_are_written_by_their_own_rules(name: str, written: str) -> None:
    assert bopomofo("n") == ""
    assert [h.kind for h in find_names(written, pack((brand("x", name),)))] == ["bopomofo"]


@pytest.mark.parametrize(
    ("text", "strict", "kind"),
    [
        ("我用webank转账", True, "exact"), ("我用we8ank转账", True, "confusable"), ("webannk借款", True, "typo"), ("webunk借款", True, "replacement"), ("wbank借款", True, "typo"), ("wbank客服", False, "typo"),
        ("a" * 300 + "webank", False, ""), ("xxwebankxx借款", False, ""),
    ],
)  # fmt: skip
def test_latin_names_in_text(text: str, strict: object, kind: str) -> None:
    known = pack((WEBANK,))
    assert [h.kind for h in find_names(text, known, "balanced")] == ([kind] if kind else [])
    assert bool(find_names(text, known, "strict")) is strict


def test_a_latin_name_with_a_hyphen_bears_a_slip_at_the_hyphen() -> None:
    assert [h.brand for h in find_names("antxgroup借款", pack((brand("ant", "蚁群", "ant-group"),)), "balanced")] == [
        "ant"
    ]


def test_a_pack_wider_than_a_machine_word_finds_the_same_in_a_batch() -> None:
    known = pack(
        (
            *(
                brand(f"b{i}", f"{chr(0x4E10 + 40 * i)}{chr(0x5E10 + 30 * i)}{chr(0x6E10 + 20 * i)}宝")
                for i in range(30)
            ),
            *ALL,
        )
    )
    lines = [term.text + "，" + text for term, text in zip(known.terms, VARIANTS, strict=False)]
    batch = [(at, hit) for at, hit in find_in_lines(lines, known, "strict")]
    assert batch == [(at, hit) for at, line in enumerate(lines) for hit in find_message(line, known, "strict")]
    assert len(batch) > len(VARIANTS)


@pytest.mark.parametrize(
    "piece",
    [
        "微粒贷，",
        "微立贷 ",
        "微·粒·贷 ",
        "weilidai webank ",
        "花呗",
        "li",
        "a b c d ",
        "lidai",
        "微粒",
        "hua bei ",
        "🌸",
        "微🌸",
    ],
)
def test_cost_grows_with_the_length_and_no_faster(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        best = []
        for _ in range(2):
            start = process_time()
            find_names(text, KNOWN, "balanced")
            best.append(process_time() - start)
        return min(best)

    cost(1_000)
    assert cost(16_000) < 8 * cost(4_000) + 0.1  # four times the text; quadratic would be sixteen


@given(st.data())
def test_names_of_nothing_but_guesses_are_found_in_a_batch_as_alone(data: st.DataObject) -> None:
    term = data.draw(st.sampled_from([term for term in KNOWN.terms if len(term.text) > 2]))
    ways = [[s for s, way in position.items() if len(s) == 1 and way.cost <= 50] for position in term.positions]
    text = (
        "我的" + "".join(data.draw(st.sampled_from(way)) for way in ways) + data.draw(st.sampled_from(["额度", "好吃"]))
    )
    for mode in ("strict", "balanced", "wide"):
        alone = find_message(text, KNOWN, mode)
        assert tuple(hit for _, hit in find_in_lines(["别的", text], KNOWN, mode)) == alone


@given(st.permutations("微众银行"), st.sampled_from(["", "，", "\u200b"]))
def test_names_in_another_order_are_found_in_a_batch_as_alone(order: list[str], between: str) -> None:
    text = "我的" + between.join(order) + "额度"
    for mode in ("strict", "balanced", "wide"):
        alone = find_message(text, KNOWN, mode)
        assert tuple(hit for _, hit in find_in_lines(["别的", text], KNOWN, mode)) == alone


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("开【微】【粒】【贷】吗", "【微】【粒】【贷】"),
        ("开(微)(粒)(贷)吗", "(微)(粒)(贷)"),
        ("微(wei)粒(li)贷(dai)额度", "微(wei)粒(li)贷(dai)"),
        ("微wei粒li贷dai额度", "微wei粒li贷dai"),
        ("《微粒贷》", "微粒贷"),
        ("【微粒贷】提额", "微粒贷"),
        ("微[粒]贷]", "微[粒]贷"),
        ("(微·粒·贷)", "微·粒·贷"),
        ("微\u0336粒\u0336贷\u0336额度", "微\u0336粒\u0336贷\u0336"),
        ("微\ufe0f\u20e3粒\ufe0f\u20e3贷\ufe0f\u20e3", "微\ufe0f\u20e3粒\ufe0f\u20e3贷\ufe0f\u20e3"),
    ],
)
def test_a_hit_takes_in_the_marks_and_brackets_that_are_its_own(text: str, matched: str) -> None:
    (hit,) = find_names(text, ONE)
    assert hit.matched == matched
    assert text[hit.start : hit.end] == matched
    assert [found for _, found in find_in_lines([text], ONE, "strict")] == [hit]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("我的青岛屿银行卡", "青岛屿银行", "insertion"),
        ("松涛消弗金融可以延期", "松涛消弗金融", "replacement"),
        ("松涛消费子金融可以", "松涛消费子金融", "insertion"),
    ],
)
def test_one_character_too_many_or_another_in_a_longer_name(text: str, name: str, kind: str) -> None:
    known = pack((brand("q", "青屿银行"), brand("s", "松涛消费金融")))
    (hit,) = (hit for hit in find_names(text, known) if hit.kind != "shortened")
    assert (hit.matched, hit.kind, hit.deliberate) == (name, kind, False)
    assert [c.original for c in hit.characters if c.differs] == (["弗"] if kind == "replacement" else [])
    assert [found for _, found in find_in_lines(["。", text], known, "strict")] == [*find_names(text, known)]


@pytest.mark.parametrize(
    "text",
    [
        "青岛银行",
        "青屿的小银行",
        "青·屿x银·行",
        "松涛消防救援金融",
        "我青屿",
        "青屿银",
        "屿银行",
        "青屿银行",
        "招商局银行办",
    ],
)
def test_a_longer_name_bears_one_strange_character_and_no_more(text: str) -> None:
    known = pack((brand("q", "青屿银行"), brand("s", "松涛消费金融"), brand("c", "招商银行")))
    assert not {hit.kind for hit in find_names(text, known)} & {"insertion", "replacement"}


@pytest.mark.parametrize(
    ("text", "modes"),
    [
        ("微众额度多少", MODES := ["strict", "balanced", "wide"]), ("微众APP下载", ["balanced", "wide"]),
        ("我在微众上班", []), ("小微众多额度", []), ("微·众额度", []),
    ],
)  # fmt: skip
def test_a_name_without_the_word_of_its_trade(text: str, modes: list[str]) -> None:
    known = pack((WEBANK,))
    hits = {mode: find_names(text, known, mode) for mode in ("strict", "balanced", "wide")}
    assert [mode for mode in hits if hits[mode]] == modes
    for row in hits.values():
        assert [(hit.kind, hit.expected, hit.score) for hit in row] in ([], [("shortened", "微众", 60)])


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("蚂蚁借逾期会打电话吗", "蚂蚁借呗", "omission"), ("微众行的定期利率", "微众银行", "omission"),
        ("松涛金融催收打我电话", "松涛消费金融", "omission"), ("问下银行微众的大额存单", "微众银行", "transposition"),
        ("微众银往的卡丢了要挂失", "微众银行", "shape"), ("我的微鸭贷怎么授权发票", "微业贷", "near_sound"),
        ("微粉贷自动扣钱了", "微粒贷", "shape"), ("长期收婲呗", "花呗", "homophone"), ("用jie4bei5吧", "借呗", "pinyin"),
        ("彳山一几攵米立代贝", "微粒贷", "split"), ("花，呗要还一千八", "花呗", "separator"), ("要开麦杀借钱的", "麦朵借钱", "replacement"),
        ("微众 银行几点上班", "微众银行", "separator"), ("借。🔥呗额度", "借呗", "separator"),
        ("微粒货", "微粒贷", "shape"), ("微粒袋", "微粒贷", "homophone"), ("提示威粒贷额度为零", "微粒贷", "homophone"),
    ],
)  # fmt: skip
def test_slips_of_honest_people_are_told_strictly(text: str, name: str, kind: str) -> None:
    known = pack((brand("x", name),))
    assert [(hit.expected, hit.kind) for hit in find_names(text, known, "strict")] == [(name, kind)]
    assert find_names(text, known, "strict") == tuple(hit for _, hit in find_in_lines([text], known, "strict"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我们加点钱住别家", "借点钱"), ("手机袋", "手机贷"), ("公积金个人贷款的比例", "人人贷"), ("卻花費了大篇章", "花呗"),
        ("股份制商业银行，交通银行坚持", "银行交通"), ("那就接呗", "借呗"), ("徽商银行", "浙商银行"), ("招商银行", "浙商银行"), ("微小企业银行", "微众银行"),
        ("我的松江消费的额度", "松涛消费"), ("我在众微，银行办卡", "微众银行"), ("快乐的手机袋", "手机贷"),
    ],
)  # fmt: skip
def test_ordinary_words_near_a_name_are_no_slip(text: str, name: str) -> None:
    assert find_names(text, pack((brand("x", name),)), "strict") == ()


def test_the_whole_name_wins_over_its_stem_however_it_is_written() -> None:
    known = pack((WEBANK,))
    for text in ("微众银行额度", "微众很行额度", "微众yin行额度", "微·众·银·行额度"):
        (hit,) = find_names(text, known)
        assert hit.expected == "微众银行", text


@pytest.mark.parametrize("name", ["招商银行", "平安普惠", "手机贷", "微贷"])
def test_a_stem_that_is_a_word_or_common_is_none(name: str) -> None:
    assert [term.text for term in pack((brand("x", name),)).written if term.stem] == []


@pytest.mark.parametrize(
    ("text", "strict"),
    [
        ("维立带逾期了", True),
        ("维立带真好看", False),
        ("我的幸艳津额度", False),
        ("黴泣贷下款", True),
        ("薇泣带下款", False),
    ],
)
def test_a_name_of_which_nothing_is_sure_counts_beside_loans_and_by_ear_or_by_eye_throughout(
    text: str, strict: object
) -> None:
    assert bool(find_names(text, ONE, "strict")) is strict


@pytest.mark.parametrize("text", ["My Huabei loan is overdue", "Jiebei repayment failed", "HUABEI credit limit loan"])
def test_a_name_of_two_in_english_needs_english_finance(text: str) -> None:
    (hit,) = find_names(text, KNOWN, "strict")
    assert {c.how for c in hit.characters} == {"pinyin"}
    assert not hit.deliberate


@pytest.mark.parametrize("text", ["Huabei is a region of China", "in Huabei oil field", "Jiebei village"])
def test_a_name_of_two_in_english_that_is_a_place_is_left_alone(text: str) -> None:
    assert find_names(text, KNOWN, "balanced") == ()


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("我还被催收逾期", False),
        ("我去店里还款", False),
        ("还贝额度", True),
        ("趣点分期提额", True),
    ],
)
def test_characters_that_meet_by_accident_are_no_name_even_beside_loans(text: str, hit: object) -> None:
    known = pack((brand("hb", "还呗"), brand("qd", "趣店")))
    assert bool(find_names(text, known, "strict")) is hit


@pytest.mark.parametrize(
    ("text", "found"), [("招商银x的行走", 0), ("微众银和行走江湖", 0), ("微众银和行走江湖借款", 1)]
)
def test_a_strange_character_before_a_word_that_runs_on_needs_finance(text: str, found: int) -> None:
    hits = [hit for hit in find_names(text, pack((WEBANK,))) if hit.kind == "insertion"]
    assert len(hits) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("魏忠银行走江湖多年", 0), ("魏忠银行走江湖借款", 1), ("尾粒带", 1), ("微力代", 1), ("唯业待", 0)],
)
def test_two_guesses_beside_characters_that_are_common_need_finance(text: str, found: int) -> None:
    known = pack((WEBANK, brand("w", "微粒贷"), brand("y", "微业贷")))
    assert len(find_names(text, known)) == found


def test_one_sign_that_stands_for_several_letters_is_read_in_a_batch_as_alone() -> None:
    text = "我的\u33ca粒贷额度和㏄"  # one sign for two letters
    known = pack((brand("h", "哈粒贷"), brand("x", "惠粒贷")))
    for mode in ("strict", "balanced", "wide"):
        assert tuple(hit for _, hit in find_in_lines([text], known, mode)) == find_names(text, known, mode)
