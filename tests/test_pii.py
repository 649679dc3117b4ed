"""The marks of personal data keep their promise on the texts of the bench: found where planted, seldom where nothing was."""

from benchmarks import pii


def test_what_was_planted_in_eight_languages_is_marked():
    recalls = list(pii.recalls())

    assert len(recalls) > 50
    assert [figure for figure in recalls if not figure.ok] == []


def test_in_stories_that_name_nobody_few_words_are_marked():
    false = list(pii.false_marks())

    assert {figure.name.partition(":")[0] for figure in false} >= {"sv", "en", "ar", "prs", "so", "ti"}
    assert [figure for figure in false if not figure.ok] == []
