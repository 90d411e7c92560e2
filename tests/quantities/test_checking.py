import pytest

from auditor.quantities import Agreement, Fault, check, match


def faults(claim: str, window: str) -> list[tuple[str, str | None, str]]:
    return [(m.claim.text, m.source.text if m.source else None, m.kind.value) for m in check(claim, window)]


@pytest.mark.parametrize(
    ("claim", "window", "expected"),
    [
        ("In all 50 patients improved.", "Of the patients, 48 patients improved.", ("50", "48", Fault.VALUE)),
        ("The dose was 5 mg a day.", "The dose was 5 g a day.", ("5 mg", "5 g", Fault.UNIT)),
        ("The bridge cost $35M.", "The bridge cost 35% of the budget.", ("$35M", "35%", Fault.UNIT)),
        ("The bridge cost $35M.", "The bridge cost €35M.", ("$35M", "€35M", Fault.CURRENCY)),
        (
            "He died on 6 March 2021.",
            "He died on 5 March 2021 in Lyon.",
            ("6 March 2021", "5 March 2021", Fault.DATE),
        ),
        ("The party won 12 seats.", "The party was founded in 1990.", ("12", None, Fault.ABSENT)),
        ("환자 50명이 참여했다.", "환자 48명이 참여했다.", ("50명", "48명", Fault.VALUE)),
        (
            "2021년 3월 6일에 열렸다.",
            "2021년 3월 5일에 열렸다.",
            ("2021년 3월 6일", "2021년 3월 5일", Fault.DATE),
        ),
    ],
)
def test_mismatches(claim: str, window: str, expected: tuple[str, str | None, Fault]) -> None:
    assert faults(claim, window) == [expected]


@pytest.mark.parametrize(
    ("claim", "window"),
    [
        ("The town has 3.2 million people.", "Its population was 3,214,567 at the census."),
        ("The **999** million users", "It has 999,000,000 users."),
        ("The lake is 1.5 km long.", "The lake is 1,500 m long."),
        ("12 people were injured.", "12 passengers were injured."),
        ("인구는 3만 5천 명이다.", "The town has 35,000 people."),
        ("It was held on 2021-03-05.", "It was held on March 5, 2021."),
    ],
)
def test_what_is_said_another_way_is_no_mismatch(claim: str, window: str) -> None:
    assert faults(claim, window) == []


@pytest.mark.parametrize(
    ("claim", "window"),
    [
        ("Sales rose by 10.", "Sales rose from 40 to 50."),
        ("That was a 25 % rise in sales.", "Sales rose from 40 to 50."),
        ("He lived in three cities.", "He lived in Seoul, Busan and Daegu."),
        ("The war lasted four years.", "The war was fought 1914–1918."),
        ("In total 15 cameras were put up.", "They put up 7 cameras, and later 8 cameras."),
        ("A quarter of the patients died.", "Of 48 patients, 12 patients died."),
    ],
)
def test_simple_arithmetic_is_derived(claim: str, window: str) -> None:
    assert [m.agreement for m in match(claim, window)] == [Agreement.DERIVED]
    assert check(claim, window) == []


def test_an_age_is_absent_not_contradicted_by_a_year_of_birth() -> None:
    assert faults("The man, aged 45, left.", "He was born in 1976 and left in 2021.") == [
        ("45", None, Fault.ABSENT)
    ]


def test_an_equal_number_of_other_things_is_no_support() -> None:
    assert faults("3 deaths were recorded.", "There were 3 hospitals and 5 deaths recorded.") == [
        ("3", "5", Fault.VALUE)
    ]


def test_an_equal_number_elsewhere_does_not_hide_a_changed_one() -> None:
    window = "The fee was 20 euros for adults. A child of 12 walked for an hour and ate bread with 35 olives."
    assert faults("The fee was 35 euros for adults.", window)


def test_one_number_of_the_source_serves_one_of_the_claim() -> None:
    window = "They were fined £20,000 and £30,000 for late play."
    assert faults("They were fined £30,000 and £30,000 for late play.", window) == [
        ("£30,000", "£20,000", Fault.VALUE)
    ]


def test_changed_ends_of_a_span_are_found() -> None:
    assert faults("The series ran from 1984 to 1989.", "The series ran from 1980 to 1989.")
    assert faults("It lasted from June 15 to June 18, 2009.", "It lasted from June 15 to August 18, 2009.")


def test_a_year_after_about_the_is_exact() -> None:
    assert faults("He asked about the 2010 breach.", "He asked about the 2014 breach.") == [
        ("2010", "2014", Fault.DATE)
    ]


def test_a_release_of_things_is_no_version() -> None:
    assert faults("They release 240 new sounds.", "They release 300 new sounds.") == [
        ("240", "300", Fault.VALUE)
    ]


def test_titles_with_numbers_do_not_contradict_each_other() -> None:
    assert [m.kind for m in check("Night Train 3 stars her.", "It is a sequel to Night Train 2.")] == [
        Fault.ABSENT
    ]


def test_a_claim_without_quantities_has_no_mismatch() -> None:
    assert match("The sky is blue.", "It has 3 moons.") == []
