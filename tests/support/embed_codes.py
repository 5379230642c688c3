"""Codes for embedding as other sites give them, by the name of the provider, with the line that shows the same."""

_YOUTUBE = "https://www.youtube.com/watch?v=LacGiang001"
_FACEBOOK = "https://www.facebook.com/lacgiang/videos/123456789/"
_PB = "!1m18!1m12!1m3!1d3919.5!2d106.7!3d10.77!2m3!1f0!2f0!3f0!3m2!1i1024!2i768!4f13.1!5e0!3m2!1svi!2s!4v17!5m2!1svi"
_BOX = "bbox=106.69%2C10.76%2C106.71%2C10.78"

CODES = {
    "YouTube": (
        (
            '<iframe width="560" height="315" src="https://www.youtube.com/embed/LacGiang001?si=abc" '
            'title="YouTube video player" frameborder="0" allow="autoplay" style="x" allowfullscreen></iframe>'
        ),
        _YOUTUBE,
    ),
    "YouTube with a title": (
        '<iframe src="//www.youtube-nocookie.com/embed/LacGiang001?start=9" title="Lễ [hợp] long"></iframe>',
        rf"[Lễ \[hợp\] long]({_YOUTUBE}&t=9)",
    ),
    "Vimeo": (
        (
            '<div style="padding:56.25% 0 0 0;position:relative;"><iframe src="https://player.vimeo.com/video/123456'
            '?h=abcdef0123&badge=0" style="position:absolute;top:0;" title="Cầu mới"></iframe></div>'
            '<script src="https://player.vimeo.com/api/player.js"></script>'
        ),
        "[Cầu mới](https://vimeo.com/123456/abcdef0123)",
    ),
    "Facebook": (
        (
            '<div id="fb-root"></div>\n<script async defer crossorigin="anonymous" '
            'src="https://connect.facebook.net/vi_VN/sdk.js#xfbml=1&version=v18.0"></script>\n'
            f'<div class="fb-video" data-href="{_FACEBOOK}" data-width="500"><blockquote cite="{_FACEBOOK}" '
            f'class="fb-xfbml-parse-ignore"><a href="{_FACEBOOK}">Lễ</a></blockquote></div>'
        ),
        _FACEBOOK,
    ),
    "Facebook, a frame": (
        (
            '<iframe src="https://www.facebook.com/plugins/video.php?height=314&href=https%3A%2F%2Fwww.facebook.com'
            '%2Flacgiang%2Fvideos%2F123456789%2F&show_text=false" style="border:none" scrolling="no"></iframe>'
        ),
        _FACEBOOK,
    ),
    "TikTok": (
        (
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@lg/video/7123456789" '
            'data-video-id="7123456789" style="max-width: 605px;" > <section> <a target="_blank" title="@lg" '
            'href="https://www.tiktok.com/@lg?refer=embed">@lg</a> <p>Chợ sớm</p> </section> </blockquote> '
            '<script async src="https://www.tiktok.com/embed.js"></script>'
        ),
        "[Chợ sớm](https://www.tiktok.com/@lg/video/7123456789)",
    ),
    "X": (
        (
            '<blockquote class="twitter-tweet"><p lang="vi" dir="ltr">Cầu thông xe</p>&mdash; Lạc Giang (@lg) '
            '<a href="https://twitter.com/lg/status/123?ref_src=tw">June 1, 2022</a></blockquote> '
            '<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>'
        ),
        "[Cầu thông xe — Lạc Giang (@lg)](https://twitter.com/lg/status/123?ref_src=tw)",
    ),
    "Instagram": (
        (
            '<blockquote class="instagram-media" data-instgrm-captioned data-instgrm-permalink='
            '"https://www.instagram.com/p/CabcdefGHIJ/" data-instgrm-version="14" style="background:#FFF;"><div '
            'style="padding:16px;"> <a href="https://www.instagram.com/p/CabcdefGHIJ/" target="_blank">View</a></div>'
            '</blockquote>\n<script async src="//www.instagram.com/embed.js"></script>'
        ),
        "https://www.instagram.com/p/CabcdefGHIJ/",
    ),
    "SoundCloud": (
        (
            '<iframe width="100%" height="166" scrolling="no" src="https://w.soundcloud.com/player/'
            '?url=https%3A//api.soundcloud.com/tracks/1234&color=%23ff5500"></iframe><div style="font-size: 10px;">'
            '<a href="https://soundcloud.com/lg" title="LG" style="x">LG</a> · '
            '<a href="https://soundcloud.com/lg/ban-tin" title="Bản tin">Bản tin</a></div>'
        ),
        "https://soundcloud.com/lg/ban-tin",
    ),
    "Spotify": (
        (
            '<iframe style="border-radius:12px" src="https://open.spotify.com/embed/episode/4rOoJ6Egrf8K2IrywzwOMk'
            '?utm_source=generator" width="100%" height="152" frameBorder="0" loading="lazy"></iframe>'
        ),
        "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk",
    ),
    "OpenStreetMap": (
        (
            f'<iframe width="425" height="350" src="https://www.openstreetmap.org/export/embed.html?{_BOX}&amp;'
            'layer=mapnik" style="border: 1px solid black"></iframe><br/><small><a href="https://www.openstreetmap.org/'
            '#map=15/10.77/106.7">View Larger Map</a></small>'
        ),
        f"https://www.openstreetmap.org/export/embed.html?{_BOX}&layer=mapnik",
    ),
    "Google Maps": (
        f'<iframe src="https://www.google.com/maps/embed?pb={_PB}" width="600" style="border:0;"></iframe>',
        f"https://www.google.com/maps/embed?pb={_PB}",
    ),
}
