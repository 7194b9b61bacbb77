"""From mentions and relations to evidence records."""

from __future__ import annotations

import re

from secretome_nlp.assemble import hosts, recipients, slots
from secretome_nlp.assemble.arms import Article, find_articles, of_article
from secretome_nlp.assemble.cargo import cargo_slots
from secretome_nlp.assemble.comparators import comparator_slot
from secretome_nlp.assemble.confidence import with_confidence
from secretome_nlp.assemble.effect import outcome_of, with_context
from secretome_nlp.assemble.groups import is_title, results_by_setting
from secretome_nlp.assemble.mechanism import mechanism_slots
from secretome_nlp.assemble.merge import with_identity
from secretome_nlp.assemble.models import model_slots
from secretome_nlp.assemble.molecules import find_molecules
from secretome_nlp.assemble.origins import cell_slots
from secretome_nlp.assemble.outcomes import distinct, named
from secretome_nlp.assemble.preparations import part
from secretome_nlp.assemble.settings import has_word, host_mentions, setting_of, settings_of
from secretome_nlp.assemble.slots import unique
from secretome_nlp.assemble.studies import FEW_SENTENCES, StudyUnit, find_studies
from secretome_nlp.assemble.view import View, make_view
from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.knowledge.records import load_record_words
from secretome_nlp.types import Annotations, EvidenceRecord, Outcome, Relation, Slot

#: A verb in the past, and what makes a participle of its form something else, within so many characters before it.
PAST = re.compile(r"(?:ed|rose|fell|led|grew|lower|higher|less|smaller|greater)$", re.I)
NOT_PAST = re.compile(r"\b(?:is|are|has|have|can|may|might|could|will|be|been|being|to)\b", re.I)
REACH = 20
#: A verb in the passive past: "exosomes were added".
DONE = re.compile(r"\b(?:was|were) (?:\w+ly )?\w+ed\b")
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
    text = "\n".join([view.lower_text(n) for n in unit.sentences])
    if has_word(text, view.words.reviews):
        return False
    if len(unit.sentences) <= FEW_SENTENCES or sum(len(setting_of(view, n)) for n in unit.sentences) > 1:
        return True
    own = has_word(text, (*view.words.own, *view.words.here))
    effects = [r for r in view.relations(unit.sentences, "affects") if not r.hedged]
    placed = any(setting_of(view, n) for n in unit.sentences)
    titled = any(is_title(view, r.sentence) for r in view.relations(unit.sentences, "tested_in") if not r.hedged)
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
    groups = results_by_setting(view, unit, article, settings)
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
                records.append(_record(view, unit, article, settings, setting, own, models, species))
    return records


def _was_tested(view: View, unit: StudyUnit, article: Article) -> bool:
    """Tell whether the text says that an article without effects was tested at all.

    A review that names a study and, with the article, a route, a host or a model, tells of a test; an abstract without
    results must at least say how the article was given.
    """
    if of_article(view.relations(unit.sentences, "delivered_by", "dosed_at"), article):
        return True
    tests = of_article(view.relations(unit.sentences, "tested_in"), article)
    if any(is_title(view, r.sentence) and not r.hedged and not r.negated for r in tests):
        return True
    named = unit.is_cited()
    return named and bool(view.of(unit.sentences, "DELIVERY", "MODEL") or host_mentions(view, unit.sentences))


def _record(
    view: View,
    unit: StudyUnit,
    article: Article,
    settings: dict[int, tuple[str, ...]],
    setting: str | None,
    outcomes: list[Outcome],
    culture: tuple[Slot, ...],
    species: str | None = None,
) -> EvidenceRecord:
    sentences = unit.sentences
    here = [n for n in sentences if setting in settings[n] or not settings[n]] or sentences
    own = [n for n in sentences if setting in (setting_of(view, n) or (setting,))]
    cell, source, donor = cell_slots(view, article, unit.naming)
    host, strain = slots.host_slots(view, here, setting, species)
    route, carrier = slots.delivery_slots(view, article, sentences)
    relation, how = slots.donor_relation(view, sentences, donor, host)
    donor = donor or (host if relation == "autologous" else None)
    models = culture or model_slots(view, article, here, sentences, setting)
    claimed = [o for r in article.effects if r.type == "affects" and (o := outcome_of(view, r)) is not None]
    cited = unit.is_cited()
    told = outcomes if cited else named(view, outcomes)  # reviews tell of others' work in general words
    targets = with_context(view, distinct(view, told), models, claimed)
    used = {o.relation for o in targets}
    its_own = {view.mentions[o.target.mentions[0]].sentence for o in outcomes} if culture else article.places()
    telling = own if article.main and not culture else [n for n in own if n in its_own]
    idle = bool(targets) and all(o.direction == "no_change" for o in targets)
    comparator = comparator_slot(view, article, own)
    priming = slots.priming_slots(view, article, sentences, comparator)
    rules = sorted({r.rule for r in view.relations(sentences, "affects") if r.id in used} | ({how} if how else set()))
    return EvidenceRecord(
        record_id="", doc_id=view.annotations.document.doc_id, study=unit.study,
        cell_type=cell, cell_source=source, donor_species=donor, donor_relation=relation,
        component=slots.component_slot(article),
        cargo=() if idle and not article.main else cargo_slots(view, article, sentences),
        priming=priming,
        route=None if setting == "in_vitro" else route, carrier=carrier,
        dose=slots.dose_slots(view, article, own),
        host_species=host, strain=strain, setting=setting,
        model=models,
        outcomes=targets,
        mechanism=() if idle else mechanism_slots(view, telling, priming),
        comparator=comparator,
        rules=tuple(rules), sentences=tuple(sentences),
    )  # fmt: skip
