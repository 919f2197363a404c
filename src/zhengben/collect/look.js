(() => {
  const most = 400, boxes = [];
  const put = (kind, element, text) => {
    if (boxes.length >= most) return;
    const r = element.getBoundingClientRect();
    if (r.width < 4 || r.height < 4) return;
    boxes.push({
      kind, x: r.x + scrollX, y: r.y + scrollY, width: r.width, height: r.height, text: String(text || "").slice(0, 2000),
    });
  };
  for (const e of document.querySelectorAll("img")) put("img", e, e.currentSrc || e.src);
  for (const e of document.querySelectorAll("svg")) put("svg", e, e.getAttribute("aria-label") || "");
  for (const e of document.querySelectorAll("canvas")) put("canvas", e, "");
  for (const e of document.querySelectorAll("input,textarea,select")) {
    if (e.type !== "hidden") put("input", e, e.placeholder || e.name);
  }
  for (const e of document.querySelectorAll("a[href]")) put("a", e, e.href);
  let styled = 0;
  for (const e of document.querySelectorAll("div,span,i,header,h1,a,section")) {
    if (++styled > 800) break;
    const image = getComputedStyle(e).backgroundImage;
    if (image && image.startsWith("url(")) put("css", e, image.slice(5, -2));
  }
  const root = document.documentElement;
  const icon = document.querySelector("link[rel~='icon'],link[rel='shortcut icon']");
  return {
    html: root ? root.outerHTML.slice(0, 3000000) : "",
    title: document.title.slice(0, 500),
    width: root ? root.scrollWidth : 0,
    height: Math.max(root ? root.scrollHeight : 0, document.body ? document.body.scrollHeight : 0),
    icon: icon ? icon.getAttribute("href") : "",
    boxes,
  };
})()
