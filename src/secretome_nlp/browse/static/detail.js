// One record: its slots, its outcomes, and the sentences that prove them.
const ID_LINKS = {
  PMID: 'https://pubmed.ncbi.nlm.nih.gov/', HGNC: 'https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:',
  miRBase: 'https://www.mirbase.org/hairpin/', UniProtKB: 'https://www.uniprot.org/uniprotkb/',
  NCBITaxon: 'https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id=', CVCL: 'https://www.cellosaurus.org/CVCL_',
};
const OBO = ['CL', 'UBERON', 'MONDO', 'GO', 'CHEBI', 'NCIT'];

function linkOf(id) {
  const [prefix, local] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)];
  if (!/^[A-Za-z]+$/.test(prefix) || !/^[\w.-]+$/.test(local)) return null;
  if (prefix in ID_LINKS) return ID_LINKS[prefix] + local;
  return OBO.includes(prefix) ? `http://purl.obolibrary.org/obo/${prefix}_${local}` : null;
}

function outward(href, text) {
  return make('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text);
}

function withId(text, id) {
  const href = id && linkOf(id);
  return href ? [`${text} `, outward(href, id)] : [id ? `${text} (${id})` : text];
}

function links(r) {
  const pmid = r.study.pmid || r.paper.pmid;
  const doi = r.study.doi || r.paper.doi;
  const found = [];
  if (pmid && /^\d+$/.test(pmid)) found.push(outward(ID_LINKS.PMID + pmid, `PubMed ${pmid}`));
  if (doi) found.push(outward(`https://doi.org/${encodeURI(doi)}`, `doi:${doi}`));
  if (/^NCT\d{8}$/.test(r.study.trial || '')) found.push(outward(`https://clinicaltrials.gov/study/${r.study.trial}`, r.study.trial));
  return found.flatMap((a) => [a, ' ']);
}

function sentence([text, marks]) {
  const line = make('p', {});
  let at = 0;
  for (const [start, end, type, id] of marks) {
    line.append(text.slice(at, start), make('mark', { 'data-type': type, title: id ? `${type} ${id}` : type }, text.slice(start, end)));
    at = end;
  }
  line.append(text.slice(at));
  return line;
}

function term(name, ...content) {
  return [make('dt', {}, name), make('dd', {}, ...content)];
}

function slotTerms(r) {
  return Object.keys(SLOT_NAMES).flatMap((name) => list(r.slots[name]).flatMap((slot) => {
    const [value, text, id, by, rule] = slot;
    const said = text.toLowerCase() === value.toLowerCase() ? '' : ` “${text}”`;
    return term(SLOT_NAMES[name], ...withId(value.replaceAll('_', ' '), id), said, judge(r, name, value),
      make('span', { class: 'by' }, [by && `found by ${by}`, rule && `linked by ${rule}`].filter(Boolean).join('; ')));
  }));
}

function outcomeTerms(r) {
  return r.outcomes.flatMap((o) => term(o[2], make('span', { class: o[2] }, outcomeText(o)), o[3] ? ' (negated)' : '',
    judge(r, 'outcome', `${o[0]} ${o[1]}`), make('span', { class: 'by' }, o[6] || '')));
}

function drawDetail() {
  const r = all.find((x) => x.id === state.record);
  const pane = $('detail');
  pane.hidden = !r;
  document.querySelector('main').classList.toggle('open', Boolean(r));
  for (const row of document.querySelectorAll('#body tr')) {
    if (row.dataset.record === state.record) row.setAttribute('aria-current', 'true');
    else row.removeAttribute('aria-current');
  }
  if (!r) return;
  const types = [...new Set(r.proof.flatMap((s) => s[1].map((m) => m[2])))];
  const facts = [['Setting', r.setting], ['Donor and host', r.relation], ['Confidence', r.confidence]];
  pane.replaceChildren(
    make('button', { type: 'button', class: 'close', 'aria-label': 'Close the record', onclick: () => openRecord('') }, '✕'),
    make('h2', { id: 'detail-title' }, r.paper.title),
    make('p', {}, r.ref === r.paper.title ? '' : `${r.ref} `, ...links(r)),
    make('h3', {}, 'Where it stands'), make('div', { class: 'proof' }, ...r.proof.map(sentence)),
    make('p', { class: 'legend' }, ...types.map((t) => make('mark', { 'data-type': t }, t.toLowerCase().replaceAll('_', ' ')))),
    make('h3', {}, 'What was read'), make('dl', {}, ...slotTerms(r), ...facts.flatMap(([n, v]) => (v ? term(n, String(v).replaceAll('_', ' ')) : []))),
    make('h3', {}, 'Outcomes'), make('dl', {}, ...outcomeTerms(r)),
    make('h3', {}, 'Rules'), make('p', { class: 'by' }, r.rules.join(', ') || 'none'),
  );
}

let cameFrom = null;
let cameFromButton = null;
function openRecord(id) {
  if (id) [cameFrom, cameFromButton] = [id, document.activeElement];
  state.record = id;
  writeState();
  drawDetail();
  if (id) $('detail').focus();
  else if (state.view === 'claims' && cameFromButton && cameFromButton.isConnected) cameFromButton.focus();
  else if (cameFrom) {
    const row = document.querySelector(`#body tr[data-record="${CSS.escape(cameFrom)}"] button`);
    if (row) row.focus();
  }
}
