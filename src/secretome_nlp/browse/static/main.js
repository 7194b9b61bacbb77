// The start, and what happens on each change.
function refresh() {
  select();
  drawFacets();
  drawChips();
  drawTable();
  writeState();
}

function show(view) {
  state.view = view;
  for (const name of ['table', 'pictures']) {
    const on = name === view;
    $(`view-${name}`).hidden = !on;
    $(`tab-${name}`).setAttribute('aria-selected', String(on));
    $(`tab-${name}`).tabIndex = on ? 0 : -1;
  }
  writeState();
}

function drawControls() {
  $('search').value = state.q;
  $('sort').replaceChildren(make('option', { value: '' }, 'as read'), ...Object.keys(COLUMNS).map((c) => make('option', { value: c }, COLUMNS[c][0])));
  $('sort').value = state.sort;
  $('turn').setAttribute('aria-pressed', String(state.down));
  $('column-list').replaceChildren(...Object.keys(COLUMNS).map((c) => {
    const input = make('input', { type: 'checkbox', onchange: (e) => {
      const wanted = new Set(e.target.checked ? [...state.columns, c] : state.columns.filter((x) => x !== c));
      if (wanted.size) state.columns = Object.keys(COLUMNS).filter((x) => wanted.has(x));
      refresh();
    } });
    input.checked = state.columns.includes(c);
    return make('label', {}, input, ` ${COLUMNS[c][0]}`);
  }));
}

function listen() {
  let waiting = 0;
  $('search').addEventListener('input', (e) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { state.q = e.target.value.trim(); refresh(); }, 120);
  });
  $('searching').addEventListener('submit', (e) => e.preventDefault());
  $('sort').addEventListener('change', (e) => { state.sort = e.target.value; refresh(); });
  $('turn').addEventListener('click', () => { state.down = !state.down; drawControls(); refresh(); });
  $('clear').addEventListener('click', () => {
    const { columns, view } = state;
    state = { ...fresh(), columns, view };
    drawControls();
    refresh();
    drawDetail();
  });
  $('more').addEventListener('click', drawMore);
  $('show-facets').addEventListener('click', () => {
    const on = $('facets').classList.toggle('shown');
    $('show-facets').setAttribute('aria-expanded', String(on));
  });
  $('save-decisions').addEventListener('click', saveDecisions);
  for (const button of document.querySelectorAll('[data-export]')) {
    button.addEventListener('click', () => {
      const [name, type, text] = EXPORTS[button.dataset.export];
      download(name, type, text());
    });
  }
  for (const name of ['table', 'pictures']) {
    $(`tab-${name}`).addEventListener('click', () => show(name));
    $(`tab-${name}`).addEventListener('keydown', (e) => {
      if (e.key !== 'ArrowLeft' && e.key !== 'ArrowRight') return;
      const other = name === 'table' ? 'pictures' : 'table';
      show(other);
      $(`tab-${other}`).focus();
    });
  }
  document.addEventListener('keydown', (e) => {
    if (e.key === 'Escape' && state.record) openRecord('');
    if (e.key === '/' && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      e.preventDefault();
      $('search').focus();
    }
  });
  window.addEventListener('hashchange', restore);
}

function restore() {
  readState();
  drawControls();
  refresh();
  show(state.view);
  drawDetail();
}

unpack().then((data) => {
  all = prepare(data).records;
  prepareFacets(all);
  loadDecisions();
  keepDecisions();
  listen();
  restore();
  document.documentElement.dataset.ready = 'yes';
  prepareSearch(all);
  performance.mark('ready');
}).catch((error) => {
  $('count').textContent = `This browser cannot open the records (${error.message}); use a newer one.`;
});
