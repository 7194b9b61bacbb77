// The start, and what happens on each change.
function refresh() {
  select();
  drawFacets();
  drawChips();
  drawTable();
  if (state.view === 'claims') drawClaims();
  writeState();
}

function show(view) {
  state.view = view;
  for (const name of VIEWS) {
    const on = name === view;
    $(`view-${name}`).hidden = !on;
    $(`tab-${name}`).setAttribute('aria-selected', String(on));
    $(`tab-${name}`).tabIndex = on ? 0 : -1;
  }
  $('columns').hidden = view === 'claims';
  drawControls();
  refresh();
}

function drawControls() {
  $('search').value = state.q;
  const titles = state.view === 'claims' ? CLAIM_COLUMNS : Object.fromEntries(Object.keys(COLUMNS).map((c) => [c, COLUMNS[c][0]]));
  const unsorted = state.view === 'claims' ? 'most sources first' : 'as read';
  const [sort, down] = sorting();
  $('sort').replaceChildren(make('option', { value: '' }, unsorted), ...Object.entries(titles).map(([c, title]) => make('option', { value: c }, title)));
  $('sort').value = sort;
  $('turn').setAttribute('aria-pressed', String(down));
  $('which').replaceChildren(...Object.entries(WHICH).map(([name, [title]]) => make('option', { value: name }, title)));
  $('which').value = state.which;
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
  $('sort').addEventListener('change', (e) => setSorting(e.target.value, sorting()[1]));
  $('turn').addEventListener('click', () => setSorting(sorting()[0], !sorting()[1]));
  $('which').addEventListener('change', (e) => { state.which = e.target.value; refresh(); });
  $('clear').addEventListener('click', () => {
    const { columns, view } = state;
    state = { ...fresh(), columns, view };
    drawControls();
    refresh();
    drawDetail();
  });
  $('more').addEventListener('click', drawMore);
  $('more-claims').addEventListener('click', drawMoreClaims);
  $('show-facets').addEventListener('click', () => {
    const on = $('facets').classList.toggle('shown');
    $('show-facets').setAttribute('aria-expanded', String(on));
  });
  $('save-decisions').addEventListener('click', saveDecisions);
  for (const button of document.querySelectorAll('[data-export]')) {
    button.addEventListener('click', () => {
      const kinds = state.view === 'claims' ? { ...EXPORTS, ...CLAIM_EXPORTS } : EXPORTS;
      const [name, type, text] = kinds[button.dataset.export];
      download(name, type, text());
    });
  }
  for (const [n, name] of VIEWS.entries()) {
    $(`tab-${name}`).addEventListener('click', () => show(name));
    $(`tab-${name}`).addEventListener('keydown', (e) => {
      if (e.key !== 'ArrowLeft' && e.key !== 'ArrowRight') return;
      const other = VIEWS[(n + (e.key === 'ArrowRight' ? 1 : VIEWS.length - 1)) % VIEWS.length];
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
  show(state.view);
  drawDetail();
}

unpack().then((data) => {
  all = prepare(data).records;
  prepareFacets(all);
  prepareClaims(data.claims, all);
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
