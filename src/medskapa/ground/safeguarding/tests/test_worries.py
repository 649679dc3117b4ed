"""Words that worry are found however they are written, and nowhere else; each list is the officer's to change."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.labs.tests.makers import a_client, a_lab, an_actor
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.models import Record
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.actions import set_worry_words
from medskapa.ground.safeguarding.models import WorryWords
from medskapa.ground.safeguarding.worries import FEWEST, found_in, letters_in, plain, usual, words_of, worrying
from medskapa.ground.web.languages import KNOWN

ALL = [word for one in usual().values() for word in one.words]
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö ابتثجحدذرزسشصضطظعغفقكلمنهوي ሀለመሰረቀበተነከወዘየደገጠጸፈ"
WRITTEN = st.text(alphabet=LETTERS, max_size=60)
HARMLESS = [
    "Jag vill dela rum med någon. Hon slog upp boken och visade mig bilden. Vi tar tåget i morgon.",
    "I want to share a room. It hit them that nobody had asked. She takes my bag and we kick a ball.",
    "تغيّر موعد الاجتماع، لكنني عرفت بذلك في اليوم التالي. جلست ساعتين على كرسي في الممر.",
    "تابستان مکتب بسته است. آن وقت من فقط انتظار می‌کشم. صبح بوت‌هایم را می‌پوشم.",
    "Markii toddobaad waan jawaabay ka hor inta aysan su'aasha dhammayn. Way qososhay, aniguna waan qoslay.",
    "እቲ ተርጓማይ ናተይ ዘይኮነ ካልእ ቋንቋ እዩ ዝዛረብ ነይሩ። ኣብ መወዳእታ ናብ ክሽነ ከይደ ኣብ ወረቐት ስእሊ ደርሆ ሰኣልኩ።",
    "په دوبي کې ښوونځی تړلی وي. زه سهار چای څښم او له ملګرو سره فوټبال کوم. مکتوب مې ونه لوست.",
    "هاوین قوتابخانە داخراوە. بەیانیان نان دەخۆم و لەگەڵ هاوڕێکانم یاری دەکەم. نامەکەم نەخوێندەوە.",
]
stored = pytest.mark.django_db


def officer_of(lab):
    return an_actor(lab, Role.SAFEGUARDING_OFFICER)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Jag VILL  DÖ.", "vill dö"),
        ("jag vill do", "vill dö"),
        ("han slåååår mig!!", "slår mig"),
        ("han har våldtagit henne", "våldta*"),
        ("I don’t want to live", "don't want to live"),
        ("he is suicidal", "suicid*"),
        ("ｋｉｌｌ ｍｙｓｅｌｆ", "kill myself"),
        ("k\u200bill my\u00adself", "kill myself"),
        ("والانتحار", "*انتحار*"),
        ("أُرِيدُ أَنْ أَمُوت", "أريد أن أموت"),
        ("اريد ان اموت", "أريد أن أموت"),
        ("أتـمـنى المــوت", "أتمنى الموت"),
        ("میخواهم بمیرم", "می‌خواهم بمیرم"),
        ("مي‌خواهم بميرم", "می‌خواهم بمیرم"),
        ("wuu I GARAACAA", "i garaac*"),
        ("زه غواړم مړ سم، غواړم مړ شم", "غواړم مړ شم"),
        ("جنسی تیری", "جنسي تیری*"),
        ("دەمەوی بمرم", "دەمەوێ بمرم"),
        ("خوکوشتن", "خۆکوشتن*"),
        ("ጾታዊ ዐመጽ", "ጾታዊ ዓመጽ*"),
        ("ring 0۷۰", "070"),
    ],
)
def test_they_are_found_however_they_are_written(text, word):
    assert found_in(text, [word]) == [word]


@pytest.mark.parametrize(
    ("text", "word"), [("hoppa av", "hopp"), ("att slå migrän", "slå mig"), ("draped", "rape"), ("vill. Dörren", "vill dö"), ("", "*")]
)
def test_a_part_of_another_word_is_not_the_word(text, word):
    assert found_in(text, [word]) == []


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_telling_in_each_language_raises_nothing(text):
    assert found_in(text, ALL) == []


@pytest.mark.parametrize(
    "text", ["a" + "\u0301\u0323" * 100_000, "vill inte lev " * 14_000, "ـ " * 100_000, "ab" * 100_000, "\u202e\x00" * 100_000]
)
def test_two_hundred_thousand_hostile_signs_hold_up_nobody(text):
    assert found_in(text, ALL) == []
    assert found_in(f"{text} vill dö", ALL) == ["vill dö"]


@given(before=WRITTEN, after=WRITTEN, word=st.sampled_from(ALL))
def test_a_listed_expression_is_found_whatever_stands_around_it(before, after, word):
    written = word.replace("*", "")

    for text in (written, written.upper(), unicodedata.normalize("NFD", written), unicodedata.normalize("NFKC", written)):
        assert word in found_in(f"{before} {text}, {after}", ALL)


@given(text=st.text(max_size=200))
def test_any_text_at_all_can_be_looked_through_and_read_twice_it_says_the_same(text):
    found = found_in(text, ALL)

    assert set(found) <= set(ALL)
    assert plain(plain(text)) == plain(text)
    assert found_in(plain(text), ALL) == found


@given(word=st.text(max_size=30))
def test_an_expression_without_letters_or_digits_is_found_nowhere(word):
    assert letters_in(word) or found_in("Any text, 1 2 3.", [word]) == []


def test_the_lists_are_clean_and_say_whether_a_speaker_has_read_them():
    assert set(usual()) == {"sv", "en", "ar", "prs", "so", "ti", "ps", "ckb"}
    assert set(usual()) <= set(KNOWN)
    assert {language for language, one in usual().items() if not one.is_read_by_a_speaker} == {"ar", "prs", "so", "ti", "ps", "ckb"}
    assert [word for word in ALL if letters_in(word) < FEWEST or word != word.strip()] == []
    assert len(ALL) == len(set(ALL))


@stored
def test_the_officer_s_own_list_stands_in_place_of_the_usual_one_and_only_in_that_lab():
    lab, other = a_lab(), a_lab()

    set_worry_words(lab, language="sv", words=["bakom fabriken"], by=officer_of(lab))

    assert (worrying("De bor bakom fabriken.", lab), worrying("Jag vill dö.", lab)) == (["bakom fabriken"], [])
    assert (worrying("De bor bakom fabriken.", other), worrying("Jag vill dö.", other)) == ([], ["vill dö"])
    assert worrying("I want to die.", lab) == ["want to die"]


@stored
def test_the_usual_list_again_leaves_nothing_of_the_lab_s_own():
    lab = a_lab()
    set_worry_words(lab, language="sv", words=[], by=officer_of(lab))

    set_worry_words(lab, language="sv", words=usual()["sv"].words, by=officer_of(lab))

    assert not WorryWords.objects.exists()
    assert words_of(lab)["sv"] == usual()["sv"].words
    assert Record.objects.filter(chain=lab.public_id, verb="worry_words.set").count() == 2


@stored
def test_looking_through_a_text_costs_one_query_however_long_it_and_the_lists_are(django_assert_num_queries):
    lab = a_lab()
    set_worry_words(lab, language="ps", words=[f"word{number}" for number in range(500)], by=officer_of(lab))

    with django_assert_num_queries(1):
        assert worrying("This is a long story. " * 900 + "word499", lab) == ["word499"]


@stored
@pytest.mark.parametrize("role", [Role.PROCESS_LEADER, Role.MODERATOR, Role.CO_CREATOR, "operator", "public"])
def test_nobody_else_changes_a_list_or_knows_that_there_is_one(role):
    lab = a_lab()

    with pytest.raises(NotAllowed):
        set_worry_words(lab, language="sv", words=[], by=an_actor(lab, role))

    assert {a_client(lab, role).get(f"/en/labs/{lab.slug}/concerns/words/{end}").status_code for end in ("", "sv/")} == {404}


@stored
def test_the_officer_changes_a_list_on_its_page_and_takes_the_usual_one_again():
    lab = a_lab(languages=["sv", "ps"])
    client, here = a_client(lab, Role.SAFEGUARDING_DEPUTY), f"/en/labs/{lab.slug}/concerns/words/"
    assert [client.get(here + code).status_code for code in ("ps/", "fr/")] == [200, 404]

    saved = client.post(f"{here}sv/", {"form_key": "k" * 24, "words": "  vill   dö \n\nvill dö\nbakom fabriken"})

    assert saved.status_code == 303
    assert WorryWords.objects.get(lab=lab).words == "vill dö\nbakom fabriken"
    assert "changed here" in client.get(here).content.decode()
    assert client.post(f"{here}sv/", {"form_key": "u" * 24, "usual": "1"}).status_code == 303
    assert not WorryWords.objects.exists()


@stored
@pytest.mark.parametrize("words", ["dö", "*", "aaaa", "x" * 101, "\n".join(f"word{number}" for number in range(501))])
def test_a_list_that_would_be_found_everywhere_or_has_no_end_is_refused(words):
    lab = a_lab()
    client, here = a_client(lab, Role.SAFEGUARDING_OFFICER), f"/en/labs/{lab.slug}/concerns/words/sv/"

    answer = client.post(here, {"form_key": "k" * 24, "words": words})

    assert (answer.status_code, WorryWords.objects.exists()) == (422, False)
