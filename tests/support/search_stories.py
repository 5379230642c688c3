"""Stories to search: those of the demonstration paper, twenty that readers look for, and others made from templates."""

import random
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import yaml

MARKUP = re.compile(r"^(?:!\[|:::|\[\^).*$|\[\^[^\]]*\]|\]\([^)]*\)|\{#[^}]*\}|\[", re.MULTILINE)
"""Markup that needs files or other parts of the paper."""

CONTENT = Path(__file__).parents[2] / "content"


class Story(NamedTuple):
    """What the index has of a story. `text` is its text, without markup where it is made from templates."""

    slug: str
    title: str
    summary: str
    text: str
    section: str
    day: date
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


PLANTED = {
    "le-hoi-hoa-ban": (
        "van-hoa",
        "Lễ hội hoa ban mở lại sau ba năm ở Mường Tấc",
        "Hai vạn du khách lên bản trong ba ngày đầu tháng.",
    ),
    "ghep-than": (
        "xa-hoi",
        "Bệnh viện Vân Hải ghép thận thành công ca thứ mười",
        "Người nhận là một giáo viên 41 tuổi, người cho là em trai.",
    ),
    "to-he": ("van-hoa", "Nghệ nhân Trần Thị Mận và nghề nặn tò he", "Bột nếp, bảy màu và một chiếc lược nhựa."),
    "vai-thieu-nhat": (
        "kinh-te",
        "Vải thiều Lục Bình sang Nhật chuyến đầu tiên",
        "Mười hai tấn quả đi đường biển, chiếu xạ ở cảng.",
    ),
    "hoa-hoc": (
        "xa-hoi",
        "Phan Bảo Ngọc giành huy chương vàng Olympic Hóa học",
        "Nữ sinh lớp 12 trường chuyên tỉnh là thí sinh nữ duy nhất của đoàn.",
    ),
    "tau-mac-can": (
        "xa-hoi",
        "Tàu hàng mắc cạn ở cửa Lân, cứu được chín thuyền viên",
        "Sóng cấp bảy, ca nô phải vào ba lần.",
    ),
    "vanh-dai-3": (
        "kinh-te",
        "Đường vành đai 3 Vân Hải thông xe kỹ thuật ngày 19-8",
        "Đoạn dài 11 km nối quốc lộ với khu cảng.",
    ),
    "gia-xang": (
        "kinh-te",
        "Xăng RON 95 giảm còn 19.870 đồng một lít",
        "Dầu diesel giảm 310 đồng từ 15 giờ chiều nay.",
    ),
    "seu-dau-do": (
        "xa-hoi",
        "Đàn sếu đầu đỏ trở lại đầm Tây Sa",
        "Kiểm lâm đếm được mười bốn con, nhiều nhất từ năm 2011.",
    ),
    "quan-pho": ("van-hoa", "Quán phở bốn mươi năm bên ga Bắc", "Bà Lựu dậy lúc hai giờ sáng để hầm xương."),
    "doi-tuyen-nu": (
        "the-thao",
        "Tuyển nữ Lạc Giang thắng Hà Trung 3-1 ở chung kết",
        "Tiền đạo Lò Thị Hương ghi cả ba bàn.",
    ),
    "bao-so-6": (
        "xa-hoi",
        "Bão số 6 đổi hướng, học sinh bốn huyện nghỉ học ngày 27-9",
        "Tâm bão cách bờ 210 km lúc bốn giờ chiều.",
    ),
    "xuong-gom": ("van-hoa", "Đặng Quốc Thịnh mở xưởng gốm giữa phố cổ", "Kỹ sư phần mềm bỏ việc để học vuốt đất."),
    "elac": (
        "kinh-te",
        "Ứng dụng eLac cho nộp phạt giao thông qua điện thoại",
        "Tiền vào kho bạc trong năm phút, không phải ra bưu điện.",
    ),
    "diem-chuan": (
        "xa-hoi",
        "Điểm chuẩn Đại học Lạc Giang: Sư phạm Toán cao nhất, 28,6 điểm",
        "Ngành công nghệ thực phẩm thấp nhất, 17 điểm.",
    ),
    "trong-dong": (
        "van-hoa",
        "Bảo tàng tỉnh nhận lại chiếc trống đồng Gò Mun",
        "Một nhà sưu tầm ở Pháp gửi trả sau 80 năm.",
    ),
    "wifi": ("kinh-te", "Wi-Fi miễn phí ở 30 công viên Vân Hải", "Mỗi máy được hai giờ một ngày."),
    "chay-cho": (
        "phap-luat",
        "Cháy chợ Cầu Mới lúc rạng sáng, 40 ki-ốt bị thiêu rụi",
        "Không có người bị thương; công an khám nghiệm hiện trường.",
    ),
    "phi-cong": (
        "xa-hoi",
        "Nguyễn Hoàng Yến: “Tôi lái máy bay từ năm 24 tuổi”",
        "Nữ cơ trưởng đầu tiên của tỉnh kể về chuyến bay đêm.",
    ),
    "covid": (
        "xa-hoi",
        "Covid-19: ca nhiễm mới tăng nhẹ, không phải cách ly",
        "Ngành y tế khuyên người già tiêm nhắc lại.",
    ),
}
"""What readers look for, among many others: section, headline and summary by slug."""

PLACES = [
    "An Phúc",
    "Kim Sa",
    "Thuận Lạc",
    "Yên Lư",
    "Phù Vân",
    "Vân Hải",
    "Hồng Bãi",
    "Kim Châu",
    "Tân Vân",
    "Đông Lư",
    "Kim Bình",
    "Hải Nhuận",
    "Bến Đình",
    "Cửa Đông",
]
GOODS = [
    "lúa",
    "ngô",
    "bưởi",
    "chuối",
    "cà chua",
    "khoai tây",
    "lạc",
    "tôm",
    "cá rô phi",
    "gà đồi",
    "lợn",
    "rau sạch",
    "nấm",
    "mật ong",
    "chè",
    "hoa cúc",
    "nhãn sớm",
    "cam sành",
]
WORKS = [
    "cầu vượt",
    "đê biển",
    "trạm bơm",
    "trường mầm non",
    "nhà văn hóa",
    "đường liên xã",
    "chợ dân sinh",
    "bến xe",
    "nhà máy nước",
    "sân vận động",
    "công viên",
    "khu tái định cư",
]
FAMILIES = [
    "Nguyễn Văn",
    "Trần Thị",
    "Lê Minh",
    "Phạm Quang",
    "Hoàng Thu",
    "Vũ Đức",
    "Đặng Thị",
    "Bùi Xuân",
    "Đỗ Hải",
    "Ngô Thanh",
    "Dương Ngọc",
    "Lý Bảo",
]
NAMES = [
    "Anh",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Hùng",
    "Hương",
    "Khánh",
    "Lan",
    "Long",
    "Mai",
    "Nam",
    "Nga",
    "Phong",
    "Phương",
    "Quân",
    "Sơn",
    "Thảo",
    "Trung",
    "Tuấn",
    "Vân",
    "Yến",
]
CRIMES = [
    "trộm xe máy",
    "đánh bạc",
    "buôn lậu thuốc lá",
    "lừa bán đất",
    "khai thác cát lậu",
    "làm giả giấy tờ",
    "gây rối trật tự",
]
HEADLINES = {
    "kinh-te": (
        "Giá {goods} ở {place} tăng {number}% trong một tháng", "Nông dân {place} bỏ {goods} trồng {goods2}",
        "{place} khởi công {work} {number} tỷ đồng", "Hợp tác xã {place} xuất khẩu {number} tấn {goods}",
        "{work} {place} chậm tiến độ {number} ngày", "Được mùa {goods}, {place} lo đầu ra",
    ),
    "xa-hoi": (
        "{place} nghiệm thu {work} trước mùa mưa", "Thầy {name} và {number} học sinh bãi giữa",
        "{number} hộ dân {place} chờ {work}", "Mưa lớn, {number} ha {goods} ở {place} ngập trắng",
        "Bà {name} ba mươi năm nuôi trẻ mồ côi ở {place}", "{place} thiếu {number} giáo viên tiếng Anh",
    ),
    "phap-luat": (
        "Bắt nhóm {crime} ở {place}", "Xét xử {number} bị cáo {crime}", "{name} lĩnh {number} tháng tù vì {crime}",
        "Công an {place} cảnh báo nạn {crime}",
    ),
    "the-thao": (
        "{place} thắng {place2} {digit}-{digit2} ở giải bóng đá tỉnh", "{name} giành huy chương bạc cầu lông",
        "{number} vận động viên dự giải chạy {place}", "{place} vô địch đua thuyền sau {number} năm",
    ),
    "van-hoa": (
        "Làng {place} mở hội sau {number} ngày chuẩn bị", "Nghệ nhân {name} truyền nghề cho {number} người trẻ",
        "Triển lãm ảnh về {goods} ở {place}", "{place} tu bổ đình làng, hết {number} triệu đồng",
    ),
}  # fmt: skip
SENTENCES = (
    "Theo ông {name}, chủ tịch xã {place}, công việc sẽ xong trước ngày {digit}-{digit2}.",
    "Bà {name} cho biết gia đình bà trồng {goods} từ năm {year}.",
    "Cả vùng có {number} hộ làm {goods}, nhiều nhất ở {place} và {place2}.",
    "Tỉnh đã duyệt {number} tỷ đồng cho {work} ở {place}.",
    "Người dân mong {work} sớm xong để trẻ em đi học không phải qua đò.",
    "Đêm qua trời mưa, nước sông Lạc lên thêm {number} cm tại trạm đo.",
    "Thương lái từ {place2} về tận vườn mua {goods}, giá {number} nghìn đồng một cân.",
    "Công an đang làm rõ vụ {crime} xảy ra hồi tháng {digit}.",
    "Sau hiệp một, đội {place} dẫn trước {digit}-{digit2} nhờ bàn thắng của {name}.",
    "Chị {name} mở một cửa hàng nhỏ cạnh chợ, bán {goods} và {goods2}.",
    "Nhà trường nhận {number} bộ bàn ghế do các bạn trẻ quyên góp.",
    "Trong lễ hội, các cụ hát cửa đình và dạy con cháu làm cỗ.",
    "Xe buýt qua {place} mỗi ngày {number} lượt, vé {digit} nghìn đồng.",
    "Vụ này năng suất {goods} đạt {number} tạ một sào, cao hơn năm {year}.",
)


def read_demonstration() -> Iterator[Story]:
    """The stories of the demonstration paper, in Vietnamese and English."""
    for source in sorted(CONTENT.rglob("*.md")):
        _, head, text = source.read_text("utf-8").split("---\n", 2)
        given = yaml.safe_load(head)
        if "date" in given and "pages" not in source.parts:
            folder = source.parent.parent if source.stem == "index" else source.parent
            slug = source.parent.name if source.stem == "index" else source.stem
            summary = given.get("summary") or text.strip().partition("\n\n")[0]
            day = date.fromisoformat(str(given["date"])[:10])
            lists = (tuple(map(str, given.get(name, ()))) for name in ("authors", "tags"))
            section = folder.relative_to(CONTENT).as_posix()
            yield Story(slug, given["title"], summary, MARKUP.sub(" ", text), section, day, *lists)


def make_stories(count: int, seed: int = 7, sentences: int = 12) -> Iterator[Story]:
    """The planted stories, and others from templates until there are `count`; the same for the same arguments."""
    chance = random.Random(seed)  # noqa: S311 - the same stories each time
    first = date(2016, 1, 1)
    for number in range(count - len(PLANTED)):
        section = chance.choice(list(HEADLINES))
        title = _fill(chance.choice(HEADLINES[section]), chance)
        summary, *text = (_fill(one, chance) for one in chance.choices(SENTENCES, k=sentences + 1))
        day = first + timedelta(days=chance.randrange(3900))
        author = "pv-" + str(chance.randrange(20))
        yield Story(f"tin-{number}", title, summary, " ".join(text), section, day, (author,))
    for slug, (section, title, summary) in PLANTED.items():
        text = " ".join(_fill(one, chance) for one in chance.choices(SENTENCES, k=sentences))
        yield Story(slug, title, summary, text, section, first + timedelta(days=chance.randrange(3900)), ("pv-1",))


def _fill(template: str, chance: random.Random) -> str:
    words = {
        "place": chance.choice(PLACES), "place2": chance.choice(PLACES), "goods": chance.choice(GOODS),
        "goods2": chance.choice(GOODS), "work": chance.choice(WORKS), "crime": chance.choice(CRIMES),
        "name": f"{chance.choice(FAMILIES)} {chance.choice(NAMES)}", "number": chance.randrange(3, 400),
        "digit": chance.randrange(1, 10), "digit2": chance.randrange(1, 10), "year": chance.randrange(1990, 2024),
    }  # fmt: skip
    filled = template.format(**words)
    return filled[:1].upper() + filled[1:]


def write_site(folder: Path, stories: Iterable[Story], settings: Mapping[str, object]) -> None:
    """A site of these stories, without pictures: one file for each."""
    stories = list(stories)
    config = {
        "title": "Báo Lạc Giang", "url": "https://baolacgiang.example", "language": "vi",
        "sections": {section: {"title": section.capitalize()} for section in sorted({one.section for one in stories})},
        "machines": {"headers": ["netlify"]}, "search": {"text": "full"},
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(CONTENT.with_name("static"), folder / "static")
    (folder / "newsgen.yaml").write_text(yaml.safe_dump(config | settings, allow_unicode=True), "utf-8")
    for story in stories:
        source = folder / "content" / story.section / f"{story.slug}.md"
        source.parent.mkdir(parents=True, exist_ok=True)
        head = {"title": story.title, "slug": story.slug, "summary": story.summary, "date": story.day.isoformat()}
        lists = {"authors": list(story.authors), "tags": list(story.tags)}
        written = yaml.safe_dump(head | lists, allow_unicode=True)
        source.write_text(f"---\n{written}---\n\n{story.text}\n", "utf-8")
