"""What readers type, and the story that they look for: chosen before any search was asked.

Each query is as it is typed, with the slugs of the stories of `search_stories` of which one is among the first three.
"""

import unicodedata

NFD = "NFD"


def _typed_in_nfd(query: str) -> str:
    return unicodedata.normalize(NFD, query)


GOLD: tuple[tuple[str, tuple[str, ...]], ...] = (
    # As most Vietnamese readers type on a phone: without diacritics.
    ("nhan muon", ("nhan-muon-duoc-mua",)),
    ("nhan long", ("du-lich-vuon-mua-nhan", "nhan-muon-duoc-mua", "longan-orchard-visits")),
    ("cau lac 2 hop long", ("cau-lac-2-hop-long",)),
    ("xe buyt dien", ("xe-buyt-dien-lien-huyen",)),
    ("tuyen sinh lop 10", ("tuyen-sinh-lop-10",)),
    ("phan loai rac", ("phan-loai-rac-tai-nguon",)),
    ("nha o xa hoi phu van", ("nha-o-xa-hoi-phu-van",)),
    ("hat cua dinh", ("hat-cua-dinh",)),
    ("ghep than", ("ghep-than",)),
    ("bao so 6", ("bao-so-6",)),
    ("chieu coi", ("nghe-det-chieu-coi",)),
    ("lua dao truc tuyen", ("canh-bao-lua-dao-truc-tuyen",)),
    # With diacritics.
    ("nhãn muộn được mùa", ("nhan-muon-duoc-mua",)),
    ("giá vật liệu xây dựng", ("gia-vat-lieu-xay-dung",)),
    ("tiêm phòng mùa lạnh", ("tiem-chung-mua-lanh",)),
    ("sếu đầu đỏ", ("seu-dau-do",)),
    ("vải thiều sang Nhật", ("vai-thieu-nhat",)),
    ("trống đồng", ("trong-dong",)),
    ("cá lồng sông Lạc", ("nuoi-ca-long-song-lac",)),
    ("thu ngân sách", ("thu-ngan-sach-chin-thang",)),
    ("trạm y tế lưu động", ("tram-y-te-luu-dong",)),
    # Some words of a headline, or in another order.
    ("chợ đầu mối đêm", ("cho-dau-moi-dem",)),
    ("rau vụ đông", ("rau-mau-vu-dong",)),
    ("thư viện trường làng", ("truong-lang-thu-vien-mo",)),
    ("đua thuyền Kim Châu", ("dua-thuyen-song-lac",)),
    ("rước nước Yên Lư", ("hoi-lang-yen-lu",)),
    ("olympic hóa học huy chương vàng", ("hoa-hoc",)),
    ("nghỉ học vì bão", ("bao-so-6",)),
    ("cháy chợ", ("chay-cho",)),
    # One word.
    ("covid", ("covid",)),
    ("vaccine cum", ("tiem-chung-mua-lanh",)),
    ("elac", ("elac",)),
    ("phở", ("quan-pho",)),
    ("wifi", ("wifi",)),
    ("sếu", ("seu-dau-do",)),
    # Names.
    ("Phan Bao Ngoc", ("hoa-hoc",)),
    ("đặng quốc thịnh", ("xuong-gom",)),
    ("trần thị mận", ("to-he",)),
    ("Vũ Thị Nhài", ("hat-cua-dinh", "village-singing-house")),
    ("Nguyễn Hoàng Yến", ("phi-cong",)),
    # Quoted.
    ("“hợp long”", ("cau-lac-2-hop-long",)),
    ('"đại học lạc giang"', ("diem-chuan",)),
    ('"phố cổ"', ("xuong-gom",)),
    # Other forms of the same letters.
    (_typed_in_nfd("mùa nước lên"), ("mua-nuoc-len",)),
    (_typed_in_nfd("kè sông An Phúc"), ("ke-song-an-phuc",)),
    ("XÉT XỬ KHAI THÁC CÁT", ("xet-xu-khai-thac-cat",)),
    ("HĐND KỲ HỌP CUỐI NĂM", ("ky-hop-hdnd-tinh",)),
    # Numbers and dates.
    ("vành đai 3", ("vanh-dai-3",)),
    ("RON 95", ("gia-xang",)),
    # English.
    ("lac river bridge", ("lac-river-bridge",)),
    ("electric buses", ("electric-buses",)),
    ("longan orchards", ("longan-orchard-visits",)),
    # One letter wrong, missing, too many, or two exchanged; a space in the wrong place.
    ("nham long", ("du-lich-vuon-mua-nhan", "nhan-muon-duoc-mua", "longan-orchard-visits")),
    ("nhanlong", ("du-lich-vuon-mua-nhan", "nhan-muon-duoc-mua", "longan-orchard-visits")),
    ("ghep thn", ("ghep-than",)),
    ("trong dogn", ("trong-dong",)),
    ("cau lgon tinh phu van", ("giai-cau-long-tinh",)),
    ("electirc buses", ("electric-buses",)),
    ("hoa bsn muong tac", ("le-hoi-hoa-ban",)),
    ("vanh dai3", ("vanh-dai-3",)),
)
