"""The units that people write, in English and Korean, with their size in base units."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from auditor.quantities.model import Unit

# name | dimension | factor | other ways to write it. Base units: metre, kilogram, second, kelvin, square and cubic
# metre, joule, watt, pascal, byte, hertz, mole, volt, ampere. Definitions: SI brochure (BIPM 2019); NIST SP 811 for
# customary units.
# A mean Gregorian year is 365.2425 days, a month its twelfth.
_TABLE = """
nm|length|1e-9|nanometre nanometer nanometres nanometers 나노미터 ㎚
µm|length|1e-6|μm micrometre micrometer micrometres micrometers micron microns 마이크로미터 ㎛
mm|length|0.001|millimetre millimeter millimetres millimeters 밀리미터 ㎜ 밀리
cm|length|0.01|centimetre centimeter centimetres centimeters 센티미터 ㎝ 센티
m|length|1|metre meter metres meters 미터 ｍ
km|length|1000|kilometre kilometer kilometres kilometers kms 킬로미터 ㎞
in|length|0.0254|inch inches 인치
ft|length|0.3048|foot feet 피트
yd|length|0.9144|yard yards yds 야드
mi|length|1609.344|mile miles 마일
nmi|length|1852|nautical_mile nautical_miles 해리
ly|length|9460730472580800|light_year light_years light-year light-years 광년
ng|mass|1e-12|nanogram nanograms
µg|mass|1e-9|μg mcg microgram micrograms 마이크로그램
mg|mass|1e-6|milligram milligrams 밀리그램 ㎎
g|mass|0.001|gram grams gramme grammes 그램
kg|mass|1|kilogram kilograms kilo kilos kgs kilogramme kilogrammes 킬로그램 ㎏
t|mass|1000|tonne tonnes metric_ton metric_tons 톤 ton tons
oz|mass|0.028349523125|ounce ounces 온스
lb|mass|0.45359237|lbs pound pounds 파운드
st|mass|6.35029318|stone
carat|mass|0.0002|carats 캐럿
µL|volume|1e-9|μL µl μl microlitre microliter microlitres microliters
mL|volume|1e-6|ml millilitre milliliter millilitres milliliters 밀리리터 ㎖ cc
cL|volume|1e-5|cl centilitre centilitres
dL|volume|1e-4|dl decilitre deciliter decilitres deciliters 데시리터
L|volume|0.001|l litre liter litres liters 리터 ℓ
gal|volume|0.003785411784|gallon gallons 갤런
pint|volume|0.000473176473|pints
quart|volume|0.000946352946|quarts
barrel|volume|0.158987294928|barrels bbl 배럴
m³|volume|1|m3 m^3 cubic_metre cubic_meter cubic_metres cubic_meters 세제곱미터 입방미터 ㎥
cm³|volume|1e-6|cm3 cm^3 cubic_centimetres cubic_centimeters ㎤
km³|volume|1e9|km3 km^3 cubic_kilometres cubic_kilometers
ft³|volume|0.028316846592|ft3 cubic_feet cubic_foot cu_ft
mm²|area|1e-6|mm2 square_millimetres square_millimeters
cm²|area|0.0001|cm2 cm^2 square_centimetres square_centimeters 제곱센티미터 ㎠
m²|area|1|m2 m^2 sqm sq_m square_metre square_meter square_metres square_meters 제곱미터 평방미터 ㎡
km²|area|1e6|km2 km^2 sq_km square_kilometre square_kilometer square_kilometres square_kilometers 제곱킬로미터 ㎢
km²|area|1e6|평방킬로미터
ha|area|10000|hectare hectares 헥타르 ㏊
acre|area|4046.8564224|acres 에이커
ft²|area|0.09290304|ft2 sq_ft sqft square_foot square_feet 제곱피트 평방피트
mi²|area|2589988.110336|sq_mi square_mile square_miles 제곱마일
pyeong|area|400/121|평
ns|time|1e-9|nanosecond nanoseconds 나노초
µs|time|1e-6|μs microsecond microseconds 마이크로초
ms|time|0.001|millisecond milliseconds 밀리초
s|time|1|sec secs second seconds 초 초간
min|time|60|mins minute minutes 분 분간
h|time|3600|hr hrs hour hours 시간
day|time|86400|days 일 일간 날
week|time|604800|weeks wk wks 주 주일 주간 주일간
fortnight|time|1209600|fortnights
month|time|2629746|months mo mos 개월 개월간 달 달간
year|time|31556952|years yr yrs 년 년간 해
decade|time|315569520|decades
century|time|3155695200|centuries
millennium|time|31556952000|millennia millenniums
km/h|length/time|5/18|kph kmh kilometres_per_hour kilometers_per_hour
mph|length/time|0.44704|miles_per_hour
knot|length/time|463/900|knots kn 노트
°C|temperature|1|℃ ˚C ºC degrees_Celsius degree_Celsius degrees_centigrade deg_C degrees_C Celsius
°F|temperature|5/9|℉ ˚F ºF degrees_Fahrenheit degree_Fahrenheit deg_F degrees_F Fahrenheit
K|temperature|1|kelvin kelvins 켈빈
degree|angle|1|degrees ° ˚ 도
eV|energy|1.602176634e-19|
J|energy|1|joule joules 줄
kJ|energy|1000|kilojoule kilojoules 킬로줄
MJ|energy|1e6|megajoule megajoules
cal|energy|4.184|calorie calories 칼로리
kcal|energy|4184|kilocalorie kilocalories 킬로칼로리 ㎉
Wh|energy|3600|watt_hours watt-hours
kWh|energy|3600000|kilowatt_hours kilowatt-hours kilowatt_hour 킬로와트시 ㎾h
MWh|energy|3.6e9|megawatt_hours megawatt-hours 메가와트시
GWh|energy|3.6e12|gigawatt_hours gigawatt-hours 기가와트시
TWh|energy|3.6e15|terawatt_hours terawatt-hours 테라와트시
BTU|energy|1055.05585262|BTUs
mW|power|0.001|milliwatt milliwatts
W|power|1|watt watts 와트
kW|power|1000|kilowatt kilowatts 킬로와트 ㎾
MW|power|1e6|megawatt megawatts 메가와트
GW|power|1e9|gigawatt gigawatts 기가와트
TW|power|1e12|terawatt terawatts 테라와트
hp|power|745.69987158227022|horsepower 마력
Pa|pressure|1|pascal pascals 파스칼
hPa|pressure|100|hectopascal hectopascals 헥토파스칼 mbar millibar millibars
kPa|pressure|1000|kilopascal kilopascals 킬로파스칼
MPa|pressure|1e6|megapascal megapascals 메가파스칼
GPa|pressure|1e9|gigapascal gigapascals
bar|pressure|100000|bars
atm|pressure|101325|atmospheres 기압
psi|pressure|6894.757293168|
mmHg|pressure|133.322387415|mm_Hg millimetres_of_mercury millimeters_of_mercury 수은주밀리미터
bit|data|1/8|bits 비트
byte|data|1|bytes 바이트
kB|data|1000|KB kilobyte kilobytes 킬로바이트
MB|data|1e6|megabyte megabytes 메가바이트
GB|data|1e9|gigabyte gigabytes 기가바이트
TB|data|1e12|terabyte terabytes 테라바이트
PB|data|1e15|petabyte petabytes 페타바이트
KiB|data|1024|
MiB|data|1048576|
GiB|data|1073741824|
TiB|data|1099511627776|
kbps|data/time|125|kbit/s Kbps
Mbps|data/time|125000|Mbit/s
Gbps|data/time|125000000|Gbit/s
Hz|frequency|1|hertz 헤르츠
kHz|frequency|1000|kilohertz 킬로헤르츠
MHz|frequency|1e6|megahertz 메가헤르츠
GHz|frequency|1e9|gigahertz 기가헤르츠
rpm|frequency|1/60|RPM revolutions_per_minute
bpm|frequency|1/60|beats_per_minute
mol|amount|1|mole moles 몰
mmol|amount|0.001|millimole millimoles 밀리몰
µmol|amount|1e-6|μmol micromole micromoles
nmol|amount|1e-9|nanomole nanomoles
mV|voltage|0.001|millivolt millivolts 밀리볼트
V|voltage|1|volt volts 볼트
kV|voltage|1000|kilovolt kilovolts 킬로볼트
mA|current|0.001|milliamp milliamps milliampere milliamperes
amp|current|1|amps ampere amperes 암페어
N|force|1|newton newtons 뉴턴
kN|force|1000|kilonewton kilonewtons
dB|level|1|decibel decibels 데시벨
IU|activity|1|international_units 국제단위
Sv|dose|1|sievert sieverts 시버트
mSv|dose|0.001|millisievert millisieverts 밀리시버트
Gy|absorbed-dose|1|
ppm|share-by-parts|1e-6|parts_per_million
ppb|share-by-parts|1e-9|parts_per_billion
px|pixels|1|pixel pixels 픽셀
"""
_OFFSETS = {"°C": Fraction("273.15"), "°F": Fraction(45967, 180)}
# "in" is a preposition, "st" and "K" more often something else, 날 and 해 and 달 count only after native numerals.
_NOT_ALONE = frozenset(
    {"in", "st", "mo", "kn", "ly", "gal", "l", "cl", "bar", "hr", "t", "N", "V", "K", "J", "stone"}
)


@cache
def _names() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for row in _TABLE.strip().splitlines():
        name, dimension, factor, others = row.split("|")
        unit = Unit(name, dimension, Fraction(factor), _OFFSETS.get(name, Fraction(0)))
        for written in (name, *others.split()):
            found[written.replace("_", " ")] = unit
    return found


@cache
def _pattern() -> re.Pattern[str]:
    ordered = sorted(_names(), key=len, reverse=True)
    names = "|".join(re.escape(n).replace("\\ ", r"\s") for n in ordered)
    name = rf"(?:{names})"
    return re.compile(
        rf"[\s\u00a0-]{{0,2}}(?P<first>{name})(?![A-Za-z²³])"
        rf"(?:(?:\s?/\s?|\sper\s|\s?·\s?(?=\w+[⁻-]1))(?P<second>{name})(?![A-Za-z]))?"
    )


@cache
def _insensitive() -> dict[str, Unit]:
    return {name.lower(): unit for name, unit in _names().items() if len(name) > 3 and name.isascii()}


_TAIL = re.compile(
    r"(?![가-힣])|간(?![가-힣])|이|가|은|는|을|를|에|의|로|으로|과|와|도|만|동안|부터|까지|정도|가량|쯤|이상|이하|미만|초과|씩|째|마다|전|후|뒤|사이|짜리"
    r"|당|여|안|내|남짓|밖|보다|반|넘|인|였|입|하고|처럼|같|대|형|급|차|연속|연장|감소|증가|늘|줄|상승|하락"
)


def ends_word(text: str, place: int) -> bool:
    """Whether a Korean unit may end at ``place``: a particle, a space or no Hangul follows; always so after Latin."""
    return not "가" <= text[place - 1 : place] <= "힣" or _TAIL.match(text, place) is not None


_WORD = re.compile(r"[\s\u00a0-]{0,2}([A-Za-z]{4,})(?![A-Za-z])")


def unit_at(text: str, place: int) -> tuple[Unit, int] | None:
    """The unit that stands at ``place``, a space or hyphen before it allowed, and the offset after it."""
    match = _pattern().match(text, place)
    if match is None:
        word = _WORD.match(text, place)
        unit = _insensitive().get(word[1].lower()) if word else None
        return (unit, word.end()) if word and unit else None
    if not ends_word(text, match.end("first")):
        return None
    names = _names()
    first = names[re.sub(r"\s", " ", match["first"])]
    joined = match.start("first") == place
    if match["first"] in _NOT_ALONE and not joined and not match["second"]:
        return None
    if match["first"] == "in" and not text.startswith((".", "²", "³"), match.end()):
        return None
    if match["second"]:
        second = names[re.sub(r"\s", " ", match["second"])]
        dimension = f"{first.dimension}/{second.dimension}"
        return Unit(f"{first.name}/{second.name}", dimension, first.factor / second.factor), match.end()
    return first, match.end()


def unit_named(name: str) -> Unit:
    """The unit of that name.

    Raises:
        KeyError: If there is none.
    """
    return _names()[name]
