(() => {
  const root = document.documentElement;
  const get = (id) => document.getElementById(id);
  // A stylesheet cannot choose the language of a title or of an option in a closed list.
  const named = [document.querySelector("title"), ...document.querySelectorAll("option[data-zh]")];
  const setLanguage = () => {
    const english = get("lang-en").checked;
    root.lang = english ? "en" : "zh-CN";
    for (const one of named) {
      const { zh, en } = one.dataset;
      const both = get("lang-both").checked && one.tagName === "OPTION";
      one.textContent = both ? `${zh} ${en}` : english ? en : zh;
    }
  };
  for (const radio of document.querySelectorAll('input[name="lang"]')) radio.addEventListener("change", setLanguage);
  setLanguage();

  const open = () => {
    const target = get(decodeURIComponent(location.hash.slice(1)));
    const details = target?.closest("details");
    if (details) details.open = true;
    target?.scrollIntoView();
  };
  addEventListener("hashchange", open);
  if (location.hash) open();

  const form = get("filters");
  if (!form) return;
  form.hidden = false;
  const rules = [...document.querySelectorAll("section.rule")].map((section) => ({
    section,
    head: [...section.querySelectorAll("h3, .line, .facts")]
      .map((part) => part.textContent)
      .join(" ")
      .toLowerCase(),
    examples: [...section.querySelectorAll(".example")].map((element) => ({
      element,
      text: element.textContent.toLowerCase(),
    })),
  }));
  const number = new Intl.NumberFormat("en-US");
  const apply = () => {
    const words = get("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = {
      severity: get("by-severity").value,
      claim: get("by-claim").value,
      standard: get("by-standard").value,
    };
    const file = get("by-file").value;
    const has = (text) => words.every((word) => text.includes(word));
    const shown = { r: 0, n: 0, e: 0 };
    for (const { section, head, examples } of rules) {
      const kind = Object.entries(wanted).every(([key, value]) => value === "" || section.dataset[key] === value);
      const byHead = has(head);
      let left = 0;
      for (const { element, text } of examples) {
        const show = kind && (byHead || has(`${head} ${text}`)) && (file === "" || element.dataset.file === file);
        element.hidden = !show;
        if (show) left += 1;
      }
      const show = kind && (left > 0 || (byHead && file === ""));
      section.hidden = !show;
      if (show) {
        shown.r += 1;
        shown.n += Number(section.dataset.count);
        shown.e += left;
      }
    }
    const values = { ...shown, rules: Number(form.dataset.rules), total: Number(form.dataset.total) };
    for (const line of get("count").children) {
      line.textContent = line.dataset.pattern.replace(/\{(\w+)\}/g, (_, key) => number.format(values[key]));
    }
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
