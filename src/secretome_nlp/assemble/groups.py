"""In which settings an article has results: its outcomes by the setting of the sentences that tell of them."""

from __future__ import annotations

from collections.abc import Collection

from secretome_nlp.assemble.arms import Article, of_article
from secretome_nlp.assemble.effect import outcome_of
from secretome_nlp.assemble.settings import has_disease, has_word, names_setting, setting_of
from secretome_nlp.assemble.studies import FEW_SENTENCES, StudyUnit
from secretome_nlp.assemble.view import View
from secretome_nlp.types import Outcome, Relation

#: Roles of sentences that tell what was to be done, not what came of it.
UNTESTED = ("aim", "method", "hypothesis", "background")
#: The outcomes of each setting; None is the setting of what is told without one.
Groups = dict[str | None, list[Outcome]]


def results_by_setting(view: View, unit: StudyUnit, article: Article, settings: dict[int, tuple[str, ...]]) -> Groups:
    """Return the outcomes of each setting in which the article did something or was plainly tested.

    `settings` are those of the study's sentences. A setting of which the title alone tells, one in which the disease
    itself got better, and one that a finding names are added to those of measured endpoints.
    """
    groups = _by_setting(view, _results(view, unit, article.effects), settings)
    told = [r for r in article.effects if is_title(view, r.sentence) and has_disease(view, r.sentence)]
    for setting, found in _by_setting(view, [r for r in told if not r.hedged], settings).items():
        if groups and setting is not None:
            groups.setdefault(setting, found)
    for setting, found in _treated(view, unit, article, settings, found_in=set(groups)).items():
        groups[setting] = found
    for setting in _named_settings(view, unit, article) if groups else ():
        groups.setdefault(setting, [])
    return groups


def _by_setting(view: View, effects: list[Relation], settings: dict[int, tuple[str, ...]]) -> Groups:
    """Return the outcomes that effects tell by the setting of their sentences."""
    groups: Groups = {}
    for r in effects:
        outcome = outcome_of(view, r) if r.type == "affects" else None
        if outcome is not None:
            for setting in settings.get(r.sentence) or (None,):
                groups.setdefault(setting, []).append(outcome)
    return groups


def _results(view: View, unit: StudyUnit, effects: list[Relation]) -> list[Relation]:
    """Leave out what the title and the conclusion say in general words, where results tell of effects."""
    plain = [r for r in effects if not _sums_up(view, unit, r.sentence)]
    return plain if any(r.type == "affects" for r in plain) else effects


def _sums_up(view: View, unit: StudyUnit, number: int) -> bool:
    """Tell whether a sentence of a paper's own abstract is its title or a conclusion, and of no setting.

    What a conclusion says suggests a setting ("ischaemia-induced death"); only one that it names is that of a test.
    """
    if unit.is_cited():
        return False
    concluding = view.lower_text(number).startswith(view.words.concludes)
    if setting_of(view, number):
        return concluding and not names_setting(view, number)
    last = number == unit.sentences[-1] and len(unit.sentences) > FEW_SENTENCES
    return is_title(view, number) or last or concluding


def is_title(view: View, number: int) -> bool:
    """Tell whether a sentence is of the title."""
    return view.annotations.document.sentences[number].end <= len(view.annotations.document.title)


def _treated(
    view: View,
    unit: StudyUnit,
    article: Article,
    settings: dict[int, tuple[str, ...]],
    found_in: Collection[str | None],
) -> Groups:
    """Without a named endpoint, the model itself is what got better, where a sentence that tests in it says so.

    Beside endpoints `found_in` other settings only a finding in animals, or in stressed cells, is taken so.
    """
    groups: Groups = {}
    better: dict[int, bool] = {}
    for r in of_article(view.relations(unit.sentences, "tested_in"), article):
        if r.sentence not in better:
            words = view.lower_text(r.sentence).split()
            better[r.sentence] = any(w.startswith(view.words.improve) for w in words)
        if better[r.sentence] and view.mentions[r.tail].type == "MODEL" and not r.negated:
            made = Outcome(view.slot(view.mentions[r.tail]), "improve", "benefit", False, r.hedged, r.id)
            for setting in settings.get(r.sentence) or (None,):
                if not found_in or (setting not in found_in and _is_finding_in(view, unit, r, setting)):
                    groups.setdefault(setting, []).append(made)
    return groups


def _is_finding_in(view: View, unit: StudyUnit, test: Relation, setting: str | None) -> bool:
    """Tell whether a test is a finding in animals, or one in stressed cells alone."""
    if view.roles[test.sentence] in UNTESTED:
        return False
    cultured = view.mentions[test.tail].kind == "in_vitro" and setting_of(view, test.sentence) == ("in_vitro",)
    return setting == "in_vivo" or (cultured and setting == "in_vitro" and not _sums_up(view, unit, test.sentence))


def _named_settings(view: View, unit: StudyUnit, article: Article) -> list[str]:
    """Return the settings of which a finding about the article speaks by name: "in vitro, the vesicles entered ..."."""
    within = unit.sentences if unit.is_cited() else unit.sentences[:-1]  # an abstract's last sentence tells of plans
    told = sorted(article.places() & set(within))
    texts = {n: view.lower_text(n) for n in told if view.roles[n] == "finding" and not is_title(view, n)}
    return [s for n, text in texts.items() for s in setting_of(view, n) if has_word(text, (s.replace("_", " "),))]
