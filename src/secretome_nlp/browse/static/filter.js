// Which records are shown: all words of the search, and one chosen value of each facet in use.
const band = (c) => (c >= 0.8 ? '0.8 and more' : c >= 0.5 ? '0.5 to 0.8' : 'under 0.5');
const FACETS = {
  cell: ['Cells', (r) => values(r, 'cell_type')],
  component: ['Component', (r) => values(r, 'component').map((v) => v.replaceAll('_', ' '))],
  cargo: ['Cargo', (r) => values(r, 'cargo')],
  route: ['Route', (r) => values(r, 'route')],
  carrier: ['Carrier', (r) => values(r, 'carrier')],
  model: ['Model', (r) => values(r, 'model')],
  species: ['Host species', (r) => values(r, 'host_species')],
  setting: ['Setting', (r) => (r.setting ? [r.setting.replaceAll('_', ' ')] : [])],
  outcome: ['Outcome', (r) => r.outcomes.map((o) => o[0])],
  effect: ['Effect', (r) => [r.effect]],
  year: ['Year', (r) => (r.paper.year ? [String(r.paper.year)] : [])],
  source: ['Source', (r) => [r.paper.journal || r.doc]],
  confidence: ['Confidence', (r) => [band(r.confidence)]],
};
// Facets of which some record has a value.
const used = new Set();
let all = [];
let shown = [];

function prepareFacets(records) {
  for (const r of records) {
    r.facets = {};
    for (const name of Object.keys(FACETS)) {
      const found = FACETS[name][1](r);
      r.facets[name] = found.length > 1 ? [...new Set(found)] : found;
      if (found.length) used.add(name);
    }
  }
}

function passes(r, words, but) {
  for (const w of words) if (!w.stands(searched(r))) return false;
  for (const name of Object.keys(state.facets)) {
    if (name === but) continue;
    const chosen = state.facets[name];
    if (chosen.size && !r.facets[name].some((v) => chosen.has(v))) return false;
  }
  return true;
}

function searchWords() {
  const found = state.q.toLowerCase().match(/"[^"]+"|\S+/g) || [];
  return found.map((w) => w.replace(/^"|"$/g, '')).filter(Boolean).map((w) => {
    if (!/\d$/.test(w)) return { stands: (text) => text.includes(w) };
    const whole = new RegExp(`${w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\d)`); // miR-21 is not miR-210
    return { stands: (text) => text.includes(w) && whole.test(text) };
  });
}

function select() {
  const words = searchWords();
  shown = all.filter((r) => passes(r, words, ''));
  if (state.sort) shown = ordered(shown, COLUMNS[state.sort][1], state.down);
  else if (state.down) shown.reverse();
}

// Rows by a value of theirs; empty ones stand last, whichever way round.
function ordered(rows, of, down) {
  const keyed = rows.map((r) => [of(r), r]);
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  keyed.sort(([a, x], [b, y]) => {
    if ((a === '') !== (b === '')) return a === '' ? 1 : -1;
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b));
    return (down ? -order : order) || x.n - y.n;
  });
  return keyed.map(([, r]) => r);
}

// How many records each value of a facet would leave: its own choice does not count against its other values.
function countFacet(name) {
  const own = state.facets[name] && state.facets[name].size;
  const words = searchWords();
  const base = own ? all.filter((r) => passes(r, words, name)) : shown;
  const found = new Map();
  for (const r of base) for (const v of r.facets[name]) found.set(v, (found.get(v) || 0) + 1);
  return found;
}
