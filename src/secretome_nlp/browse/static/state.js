// What is shown, kept in the address so that a link restores it.
const COLUMNS = {
  cells: ['Cells', (r) => values(r, 'cell_type').join('; ')],
  origin: ['Origin', (r) => [...values(r, 'donor_species'), ...values(r, 'cell_source')].join(' ')],
  component: ['Component', (r) => values(r, 'component').join('; ').replaceAll('_', ' ')],
  cargo: ['Cargo', (r) => values(r, 'cargo').join('; ')],
  priming: ['Priming', (r) => values(r, 'priming').join('; ')],
  delivery: ['Delivery', (r) => [...values(r, 'route'), ...values(r, 'carrier')].join('; ')],
  dose: ['Dose', (r) => list(r.slots.dose).map((s) => s[1]).join('; ')],
  model: ['Model', (r) => [...values(r, 'host_species'), ...values(r, 'model')].join('; ')],
  effects: ['Therapeutic effects', (r) => r.outcomes.map(outcomeText).join('; ')],
  effect: ['Direction', (r) => r.effect],
  mechanism: ['Mechanism', (r) => values(r, 'mechanism').join('; ')],
  reference: ['Reference', (r) => r.ref],
  year: ['Year', (r) => r.paper.year || ''],
  trial: ['Trial', (r) => r.study.trial || ''],
  confidence: ['Confidence', (r) => r.confidence],
};
const SHOWN_AT_FIRST = ['cells', 'component', 'cargo', 'delivery', 'model', 'effects', 'effect', 'reference', 'confidence'];
const fresh = () => ({ q: '', facets: {}, sort: '', down: false, columns: [...SHOWN_AT_FIRST], record: '', view: 'table',
  claim: '', claimSort: '', claimDown: false, which: 'all' });
const VIEWS = ['table', 'claims', 'pictures'];
let state = fresh();

function readState() {
  const given = new URLSearchParams(location.hash.slice(1));
  state = fresh();
  state.q = given.get('q') || '';
  state.sort = given.get('sort') in COLUMNS ? given.get('sort') : '';
  state.down = given.get('down') === '1';
  state.record = given.get('record') || '';
  state.view = VIEWS.includes(given.get('view')) ? given.get('view') : 'table';
  state.claim = given.get('claim') || '';
  state.claimSort = given.get('claim-sort') in CLAIM_COLUMNS ? given.get('claim-sort') : '';
  state.claimDown = given.get('claim-down') === '1';
  state.which = given.get('which') in WHICH ? given.get('which') : 'all';
  const columns = (given.get('columns') || '').split(',').filter((c) => c in COLUMNS);
  if (columns.length) state.columns = columns;
  for (const [key, value] of given) {
    if (key.startsWith('f.') && key.slice(2) in FACETS) {
      (state.facets[key.slice(2)] ||= new Set()).add(value);
    }
  }
}

function writeState() {
  const out = new URLSearchParams();
  if (state.q) out.set('q', state.q);
  if (state.sort) out.set('sort', state.sort);
  if (state.down) out.set('down', '1');
  if (state.view !== 'table') out.set('view', state.view);
  if (state.columns.join() !== SHOWN_AT_FIRST.join()) out.set('columns', state.columns.join());
  for (const name of Object.keys(state.facets)) for (const value of state.facets[name]) out.append(`f.${name}`, value);
  if (state.which !== 'all') out.set('which', state.which);
  if (state.claimSort) out.set('claim-sort', state.claimSort);
  if (state.claimDown) out.set('claim-down', '1');
  if (state.claim) out.set('claim', state.claim);
  if (state.record) out.set('record', state.record);
  const hash = out.toString();
  if (hash !== location.hash.slice(1)) history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
}
