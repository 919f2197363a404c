"""Every mistake in a dossier is told in Chinese as well, with the same line and the same names."""

import re

import pytest

from core.test_dossier_faults import ALL, Fault, broken
from zhengben.core.dossier import check_dossier
from zhengben.locale.errors import in_language

HAN = re.compile("[\u4e00-\u9fff]")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")
FAULTS = [(f"{group}: {fault.name}", fault) for group, faults in ALL for fault in faults]


@pytest.mark.parametrize("fault", [fault for _, fault in FAULTS], ids=[name for name, _ in FAULTS])
def test_a_problem_and_its_cure_are_told_in_chinese(fault: Fault) -> None:
    problems = check_dossier(broken(fault))
    assert problems
    for problem in problems:
        for sentence in (problem.what, problem.cure):
            told = in_language(sentence, "zh")
            assert HAN.search(QUOTED.sub("", told)), f"{sentence} -> {told}"
            # what is quoted is the person's own and must come through unchanged
            assert set(re.findall(r"'[^']{1,40}'", sentence)) <= set(re.findall(r"'[^']{1,40}'", told)) | {"'-'", "'_'"}
