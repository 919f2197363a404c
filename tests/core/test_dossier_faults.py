"""Every mistake a person can make in a dossier: the line it stands on, what it is, and the word that mends it."""

from dataclasses import dataclass

import pytest

from zhengben.core.dossier import DossierError, Problem, check_dossier, read_dossier

SOUND = """\
id = "probe"
owner = "某银行股份有限公司"
finance = true

[names]
primary = "某某贷"
aliases = ["某某貸"]
latin = ["moumoudai"]
short = ["mmd"]
siblings = ["某业贷"]
keywords = ["代开"]

[[rights]]
kind = "trademark"
jurisdiction = "CN"
number = "16577525"
class = 36
goods = "贷款"
registrant = "某科技有限公司"
holder = "某银行股份有限公司"
valid_from = 2020-01-01
valid_to = 2030-01-01
standing = "assignment"
document = "probe/16577525.pdf"
source = "gazette"
checked_on = 2026-11-22

[[rights]]
kind = "trademark"
jurisdiction = "CN"
number = "2"

[[channels]]
kind = "domain"
value = "example.cn"
exists = "yes"
source = "owner"

[[channels]]
kind = "app"
exists = "never"
statement = "没有独立APP"
since = 2015-05-15

[[channels]]
kind = "phone"
value = "95384"
exists = "yes"
until = 2027-01-01

[[channels]]
kind = "app"
value = "com.example.mm"
platform = "android"
role = "host"
exists = "yes"
cert_sha256 = "00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF"
cert_md5 = "00112233445566778899aabbccddeeff"

[[logos]]
file = "probe/symbol.png"
kind = "symbol"
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """One edit of the sound dossier, and what must be said of it."""

    name: str
    before: str
    after: str
    line: int
    what: str
    cure: str


def at(text: str) -> int:
    """Give the line of the sound dossier on which a text begins."""
    return SOUND[: SOUND.index(text)].count("\n") + 1


TOP, NAMES = (
    [
        Fault("unknown key", "finance = true", "finances = true", 3, "'finances'", "finance"),
        Fault("key of another case", 'id = "probe"', 'ID = "probe"', 1, "'ID'", "id"),
        Fault("table of a wrong name", "[[logos]]", "[[logo]]", at("[[logos]]"), "'logo'", "logos"),
        Fault("id is a number", 'id = "probe"', "id = 7", 1, "'id' should be a text", "quotes"),
        Fault("id is empty", 'id = "probe"', 'id = ""', 1, "'id' is empty", "id"),
        Fault("id is blank", 'id = "probe"', 'id = "  "', 1, "'id' is empty", "id"),
        Fault("id leaves its folder", 'id = "probe"', 'id = "../probe"', 1, "id = '../probe'", "letters"),
        Fault("id with blanks", 'id = "probe"', 'id = "pro be"', 1, "id = 'pro be'", "letters"),
        Fault("id with a slash", 'id = "probe"', 'id = "pro/be"', 1, "id = 'pro/be'", "letters"),
        Fault("id of 65 letters", 'id = "probe"', f'id = "{"a" * 65}"', 1, "not the right form", "letters"),
        Fault(
            "owner is a list",
            'owner = "某银行股份有限公司"\n',
            'owner = ["某银行"]\n',
            2,
            "'owner' should be a text",
            "quotes",
        ),
        Fault("owner is empty", 'owner = "某银行股份有限公司"\n', 'owner = ""\n', 2, "'owner' is empty", "owner"),
        Fault("finance is a text", "finance = true", 'finance = "true"', 3, "'finance'", "without quotes"),
        Fault("finance is a number", "finance = true", "finance = 1", 3, "'finance'", "true or false"),
        Fault("finance in capitals", "finance = true", "finance = True", 3, "not TOML", "syntax"),
    ],
    [
        Fault("no primary", 'primary = "某某贷"\n', "", 5, "'primary' is missing", "name"),
        Fault("primary empty", 'primary = "某某贷"', 'primary = ""', 6, "'primary' is missing", "name"),
        Fault("primary blank", 'primary = "某某贷"', 'primary = "\u3000"', 6, "'primary' is missing", "name"),
        Fault(
            "primary a list", 'primary = "某某贷"', 'primary = ["某某贷"]', 6, "'primary' should be a text", "quotes"
        ),
        Fault(
            "aliases a text", 'aliases = ["某某貸"]', 'aliases = "某某貸"', 7, "'aliases' should be a list", "brackets"
        ),
        Fault("alias a number", 'aliases = ["某某貸"]', "aliases = [1]", 7, "'aliases'", "brackets"),
        Fault("alias empty", 'aliases = ["某某貸"]', 'aliases = ["某某貸", ""]', 7, "'aliases'", "empty"),
        Fault("aliases in aliases", 'aliases = ["某某貸"]', 'aliases = [["某某貸"]]', 7, "'aliases'", "brackets"),
        Fault("latin misspelt", "latin =", "lattin =", 8, "'lattin'", "latin"),
        Fault("latin in Chinese", '"moumoudai"', '"某某贷"', 8, "not in Latin letters", "aliases"),
        Fault("short in Chinese", '"mmd"', '"某贷"', 9, "not in Latin letters", "aliases"),
        Fault("short blank", '"mmd"', '" "', 9, "'short'", "empty"),
        Fault("sibling is ourselves", '"某业贷"', '"某某贷"', 10, "its sibling too", "sibling"),
        Fault("sibling is our alias", '"某业贷"', '"某某貸"', 10, "its sibling too", "sibling"),
        Fault("keywords a table", 'keywords = ["代开"]', "keywords = {a = 1}", 11, "'keywords'", "brackets"),
        Fault("key inside a table of names", 'keywords = ["代开"]', "[names.more]\na = 1", 11, "'more'", "primary"),
    ],
)
RIGHTS = [
    Fault("no kind", 'kind = "trademark"\n', "", 13, "'kind' is missing in this [[rights]]", "kind"),
    Fault("no jurisdiction", 'jurisdiction = "CN"\n', "", 13, "'jurisdiction' is missing", "jurisdiction"),
    Fault("no number", 'number = "16577525"\n', "", 13, "'number' is missing", "number"),
    Fault("number empty", 'number = "16577525"', 'number = ""', 16, "'number' is missing", "number"),
    Fault(
        "number without quotes", 'number = "16577525"', "number = 16577525", 16, "'number' should be a text", "quotes"
    ),
    Fault("second right without number", '\nnumber = "2"', "", 28, "'number' is missing", "number"),
    Fault("fault in the second right", 'number = "2"', 'nummer = "2"\nnumber = "2"', 31, "'nummer'", "number"),
    Fault("class a text", "class = 36", 'class = "36"', 17, "'class' should be a whole number", "digits"),
    Fault("class a fraction", "class = 36", "class = 36.0", 17, "'class'", "digits"),
    Fault("class a truth", "class = 36", "class = true", 17, "'class'", "digits"),
    Fault("class zero", "class = 36", "class = 0", 17, "class = 0", "1 to 45"),
    Fault("class 46", "class = 36", "class = 46", 17, "class = 46", "1 to 45"),
    Fault("class negative", "class = 36", "class = -9", 17, "class = -9", "1 to 45"),
    Fault("goods a list", 'goods = "贷款"', 'goods = ["贷款"]', 18, "'goods'", "quotes"),
    Fault("date as text", "valid_from = 2020-01-01", 'valid_from = "2020-01-01"', 21, "'valid_from'", "2026-05-13"),
    Fault(
        "date with a time", "valid_from = 2020-01-01", "valid_from = 2020-01-01T00:00:00", 21, "'valid_from'", "time"
    ),
    Fault("end with a time", "valid_to = 2030-01-01", "valid_to = 2030-01-01T00:00:00Z", 22, "'valid_to'", "time"),
    Fault("a time alone", "valid_to = 2030-01-01", "valid_to = 10:00:00", 22, "'valid_to'", "2026-05-13"),
    Fault("year alone", "valid_to = 2030-01-01", "valid_to = 2030", 22, "'valid_to'", "2026-05-13"),
    Fault("no such day", "valid_to = 2030-01-01", "valid_to = 2030-02-30", 22, "not TOML", "syntax"),
    Fault("date as Chinese write it", "valid_to = 2030-01-01", "valid_to = 2030年1月1日", 22, "not TOML", "syntax"),
    Fault(
        "ends before it begins", "valid_to = 2030-01-01", "valid_to = 2019-12-31", 22, "ends before it begins", "dates"
    ),
    Fault("unknown standing", '"assignment"', '"assigned"', 23, "standing = 'assigned'", "assignment"),
    Fault("document outside", '"probe/16577525.pdf"', '"../../secret.pdf"', 24, "document", "beside the dossier"),
    Fault("document absolute", '"probe/16577525.pdf"', '"/home/me/a.pdf"', 24, "document", "beside the dossier"),
    Fault("document of a drive", '"probe/16577525.pdf"', r"'C:\a.pdf'", 24, "document", "beside the dossier"),
    Fault("checked_on a text", "checked_on = 2026-11-22", 'checked_on = "today"', 26, "'checked_on'", "2026-05-13"),
]
CHANNELS = [
    Fault("no kind", '[[channels]]\nkind = "domain"\n', "[[channels]]\n", 33, "'kind' is missing", "kind"),
    Fault(
        "no exists",
        'value = "example.cn"\nexists = "yes"\n',
        'value = "example.cn"\n',
        33,
        "'exists' is missing",
        "exists",
    ),
    Fault("no value", 'value = "example.cn"\n', "", 33, "no 'value'", "add value"),
    Fault("value empty", 'value = "example.cn"', 'value = ""', 33, "no 'value'", "add value"),
    Fault("unknown kind", 'kind = "domain"', 'kind = "website"', 34, "kind = 'website'", "domain"),
    Fault("kind in Chinese", 'kind = "domain"', 'kind = "域名"', 34, "kind = '域名'", "domain"),
    Fault(
        "exists a truth",
        'value = "example.cn"\nexists = "yes"',
        'value = "example.cn"\nexists = true',
        36,
        "exists",
        "yes",
    ),
    Fault("exists a guess", 'exists = "never"', 'exists = "maybe"', 41, "exists = 'maybe'", "never"),
    Fault("exists in capitals", 'exists = "never"', 'exists = "Never"', 41, "exists = 'Never'", "never"),
    Fault("domain with its scheme", '"example.cn"', '"https://example.cn"', 35, "not a domain", "bare domain"),
    Fault("domain with a path", '"example.cn"', '"example.cn/a"', 35, "not a domain", "bare domain"),
    Fault("domain with a port", '"example.cn"', '"example.cn:443"', 35, "not a domain", "bare domain"),
    Fault("domain with a star", '"example.cn"', '"*.example.cn"', 35, "not a domain", "names under it"),
    Fault("domain with a blank", '"example.cn"', '"example.cn "', 35, "not a domain", "bare domain"),
    Fault("domain with a dot in front", '"example.cn"', '".example.cn"', 35, "not a domain", "bare domain"),
    Fault("domain of one label", '"example.cn"', '"localhost"', 35, "not a domain", "bare domain"),
    Fault("phone with words", '"95384"', '"客服95384"', 47, "not a phone", "number alone"),
    Fault("phone of two digits", '"95384"', '"95"', 47, "not a phone", "number alone"),
    Fault("phone a number", '"95384"', "95384", 47, "'value' should be a text", "quotes"),
    Fault(
        "until before since", "until = 2027-01-01", "since = 2027-02-01\nuntil = 2027-01-01", 50, "ends before", "dates"
    ),
    Fault("since a moment", "since = 2015-05-15", "since = 2015-05-15 08:00:00", 43, "'since'", "time"),
    Fault("statement a list", 'statement = "没有独立APP"', 'statement = ["没有独立APP"]', 42, "'statement'", "quotes"),
    Fault("certificate too short", 'cert_sha256 = "00:11', 'cert_sha256 = "11', 57, "cert_sha256", "64 hex"),
    Fault("certificate no hex", 'cert_sha256 = "00:11', 'cert_sha256 = "zz:11', 57, "cert_sha256", "64 hex"),
    Fault("md5 for a sha256", 'cert_md5 = "00', 'cert_md5 = "0000', 58, "cert_md5", "32 hex"),
    Fault("unknown key", 'role = "host"', 'role = "host"\nowner = "x"', 56, "'owner'", "platform"),
    Fault("a table in a channel", 'role = "host"', 'role = {kind = "host"}', 55, "'role' should be a text", "quotes"),
]
LOGOS = [
    Fault("no file", 'file = "probe/symbol.png"\n', "", 60, "'file' is missing in this [[logos]]", "file"),
    Fault("no kind", '\nkind = "symbol"', "", 60, "'kind' is missing in this [[logos]]", "kind"),
    Fault("unknown kind", '"symbol"', '"picture"', 62, "kind = 'picture'", "wordmark"),
    Fault("file outside", '"probe/symbol.png"', '"probe/../../symbol.png"', 61, "file", "beside the dossier"),
    Fault("file empty", '"probe/symbol.png"', '""', 61, "'file' is missing", "file"),
    Fault(
        "file elsewhere on the net",
        '"probe/symbol.png"',
        '"https://example.cn/a.png"',
        61,
        "file",
        "beside the dossier",
    ),
]
SHAPE = [
    Fault("rights in one bracket", "[[rights]]\nkind", "[rights]\nkind", 28, "not TOML", "twice"),
    Fault("names written twice", "[[logos]]", "[names]\n[[logos]]", 60, "not TOML", "twice"),
    Fault("a key twice", "finance = true", "finance = true\nfinance = false", 4, "not TOML", "twice"),
    Fault("quotes left open", '某银行股份有限公司"\nfin', "某银行股份有限公司\nfin", 2, "not TOML", "close the quotes"),
    Fault("list left open", 'keywords = ["代开"]', 'keywords = ["代开"', 13, "not TOML", "bracket"),
    Fault("Chinese quotes", 'primary = "某某贷"', "primary = “某某贷”", 6, "not TOML", "half-width"),
    Fault("Chinese equals sign", 'primary = "某某贷"', 'primary ＝ "某某贷"', 6, "not TOML", "half-width"),
    Fault("Chinese comma", 'short = ["mmd"]', 'short = ["mmd"，"mm"]', 9, "not TOML", "half-width"),
    Fault("Chinese brackets", "[names]", "［names］", 5, "not TOML", "half-width"),
    Fault("no equals sign", "finance = true", "finance true", 3, "not TOML", "syntax"),
    Fault("no value at all", "finance = true", "finance =", 3, "not TOML", "syntax"),
    Fault("colon for equals", "finance = true", "finance: true", 3, "not TOML", "syntax"),
    Fault("a path of Windows", '"probe/symbol.png"', '"probe\\symbol.png"', 61, "not TOML", "backslash"),
    Fault("logos a text", "[[logos]]\nfile", "logos2 = 1\n[[logos]]\nfile", 60, "'logos2'", "one of"),
]  # fmt: skip
ALL = [("top", TOP), ("names", NAMES), ("rights", RIGHTS), ("channels", CHANNELS), ("logos", LOGOS), ("shape", SHAPE)]


def broken(fault: Fault) -> str:
    """Give the sound dossier with one fault in it."""
    assert fault.before in SOUND
    return SOUND.replace(fault.before, fault.after, 1)


def test_the_sound_dossier_is_sound() -> None:
    assert check_dossier(SOUND) == ()


@pytest.mark.parametrize("fault", [pytest.param(f, id=f"{group}: {f.name}") for group, faults in ALL for f in faults])
def test_a_fault_names_its_line_and_its_cure(fault: Fault) -> None:
    problems = check_dossier(broken(fault))
    said = [p for p in problems if p.line == fault.line and fault.what in p.what]
    assert said, problems
    assert fault.cure in said[0].cure
    # one mistake is one problem: a reader who mends it is done; `ID` for `id` is an unknown key and a missing one
    assert len(problems) == (2 if fault.name == "key of another case" else 1), problems


@pytest.mark.parametrize("fault", [TOP[0], RIGHTS[0], CHANNELS[0], SHAPE[3]], ids=lambda f: f.name)
def test_a_broken_dossier_is_never_read(fault: Fault) -> None:
    with pytest.raises(DossierError, match=f"^line {fault.line}: ") as caught:
        read_dossier(broken(fault))
    assert caught.value.problems == check_dossier(broken(fault))


def test_several_faults_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = SOUND.replace("finance = true", "finance = 1").replace("class = 36", "class = 99").replace('"symbol"', '"x"')
    assert [p.line for p in check_dossier(text)] == [3, 17, 62]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('"id" = 3\nowner = "o"\n[names]\nprimary = "p"\n', 1),
        ('id = "a"\n\n"owner" = 3\n[names]\nprimary = "p"\n', 3),
        ('id = "a"\nowner = "o"\nnames.primary = "p"\nnames.colour = "red"\n', 4),
        ('id = "a"\nowner = "o"\nnames = {primary = "p", colour = "red"}\n', 3),
        ('id = "a"\nowner = "o"\n[ "names" ]\nprimary = "p"\ncolour = "red"\n', 5),
        ('id = "a"\nowner = "o"\n[names] # how it is written\nprimary = "p"\ncolour = "red"\n', 5),
        ('id = "a"\nowner = "o"\n[names]\nprimary = """p"""\ncolour = "red"\n', 5),
        ('id = "a"\nowner = """\ncolour = 1\n"""\n[names]\nprimary = "p"\ncolour = "red"\n', 7),
        ("id = \"a\"\nowner = '''\n[names]\ncolour = 1\n'''\n[names]\nprimary = \"p\"\ncolour = 2\n", 8),
        ('id = "a"\nowner = "o"\nrights = [{kind = "t"}]\n[names]\nprimary = "p"\n', 3),
        ('id = "a"\nowner = "o\u2028o"\n[names]\nprimary = "p"\ncolour = 1\n', 5),
        ('id = "a"\nowner = "o\u0085o" # \u2029\n[names]\nprimary = "p"\ncolour = 1\n', 5),
        ('id = "a"\r\nowner = "o"\r\n[names]\r\nprimary = "p"\r\ncolour = 1\r\n', 5),
        ('id = "a"\nowner = "o"\n[names]\nprimary = "p"\n[[channels]]\nkind="app"\nexists="no"\n[channels.more]\n', 8),
    ],
    ids=[
        "quoted key", "quoted key later", "dotted keys", "inline table", "quoted head", "comment behind a head",
        "three quotes on one line", "key inside a text", "head inside a text", "list of inline tables",
        "line separator in a text", "next line in a text", "carriage returns", "table in a row",
    ],
)  # fmt: skip
def test_lines_are_right_however_the_file_is_written(text: str, line: int) -> None:
    assert {p.line for p in check_dossier(text)} == {line}


def test_quotes_of_the_other_kind_inside_a_text_end_nothing() -> None:
    text = 'id = "a"\nowner = """\n\'\'\'\ncolour = 1\n"""\n[names]\nprimary = "p"\ncolour = "red"\n'
    assert [p.line for p in check_dossier(text)] == [8]


def test_a_mark_of_windows_editors_does_no_harm() -> None:
    brand = read_dossier("\ufeff" + SOUND)
    assert brand.id == "probe"
    assert check_dossier("\ufeff" + SOUND.replace("finance = true", "finance = 1"))[0].line == 3


def test_a_number_without_end_is_a_problem_and_no_crash() -> None:
    (problem,) = check_dossier(SOUND.replace("class = 36", f"class = {'9' * 9000}"))
    assert problem.line >= 1
    assert problem.cure


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing but words\n"])
def test_an_empty_file_says_what_a_dossier_needs(text: str) -> None:
    assert [p.what for p in check_dossier(text)] == ["'id' is missing", "'owner' is missing", "'names' is missing"]
    assert {p.line for p in check_dossier(text)} == {1}


def test_brackets_without_end_are_a_problem_and_no_crash() -> None:
    (problem,) = check_dossier("a = " + "[" * 100_000)
    assert isinstance(problem, Problem)
    assert "brackets" in problem.what or "Unclosed" in problem.what
