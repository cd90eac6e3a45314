// Filters the table of the report: a page is shown if it fits everything that is asked for.
(() => {
  const form = document.querySelector('.filter');
  const output = form.querySelector('output');
  const rows = [...document.querySelectorAll('tbody tr')];
  const texts = rows.map((row) => row.textContent.toLowerCase());

  const show = () => {
    const wanted = Object.fromEntries(new FormData(form));
    const words = wanted.text.toLowerCase().split(/\s+/);
    let shown = 0;
    rows.forEach((row, i) => {
      const { state, kinds, level } = row.dataset;
      const fits = (!wanted.state || state === wanted.state)
        && (!wanted.kind || kinds.split(' ').includes(wanted.kind))
        && (!wanted.level || level === wanted.level)
        && words.every((word) => texts[i].includes(word));
      if (row.hidden === fits) row.hidden = !fits;
      shown += fits;
    });
    const all = rows.length.toLocaleString('en');
    const pages = rows.length === 1 ? 'page' : 'pages';
    output.value = shown === rows.length ? `${all} ${pages}` : `${shown.toLocaleString('en')} of ${all} ${pages}`;
  };

  form.addEventListener('input', show);
  form.addEventListener('submit', (event) => event.preventDefault());
  // Browsers fill in what was chosen before a reload.
  show();
})();
