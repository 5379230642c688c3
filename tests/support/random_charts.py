"""Random tables for charts: long names of places, months, years, negative, missing and very large values."""

from random import Random

PLACES = (
    "Bắc Giang",
    "Thành phố Hồ Chí Minh",
    "Bà Rịa – Vũng Tàu",
    "Xã Nghĩa Hành, huyện Tư Nghĩa cũ",
    "Khu công nghiệp công nghệ cao Thuận Lạc mở rộng giai đoạn hai",
    "Đắk Lắk",
    "An",
    "Nghiêngnghiêngnghiêngnghiêngnghiêngnghiêng",
    "WWWWWWWWWWMMMMMMMM",
    "Huế",
    "东京都",
    "Đồng bằng sông Cửu Long",
)
FORMS = ("cot", "thanh", "duong")


def make_table(seed: int) -> tuple[str, str]:
    """A CSV with semicolons, whose numbers have commas, and the form of a chart that can show it."""
    random = Random(f"chart {seed}")  # noqa: S311 - the same tables every time
    form = random.choice(FORMS)
    count = random.choice((1, 2, 3, 5, 8, 12, 24, 60))
    series = random.choice((1, 1, 2, 3, 6))
    heads = [f"Chuỗi {number} {random.choice(PLACES)}" for number in range(series)]
    rows = [["Mục", *heads]]
    kind = random.choice(("place", "year", "month", "day", "place"))
    size = random.choice((1, 100, 10_000, 10_000_000, 10**13))
    for row in range(count):
        label = {
            "place": f"{random.choice(PLACES)} {row}",
            "year": str(1950 + row),
            "month": f"{2020 + row // 12}-{row % 12 + 1:02}",
            "day": f"2026-{row // 28 + 1:02}-{row % 28 + 1:02}",
        }[kind]
        values = []
        for _ in range(series):
            value = random.uniform(-size if seed % 3 == 0 else 0, size)
            missing = random.random() < 0.1 and row
            values.append("" if missing else f"{value:.{random.choice((1, 2))}f}".replace(".", ","))
        rows.append([label, *values])
    return "".join(";".join(row) + "\n" for row in rows), form
