/* The rules of an activity: shows only the fields that the chosen kind of rule reads.

   Without this file every field is there, and the server drops what does not belong. */

for (const rule of document.querySelectorAll("[data-rule]")) {
  const kind = rule.querySelector("select[name$='-kind']");
  const show = () => {
    for (const part of rule.querySelectorAll("[data-kinds]")) {
      part.hidden = !part.dataset.kinds.split(" ").includes(kind.value);
    }
  };
  kind.addEventListener("change", show);
  show();
}
