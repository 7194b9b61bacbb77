"""Models of a record: tested before named, its own sentences before the study's, the fullest name first."""

from __future__ import annotations

from tests.unit.assemble.made import view

from secretome_nlp.assemble.arms import Article
from secretome_nlp.assemble.models import model_slots, recipients
from secretome_nlp.assemble.view import View


def article(found: View, *ids: str) -> Article:
    mentions = [found.mentions[i] for i in ids]
    return Article(mentions[0], mentions)


def values(found: View, one: Article, here: list[int], sentences: list[int], setting: str | None) -> list[str]:
    return [s.value for s in model_slots(found, one, here, sentences, setting)]


def test_models_of_the_settings_own_sentences_come_first() -> None:
    found = view(["Rats had a [wound]a:MODEL/disease.", "The [EVs]e:COMPONENT closed [skin burns]b:MODEL/disease."])
    one = article(found, "e")
    assert values(found, one, [1], [0, 1], "in_vivo") == ["skin burns"]
    assert values(found, one, [], [0, 1], "in_vivo") == ["skin burns", "wound"]
    assert values(found, one, [], [], "in_vivo") == []


def test_what_the_article_was_tested_in_comes_before_what_is_named() -> None:
    found = view(
        ["[EVs]e:COMPONENT were given in [gout]a:MODEL/disease; [asthma]b:MODEL/disease is as frequent."],
        [("tested_in", "e", "a")],
    )
    assert values(found, article(found, "e"), [0], [0], "in_vivo") == ["gout"]
    assert values(found, article(found, "e"), [0], [0], None) == ["gout"]


def test_a_name_that_says_less_of_the_same_is_left_out() -> None:
    found = view(["[kidney injury]a:MODEL/disease, [cold kidney injury]b:MODEL/disease and [gout]c:MODEL/disease; EVs "
                  "were [EVs]e:COMPONENT."])  # fmt: skip
    assert values(found, article(found, "e"), [0], [0], "in_vivo") == ["cold kidney injury", "gout"]


def test_the_same_words_in_another_order_are_one_model_by_its_first_name() -> None:
    found = view(["[kidney injury by cold]a:MODEL/disease, [cold by kidney injury]b:MODEL/disease, [EVs]e:COMPONENT."])
    (slot,) = model_slots(found, article(found, "e"), [0], [0], "in_vivo")
    assert (slot.value, slot.mentions) == ("kidney injury by cold", ("a", "b"))


def test_models_within_a_preparation_or_an_endpoint_are_none() -> None:
    found = view(
        ["[after [gout]a:MODEL/disease]p:PRIMING the [EVs]e:COMPONENT met [[gout]b:MODEL/disease pain]o:OUTCOME."]
    )
    assert values(found, article(found, "e"), [0], [0], "in_vivo") == []


def test_a_culture_has_its_stress() -> None:
    found = view(["[EVs]e:COMPONENT helped cells in [warm water]s:MODEL/in_vitro, as in [gout]g:MODEL/disease."])
    assert values(found, article(found, "e"), [0], [0], "in_vitro") == ["warm water"]


def test_what_the_source_was_prepared_with_is_no_stress() -> None:
    found = view(
        ["[EVs]e:COMPONENT of cells after [warm water]p:PRIMING helped; [warm water]s:MODEL/in_vitro was clean.",
         "It is a study of [gout]g:MODEL/disease."],
    )  # fmt: skip
    assert values(found, article(found, "e"), [0], [0, 1], "in_vitro") == ["gout"]


def test_a_culture_without_a_stress_has_the_cells_that_were_acted_on() -> None:
    found = view(
        ["[EVs]e:COMPONENT raised [[podocyte]c:CELL_TYPE/primary growth]o:OUTCOME, not as in [gout]g:MODEL/disease."],
        [("affects", "e", "o")],
    )
    one = article(found, "e")
    assert [m.id for m in recipients(found, one, [0])] == ["c"]
    assert values(found, one, [0], [0], "in_vitro") == ["podocyte"]


def test_a_disease_that_was_tested_in_comes_before_the_cells() -> None:
    found = view(
        ["[EVs]e:COMPONENT raised [[podocyte]c:CELL_TYPE/primary growth]o:OUTCOME in [gout]g:MODEL/disease."],
        [("affects", "e", "o"), ("tested_in", "e", "g")],
    )
    assert values(found, article(found, "e"), [0], [0], "in_vitro") == ["gout"]


def test_recipients_are_cells_told_with_the_target_and_no_sources() -> None:
    found = view(
        ["[EVs]e:COMPONENT of [stem cells]s:CELL_TYPE/stem raised [growth]o:OUTCOME of [podocytes]c:CELL_TYPE/primary.",
         "[Neurons]n:CELL_TYPE/primary were elsewhere."],
        [("affects", "e", "o")],
    )  # fmt: skip
    assert [m.id for m in recipients(found, article(found, "e"), [0, 1])] == ["c"]
    assert recipients(found, article(found, "s"), [0, 1]) == []
