// Claims: what several records say of one product, model and outcome, side by side.
const CLAIM_COLUMNS = {
  cells: 'Cells', component: 'Component', model: 'Model', outcome: 'Outcome', direction: 'Direction', effect: 'Effect',
  sources: 'Sources', agree: 'Agree', contradict: 'Contradict', negative: 'Negative', belief: 'Belief',
};
const WHICH = {
  all: ['all claims', () => true],
  contradicted: ['contradicted', (c) => c.contradict > 0],
  negative: ['with negative results', (c) => c.negative > 0],
  shared: ['of two or more sources', (c) => c.sources > 1],
};
const SIDES = [['Agree', 'agree'], ['Contradict', 'contradict'], ['Found no change', 'negative'], ['Not comparable', 'other']];
const KINDS = { own: 'own result', table: 'row of a table', retold: 'as a review retells it' };
let claims = [];
let shownClaims = [];
let drawnClaims = 0;

function prepareClaims(given, records) {
  const byId = new Map(records.map((r) => [r.id, r]));
  claims = given.map((claim, n) => {
    const said = claim.said.map(([side, id, outcome, kind, hedged, page, ref]) => ({ side, id, outcome, kind, hedged, page, ref, record: byId.get(id) }));
    const named = Object.fromEntries(Object.keys(CLAIM_COLUMNS).map((name, k) => [name, claim.row[k]]));
    return { ...named, id: claim.id, n, said };
  });
}

function quoted(s) {
  const place = s.record && s.record.outcomes[s.outcome][7];
  return place === null || place === undefined ? null : s.record.proof[place];
}

function claimWords(c) {
  if (c.words === undefined) {
    c.words = [c.cells, c.component, c.model, c.outcome, c.direction,
      ...c.said.flatMap((s) => [s.record ? s.record.ref : s.ref, (quoted(s) || [''])[0]])].join(' \n').toLowerCase();
  }
  return c.words;
}

// A statement passes where its record does; of several outcomes of a record, the chosen ones count.
function statementPasses(s) {
  if (!s.record) return !Object.keys(state.facets).length;
  const chosen = state.facets.outcome;
  return passes(s.record, [], '') && (!chosen || chosen.has(s.record.outcomes[s.outcome][0]));
}

function selectClaims() {
  const words = searchWords();
  shownClaims = claims.filter((c) => WHICH[state.which][1](c) && words.every((w) => w.stands(claimWords(c))) && c.said.some(statementPasses));
  if (state.claimSort) shownClaims = ordered(shownClaims, (c) => c[state.claimSort], state.claimDown);
  else if (state.claimDown) shownClaims.reverse();
}

// Records of one paper that stand on the same sentence (its settings, its arms) are told once.
function grouped(said) {
  const found = new Map();
  for (const s of said) {
    const key = s.record ? [s.record.doc, s.record.ref, s.side, quoted(s) ? quoted(s)[0] : s.id].join('\t') : s.id;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(s);
  }
  return [...found.values()];
}

function statement(same) {
  const [s] = same;
  const quote = quoted(s);
  const source = s.record
    ? make('button', { type: 'button', class: 'open', onclick: () => openRecord(s.id) }, s.record.ref)
    : make('a', { href: `${s.page}#record=${encodeURIComponent(s.id)}` }, `${s.ref} (on another page)`);
  const settings = new Set(same.map((x) => x.record && x.record.setting).filter(Boolean).map((x) => x.replaceAll('_', ' ')));
  const notes = [s.record && outcomeText(s.record.outcomes[s.outcome]), [...settings].join(', '), KINDS[s.kind], s.hedged && 'with doubt'];
  return make('li', {}, source, make('span', { class: 'by' }, notes.filter(Boolean).join('; ')),
    quote ? make('blockquote', {}, sentence(quote)) : '');
}

function sideBySide(c) {
  const sides = SIDES.map(([title, name], n) => [title, name, grouped(c.said.filter((s) => s.side === n))]).filter(([, , said]) => said.length);
  return make('div', { class: 'sides', id: `claim-${c.id}` }, ...sides.map(([title, name, said]) => {
    const sources = name === 'other' ? said.length : c[name];
    return make('section', { 'data-side': name }, make('h3', {}, `${title} (${sources} source${sources === 1 ? '' : 's'})`),
      make('ul', {}, ...said.map(statement)));
  }));
}

function claimRow(c) {
  const open = state.claim === c.id;
  const row = make('tr', { 'data-claim': c.id, 'aria-current': open ? 'true' : undefined });
  for (const [name, title] of Object.entries(CLAIM_COLUMNS)) {
    const cell = make('td', { 'data-name': title });
    const text = name === 'direction' ? `${ARROWS[c.direction] || ''} ${c.direction}`.trim() : String(c[name]);
    if (name === 'outcome') {
      cell.append(make('button', { type: 'button', class: 'open', 'aria-expanded': String(open), 'aria-controls': open ? `claim-${c.id}` : undefined,
        onclick: () => openClaim(open ? '' : c.id) }, text));
    } else if (name === 'effect') cell.append(make('span', { class: c.effect.split('; ')[0] }, text));
    else if (name === 'contradict' && c.contradict) cell.append(make('strong', { class: 'harm' }, text));
    else cell.append(text);
    row.append(cell);
  }
  if (!open) return [row];
  return [row, make('tr', { class: 'opened' }, make('td', { colspan: Object.keys(CLAIM_COLUMNS).length }, sideBySide(c)))];
}

function drawMoreClaims() {
  const part = document.createDocumentFragment();
  for (const c of shownClaims.slice(drawnClaims, drawnClaims + STEP)) part.append(...claimRow(c));
  $('claim-body').append(part);
  drawnClaims = Math.min(shownClaims.length, drawnClaims + STEP);
  $('more-claims').hidden = drawnClaims >= shownClaims.length;
  $('more-claims').textContent = `Show more (${shownClaims.length - drawnClaims} left)`;
}

function drawClaims() {
  selectClaims();
  $('which').value = state.which;
  drawHeads('claim-head', CLAIM_COLUMNS, state.claimSort, state.claimDown);
  $('claim-body').replaceChildren();
  drawnClaims = 0;
  // A link to a claim shows it, wherever in the order it stands.
  const wanted = shownClaims.findIndex((c) => c.id === state.claim);
  do drawMoreClaims(); while (drawnClaims <= wanted);
  $('no-claims').hidden = shownClaims.length > 0;
  const against = shownClaims.filter((c) => c.contradict).length;
  $('count').textContent = `${shownClaims.length} of ${claims.length} claims, ${against} contradicted`;
}

function openClaim(id) {
  const was = id || state.claim;
  state.claim = id;
  refresh();
  const button = document.querySelector(`#claim-body tr[data-claim="${CSS.escape(was)}"] button`);
  if (button) button.focus();
}

function claimsShown() {
  return shownClaims.map((c) => ({ ...Object.fromEntries(Object.keys(CLAIM_COLUMNS).map((n) => [n, c[n]])),
    statements: c.said.map((s) => ({ side: SIDES[s.side][0].toLowerCase(), record_id: s.id, reference: s.record ? s.record.ref : s.ref,
      source: s.kind, hedged: s.hedged, sentence: (quoted(s) || [null])[0] })) }));
}

function claimsAsCsv() {
  const lines = [[...Object.values(CLAIM_COLUMNS), 'Side', 'Reference', 'Source', 'Hedged', 'Sentence', 'Record'],
    ...claimsShown().flatMap((c) => c.statements.map((s) => [...Object.keys(CLAIM_COLUMNS).map((n) => c[n]), s.side, s.reference, s.source, s.hedged, s.sentence || '', s.record_id]))];
  return csvLines(lines);
}
