// A reviewer's decisions on slots: kept in this browser, and saved as a file for `secretome-nlp curate`.
const STORE = `secretome-nlp ${document.title}`;
let decisions = {};

function loadDecisions() {
  try {
    decisions = JSON.parse(localStorage.getItem(STORE) || '{}') || {};
  } catch {
    decisions = {};
  }
}

function keepDecisions() {
  try {
    localStorage.setItem(STORE, JSON.stringify(decisions));
  } catch { /* a page opened from disk may have no store; the file can be saved all the same */ }
  $('save-decisions').hidden = !Object.keys(decisions).length;
  $('save-decisions').textContent = `Save ${Object.keys(decisions).length} decisions`;
}

function decide(r, slot, value, decision, correction) {
  const key = [r.id, slot, value].join('\t');
  const before = decisions[key];
  if (before && before.decision === decision && decision !== 'correct') delete decisions[key];
  else decisions[key] = { record_id: r.id, doc_id: r.doc, slot, value, decision, correction: correction ?? null };
  keepDecisions();
  drawDetail();
}

function judge(r, slot, value) {
  const known = decisions[[r.id, slot, value].join('\t')];
  const button = (decision, sign, name, act) => make('button', { type: 'button', title: name,
    'aria-label': `${name}: ${slot.replaceAll('_', ' ')} ${value}`, 'aria-pressed': String(Boolean(known && known.decision === decision)),
    'data-decision': decision, onclick: act }, sign);
  const group = make('span', { class: 'judge', role: 'group', 'aria-label': `Your decision on ${value}` },
    button('accept', '✓', 'Accept', () => decide(r, slot, value, 'accept')),
    button('correct', '✎', 'Correct', () => {
      const put = prompt(`Instead of “${value}”:`, known && known.correction ? known.correction : value);
      if (put !== null && put.trim()) decide(r, slot, value, 'correct', put.trim());
    }),
    button('reject', '✗', 'Reject', () => decide(r, slot, value, 'reject')));
  if (known && known.decision === 'correct') group.append(` → ${known.correction}`);
  return group;
}

function saveDecisions() {
  const rows = Object.keys(decisions).sort().map((key) => decisions[key]);
  download('decisions.json', 'application/json', `${JSON.stringify({ format: 'secretome-nlp decisions', version: 1, decisions: rows }, null, 1)}\n`);
}
