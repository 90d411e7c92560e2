"use strict";
const form = document.getElementById("filters");
if (form) {
  const findings = [...document.querySelectorAll(".finding")];
  const search = form.querySelector("input[type=search]");
  const show = () => {
    const on = new Set([...form.querySelectorAll("input:checked")].map((box) => box.value));
    const words = search.value.trim().toLowerCase();
    let count = 0;
    for (const finding of findings) {
      const { severity, state } = finding.dataset;
      const text = () => finding.closest(".document").querySelector("h2").textContent + finding.textContent;
      finding.hidden = !(on.has(severity) && on.has(state) && text().toLowerCase().includes(words));
      count += finding.hidden ? 0 : 1;
    }
    for (const part of document.querySelectorAll(".document")) {
      part.hidden = !part.querySelector(".finding:not([hidden])");
    }
    form.querySelector("output").textContent = `${count} of ${findings.length} shown`;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
}
