"""Drawings as programs save them, each with parts that draw and parts that say who drew it, where."""

from base64 import b64encode

from planted_pictures import make_planted

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
BOX = 'width="200" height="120" viewBox="0 0 200 120"'
SECRETS = (b"ha-my", b"C:\\Users", b"sodipodi", b"Adobe", b"mxfile", b"-of-Lan", b"<!--", b"DOCTYPE", b"<?xml")
"""What must be in no drawing that is published."""

INKSCAPE = f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape by ha-my -->
<svg {BOX} version="1.1" inkscape:export-filename="C:\\Users\\ha-my\\ban-do.png" sodipodi:docname="ha-my.svg"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns="http://www.w3.org/2000/svg"
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:xlink="http://www.w3.org/1999/xlink">
  <sodipodi:namedview id="base" pagecolor="#ffffff"><inkscape:grid type="xygrid" /></sodipodi:namedview>
  <metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">ha-my</rdf:RDF></metadata>
  <defs><linearGradient id="a"><stop offset="0" style="stop-color:#c00;stop-opacity:1" /><stop offset="1"
    style="stop-color:#00c" /></linearGradient><linearGradient xlink:href="#a" id="b" x1="0" x2="1" /></defs>
  <g inkscape:label="ha-my" inkscape:groupmode="layer" style="fill:url(#b);-inkscape-stroke:none">
    <rect x="10" y="10" width="120" height="60" rx="8" inkscape:connector-curvature="0" />
  </g>
  <text xml:space="preserve" x="20" y="100" style="font-size:20px;font-family:'DejaVu Sans'">Cầu  <tspan
    style="fill:#080">Ngọc Tỉnh</tspan>
</text>
</svg>"""

ILLUSTRATOR = f"""<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 27.0 -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
  <!ENTITY ns_svg "http://www.w3.org/2000/svg">
  <!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
  <!ENTITY st0 "fill:#336699;">
]>
<svg xmlns="&ns_svg;" xmlns:i="&ns_ai;" {BOX} i:viewOrigin="1 2" enable-background="new 0 0 200 120" data-name="ha-my">
<style type="text/css"><![CDATA[
  .st1{{fill:none;stroke:#333;stroke-width:4}} /* ha-my */
  g > .st2 {{ fill : orange }}
]]></style>
<g i:layer="yes"><path style="&st0;" d="M10,10h60v60z"/><circle class="st1" cx="130" cy="60" r="40"/><g><path
  class="st2" d="M120 50h20v20h-20z"/></g></g>
</svg>"""

FIGMA = HEAD.format(
    f'{BOX} fill="none" content="&lt;mxfile host=&quot;ha-my&quot;/>"',
    f"""<g clip-path="url(#c)" filter="url(#f)"><rect width="90" height="90" fill="#fb0"/><use
xlink:href="#d" x="90"/></g><image x="5" y="80" width="60" height="40"
xlink:href="data:image/jpeg;base64,{b64encode(make_planted("JPEG")).decode()}"/>
<defs><clipPath id="c"><rect width="180" height="80" rx="20"/></clipPath><filter id="f"><feGaussianBlur
stdDeviation="2"/><feOffset dx="3"/></filter><g id="d"><path fill="#06c" d="M0 0h40v70H0z"/></g></defs>""",
)

MATPLOTLIB = f"""<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg {BOX} xmlns="http://www.w3.org/2000/svg" version="1.1" xmlns:xlink="http://www.w3.org/1999/xlink">
 <metadata><cc:Work xmlns:cc="http://creativecommons.org/ns#">ha-my</cc:Work></metadata>
 <defs><style type="text/css">*{{stroke-linejoin: round; stroke-linecap: butt}}</style></defs>
 <defs><path id="m" d="M 0 3 C 2 3 3 2 3 0" style="stroke: #1f77b4"/></defs>
 <g id="axes"><path d="M 20 100 L 180 20" style="fill: none; stroke: #1f77b4; stroke-width: 2"/><g
  clip-path="url(#p)"><use xlink:href="#m" x="60" y="60"/><use xlink:href="#m" x="120" y="40"
  style="fill: #d62728"/></g></g>
 <defs><clipPath id="p"><rect x="0" y="0" width="200" height="120"/></clipPath></defs>
</svg>"""

SYMBOLS = HEAD.format(
    BOX,
    """<title>Chợ nổi</title><symbol id="s" viewBox="0 0 10 10"><polygon points="5,0 10,10 0,10"/></symbol>
<pattern id="k" width="8" height="8" patternUnits="userSpaceOnUse"><line x2="8" y2="8" stroke="#a00"/></pattern>
<mask id="q"><ellipse cx="50" cy="50" rx="40" ry="20" fill="#fff"/></mask><marker id="r" markerWidth="6"
markerHeight="6" refX="3" refY="3" orient="auto"><circle cx="3" cy="3" r="3"/></marker>
<rect width="100" height="100" fill="url(#k)" mask="url(#q)"/><use href="#s" x="100" width="40" height="40"/>
<polyline points="100,100 150,60 190,100" fill="none" stroke="#000" marker-end="url(#r)" marker-mid="url('#r')"/>
<switch><text systemLanguage="xx" y="90">xx</text><text x="4" y="110">ạ ế &amp; &lt;b></text></switch>
<text><textPath href="#u">theo đường</textPath></text><path id="u" d="M110 110q40-40 80 0" fill="none"/>""",
)

DRAWINGS = {
    "inkscape": INKSCAPE,
    "illustrator": ILLUSTRATOR,
    "figma": FIGMA,
    "matplotlib": MATPLOTLIB,
    "symbols": SYMBOLS,
}
"""Drawings by the program that saves such."""
