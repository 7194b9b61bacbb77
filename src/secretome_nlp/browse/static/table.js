// The table: as many rows as are looked at.
const STEP = 50;
let drawn = 0;

function drawHeads(id, titles, sort, down) {
  const focused = document.activeElement && document.activeElement.closest(`#${id}`) && document.activeElement.dataset.sort;
  $(id).replaceChildren(...Object.entries(titles).map(([c, title]) => make('th', { scope: 'col',
    'aria-sort': sort === c ? (down ? 'descending' : 'ascending') : 'none' },
  make('button', { type: 'button', 'data-sort': c, onclick: () => sortBy(c) }, title))));
  if (focused) [...$(id).querySelectorAll('button')].filter((b) => b.dataset.sort === focused).forEach((b) => b.focus());
}

// What sorts the view that is looked at: of records or of claims.
function sorting() {
  return state.view === 'claims' ? [state.claimSort, state.claimDown] : [state.sort, state.down];
}

function setSorting(sort, down) {
  if (state.view === 'claims') [state.claimSort, state.claimDown] = [sort, down];
  else [state.sort, state.down] = [sort, down];
  drawControls();
  refresh();
}

// Once: rising; twice: falling; a third time: as read.
function sortBy(c) {
  const [sort, down] = sorting();
  if (sort !== c) setSorting(c, false);
  else if (!down) setSorting(c, true);
  else setSorting('', false);
}

function oneRow(r) {
  const row = make('tr', { 'data-record': r.id, 'aria-current': state.record === r.id ? 'true' : undefined });
  state.columns.forEach((c, n) => {
    const text = String(COLUMNS[c][1](r));
    const cell = make('td', { 'data-name': COLUMNS[c][0] });
    if (n === 0) cell.append(make('button', { type: 'button', class: 'open', onclick: () => openRecord(r.id) }, text || '(not stated)'));
    else if (c === 'effect') cell.append(make('span', { class: text }, text));
    else cell.append(text);
    row.append(cell);
  });
  return row;
}

function drawMore() {
  const part = document.createDocumentFragment();
  for (const r of shown.slice(drawn, drawn + STEP)) part.append(oneRow(r));
  $('body').append(part);
  drawn = Math.min(shown.length, drawn + STEP);
  $('more').hidden = drawn >= shown.length;
  $('more').textContent = `Show more (${shown.length - drawn} left)`;
}

function drawTable() {
  drawHeads('head', Object.fromEntries(state.columns.map((c) => [c, COLUMNS[c][0]])), state.sort, state.down);
  $('body').replaceChildren();
  drawn = 0;
  drawMore();
  $('nothing').hidden = shown.length > 0;
  const papers = new Set(shown.map((r) => r.doc)).size;
  $('count').textContent = `${shown.length} of ${all.length} records, from ${papers} paper${papers === 1 ? '' : 's'}`;
}
