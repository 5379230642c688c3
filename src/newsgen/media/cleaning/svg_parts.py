"""The elements and attributes of SVG that draw: whatever is not listed here is taken out of a drawing.

They are those of SVG 1.1 and 2, and of SMIL animations, without what runs code, loads other files or holds notes of
programs.
"""

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

TEXTS = frozenset({"text", "tspan", "textPath", "tref", "altGlyph", "title", "desc"})
"""The elements whose words are shown."""

ANIMATIONS = frozenset({"animate", "animateColor", "animateMotion", "animateTransform", "set"})
PICTURES = frozenset({"image", "feImage"})
"""The elements whose address may be the data of a picture."""

_DRAWN = """
    svg g a defs style symbol use switch view mpath stop path rect circle ellipse line polyline polygon marker pattern
    clipPath mask linearGradient radialGradient filter feBlend feColorMatrix feComponentTransfer feComposite
    feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG
    feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence font font-face font-face-format font-face-name font-face-src glyph hkern missing-glyph vkern
"""
ELEMENTS = TEXTS | ANIMATIONS | PICTURES | frozenset(_DRAWN.split())

_STYLES = """
    alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
    color-rendering direction display dominant-baseline enable-background fill fill-opacity fill-rule filter
    flood-color flood-opacity font font-family font-feature-settings font-kerning font-size font-size-adjust
    font-stretch font-style font-variant font-variant-caps font-variant-ligatures font-variant-numeric
    font-variation-settings font-weight glyph-orientation-horizontal glyph-orientation-vertical image-rendering
    isolation kerning letter-spacing lighting-color line-height marker marker-end marker-mid marker-start mask mask-type
    mix-blend-mode opacity overflow paint-order pointer-events shape-rendering stop-color stop-opacity stroke
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
    text-anchor text-decoration text-overflow text-rendering transform-box transform-origin unicode-bidi vector-effect
    visibility white-space word-spacing writing-mode
"""
_SHAPES = """
    class cx cy d dx dy fr fx fy gradientTransform gradientUnits height id lengthAdjust markerHeight markerUnits
    markerWidth maskContentUnits maskUnits clipPathUnits method offset orient pathLength patternContentUnits
    patternTransform patternUnits points preserveAspectRatio r refX refY rotate rx ry side spacing spreadMethod
    startOffset style textLength transform version baseProfile viewBox width x x1 x2 y y1 y2 zoomAndPan
"""
_FILTERS = """
    amplitude azimuth baseFrequency bias diffuseConstant divisor edgeMode elevation exponent filterRes filterUnits in
    in2 intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength limitingConeAngle mode numOctaves operator order pointsAtX
    pointsAtY pointsAtZ preserveAlpha primitiveUnits radius result scale seed slope specularConstant specularExponent
    stdDeviation stitchTiles surfaceScale tableValues targetX targetY type values xChannelSelector yChannelSelector z
"""
_MOTIONS = """
    accumulate additive attributeName attributeType begin by calcMode dur end from keyPoints keySplines keyTimes max min
    origin path repeatCount repeatDur restart to
"""
_FONTS = """
    accent-height alphabetic arabic-form ascent bbox cap-height descent format g1 g2 glyph-name hanging horiz-adv-x
    horiz-origin-x horiz-origin-y ideographic k lang mathematical name overline-position overline-thickness panose-1
    slope stemh stemv strikethrough-position strikethrough-thickness u1 u2 underline-position underline-thickness
    unicode unicode-range units-per-em v-alphabetic v-hanging v-ideographic v-mathematical vert-adv-y vert-origin-x
    vert-origin-y widths x-height
"""
_READERS = "focusable media rel requiredExtensions requiredFeatures role systemLanguage tabindex target"

ATTRIBUTES = frozenset(f"{_STYLES} {_SHAPES} {_FILTERS} {_MOTIONS} {_FONTS} {_READERS}".split())
"""Attributes without a namespace, but for `href` and those for screen readers (`aria-…`)."""

ANIMATED = frozenset(f"{_STYLES} {_SHAPES} {_FILTERS}".split()) - {"id", "style", "type"}
"""What an animation may change."""
