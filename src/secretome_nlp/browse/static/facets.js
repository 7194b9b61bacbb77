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

function oneFacet(name, found) {
  const chosen = state.facets[name] || new Set();
  const order = (a, b) => (name === 'year' ? b[0].localeCompare(a[0]) : b[1] - a[1] || a[0].localeCompare(b[0]));
  const entries = [...found].sort(order);
  for (const value of chosen) if (!found.has(value)) entries.unshift([value, 0]);
  const short = unfolded.has(name) ? entries : entries.filter(([v], n) => n < FEW || chosen.has(v));
  const box = make('details', { 'data-facet': name, open: opened.has(name) || chosen.size > 0,
    ontoggle: (e) => (e.target.open ? opened.add(name) : opened.delete(name)) });
  box.append(make('summary', {}, `${FACETS[name][0]}${chosen.size ? ` (${chosen.size})` : ''}`));
  for (const [value, n] of short) {
    const input = make('input', { type: 'checkbox', 'data-value': value, onchange: (e) => choose(name, value, e.target.checked) });
    input.checked = chosen.has(value);
    box.append(make('label', {}, input, make('span', {}, value), make('span', { class: 'n' }, String(n))));
  }
  if (entries.length > FEW) {
    const text = unfolded.has(name) ? 'fewer' : `all ${entries.length}`;
    box.append(make('button', { type: 'button', class: 'all', 'aria-label': `${FACETS[name][0]}: ${text}`, onclick: () => {
      if (!unfolded.delete(name)) unfolded.add(name);
      refresh();
    } }, text));
  }
  return box;
}

function drawFacets(counts) {
  const focused = document.activeElement && document.activeElement.closest('[data-facet]');
  const kept = focused && [focused.dataset.facet, document.activeElement.dataset.value];
  $('facets').replaceChildren(...Object.keys(FACETS).filter((n) => counts[n].size || state.facets[n]).map((n) => oneFacet(n, counts[n])));
  if (kept && kept[1] !== undefined) {
    const again = [...$('facets').querySelectorAll(`[data-facet="${kept[0]}"] input`)].find((i) => i.dataset.value === kept[1]);
    if (again) again.focus();
  }
}

function drawChips() {
  const chips = Object.keys(state.facets).flatMap((name) => [...state.facets[name]].map((value) =>
    make('button', { type: 'button', 'aria-label': `Take away the filter ${FACETS[name][0]}: ${value}`,
      onclick: () => choose(name, value, false) }, `${FACETS[name][0]}: ${value} ✕`)));
  $('chips').replaceChildren(...chips);
}
