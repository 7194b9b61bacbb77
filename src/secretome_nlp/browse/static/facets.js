// The filters at the side.
const FEW = 10;
const opened = new Set(['cell', 'component', 'effect']);
const unfolded = new Set();

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}

function choose(name, value, on) {
  const chosen = (state.facets[name] ||= new Set());
  if (on) chosen.add(value);
  else chosen.delete(value);
  if (!chosen.size) delete state.facets[name];
  refresh();
}

function fillFacet(box, name) {
  const chosen = state.facets[name] || new Set();
  const found = countFacet(name);
  const order = (a, b) => (name === 'year' ? b[0].localeCompare(a[0]) : b[1] - a[1] || a[0].localeCompare(b[0]));
  const entries = [...found].sort(order);
  for (const value of chosen) if (!found.has(value)) entries.unshift([value, 0]);
  const short = unfolded.has(name) ? entries : entries.filter(([v], n) => n < FEW || chosen.has(v));
  const rows = short.map(([value, n]) => {
    const input = make('input', { type: 'checkbox', 'data-value': value, onchange: (e) => choose(name, value, e.target.checked) });
    input.checked = chosen.has(value);
    return make('label', {}, input, make('span', {}, value), make('span', { class: 'n' }, String(n)));
  });
  if (entries.length > FEW) {
    const text = unfolded.has(name) ? 'fewer' : `all ${entries.length}`;
    rows.push(make('button', { type: 'button', class: 'all', 'aria-label': `${FACETS[name][0]}: ${text}`, onclick: () => {
      if (!unfolded.delete(name)) unfolded.add(name);
      fillFacet(box, name);
    } }, text));
  }
  if (!rows.length) rows.push(make('p', { class: 'n' }, 'no value here'));
  box.replaceChildren(box.firstChild, ...rows);
}

// A facet is counted and filled when it is open, so that a filter costs what is seen.
function oneFacet(name) {
  const chosen = state.facets[name] || new Set();
  const box = make('details', { 'data-facet': name, open: opened.has(name) || chosen.size > 0 });
  box.append(make('summary', {}, `${FACETS[name][0]}${chosen.size ? ` (${chosen.size})` : ''}`));
  if (box.open) fillFacet(box, name);
  box.addEventListener('toggle', () => {
    if (box.open && box.childElementCount === 1) fillFacet(box, name);
    if (box.open) opened.add(name);
    else opened.delete(name);
  });
  return box;
}

function drawFacets() {
  const focused = document.activeElement && document.activeElement.closest('[data-facet]');
  const kept = focused && [focused.dataset.facet, document.activeElement.dataset.value];
  $('facets').replaceChildren(make('h2', { class: 'hidden' }, 'Filters'), ...Object.keys(FACETS).filter((n) => used.has(n)).map(oneFacet));
  if (!kept) return;
  const box = $('facets').querySelector(`[data-facet="${kept[0]}"]`);
  const again = kept[1] !== undefined && [...box.querySelectorAll('input')].find((i) => i.dataset.value === kept[1]);
  (again || box.querySelector('summary')).focus();
}

function drawChips() {
  const chips = Object.keys(state.facets).flatMap((name) => [...state.facets[name]].map((value) =>
    make('button', { type: 'button', 'aria-label': `Take away the filter ${FACETS[name][0]}: ${value}`,
      onclick: () => choose(name, value, false) }, `${FACETS[name][0]}: ${value} ✕`)));
  $('chips').replaceChildren(...chips);
}
