import pytest

from auditor.quantities import compare, read

PAIRS = """
about 3.2 million|3,214,567|rounded
3.2 million|3,214,567|rounded
3.3 million|3,214,567|conflict
over 3 million|3,214,567|within
over 4 million|3,214,567|conflict
more than 40 men|over 50 men|conflict
35%|$35M|different-kind
0.35|35%|equal
half|50 %|equal
about half|48 %|rounded
half|48 %|conflict
nearly half|48 %|within
nearly half|52 %|conflict
1,500 m|1.5 km|equal
about 100 miles|160 km|rounded
100 miles|140 km|conflict
37 °C|98.6 °F|equal
5 feet 10 inches|178 cm|rounded
a dozen eggs|12 eggs|equal
three years|36 months|equal
90 days|3 months|rounded
half an hour|30 minutes|equal
5 mg|5 g|conflict
5 mg|5 km|different-kind
$35 million|35 million dollars|equal
$35 million|€35 million|different-kind
35 million won|3500만 원|equal
1.234,56 €|€1,234.56|equal
1,234 people|1.234 people|equal
12,000 people|12,143 people|rounded
50 people|48 people|conflict
about 50 people|48 people|rounded
about 45 people|about 46 people|conflict
10–15 %|between 10 and 15 percent|equal
10–16 %|between 10 and 15 percent|conflict
10–15 %|12 %|within
12.3|12.3 ± 0.4|equal
12.3 ± 0.5|12.3 ± 0.4|conflict
40 %|2 of 5 patients|equal
30 %|2 of 5 patients|conflict
a quarter of|25%|equal
5 percentage points|5 %|different-kind
50 basis points|0.5 percentage points|equal
the 3rd place|third place|equal
the 4th place|third place|conflict
twice|two times|equal
2배|twofold|equal
won 3-1|lost 1-3|equal
won 3-1|lost 2-3|conflict
2021-03-05|5 March 2021|equal
05/03/2021|5 March 2021|equal
2021년 3월 5일|March 5, 2021|equal
2021년 3월 6일|March 5, 2021|conflict
March 2021|5 March 2021|within
3월 5일|March 5, 2021|within
in June|5 July|conflict
the 1990s|1994 in|within
the 1980s|1994 in|conflict
20th century|in 1950 we|within
in 1994|5 May 1994|within
in 1995|5 May 1994|conflict
in '21|2021|equal
early 2020|March 2020|within
Q3 2021|August 2021|within
Q2 2021|August 2021|conflict
1914–1918|from 1914 to 1918|equal
1914–1919|from 1914 to 1918|conflict
Monday|2021-03-08|within
Tuesday|2021-03-08|conflict
2:30 pm|14:30|equal
오후 2시 30분|14:30|equal
오후 3시 30분|14:30|conflict
3만 5천 명|35,000 people|equal
45세|45 years old|equal
섭씨 35도|35 °C|equal
영하 5도|-5 °C|equal
시속 100km|100 km/h|equal
""".strip().splitlines()


@pytest.mark.parametrize("row", PAIRS)
def test_agreement(row: str) -> None:
    claim, source, expected = row.split("|")
    (a,), (b,) = read(claim), read(source)
    assert compare(a, b) == expected
