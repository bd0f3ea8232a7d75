// Narrow a list while somebody types; without this file the form's button does the same.
const input = document.querySelector("[data-filters]");
const list = input && document.getElementById(input.dataset.filters);
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

if (list) {
  const lines = [...list.querySelectorAll("[data-find]")].map((line) => [line, plain(line.dataset.find)]);
  const none = document.getElementById(`${list.id}-none`);
  const narrow = () => {
    const wanted = plain(input.value);
    const squeezed = wanted.replace(/[\s.–—-]/g, "");
    let found = 0;
    for (const [line, text] of lines) {
      const is_meant = text.includes(wanted) || (squeezed.length > 1 && text.includes(` ${squeezed}`));
      line.hidden = !is_meant;
      found += is_meant;
    }
    if (none) none.hidden = found > 0;
  };
  input.addEventListener("input", narrow);
  if (input.value) narrow();
}
