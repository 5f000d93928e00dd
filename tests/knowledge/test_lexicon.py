from knowledge.analysis import Analyzer
from knowledge.lexicon import Lexicon
from knowledge.library import Library

ANALYZER = Analyzer(["the", "of", "to"])
LEXICON = Lexicon(ANALYZER)


def english(text: str) -> list[tuple[str, ...]]:
    """The English terms of an Arabic question, word by word."""
    return [found.terms for found in LEXICON.translate(ANALYZER.tokens(text))]


def test_arabic_words_have_english_ones() -> None:
    """Article, clitics and endings do not matter; the longest run of words counts; small words have none."""
    assert english("الحكومة وللحكومة حكومات") == [("govern",)] * 3
    assert english("رئيس الوزراء") == [("prime", "minist")]
    assert english("ما هي العلاقات") == [(), (), ("relat",)]
    assert english("gas of غرغر") == []


def test_related_words_share_a_set() -> None:
    """Words of one line find each other, runs of words too; others do not."""

    def sets(text: str) -> set[str]:
        return {one for some in LEXICON.related(ANALYZER.terms(text)) for one in some.sets}

    assert sets("premier") & sets("the prime minister")
    assert sets("quit") & sets("resigned")
    assert not sets("premier") & sets("resigned")
    assert not sets("zxqv")


def test_related_and_translated_words_find_a_passage(tiny: Library) -> None:
    """A question whose words the passage lacks is answered, and the explanation says how."""
    answer = tiny.ask("الغاز من إيران")
    assert answer.hits
    hows = {share.how for shares in tiny.explain(answer) for share in shares}
    assert "translation" in hows
    assert "related words" in {share.how for share in tiny.explain(tiny.ask("purchases of fuel"))[0]}
