// What a worker may see of the client, before its own first line runs: the emulation of a page does not reach its
// workers, so they would name the machine. A getter keeps its native function behind a proxy and prints as native.
// Runs in pages too: in frames of other sites, which the emulation does not reach either, and so that workers made of a
// page's own words begin with it.
function zb(told) {
  "use strict";
  const within = typeof WorkerGlobalScope === "function" && self instanceof WorkerGlobalScope;
  const bend = (kind, name, value) => {
    const known = kind && Object.getOwnPropertyDescriptor(kind.prototype, name);
    if (!known || !known.get) return;
    const get = new Proxy(known.get, { apply: (native, me, given) => (Reflect.apply(native, me, given), value) });
    Object.defineProperty(kind.prototype, name, { ...known, get });
  };
  const Navigator = within ? self.WorkerNavigator : self.Navigator;
  const hints = () => {
    const kind = self.NavigatorUAData;
    if (!told.hints) {
      delete Navigator.prototype.userAgentData;
      delete self.NavigatorUAData;
      return;
    }
    const known = navigator.userAgentData;
    const same = (a, b) => a.platform === b.platform && a.brands.length === b.brands.length;
    if (!kind || !known || same(known, told.hints)) return;
    const low = { brands: told.hints.brands, mobile: told.hints.mobile, platform: told.hints.platform };
    for (const name of Object.keys(low)) bend(kind, name, low[name]);
    const picked = (names) => Object.fromEntries(names.map((name) => [name, told.hints[name]]));
    const high = ([wanted]) => picked([...wanted].filter((name) => name in told.hints));
    const answers = {
      toJSON: () => ({ ...low }),
      getHighEntropyValues: async (given) => ({ ...low, ...high(given) }),
    };
    for (const name of Object.keys(answers)) {
      kind.prototype[name] = new Proxy(kind.prototype[name], { apply: (_, me, given) => answers[name](given) });
    }
  };
  for (const name of Object.keys(told.navigator)) {
    const value = told.navigator[name];
    if (String(navigator[name]) === String(value)) continue;
    bend(Navigator, name, Array.isArray(value) ? Object.freeze(value) : value);
  }
  hints();
  if (!self.Worker) return;
  const first = "(" + zb + ")(" + JSON.stringify(told) + ");";
  const begun = (address) => {
    const script = String(address);
    if (!(within || /^(blob|data):/i.test(script))) return address;
    try {
      const ask = new XMLHttpRequest();
      ask.open("GET", script, false);
      ask.send();
      const words = ask.responseText;
      const strict = /^\s*(['"])use strict\1/.test(words) ? '"use strict";' : "";
      return URL.createObjectURL(new Blob([strict + first + words], { type: "text/javascript" }));
    } catch {
      return address;
    }
  };
  const construct = (native, given, made) => Reflect.construct(native, [begun(given[0]), ...given.slice(1)], made);
  self.Worker = new Proxy(self.Worker, { construct });
  self.Worker.prototype.constructor = self.Worker;
}
