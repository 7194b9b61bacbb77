// The packed records: decoded once, with the text that the search looks through.
const $ = (id) => document.getElementById(id);
const SLOT_NAMES = {
  cell_type: 'Cells', cell_source: 'Cell source', donor_species: 'Donor', component: 'Component', cargo: 'Cargo',
  priming: 'Priming', route: 'Route', carrier: 'Carrier', dose: 'Dose', host_species: 'Host', strain: 'Strain',
  model: 'Model', mechanism: 'Mechanism', comparator: 'Comparator',
};
const ARROWS = { increase: '↑', decrease: '↓', no_change: '=', improve: 'improved', worsen: 'worsened' };

async function unpack() {
  const packed = $('data').textContent.trim();
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
}

function list(slot) {
  if (!slot) return [];
  return Array.isArray(slot[0]) ? slot : [slot];
}

function values(record, name) {
  return list(record.slots[name]).map((s) => s[0]);
}

function effectOf(record) {
  const kinds = ['benefit', 'harm', 'none', 'unclear'].filter((k) => record.outcomes.some((o) => o[2] === k));
  return kinds.length > 1 ? 'mixed' : kinds[0] || 'not stated';
}

function outcomeText(o) {
  return `${o[0]} ${ARROWS[o[1]] || o[1]}${o[4] ? ' (?)' : ''}`;
}

function prepare(data) {
  data.records.forEach((record, n) => {
    const paper = data.papers[record.doc];
    record.n = n;
    record.paper = paper;
    record.effect = effectOf(record);
  });
  return data;
}

// The words of a record that the search looks through: made when they are first wanted.
function searched(record) {
  if (record.words === undefined) {
    const slots = Object.keys(record.slots).flatMap((name) => list(record.slots[name]).flatMap((s) => [s[0], s[1]]));
    record.words = [
      ...slots, ...record.outcomes.map((o) => o[0]), record.ref, record.paper.title, record.paper.journal,
      ...record.proof.map((s) => s[0]),
    ].join(' \n').toLowerCase();
  }
  return record.words;
}

// The search's words are made beforehand while the browser has nothing else to do.
function prepareSearch(records, from = 0) {
  const idle = window.requestIdleCallback || ((work) => setTimeout(() => work({ timeRemaining: () => 10 }), 50));
  idle((time) => {
    let n = from;
    while (n < records.length && time.timeRemaining() > 2) searched(records[n++]);
    if (n < records.length) prepareSearch(records, n);
  });
}
