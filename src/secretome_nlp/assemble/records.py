"""From mentions and relations to evidence records."""

from __future__ import annotations

import re
from collections.abc import Collection

from secretome_nlp.assemble import hosts, recipients, slots
from secretome_nlp.assemble.arms import Article, find_articles, of_article
from secretome_nlp.assemble.cargo import cargo_slots
from secretome_nlp.assemble.comparators import comparator_slot
from secretome_nlp.assemble.confidence import with_confidence
from secretome_nlp.assemble.effect import outcome_of, with_context
from secretome_nlp.assemble.mechanism import mechanism_slots
from secretome_nlp.assemble.merge import with_identity
from secretome_nlp.assemble.molecules import find_molecules
from secretome_nlp.assemble.models import model_slots
from secretome_nlp.assemble.origins import cell_slots
from secretome_nlp.assemble.outcomes import distinct, named
from secretome_nlp.assemble.preparations import part
from secretome_nlp.assemble.settings import named_setting, has_disease, has_word, host_mentions, setting_of, settings_of
from secretome_nlp.assemble.slots import unique
from secretome_nlp.assemble.studies import StudyUnit, find_studies
from secretome_nlp.assemble.view import View, make_view
from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.knowledge.records import load_record_words
from secretome_nlp.types import Annotations, EvidenceRecord, Outcome, Relation, Slot

#: A text of so few sentences is taken as one finding, not as a review.
FEW_SENTENCES = 4
#: A verb in the past, and what makes a participle of its form something else, within so many characters before it.
PAST = re.compile(r"(?:ed|rose|fell|led|grew|lower|higher|less|smaller|greater)$", re.I)
NOT_PAST = re.compile(r"\b(?:is|are|has|have|can|may|might|could|will|be|been|being|to)\b", re.I)
REACH = 20
#: A verb in the passive past: "exosomes were added".
DONE = re.compile(r"\b(?:was|were) (?:\w+ly )?\w+ed\b")
#: Roles of sentences that tell what was to be done, not what came of it.
UNTESTED = ("aim", "method", "hypothesis", "background")
#: A text without settings that tells of fewer plain effects than this tells of no study.
LEAST_EFFECTS = 2


def find(
    annotations: Annotations, roles: tuple[str, ...], entries: dict[str, Entry], agents: dict[str, str]
) -> tuple[EvidenceRecord, ...]:
    """Return the evidence records of a document in order of place.

    `roles` has the discourse role of each sentence; `entries` the lexicon by id; `agents` short forms of inducing
    agents with their names, in lower case. Every slot stands on mentions.
    """
    view = make_view(annotations, roles, entries, agents, load_record_words())
    records: list[EvidenceRecord] = []
    for unit in find_studies(view):
        if not _tells_of_tests(view, unit):
            continue
        made = [r for a in find_articles(view, unit) for arm in part(view, a) for r in _of_article(view, unit, arm)]
        molecules = find_molecules(view, unit) if not made and unit.is_cited() else None
        records += made if molecules is None else _of_article(view, unit, molecules)
    return tuple(with_identity(r, n) for n, r in enumerate(with_confidence(records)))


def _tells_of_tests(view: View, unit: StudyUnit) -> bool:
    """Tell whether a text is of a study at all: a review's abstract tells of a field, without a setting of its own.

    A few sentences by themselves are taken as a finding. A longer text is of a study where it names settings of tests
    more than once, or tells of effects in the past, or says of itself that it did work and tells of effects.
    """
    if unit.is_cited():
        return True
    texts = [view.sentence_text(n).lower() for n in unit.sentences]
    if any(has_word(text, view.words.reviews) for text in texts):
        return False
    if len(unit.sentences) <= FEW_SENTENCES or sum(len(setting_of(view, n)) for n in unit.sentences) > 1:
        return True
    own = any(has_word(text, (*view.words.own, *view.words.here)) for text in texts)
    effects = [r for r in view.relations(unit.sentences, "affects") if not r.hedged]
    placed = any(setting_of(view, n) for n in unit.sentences)
    titled = any(_is_title(view, r.sentence) for r in view.relations(unit.sentences, "tested_in") if not r.hedged)
    if own and len(effects) + titled >= LEAST_EFFECTS - placed:
        return True
    if effects and any(setting_of(view, n) and DONE.search(view.sentence_text(n)) for n in unit.sentences):
        return True
    return sum(_in_past(view, r) for r in effects) >= LEAST_EFFECTS


def _in_past(view: View, relation: Relation) -> bool:
    """Tell whether an effect is told as something that happened: "reduced" or "was reduced", not "has reduced"."""
    if relation.trigger is None:
        return False
    word, before = view.text[relation.trigger.start : relation.trigger.end], view.text[: relation.trigger.start]
    return PAST.search(word) is not None and NOT_PAST.search(before[-REACH:]) is None


def _of_article(view: View, unit: StudyUnit, article: Article) -> list[EvidenceRecord]:
    """Make one record a setting in which the article did something, or one where it did in none."""
    settings = settings_of(view, unit.sentences)
    groups = _by_setting(view, _results(view, unit, article.effects), settings)
    told = (r for r in article.effects if _is_title(view, r.sentence) and has_disease(view, r.sentence))
    titled = [r for r in told if not r.hedged]
    for setting, found in _by_setting(view, titled, settings).items():
        if groups and setting is not None:
            groups.setdefault(setting, found)
    for setting, found in _treated(view, unit, article, settings, found_in=groups).items():
        groups[setting] = found
    for setting in _named_settings(view, unit, article) if groups else ():
        groups.setdefault(setting, [])
    if not groups:
        if not _was_tested(view, unit, article):
            return []
        groups = {next((s for found in settings.values() for s in found), None): []}
    records = []
    for setting, found in groups.items():
        living = setting == "in_vivo"
        cultures = recipients.part(view, found) if setting == "in_vitro" and found else [((), found)]
        for culture, outcomes in cultures:
            models = unique(map(view.slot, culture)) if len(cultures) > 1 else ()
            for species, own in hosts.part(view, article, unit.sentences, outcomes) if living else [(None, outcomes)]:
                records.append(_record(view, unit, article, setting, own, models, species))
    return records


def _by_setting(
    view: View, effects: list[Relation], settings: dict[int, tuple[str, ...]]
) -> dict[str | None, list[Outcome]]:
    """Return the outcomes that effects tell by the setting of their sentences."""
    groups: dict[str | None, list[Outcome]] = {}
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
    """Tell whether a sentence of a paper's own abstract is its title or a conclusion, and of no setting."""
    if unit.is_cited():
        return False
    if setting_of(view, number):
        return view.sentence_text(number).lower().startswith(view.words.concludes) and not named_setting(view, number)
    titled = _is_title(view, number)
    last = number == unit.sentences[-1] and len(unit.sentences) > FEW_SENTENCES
    return titled or last or view.sentence_text(number).lower().startswith(view.words.concludes)


def _is_title(view: View, number: int) -> bool:
    return view.annotations.document.sentences[number].end <= len(view.annotations.document.title)


def _treated(
    view: View,
    unit: StudyUnit,
    article: Article,
    settings: dict[int, tuple[str, ...]],
    found_in: Collection[str | None],
) -> dict[str | None, list[Outcome]]:
    """Without a named endpoint, the model itself is what got better, where a sentence that tests in it says so.

    Beside endpoints `found_in` other settings only a finding in animals is taken so.
    """
    groups: dict[str | None, list[Outcome]] = {}
    better: dict[int, bool] = {}
    for r in of_article(view.relations(unit.sentences, "tested_in"), article):
        if r.sentence not in better:
            words = view.sentence_text(r.sentence).lower().split()
            better[r.sentence] = any(w.startswith(view.words.improve) for w in words)
        if better[r.sentence] and view.mentions[r.tail].type == "MODEL" and not r.negated:
            made = Outcome(view.slot(view.mentions[r.tail]), "improve", "benefit", False, r.hedged, r.id)
            plain = not found_in or view.roles[r.sentence] not in UNTESTED
            for setting in settings.get(r.sentence) or (None,):
                if not found_in or (plain and setting not in found_in and (setting == "in_vivo" or (view.mentions[r.tail].kind == "in_vitro" and setting_of(view, r.sentence) == (setting,) and not _sums_up(view, unit, r.sentence)))):
                    groups.setdefault(setting, []).append(made)
    return groups


def _named_settings(view: View, unit: StudyUnit, article: Article) -> list[str]:
    """Return the settings of which a finding about the article speaks by name: "in vitro, the vesicles entered ..."."""
    within = unit.sentences if unit.is_cited() else unit.sentences[:-1]  # an abstract's last sentence tells of plans
    told = sorted({m.sentence for m in article.mentions} & set(within))
    texts = {n: view.sentence_text(n).lower() for n in told if view.roles[n] == "finding" and not _is_title(view, n)}
    return [s for n, text in texts.items() for s in setting_of(view, n) if has_word(text, (s.replace("_", " "),))]


def _was_tested(view: View, unit: StudyUnit, article: Article) -> bool:
    """Tell whether the text says that an article without effects was tested at all.

    A review that names a study and, with the article, a route, a host or a model, tells of a test; an abstract without
    results must at least say how the article was given.
    """
    if of_article(view.relations(unit.sentences, "delivered_by", "dosed_at"), article):
        return True
    tests = of_article(view.relations(unit.sentences, "tested_in"), article)
    if any(_is_title(view, r.sentence) and not r.hedged and not r.negated for r in tests):
        return True
    named = unit.is_cited()
    return named and bool(view.of(unit.sentences, "DELIVERY", "MODEL") or host_mentions(view, unit.sentences))


def _record(
    view: View,
    unit: StudyUnit,
    article: Article,
    setting: str | None,
    outcomes: list[Outcome],
    culture: tuple[Slot, ...],
    species: str | None = None,
) -> EvidenceRecord:
    sentences = unit.sentences
    settings = settings_of(view, sentences)
    here = [n for n in sentences if setting in settings[n] or not settings[n]] or sentences
    own = [n for n in sentences if setting in (setting_of(view, n) or (setting,))]
    cell, source, donor = cell_slots(view, article, unit.naming)
    host, strain = slots.host_slots(view, here, setting, species)
    route, carrier = slots.delivery_slots(view, article, sentences)
    relation, how = slots.donor_relation(view, sentences, donor, host)
    models = culture or model_slots(view, article, here, sentences, setting)
    claimed = [o for r in article.effects if r.type == "affects" and (o := outcome_of(view, r)) is not None]
    cited = unit.is_cited()
    told = outcomes if cited else named(view, outcomes)  # reviews tell of others' work in general words
    targets = with_context(view, distinct(view, told), models, claimed)
    used = {o.relation for o in targets}
    naming = {m.sentence for m in article.mentions}
    naming = {view.mentions[o.target.mentions[0]].sentence for o in outcomes} if culture else naming
    telling = own if article.main and not culture else [n for n in own if n in naming]
    idle = bool(targets) and all(o.direction == "no_change" for o in targets)
    comparator = comparator_slot(view, article, own)
    rules = sorted({r.rule for r in view.relations(sentences, "affects") if r.id in used} | ({how} if how else set()))
    return EvidenceRecord(
        record_id="", doc_id=view.annotations.document.doc_id, study=unit.study,
        cell_type=cell, cell_source=source, donor_species=donor, donor_relation=relation,
        component=slots.component_slot(article),
        cargo=() if idle else cargo_slots(view, article, sentences),
        priming=slots.priming_slots(view, article, sentences, comparator),
        route=None if setting == "in_vitro" else route, carrier=carrier,
        dose=slots.dose_slots(view, article, own),
        host_species=host, strain=strain, setting=setting,
        model=models,
        outcomes=targets,
        mechanism=() if idle else mechanism_slots(view, telling),
        comparator=comparator,
        rules=tuple(rules), sentences=tuple(sentences),
    )  # fmt: skip
