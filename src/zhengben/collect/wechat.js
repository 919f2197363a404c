// What WeChat's browser gives every page before its first script: the bridge that pages of this trade wait for, and no
// client hints, which a WebView with a user agent of its own does not have.
(() => {
  const later = (run) => setTimeout(run, 0);
  const bridge = {
    invoke(name, given, done) {
      const answer = { err_msg: `${name}:fail access denied`, errMsg: `${name}:fail access denied` };
      if (name === "getNetworkType") answer.err_msg = answer.errMsg = "network_type:wifi";
      if (typeof done === "function") later(() => done(answer));
    },
    on() {},
    call() {},
    log() {},
  };
  const put = (name, value) =>
    Object.defineProperty(window, name, { value, writable: true, configurable: true, enumerable: false });
  put("WeixinJSBridge", bridge);
  put("__wxjs_environment", "browser");
  put("__wxjs_is_wkwebview", false);
  delete Object.getPrototypeOf(navigator).userAgentData;
  document.addEventListener("DOMContentLoaded", () =>
    later(() => document.dispatchEvent(new Event("WeixinJSBridgeReady"))),
  );
})();
