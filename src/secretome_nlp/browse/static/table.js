// The table: as many rows as are looked at.
const STEP = 50;
let drawn = 0;

function drawHead() {
  const focused = document.activeElement && document.activeElement.dataset.sort;
  $('head').replaceChildren(...state.columns.map((c) => make('th', { scope: 'col',
    'aria-sort': state.sort === c ? (state.down ? 'descending' : 'ascending') : 'none' },
  make('button', { type: 'button', 'data-sort': c, onclick: () => sortBy(c) }, COLUMNS[c][0]))));
  if (focused) [...$('head').querySelectorAll('button')].filter((b) => b.dataset.sort === focused).forEach((b) => b.focus());
}

// Once: rising; twice: falling; a third time: as read.
function sortBy(c) {
  if (state.sort !== c) [state.sort, state.down] = [c, false];
  else if (!state.down) state.down = true;
  else [state.sort, state.down] = ['', false];
  drawControls();
  refresh();
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
  drawHead();
  $('body').replaceChildren();
  drawn = 0;
  drawMore();
  $('nothing').hidden = shown.length > 0;
  const papers = new Set(shown.map((r) => r.doc)).size;
  $('count').textContent = `${shown.length} of ${all.length} records, from ${papers} paper${papers === 1 ? '' : 's'}`;
}
