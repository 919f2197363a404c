"""Names read in pictures: certain ones are the page's own, doubtful ones are for a person to look at."""

import pytest

from zhengben.core.judge import judge
from zhengben.core.pagefacts import PageFacts, ReadLine
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label, Verdict
from zhengben.detect import page_presents
from zhengben.detect.registry import detect_all
from zhengben.detect.wordmark import is_anothers, is_itself
from zhengben.examine.page import examine_page
from zhengben.examine.page_reader import Reader
from zhengben.examine.page_stream import pieces, repaired
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import pack

BRANDS = load_brands()
WEILIDAI = next(brand for brand in BRANDS if brand.id == "weilidai")
FORM = "<form><input placeholder=姓名><input placeholder=身份证号><input placeholder=银行卡号></form>"


def line(text: str, doubted: str = "", *readings: str) -> ReadLine:
    """Give a line as read in a picture."""
    return ReadLine(
        text=text, score=0.97, box=(10, 20, 90, 30), source_sha256="a" * 64, model="small.onnx:" + "b" * 64,
        doubted=doubted, readings=readings,
    )  # fmt: skip


def shown(*lines: ReadLine) -> PageFacts:
    """Give a page that asks for secrets and shows these lines in its pictures."""
    page = examine_page(FORM, "https://a.example/")
    words = tuple(one.doubted or one.text for one in lines)
    return PageFacts(url=page.url, final_url=page.final_url, forms=page.forms, read=lines, image_words=words)


def judged(page: PageFacts) -> Verdict:
    """Judge a page for the brand."""
    text = "\n".join((page.text, *page.image_words))
    sighting = Sighting(kind="url", target=page.url, text=text, host="a.example", page=page)
    return judge("weilidai", detect_all(sighting, BRANDS)["weilidai"], Coverage())


def reasons(page: PageFacts) -> dict[str, dict[str, object]]:
    """Give what the detector says of a page."""
    sighting = Sighting(kind="url", target=page.url, host="a.example", page=page)
    return {one.code: dict(one.facts) for one in page_presents.detect(sighting, WEILIDAI, pack(BRANDS))}


def test_a_name_read_with_certainty_is_the_pages_own() -> None:
    page = shown(line("微粒贷"))
    told = reasons(page)["page_presents_as"]
    assert told["where"] == ["picture"]
    assert told["read"] == [
        {"text": "微粒贷", "score": 0.97, "box": [10, 20, 90, 30], "source_sha256": "a" * 64,
         "model": "small.onnx:" + "b" * 64}
    ]  # fmt: skip
    assert judged(page).label is Label.IMPERSONATION


def test_a_name_that_may_be_another_word_is_for_a_person_and_never_named_as_read() -> None:
    page = shown(line("微粒贷", "微□贷", "微粒贷", "微拉贷"))
    told = reasons(page)["page_picture_reads"]
    assert told["words"] == "微□贷"
    assert "微粒贷" not in str(told)
    assert judged(page).label is Label.LOOKALIKE


def test_a_doubt_between_the_name_and_a_word_like_it_is_for_a_person() -> None:
    page = shown(line("微粒贷", "微粒□", "微粒贷", "微粒货"))
    assert reasons(page)["page_picture_reads"]["words"] == "微粒□"
    assert judged(page).label is Label.LOOKALIKE


@pytest.mark.parametrize(("text", "other"), [("微粒贷", "微粒貸"), ("微粒貸", "微粒贷"), ("官方微粒贷", "官方微粒貸")])
def test_a_doubt_between_the_forms_of_one_character_is_no_doubt_about_the_brand(text: str, other: str) -> None:
    page = shown(line(text, "微粒□", text, other))
    assert reasons(page)["page_presents_as"]["name"] == "微粒□"
    assert judged(page).label is Label.IMPERSONATION


@pytest.mark.parametrize(
    "lines",
    [
        (line("微众科技", "微□科技", "微众科技", "微从科技"),), (line("微利科技"),), (line("微人银行"),),
        (line("微粒资"),),
        (line("身份证号", "身份□号", "身份证号"),), (),
    ],
)  # fmt: skip
def test_other_words_are_no_name_however_they_are_read(lines: tuple[ReadLine, ...]) -> None:
    assert not reasons(shown(*lines))


def test_a_certain_line_beside_a_doubtful_one_counts() -> None:
    told = reasons(shown(line("微粒贷", "□粒贷", "微粒贷", "擞粒贷"), line("微粒贷")))
    assert set(told) == {"page_presents_as"}


def test_what_is_shown_twice_is_told_once() -> None:
    page = PageFacts(url="", final_url="", title="微粒贷", headings=("微粒贷",), text="微粒贷\n身份证号")
    told = reasons(page)["page_presents_as"]
    assert told["shown"] == ["微粒贷"]
    assert len(told["where"]) > 1  # type: ignore[arg-type]  # a list, as the test above shows


def asides(source: str) -> dict[str, list[str]]:
    """Give what a page repeats or offers, as the reader keeps it."""
    reader = Reader()
    for piece in pieces(repaired(source)[0]):
        reader.take(piece)
    reader.finish()
    return reader.asides


@pytest.mark.parametrize(
    ("source", "choices", "quoted"),
    [
        ("<select><option>微粒贷<option selected>其他</select>", ["微粒贷", "其他"], []),
        ("<datalist><option>花呗</option></datalist>", ["花呗"], []),
        ("<p>他说</p><blockquote>欢迎使用<b>微粒贷</b>\n官方APP</blockquote>", [], ["欢迎使用微粒贷 官方APP"]),
        ("<p>写着<q>微粒贷</q>的页面", [], ["微粒贷"]),
        ("<blockquote>外<q>内</q>又外</blockquote>", [], ["外内又外"]),
        ("<blockquote hidden>藏</blockquote>", [], []),
        ("<blockquote>没有结束", [], ["没有结束"]),
        ("<select><option></select><blockquote> </blockquote>", [], []),
    ],
)
def test_choices_and_quotations_are_kept_apart(source: str, choices: list[str], quoted: list[str]) -> None:
    kept = asides(source)
    assert (kept["choices"], kept["quoted"]) == (choices, quoted)


def test_asides_are_part_of_the_text_all_the_same() -> None:
    page = examine_page("<select><option>微粒贷</select><blockquote>借呗</blockquote>", "https://a.example/")
    assert page.choices == ("微粒贷",)
    assert page.quoted == ("借呗",)
    assert {"微粒贷", "借呗"} <= set(page.text.split("\n"))


WEBANK = next(brand for brand in BRANDS if brand.id == "webank")


def accused(page: PageFacts, brand: str) -> bool:
    text = "\n".join((page.text, *page.image_words))
    sighting = Sighting(kind="url", target=page.url, text=text, host="a.example", page=page)
    return judge(brand, detect_all(sighting, BRANDS)[brand], Coverage()).accuses


@pytest.mark.parametrize("word", ["微众琴行", "微众信行", "微众铺行", "微东银行", "微红银行", "微众金行"])
def test_a_wordmark_with_one_unlike_character_is_another_firms(word: str) -> None:
    assert is_anothers(word, WEBANK, pack(BRANDS))
    assert not accused(shown(line(word)), "webank")


@pytest.mark.parametrize("word", ["微众银行", "微眾銀行", "微众银行APP下载"])
def test_the_brands_own_wordmark_is_not_anothers(word: str) -> None:
    assert not is_anothers(word, WEBANK, pack(BRANDS))
    assert accused(shown(line(word)), "webank")


ALIKE = ["徽粒贷", "微丽贷", "薇粒贷", "微粒货", "微粒貨", "微立贷", "微粒代", "贷微粒", "徵粒贷", "微粒袋", "威粒贷"]


@pytest.mark.parametrize("word", ALIKE)
def test_a_drawn_word_that_is_only_like_the_name_is_for_a_person_and_accuses_nobody(word: str) -> None:
    page = shown(line(word))
    assert not is_anothers(word, WEILIDAI, pack(BRANDS))
    told = reasons(page)
    assert set(told) == {"page_picture_resembles"}
    assert told["page_picture_resembles"]["words"] == word
    assert told["page_picture_resembles"]["read"][0]["model"] == "small.onnx:" + "b" * 64  # type: ignore[index]
    assert judged(page).label is Label.LOOKALIKE


@pytest.mark.parametrize(("word", "brand"), [("微亚贷", "weiyedai"), ("微众镇行", "webank"), ("花坝", "huabei")])
def test_another_firms_drawn_name_accuses_nobody_whatever_it_is_near(word: str, brand: str) -> None:
    assert not accused(shown(line(word)), brand)


@pytest.mark.parametrize(
    "word", ["微粒贷", "微粒貸", "微 粒 贷", "微·粒·贷", "微粒贷官网", "Weilidai", "WEILIDAI 微粒贷"]
)
def test_the_names_own_characters_are_the_name_however_they_are_set(word: str) -> None:
    assert is_itself(word, WEILIDAI, pack(BRANDS))
    assert judged(shown(line(word))).label is Label.IMPERSONATION


def test_a_drawn_disguise_is_an_impostor_where_the_page_says_the_name_besides() -> None:
    page = examine_page("<title>微粒贷官网</title>" + FORM, "https://a.example/")
    read = (line("徽粒贷"),)
    page = PageFacts(url=page.url, final_url=page.final_url, title=page.title, forms=page.forms, read=read)
    assert judged(page).label is Label.IMPERSONATION


def test_a_drawn_word_like_the_name_beside_the_name_itself_is_not_told_as_a_likeness() -> None:
    assert set(reasons(shown(line("徽粒贷"), line("微粒贷")))) == {"page_presents_as"}


def test_another_firms_wordmark_beside_the_brands_own_does_not_hide_it() -> None:
    assert accused(shown(line("微众琴行"), line("微众银行")), "webank")


def test_words_without_any_name_are_nobodys_wordmark() -> None:
    assert not is_anothers("今日放款", WEBANK, pack(BRANDS))
