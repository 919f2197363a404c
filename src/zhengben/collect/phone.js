// A browser on a phone has no plugins and shows no PDF; a desktop's Chromium that plays a phone would give itself away.
(() => {
  const none = { PluginArray: "plugins", MimeTypeArray: "mimeTypes" };
  for (const [kind, name] of Object.entries(none)) {
    const empty = Object.create(window[kind].prototype, { length: { value: 0 } });
    Object.defineProperty(Navigator.prototype, name, { get: () => empty, configurable: true, enumerable: true });
  }
  Object.defineProperty(Navigator.prototype, "pdfViewerEnabled", { get: () => false, configurable: true, enumerable: true });
})();
// No browser on a phone has shared workers: whoever finds one talks to a desktop.
delete window.SharedWorker;
