// "Tell somebody": the phone's own sharing where there is one, else the address copied, else the mail link as it is.
for (const link of document.querySelectorAll("[data-share]")) {
  const what = { url: link.dataset.share, title: link.dataset.title };
  if (!navigator.share && !navigator.clipboard) continue;
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      if (navigator.share) return await navigator.share(what);
      await navigator.clipboard.writeText(what.url);
      const said = document.createElement("span");
      said.setAttribute("role", "status");
      said.textContent = link.dataset.copied;
      link.after(" ", said);
    } catch (refused) {
      if (refused.name !== "AbortError") location.href = link.href;
    }
  });
}
