// Runs before the first paint so that a light room never flashes dark (kept apart: the page allows no inline script).
(function () {
  try {
    var theme = localStorage.getItem('hearth.theme');
    if (theme) document.documentElement.dataset.theme = theme;
    if (localStorage.getItem('hearth.tenFoot') === 'on') document.documentElement.dataset.tenFoot = '';
  } catch (_) {
    /* storage is blocked: the dark default stays */
  }
})();
