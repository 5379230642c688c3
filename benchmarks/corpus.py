"""Make a synthetic newspaper of any size: `python benchmarks/corpus.py FOLDER COUNT`.

The same count gives the same bytes everywhere: sections, tags, authors, related links and bodies of about 4.6 KB come
from a seeded generator. The words are Vietnamese syllables in random order; only their lengths and marks are real.
"""

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

SYLLABLES = """
anh áo bà bạn bao bầu bên bến biển bình bờ buổi cá cánh cầu cây chợ chùa chiều cho chúng có con công của cũng đã đang
đất đầu đèn đêm đến đi đình đò đồng đường em ghe giá giao giếng giữa gió gỗ hàng hạt hè hồ hoa hội huyện khi khu làng
lại lên lịch lớn lúa lũ lưới mái mặt mùa mưa nắng nay năm người nhà nhãn nhiều nông nước ông phố phù qua quê ra ruộng
sáng sau sông tại tàu thành tháng thị thôn thu thuyền tỉnh trên trong trời trưa trường tỷ ủy và vào vườn vụ với xã
xanh xe xóm xuân ý yên
""".split()  # noqa: SIM905
SECTIONS = ["chinh-tri", "kinh-te", "kinh-te/nong-nghiep", "xa-hoi", "xa-hoi/y-te", "van-hoa", "the-thao", "phap-luat"]
AUTHORS = [f"tac-gia-{number}" for number in range(1, 21)]
START = datetime(2015, 1, 1, 6, 0, tzinfo=UTC)
CONFIG = """\
title: Báo Thử Tải
url: https://thu-tai.example
language: vi
latest: {mode: MODE}
"""


def words(random_: random.Random, count: int) -> str:
    """That many syllables, the first with a capital."""
    return " ".join(random_.choices(SYLLABLES, k=count)).capitalize()


def article(number: int, count: int) -> tuple[str, str]:
    """The source path and text of one story of `count`."""
    random_ = random.Random(number)
    section = random_.choice(SECTIONS)
    at = START + timedelta(minutes=5 * 365 * 24 * 60 * number // count)
    tags = random_.sample(range(max(20, count // 100)), 3)
    related = f"related: [tin-{random_.randrange(number)}]\n" if number % 4 == 3 else ""
    head = (
        f"---\ntitle: {words(random_, 10)}\ndate: {at:%Y-%m-%d %H:%M}\nslug: tin-{number}\n"
        f"summary: {words(random_, 40)}\nauthors: [{random_.choice(AUTHORS)}]\n"
        f"tags: [{', '.join(f'chu đề {tag}' for tag in tags)}]\n{related}---\n\n"
    )
    parts = [words(random_, 90) + "." for _ in range(4)]
    parts += [f"## {words(random_, 6)}", f"**{words(random_, 4)}** {words(random_, 80)} *{words(random_, 3)}*."]
    parts += ["\n".join(f"- {words(random_, 12)}" for _ in range(4))]
    parts += [f"> {words(random_, 40)}", f"{words(random_, 60)} [{words(random_, 3)}](https://example.org/{number})."]
    parts += [words(random_, 90) + "." for _ in range(4)]
    return f"content/{section}/tin-{number}.md", head + "\n\n".join(parts) + "\n"


def make(folder: Path, count: int, mode: str = "inline") -> None:
    """Write a site of `count` stories into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "newsgen.yaml").write_text(CONFIG.replace("MODE", mode), "utf-8")
    for section in SECTIONS:
        (folder / "content" / section).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        source, text = article(number, count)
        (folder / source).write_text(text, "utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
