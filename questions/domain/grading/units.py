"""Units of measure and of counting: which word means which, and how to convert.

The table holds measures of everyday and school use; a vocabulary's or a deck's units come on top.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from questions.domain.facts import Unit

_ONE = Decimal(1)
_PER = re.compile(r"\s*/\s*|\s+per\s+|(?<=\w)\s+an?\s+(?=\w)")


@dataclass(frozen=True, slots=True)
class Measure:
    """A value in this unit times `factor` plus `offset` is the value in the unit `base`.

    counts: things are counted in it, so that its figures are whole
    bare: of a figure with decimals a number without any unit is the same, and none need be named
    """

    base: str
    factor: Decimal = _ONE
    offset: Decimal = Decimal(0)
    counts: bool = False
    bare: bool = False


# base: (factor: words)
_MEASURES: dict[str, dict[str, str]] = {
    "metre": {
        "0.000000001": "nm,nanometre,nanometer", "0.000001": "µm,um,micron,micrometre,micrometer",
        "0.001": "mm,millimetre,millimeter", "0.01": "cm,centimetre,centimeter",
        "0.1": "dm,decimetre,decimeter", "1": "m,metre,meter,metr,mtr",
        "1000": "km,kms,kilometre,kilometer,kilometr,klick", "1609.344": "mi,mile,statute mile",
        "1852": "nmi,nautical mile,sea mile", "0.9144": "yd,yds,yard", "0.3048": "ft,foot,feet",
        "0.0254": "in,inch,inches", "149597870700": "au,astronomical unit",
        "9460730472580800": "ly,light year,lightyear", "201.168": "furlong", "1.8288": "fathom",
        "1066.8": "verst,versts",
    },
    "square metre": {
        "1": "m2,sq m,square m,sqm,square metre,square meter", "10000": "ha,hectare",
        "1000000": "km2,sq km,square km,sqkm,square kilometre,square kilometer,km squared",
        "4046.8564224": "acre,ac", "2589988.110336": "sq mi,mi2,square mile,sq mile",
        "0.09290304": "sq ft,ft2,square foot,square feet", "0.0001": "cm2,sq cm,square centimetre",
    },
    "litre": {
        "0.000001": "µl,ul,microlitre,microliter",
        "0.001": "ml,millilitre,milliliter,cc,cm3,cubic centimetre,cubic centimeter",
        "0.01": "cl,centilitre,centiliter", "0.1": "dl,decilitre,deciliter",
        "1": "l,litre,liter,dm3", "1000": "m3,cubic m,cubic metre,cubic meter,cu m,kl",
        "3.785411784": "gal,gallon,us gallon", "0.473176473": "pint,pt",
        "158.987294928": "barrel,bbl",
        "1000000000000": "km3,cubic km,cubic kilometre,cubic kilometer",
    },
    "gram": {
        "0.000001": "µg,ug,microgram,mcg", "0.001": "mg,milligram", "1": "g,gram,gramme,gm,gr",
        "1000": "kg,kgs,kilo,kilogram,kilogramme", "1000000": "t,ton,tonne,metric ton",
        "453.59237": "lb,lbs,pound", "28.349523125": "oz,ounce", "6350.29318": "stone",
        "1016046.9088": "long ton", "907184.74": "short ton",
    },
    "second": {
        "0.000000001": "ns,nanosecond", "0.000001": "µs,us,microsecond", "0.001": "ms,millisecond",
        "1": "s,sec,secs,second", "60": "min,mins,minute", "3600": "h,hr,hrs,hour",
        "86400": "d,day", "604800": "wk,week", "2629746": "mo,month",
        "31556952": "y,yr,yrs,year", "315569520": "decade", "3155695200": "century,centuries",
        "31556952000": "millennium,millennia", "31556952000000": "myr,million years",
    },
    "metre per second": {
        "1": "m/s,ms-1,metre per second,meter per second,m per s,metres a second",
        "0.2777777777777777777777777778":
            "km/h,kmh,kph,kmph,kilometre per hour,kilometer per hour,km per hour,km an hour",
        "0.44704": "mph,mile per hour,miles an hour",
        "0.5144444444444444444444444444": "kn,knot,kt",
        "1000": "km/s,kilometre per second,kilometer per second",
    },
    "kelvin": {"1": "k,kelvin,kelvins"},
    "joule": {
        "1": "j,joule", "1000": "kj,kilojoule", "4.184": "cal,calorie", "4184": "kcal,kilocalorie",
        "3600000": "kwh,kilowatt hour", "0.0000000000000000001602176634": "ev,electronvolt",
    },
    "watt": {
        "1": "w,watt", "1000": "kw,kilowatt", "1000000": "mw,megawatt", "745.7": "hp,horsepower",
    },
    "pascal": {
        "1": "pa,pascal", "100": "hpa,mbar,millibar", "1000": "kpa,kilopascal",
        "100000": "bar", "101325": "atm,atmosphere", "133.322": "mmhg,torr",
    },
    "hertz": {"1": "hz,hertz", "1000": "khz", "1000000": "mhz", "1000000000": "ghz"},
    "volt": {"1": "v,volt", "0.001": "mv", "1000": "kv"},
    "ampere": {"1": "a,amp,ampere", "0.001": "ma"},
    "newton": {"1": "n,newton", "1000": "kn force,kilonewton"},
    "mole": {
        "0.000001": "µmol,umol,micromole", "0.001": "mmol,millimole", "1": "mol,mole",
    },
    "gram per mole": {"1": "g/mol,gram per mole,g mol-1,g per mol", "1000": "kg/mol"},
    "unified atomic mass": {"1": "u,amu,da,dalton"},
    "byte": {
        "1": "byte", "1000": "kb,kilobyte", "1000000": "mb,megabyte", "1000000000": "gb,gigabyte",
    },
    "percent": {"1": "%,percent,per cent,pct,percentage,percentage points", "0.1": "permille,‰"},
    "degree": {"1": "°,deg,degree,degrees of arc"},
}  # fmt: skip
_BARE = frozenset({"unified atomic mass", "gram per mole"})
_TEMPERATURES = {
    "c,°c,celsius,centigrade,degree c,degrees c,degrees celsius,degree celsius,deg c": (
        "1", "273.15"),
    "f,°f,fahrenheit,degree f,degrees f,degrees fahrenheit,degree fahrenheit,deg f": (
        "0.5555555555555555555555555556", "255.3722222222222222222222222"),
}  # fmt: skip
# Nouns that count the same things.
_COUNTED = {
    "people": """person persons people man men woman women soldier troop inhabitant resident citizen
        casualty casualties loss losses victim death dead killed wounded missing captured prisoner
        pow civilian human soul life lives head worker student member serviceman servicemen
        personnel ppl guest musician listener climber sailor porter visitor spectator passenger
        volunteer settler recruit combatant fighter population individual child children voter
        refugee injured fatality fatalities""",
    "aircraft": "aircraft plane airplane aeroplane warplane jet airframe",
    "tank": "tank", "vehicle": "vehicle truck lorry lorries automobile",
    "armoured car": "armoured_car armored_car", "gun": "gun cannon artillery_piece howitzer",
    "ship": "ship vessel boat", "time": "time times occasion", "item": "item piece",
    "division": "division", "horse": "horse", "book": "book", "country": "country countries",
    "bomb": "bomb", "house": "house home", "dollar": "dollar usd buck", "euro": "euro eur",
    "atom": "atom", "proton": "proton", "electron": "electron", "neutron": "neutron",
    "bone": "bone", "species": "species", "star": "star", "planet": "planet", "moon": "moon",
    "point": "point", "state": "state", "island": "island", "city": "city cities", "war": "war",
    "battle": "battle", "page": "page", "word": "word", "cell": "cell",
    "chromosome": "chromosome",
}  # fmt: skip

# The commonest in other languages, by one of the words above.
_ABROAD = {
    "metre": "м,метр,метра,метров", "km": "км,kilometro,километр,километра,километров,公里",
    "gram": "г,грамм", "kg": "кг", "cm3": "см3",
    "year": "jahr,jahre,jahren,лет,год,года,ans,année,años,anni,年,年間,年间",
    "month": "monat,monate,monaten,mois,mes,meses,mesi,месяц,месяца,месяцев,か月,ヶ月,个月,個月",
    "day": "tag,tage,tagen,jour,jours,día,días,giorni,день,дня,дней,日,日間,天",
    "percent": "prozent,процент,процента,процентов,pour cent,por ciento",
    "degree": "grad,градус,градуса,градусов,grado,degré", "celsius": "grad celsius",
    "people": "mann,personen,personnes,personas,человек,людей,人,名",
    "soldier": "солдат,soldaten,soldats,soldados",
}  # fmt: skip


class Units:
    """Measures by every word for them."""

    def __init__(self, own: Mapping[str, Unit] | None = None) -> None:
        self._known = dict(_table())
        for unit in (own or {}).values():
            self._enter(unit)

    def find(self, phrase: str) -> Measure | None:
        """The measure that a few words name, in the singular or plural, or one by another."""
        spelt = _spelt(phrase)
        return self._known.get(spelt) or self._known.get(_singular(spelt)) or self._share(spelt)

    def _share(self, spelt: str) -> Measure | None:
        """ "kg/m3" and "grams per cubic centimetre": so much of one measure in one of another."""
        parts = _PER.split(spelt)
        if len(parts) != 2:
            return None
        much, of = (self._known.get(part) or self._known.get(_singular(part)) for part in parts)
        if much is None or of is None or much.offset or of.offset:
            return None
        return Measure(f"{much.base} per {of.base}", much.factor / of.factor)

    def of(self, unit: str | None) -> Measure | None:
        """What is asked in; a unit not in the table counts things of that name."""
        if not unit:
            return None
        return self.find(unit) or Measure(_singular(_spelt(unit)), counts=True)

    def _enter(self, unit: Unit) -> None:
        """A deck's unit; where the table knows its name or base, it converts to that."""
        known = self.find(unit.base) if unit.base else self.find(unit.one) or self.find(unit.key)
        factor = Decimal(unit.factor) if unit.base else _ONE
        if known:
            measure = replace(known, factor=known.factor * factor)
        else:
            measure = Measure(unit.base or unit.key, factor, counts=True)
        _name(self._known, (unit.key, unit.one, unit.many, *unit.aliases), measure)


@cache
def _table() -> Mapping[str, Measure]:
    """The measures that need no vocabulary, by every word for them."""
    known: dict[str, Measure] = {}
    for base, sizes in _MEASURES.items():
        for factor, names in sizes.items():
            measure = Measure(base, Decimal(factor), bare=base in _BARE)
            _name(known, names.split(","), measure)
    for names, (factor, offset) in _TEMPERATURES.items():
        _name(known, names.split(","), Measure("kelvin", Decimal(factor), Decimal(offset)))
    for base, nouns in _COUNTED.items():
        words = (noun.replace("_", " ") for noun in nouns.split())
        _name(known, words, Measure(base, counts=True))
    for word, abroad in _ABROAD.items():
        _name(known, abroad.split(","), known[word])
    return known


def _name(known: dict[str, Measure], names: Iterable[str], measure: Measure) -> None:
    for name in names:
        if spelt := _spelt(name):
            known[spelt] = measure
            known.setdefault(_singular(spelt), measure)


def _spelt(phrase: str) -> str:
    return " ".join(phrase.casefold().replace(".", "").replace("-", " ").split())


def _singular(spelt: str) -> str:
    """Every word without its plural s, so that "metres per second" is found."""
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in spelt.split()
    )
