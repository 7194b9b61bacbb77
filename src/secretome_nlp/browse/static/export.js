// The records that are shown, as files.
function download(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  const link = make('a', { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}

function csvCell(value) {
  const text = String(value);
  const safe = /^\s*[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function asCsv() {
  const columns = Object.keys(COLUMNS);
  const lines = [[...columns.map((c) => COLUMNS[c][0]), 'Record', 'Source'], ...shown.map((r) => [...columns.map((c) => COLUMNS[c][1](r)), r.id, r.doc])];
  return csvLines(lines);
}

function csvLines(lines) {
  return `\ufeff${lines.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function asJson() {
  const rows = shown.map((r) => ({ record_id: r.id, doc_id: r.doc, reference: r.ref, study: r.study, setting: r.setting,
    slots: Object.fromEntries(Object.keys(r.slots).map((n) => [n, list(r.slots[n]).map(([value, text, id]) => ({ value, text, id }))])),
    outcomes: r.outcomes.map(([target, direction, effect, negated, hedged, id]) => ({ target, direction, effect, negated, hedged, id })),
    confidence: r.confidence, sentences: r.proof.map((s) => s[0]) }));
  return `${JSON.stringify(rows, null, 1)}\n`;
}

function papersShown() {
  const seen = new Map();
  for (const r of shown) if (!seen.has(r.doc)) seen.set(r.doc, r.paper);
  return [...seen];
}

const plain = (text) => String(text).replace(/[\r\n]+/g, ' ');
const tex = (text) => plain(text).replace(/\\/g, '\\textbackslash{}').replace(/[{}%$#&_]/g, (c) => `\\${c}`);

function asBibtex() {
  return papersShown().map(([id, p]) => {
    const fields = [['title', p.title], ['author', p.author && `${p.author} and others`], ['journal', p.journal],
      ['year', p.year], ['doi', p.doi], ['pmid', p.pmid]].filter(([, v]) => v);
    const lines = fields.map(([n, v]) => `  ${n} = {${tex(v)}}`).join(',\n');
    return `@article{${id.replace(/[^\w-]/g, '_')},\n${lines}\n}\n`;
  }).join('\n');
}

function asRis() {
  return papersShown().map(([id, p]) => [['TY', 'JOUR'], ['ID', id], ['TI', p.title], ['AU', p.author], ['JO', p.journal],
    ['PY', p.year], ['DO', p.doi], ['AN', p.pmid], ['ER', ' ']].filter(([, v]) => v).map(([n, v]) => `${n}  - ${plain(v).trim()}`)
    .join('\r\n')).join('\r\n\r\n') + '\r\n';
}

const EXPORTS = {
  csv: ['evidence.csv', 'text/csv', asCsv], json: ['evidence.json', 'application/json', asJson],
  bib: ['evidence.bib', 'application/x-bibtex', asBibtex], ris: ['evidence.ris', 'application/x-research-info-systems', asRis],
};
const CLAIM_EXPORTS = {
  csv: ['claims.csv', 'text/csv', claimsAsCsv], json: ['claims.json', 'application/json', () => `${JSON.stringify(claimsShown(), null, 1)}\n`],
};
