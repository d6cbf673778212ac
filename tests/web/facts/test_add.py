"""Adding a fact: the form follows what is chosen, says what would be right, and loses nothing."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from questions.domain.interchange import built_in_vocabularies, read_deck
from questions.models import Deck, Entity, Fact, Question, Source
from questions.queries.interchange import deck_file
from tests.web.teach.sample import vaporia_founded

pytestmark = pytest.mark.django_db

FOUNDED = {
    "about": "Vaporia",
    "relation": "founded",
    "value": "5 May 1939",
    "source_0": "atlas",
    "at_0": "page 9",
    "rank": "normal",
}


def post(client: Client, deck: Deck, name: str = "fact_new", **values: str) -> tuple[int, str]:
    response = client.post(reverse(f"questions:{name}", args=[deck.slug]), {**FOUNDED, **values})
    return response.status_code, unescape(response.content.decode())


def added(deck: Deck) -> Fact:
    return Fact.objects.live().get(deck=deck, about__name="Vaporia")


def test_a_date_in_words_is_kept_as_edtf_and_asked(client: Client, deck: Deck) -> None:
    assert post(client, deck)[0] == 302
    fact = added(deck)
    assert fact.value == "1939-05-05"
    assert [str(each.passage) for each in fact.supports.all()] == ["A Lunar Atlas, page 9"]
    assert Question.objects.active().filter(card__fact=fact).exists()


def test_an_impossible_date_is_explained_and_stays_in_the_form(client: Client, deck: Deck) -> None:
    status, html = post(client, deck, value="31 April 1939")
    assert status == 422
    assert "“31 April 1939” is no day of the calendar" in html
    assert 'value="31 April 1939"' in html
    assert 'value="page 9"' in html
    assert not Fact.objects.filter(about__name="Vaporia").exists()


@pytest.mark.parametrize(
    "typed", ["yes1", "hello 7 world", "<script>alert(1)</script>", "about the time of 41 or so"]
)
def test_a_stray_number_is_no_date(client: Client, deck: Deck, typed: str) -> None:
    assert post(client, deck, value=typed)[0] == 422
    assert not Fact.objects.filter(about__name="Vaporia").exists()


def test_a_year_with_a_comma_is_explained(client: Client, deck: Deck) -> None:
    status, html = post(client, deck, value="1,939")
    assert status == 422
    assert "write a year in four figures" in html


def test_a_day_that_could_be_two_is_asked_again(client: Client, deck: Deck) -> None:
    status, html = post(client, deck, value="4/5/1939")
    assert status == 422
    assert "could be two days" in html


def test_a_fact_needs_a_source(client: Client, deck: Deck) -> None:
    status, html = post(client, deck, source_0="", at_0="")
    assert status == 422
    assert "Say where it stands" in html


def test_a_new_source_is_added_with_the_fact(client: Client, deck: Deck) -> None:
    new = {"source_0": "+", "new_title": "Frost", "new_author": "Jane Doe", "new_year": "1988"}
    assert post(client, deck, **new)[0] == 302
    source = Source.objects.get(deck=deck, key="doe")
    assert (source.title, source.author, source.year) == ("Frost", "Jane Doe", "1988")
    assert added(deck).passages.get().source == source


def test_a_new_source_needs_a_title(client: Client, deck: Deck) -> None:
    status, html = post(client, deck, source_0="+", new_title="")
    assert status == 422
    assert "The new source needs a title" in html
    assert not Source.objects.filter(deck=deck, title="").exists()


def test_an_alias_names_its_entity(client: Client, deck: Deck) -> None:
    values = {"about": "land of RAINS", "relation": "motto", "value": "Rain will come"}
    assert post(client, deck, **values)[0] == 302
    assert Fact.objects.get(relation="motto").about.key == "imbria"


def test_an_unknown_name_offers_to_add_it(client: Client, deck: Deck) -> None:
    status, html = post(client, deck, about="Frigoria")
    assert status == 422
    assert "The deck has no “Frigoria”" in html
    assert 'name="about_type"' in html
    assert not Entity.objects.filter(name="Frigoria").exists()
    assert post(client, deck, about="Frigoria", about_type="country")[0] == 302
    entity = Entity.objects.get(deck=deck, name="Frigoria")
    assert (entity.key, entity.type) == ("frigoria", "country")


def test_a_value_of_the_wrong_type_is_refused_in_words(client: Client, deck: Deck) -> None:
    status, html = post(client, deck, relation="capital", value="Serenia")
    assert status == 422
    assert "Serenia is a country; this wants a city." in html


def test_a_relation_that_does_not_fit_the_subject_is_refused(client: Client, deck: Deck) -> None:
    status, html = post(client, deck, about="Platoville", relation="motto", value="Think")
    assert status == 422
    assert "Platoville is a city; “Motto” can only be said of a country." in html


def test_nor_may_a_new_subject_be_of_a_type_that_does_not_fit(client: Client, deck: Deck) -> None:
    new = {"about": "Mistport", "about_type": "city", "relation": "motto", "value": "Fog"}
    status, html = post(client, deck, **new)
    assert status == 422
    assert "Mistport is a city; “Motto” can only be said of a country." in html
    assert not Entity.objects.filter(name="Mistport").exists()


def test_what_must_be_chosen_is_not_called_optional(client: Client, deck: Deck) -> None:
    _, html = post(client, deck, "fact_controls", about="Frigoria", source_0="+")
    labels = [label.strip() for label in re.findall(r"<label[^>]*>(.*?)</label>", html, re.DOTALL)]
    for wanted in ("Add “Frigoria” to the deck as a new", "Title of the new source"):
        assert wanted in labels
    assert any(label.startswith("Author") and "optional" in label for label in labels)


def test_sources_of_one_title_are_told_apart(client: Client, deck: Deck) -> None:
    twin = {"deck": deck, "title": "A Lunar Atlas", "author": "Ida Stone"}
    Source.objects.create(key="atlas2", year="1984", position=2, **twin)
    Source.objects.create(key="atlas3", year="1984", cite="the pocket atlas", position=3, **twin)
    Source.objects.create(key="leaf", title="The Moon Almanac", position=4, deck=deck)
    for page in ("fact_controls", "authored_controls"):
        _, html = post(client, deck, page)
        for name in (
            "Ida Stone, A Lunar Atlas (1971)",
            "Ida Stone, A Lunar Atlas (1984) – the pocket atlas",
            "Ida Stone, A Lunar Atlas (1984)",
            "The Moon Almanac – [almanac]",
            "The Moon Almanac – [leaf]",
        ):
            assert f">{name}</option>" in html


def test_relations_of_one_name_say_where_they_come_from(client: Client, deck: Deck) -> None:
    Deck.objects.filter(pk=deck.pk).update(use=["general", "history"], revision=deck.revision + 1)
    _, html = post(client, deck, "fact_controls", about="", relation="")
    options = re.findall(r"<option[^>]*>(.*?)</option>", html)
    assert "Part of" not in options
    assert {"Part of (General)", "Part of (History)"} <= set(options)
    assert {"Located in", "Capital"} <= set(options)
    _, html = post(client, deck, "fact_controls", relation="")
    options = re.findall(r"<option[^>]*>(.*?)</option>", html)
    assert "Part of" in options  # of a country only one of the two can be said


def test_two_of_one_name_are_told_apart_by_their_keys(client: Client, deck: Deck) -> None:
    status, html = post(client, deck, about="Halha")
    assert status == 422
    assert "Halha [halha-river], Halha [halha-town]" in html
    assert post(client, deck, about="Halha [halha-town]")[0] == 302
    assert Fact.objects.get(about__key="halha-town").value == "1939-05-05"


def test_numbers_are_read_as_people_write_them(client: Client, deck: Deck) -> None:
    values = {"relation": "population", "value": "about 20,300", "q_by": "the census"}
    assert post(client, deck, **values)[0] == 302
    fact = added(deck)
    assert (fact.value, fact.qualifiers) == ("~20300", {"by": "the census"})


def test_further_spellings_and_key_points_are_kept_by_line(client: Client, deck: Deck) -> None:
    post(client, deck, relation="motto", value="Mist and mirth", accept="Mist & mirth\n\n Mirth ")
    post(client, deck, relation="custom", value="They bow to clouds", points="bow\nclouds")
    facts = {fact.relation: fact for fact in Fact.objects.filter(about__name="Vaporia")}
    assert facts["motto"].accept == ["Mist & mirth", "Mirth"]
    assert facts["custom"].points == ["bow", "clouds"]


def test_what_the_deck_says_already_is_not_said_twice(client: Client, deck: Deck) -> None:
    fact = vaporia_founded(deck)
    status, html = post(client, deck)
    assert status == 422
    assert "The deck says this already" in html
    assert reverse("questions:fact_edit", args=[deck.slug, fact.uid]) in html
    assert Fact.objects.live().filter(about__name="Vaporia").count() == 1


def test_only_relations_that_fit_the_subject_are_offered(client: Client, deck: Deck) -> None:
    _, html = post(client, deck, "fact_controls", about="Platoville", relation="")
    assert 'value="twinned"' in html
    assert 'value="founded"' in html
    assert 'value="motto"' not in html


def test_choosing_a_relation_brings_its_controls_without_script_too(
    client: Client, deck: Deck
) -> None:
    """The button "continue" sends the form; nothing is saved or found fault with."""
    new = {"about": "Platoville", "relation": "twinned", "value": "", "source_0": ""}
    status, html = post(client, deck, **new, **{"continue": "1"})
    assert status == 200
    assert 'name="q_through"' in html
    assert 'value="Platoville"' in html
    assert "field-error" not in html
    assert Fact.objects.filter(relation="twinned").count() == 0


def test_another_source_can_be_added_without_script(client: Client, deck: Deck) -> None:
    status, html = post(client, deck, more_sources="1")
    assert status == 200
    assert 'name="source_1"' in html
    assert post(client, deck, source_1="almanac", at_1="page 4")[0] == 302
    assert added(deck).passages.count() == 2


def test_the_next_fact_keeps_subject_and_source(client: Client, deck: Deck) -> None:
    url = reverse("questions:fact_new", args=[deck.slug])
    response = client.post(url, {**FOUNDED, "another": "1"}, follow=True)
    html = response.content.decode()
    assert response.redirect_chain[0][0].startswith(url)
    assert 'value="Vaporia"' in html
    assert '<option value="atlas" selected>' in html


def test_names_complete_while_typing(client: Client, deck: Deck) -> None:
    url = reverse("questions:entity_options", args=[deck.slug])
    typed = {"field": "value", "types": "city", "value": "tych"}
    assert 'value="Tychograd"' in client.get(url, typed).content.decode()
    typed["value"] = "nub"
    assert "Nubara" not in client.get(url, typed).content.decode()
    shared = client.get(url, {"field": "about", "about": "hal"}).content.decode()
    assert 'value="Halha [halha-river]"' in shared


def test_the_name_of_a_unit_is_text_and_not_markup(client: Client, deck: Deck) -> None:
    units = "units: {people: {one: x, many: <img src=x>}}"
    Deck.objects.filter(pk=deck.pk).update(
        own_vocabulary={"text": f"{deck.own_vocabulary['text']}\n{units}"},
        revision=deck.revision + 1,
    )
    page = reverse("questions:fact_new", args=[deck.slug])
    response = client.post(page, FOUNDED | {"relation": "population", "value": "many"})
    html = response.content.decode()
    assert "Counted in &lt;img src=x&gt;." in html
    assert "<img src=x" not in html


def test_a_qualifier_is_called_by_its_name_without_underscores(client: Client, deck: Deck) -> None:
    depth = "  depth:\n    value: number\n    qualifiers: {measured_by: text}\n"
    text = deck.own_vocabulary["text"].replace("relations:\n", f"relations:\n{depth}")
    deck.own_vocabulary = {"text": text}
    deck.revision += 1
    deck.save()
    html = post(client, deck, "fact_controls", relation="depth")[1]
    assert 'name="q_measured_by"' in html
    assert "measured by" in html.lower()


@pytest.mark.parametrize("field", ["about", "note", "at_0", "new_title"])
def test_what_would_reverse_the_text_after_it_is_refused_at_its_field(
    client: Client, deck: Deck, field: str
) -> None:
    typed = {"source_0": "+", "new_title": "Frost", "about": "Vaporia", "about_type": "country"}
    status, html = post(client, deck, **(typed | {field: "Moon \u202egnirts"}))
    assert status == 422
    said = "A character that turns the direction of reading stands in this text (U+202E, after"
    assert said in html
    assert f'id="id_{field}_error"' in html
    assert not Fact.objects.filter(relation="founded", value="1939-05-05").exists()


def test_a_note_of_several_lines_can_be_read_again_from_the_deck_file(
    client: Client, deck: Deck
) -> None:
    assert post(client, deck, note="One.\r\nTwo.")[0] == 302
    deck.refresh_from_db()
    facts = read_deck(deck_file(deck).encode(), built_in_vocabularies()).facts
    assert "One.\nTwo." in {fact.note for fact in facts}
    assert "control character" in post(client, deck, about="Imbria", note="A\x1bB")[1]
