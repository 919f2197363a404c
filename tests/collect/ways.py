"""Every way we know in which a page can make a browser ask for an address: by element, style, script and header.

`{to}` is the inner address, with the name of the way as its path, so that a leak is told by its name.
"""

from collections.abc import Iterator

ELEMENTS = {
    "img": "<img src='{to}'>",
    "srcset": "<img srcset='{to} 1x'>",
    "picture": "<picture><source srcset='{to}'><img></picture>",
    "input-image": "<input type=image src='{to}'>",
    "background": "<table background='{to}'><tr><td>x</table>",
    "script": "<script src='{to}'></script>",
    "module": "<script type=module src='{to}'></script>",
    "style": "<link rel=stylesheet href='{to}'>",
    "frame": "<iframe src='{to}'></iframe>",
    "sandboxed": "<iframe sandbox src='{to}'></iframe>",
    "srcdoc": '<iframe srcdoc="<img src={to}>"></iframe>',
    "srcdoc-refresh": "<iframe srcdoc=\"<meta http-equiv=refresh content='0;url={to}'>\"></iframe>",
    "data-frame": '<iframe src="data:text/html,<img src={to}>"></iframe>',
    "object": "<object data='{to}'></object>",
    "embed": "<embed src='{to}'>",
    "video": "<video src='{to}' preload=auto autoplay muted></video>",
    "poster": "<video poster='{to}'></video>",
    "track": "<video muted><track default kind=captions src='{to}'></video>",
    "audio": "<audio src='{to}' preload=auto></audio>",
    "playlist": "<video muted autoplay preload=auto src='/list.m3u8'></video>",
    "preload": "<link rel=preload as=image href='{to}'>",
    "modulepreload": "<link rel=modulepreload href='{to}'>",
    "prefetch": "<link rel=prefetch href='{to}'>",
    "prerender": "<link rel=prerender href='{to}'>",
    "preconnect": "<link rel=preconnect href='{to}' crossorigin>",
    "dns-prefetch": "<link rel=dns-prefetch href='{to}'>",
    "manifest": "<link rel=manifest href='{to}'>",
    "touch-icon": "<link rel=apple-touch-icon href='{to}'>",
    "icon": "<link rel=icon href='{to}'>",
    "open-search": "<link rel=search type=application/opensearchdescription+xml href='{to}'>",
    "import": "<link rel=import href='{to}'>",
    "dictionary": "<link rel=compression-dictionary href='{to}'>",
    "monetization": "<link rel=monetization href='{to}'>",
    "speculation-prefetch": '<script type=speculationrules>{{"prefetch":[{{"urls":["{to}"],"eagerness":"immediate"}}]}}'
    "</script>",
    "speculation-prerender": '<script type=speculationrules>{{"prerender":[{{"urls":["/hop-prerender"],'
    '"eagerness":"immediate"}}]}}</script>',
    "svg-image": "<svg><image href='{to}' width=9 height=9 /></svg>",
    "svg-use": "<svg><use href='{to}#a'/></svg>",
    "svg-script": "<svg><script href='{to}'></script></svg>",
    "svg-fe-image": "<svg width=9 height=9><filter id=fe><feImage href='{to}'/></filter>"
    "<rect filter='url(#fe)' width=9 height=9 /></svg>",
    "svg-file": "<iframe src='/drawing.svg'></iframe>",
    "xslt": "<iframe src='/sheet.xml'></iframe>",
    "entity": "<iframe src='/entity.xml'></iframe>",
    "fenced": "<fencedframe src='{to}'></fencedframe>",
    "portal": "<portal src='{to}'></portal>",
    "ftp": "<iframe src='{ftp}'></iframe>",
    "view-source": "<iframe src='view-source:{to}'></iframe>",
    "intent": "<iframe src='intent://{place}/intent#Intent;scheme=http;end'></iframe>",
    "form": "<form id=form1 method=post action='{to}' target=n1><input name=a></form><iframe name=n1></iframe>"
    "<script>form1.submit()</script>",
    "ping": "<a id=ping href='#x' ping='{to}'>p</a><script>ping.click()</script>",
    "area-ping": "<map name=m><area id=area1 href='#y' ping='{to}'></map><script>area1.click()</script>",
    "early-frame": "<iframe src='/early'></iframe>",
    "headed-frame": "<iframe src='/headed'></iframe>",
    "refreshed-frame": "<iframe src='/refreshed'></iframe>",
    "framed-away": "<iframe src='/leaves'></iframe>",
}

STYLES = {
    "css-background": "body{{background:url({to})}}",
    "css-font": "@font-face{{font-family:zz;src:url({to})}} body{{font-family:zz}}",
    "css-mask": "p{{mask-image:url({to});-webkit-mask-image:url({to})}}",
    "css-cursor": "p{{cursor:url({to}),auto}}",
    "css-list": "li{{list-style-image:url({to})}}",
    "css-content": "p::before{{content:url({to})}}",
    "css-set": "div{{background:image-set('{to}' 1x)}}",
    "css-shape": "b{{float:left;shape-outside:url({to})}}",
    "css-filter": "i{{filter:url({to}#f)}}",
    "css-border": "em{{border:1px solid;border-image:url({to}) 1}}",
}

SCRIPTS = {
    "fetch": "fetch('{to}',{{mode:'no-cors'}})",
    "fetch-cors": "fetch('{to}',{{method:'PUT',headers:{{'X-A':'1'}}}})",
    "fetch-local": "fetch('{to}',{{mode:'no-cors',targetAddressSpace:'loopback'}})",
    "fetch-private": "fetch('{to}',{{mode:'no-cors',targetAddressSpace:'private'}})",
    "fetch-later": "fetchLater('{to}',{{activateAfter:0}})",
    "xhr": "const x=new XMLHttpRequest;x.open('POST','{to}');x.send('a')",
    "image": "new Image().src='{to}'",
    "beacon": "navigator.sendBeacon('{to}','a')",
    "sse": "new EventSource('{to}')",
    "socket": "new WebSocket('{ws}')",
    "socket-stream": "new WebSocketStream('{ws}')",
    "transport": "new WebTransport('{https}').ready.catch(()=>0)",
    "import-call": "import('{to}').catch(()=>0)",
    "import-json": "import('{to}',{{with:{{type:'json'}}}}).catch(()=>0)",
    "font-face": "new FontFace('yy','url({to})').load().catch(()=>0)",
    "worker": "new Worker(URL.createObjectURL(new Blob([\"importScripts('{to}')\"])))",
    "worker-fetch": "new Worker(URL.createObjectURL(new Blob([\"fetch('{to}',{{mode:'no-cors'}})\"])))",
    "worker-socket": "new Worker(URL.createObjectURL(new Blob([\"new WebSocket('{ws}')\"])))",
    "worker-hop": "new Worker('/hop-worker')",
    "shared-worker": "new SharedWorker(URL.createObjectURL(new Blob([\"importScripts('{to}')\"])))",
    "service-worker": "navigator.serviceWorker.register('/service.js')",
    "paint": "CSS.paintWorklet.addModule('{to}').catch(()=>0)",
    "audio-worklet": "new AudioContext().audioWorklet.addModule('{to}').catch(()=>0)",
    "cache": "caches.open('a').then(c=>c.add(new Request('{to}',{{mode:'no-cors'}}))).catch(()=>0)",
    "sheet": "const s=new CSSStyleSheet;s.replace(\"@import '{to}'\")",
    "stream-wasm": "WebAssembly.compileStreaming(fetch('{to}',{{mode:'no-cors'}})).catch(()=>0)",
    "payment": "new PaymentRequest([{{supportedMethods:'{https}'}}],"
    "{{total:{{label:'a',amount:{{currency:'CNY',value:'1'}}}}}}).canMakePayment().catch(()=>0)",
    "identity": "navigator.credentials.get({{identity:{{providers:[{{configURL:'{to}',clientId:'a'}}]}}}})"
    ".catch(()=>0)",
    "auction": "navigator.joinAdInterestGroup({{owner:'{https}',name:'a',biddingLogicURL:'{https}'}},9).catch(()=>0)",
    "presentation": "new PresentationRequest(['{https}']).start().catch(()=>0)",
    "notification": "new Notification('a',{{icon:'{to}'}})",
    "window": "window.open('{to}')",
    "session-art": "navigator.mediaSession.metadata=new MediaMetadata({{artwork:[{{src:'{to}'}}]}})",
    "xslt-call": "const d=new DOMParser().parseFromString(\"<xsl:stylesheet version='1.0' "
    "xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:import href='{to}'/></xsl:stylesheet>\",'text/xml');"
    "new XSLTProcessor().importStylesheet(d)",
    "ice-udp": "const a=new RTCPeerConnection({{iceServers:[{{urls:'stun:{place}'}}]}});a.createDataChannel('x');"
    "a.createOffer().then(o=>a.setLocalDescription(o))",
    "ice-tcp": "const b=new RTCPeerConnection({{iceServers:[{{urls:['turn:{place}?transport=tcp',"
    "'turns:{place}?transport=tcp'],username:'a',credential:'b'}}]}});b.createDataChannel('x');"
    "b.createOffer().then(o=>b.setLocalDescription(o))",
    "ice-candidate": "const c=new RTCPeerConnection,d2=new RTCPeerConnection;c.createDataChannel('x');"
    "c.createOffer().then(async o=>{{await c.setLocalDescription(o);await d2.setRemoteDescription(o);"
    "const n=await d2.createAnswer();await d2.setLocalDescription(n);await c.setRemoteDescription(n);"
    "for(const k of ['udp {udp} 127.0.0.1 {port} typ host','tcp {udp} 127.0.0.1 {port} typ host tcptype passive'])"
    "await c.addIceCandidate({{candidate:'candidate:1 1 '+k,sdpMid:'0',sdpMLineIndex:0}}).catch(()=>0)}})",
    "unload-keepalive": "addEventListener('pagehide',()=>fetch('{to}',{{keepalive:true,mode:'no-cors'}}))",
    "unload-beacon": "addEventListener('unload',()=>navigator.sendBeacon('{to}','a'));"
    "addEventListener('visibilitychange',()=>navigator.sendBeacon('{to}','b'))",
    "unload-image": "addEventListener('beforeunload',()=>{{new Image().src='{to}'}})",
    "later": "for(const t of [50,400,900,2000])setTimeout(()=>new Image().src='{to}',t)",
}

# Headers of a page of ours; each asks the browser to go somewhere by itself.
HEADERS = {
    "Link": "<{in_link}>; rel=preload; as=image, <{in_link}-p>; rel=preconnect, <{in_link}-s>; rel=stylesheet",
    "Content-Security-Policy-Report-Only": "default-src 'none'; report-uri {in_csp}; report-to ends",
    "Reporting-Endpoints": 'ends="{in_endpoint}", default="{in_endpoint}"',
    "Report-To": '{{"group":"ends","max_age":99,"endpoints":[{{"url":"{in_report}"}}]}}',
    "NEL": '{{"report_to":"ends","max_age":99,"success_fraction":1,"failure_fraction":1}}',
    "Cross-Origin-Opener-Policy-Report-Only": 'same-origin; report-to="ends"',
    "Document-Policy-Report-Only": 'document-write=?0; report-to="ends"',
    "Expect-CT": 'max-age=99, enforce, report-uri="{in_ct}"',
    "Speculation-Rules": '"{in_rules}"',
    "SourceMap": "{in_map}",
    "Alt-Svc": 'h2="{place}"; ma=99, h3="{place}"; ma=99, h2=":{port}"; ma=99',
    "Attribution-Reporting-Register-Source": '{{"destination":"{in_source}","source_event_id":"1"}}',
}

SPELLINGS = (
    "127.0.0.1", "localhost", "LOCALHOST", "a.localhost", "localhost.", "127.0.0.1.", "127.1", "127.0.1", "2130706433",
    "0x7f000001", "0x7f.1", "0177.0.0.1", "00000177.1", "0", "0.0.0.0", "127.127.127.127", "[::1]", "[::]",  # noqa: S104  # asked for, not listened on
    "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    "[fe80::5efe:127.0.0.1]", "[fe80::1%25lo]", "%31%32%37.0.0.1", "\uff11\uff12\uff17.0.0.1",
    "127\u30020\u30020\u30021",
    "\u2460\u2461\u2466.0.0.1", "evil.example@127.0.0.1", "inner.example", "INNER.example.", "in\u00adner.example",
    "alias.example",
)  # fmt: skip

HOPS = {"301": 301, "302": 302, "303": 303, "307": 307, "308": 308}


def page(inner: str) -> str:
    """Give a page that goes every way at once."""
    parts = [_filled(text, inner, name) for name, text in ELEMENTS.items()]
    parts.append("<style>" + "".join(_filled(text, inner, name) for name, text in STYLES.items()) + "</style>")
    parts.append(f"<style>@import '{inner}/css-import';</style><style>@import '/hop-css';</style>")
    parts += [f"<img src='/hop-{name}'><script src='/hop-{name}?s'></script>" for name in HOPS]
    calls = "".join(f"try{{(()=>{{{_filled(text, inner, name)}}})()}}catch(e){{}}\n" for name, text in SCRIPTS.items())
    return f"<title>ways</title><p>a<li>b<div>c</div><b>d</b><i>e</i><em>f</em>{''.join(parts)}<script>{calls}</script>"


def spelled(port: str) -> str:
    """Give a page that goes to one server under every spelling of its address, four ways each."""
    urls = [f"//{host}:{port}/s{number}" for number, host in enumerate(SPELLINGS)]
    return "<title>spelled</title>" + "".join(
        f"<img src='http:{url}i'><iframe src='http:{url}f'></iframe>"
        f"<script>try{{fetch('http:{url}x',{{mode:'no-cors'}}).catch(()=>0)}}catch(e){{}}"
        f"try{{new WebSocket('ws:{url}w')}}catch(e){{}}</script>"
        for url in urls
    )


def headers(inner: str) -> dict[str, str]:
    """Give the headers that send a browser inside."""
    names = ("link", "csp", "endpoint", "report", "ct", "rules", "map", "source")
    inside = {f"in_{name}": f"{inner}/head-{name}" for name in names}
    place = inner.removeprefix("http://")
    port = place.rpartition(":")[2]
    return {name: text.format(**inside, place=place, port=port) for name, text in HEADERS.items()}


def names() -> Iterator[str]:
    """Give the name of every way of `page`."""
    yield from (*ELEMENTS, *STYLES, *SCRIPTS)


def _filled(text: str, inner: str, name: str) -> str:
    place = inner.removeprefix("http://")
    return text.format(
        to=f"{inner}/{name}", ws=f"ws://{place}/{name}", https=f"https://{place}/{name}", ftp=f"ftp://{place}/{name}",
        place=place, port=place.rpartition(":")[2], udp="2122260223",
    )  # fmt: skip
