"""Nobody can be found in what the count keeps: no address, no browser's name, no salt."""

from ipaddress import ip_address

from newsgen.services.online.pseudonyms import Salts
from reader_count import Clock, paper, run

ADDRESSES = ("203.0.113.77", "2001:db8:feed::beef", "198.51.100.200")
AGENT = "Mozilla/5.0 (Trinh duyet rieng cua ban doc 4711)"


def test_no_address_is_in_the_store(tmp_path, redis):
    """A dump of the store after readers came holds neither their addresses, as text or as bytes, nor their browsers."""
    stories = [f"/kinh-te/2022/08/tin-{number}.html" for number in range(3)]

    async def day():
        one = paper(tmp_path, clock=Clock("2022-08-07 23:58"), redis=redis.url, proxies=("10.1.1.1",))
        for minute in range(5):
            for address in ADDRESSES:
                body = f'{{"story": "{stories[minute % 3]}"}}'.encode()
                forwarded = [("X-Forwarded-For", address)]
                assert 200 == (await one.ask(peer="10.1.1.1", headers=forwarded, agent=AGENT, body=body)).status
            one.clock.pass_minutes(1)

    run(day())
    dump = redis.dump()
    assert b"newsgen:{baolacgiang.example}:readers:" in dump
    for address in ADDRESSES:
        packed = ip_address(address).packed
        for trace in (address.encode(), packed, packed.hex().encode(), packed[::-1]):
            assert trace not in dump, (address, trace)
    assert AGENT.encode() not in dump
    assert b"10.1.1.1" not in dump


def test_no_salt_is_in_the_store(tmp_path, redis):
    """The salts are in the process alone."""
    made = []

    def random(size):
        made.append(bytes(range(len(made), len(made) + size)))
        return made[-1]

    async def day():
        one = paper(tmp_path, clock=Clock("2022-08-07 23:58"), redis=redis.url)
        one.service.counting.salts = Salts(random)
        for _ in range(10):
            await one.online(1, 2, 3)
            one.clock.pass_minutes(1)

    run(day())
    dump = redis.dump()
    assert 2 == len(made)
    assert not [salt for salt in made if salt in dump or salt.hex().encode() in dump]


def test_everything_expires(tmp_path, redis):
    """Every key of the store has an end: minutes for who is online, a day and an hour for what is read."""

    async def day():
        one = paper(tmp_path, redis=redis.url)
        one.name_stories("/a.html")
        await one.beat(1, "/a.html")

    run(day())
    with redis.client() as client:
        ends = {key.split(b":")[2]: client.ttl(key) for key in client.scan_iter()}
    assert {b"readers", b"addresses", b"story"} == ends.keys()
    assert 0 < ends[b"readers"] <= 360
    assert 0 < ends[b"addresses"] <= 360
    assert 0 < ends[b"story"] <= 25 * 3600
