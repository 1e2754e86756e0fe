#!/usr/bin/env python3
"""Measures the pages that stand on the records: search while typing, account pages, lists, timelines, of an office made by `kontor generate --crm`.

    cargo build --release
    target/release/kontor --data /tmp/kontor-crm generate --crm --accounts 100000 --people 300000 --interactions 2000000 --lines 1000000
    python3 benches/crm.py --kontor target/release/kontor --data /tmp/kontor-crm

With `--database-url` the records are those of a PostgreSQL database; both commands need the same one. Kontor is served and asked by a client on the same
machine over one kept connection: a time is that of the whole answer as a browser gets it, sign-in, figures and HTML, measured at the client. First one call
after the other; then by eight clients at once, each of whom pauses a quarter of a second on average between two calls, as one who types or clicks fast.
The first call of each kind, after which what it needs is in memory, is told apart. The outcome is a Markdown table on standard output.
"""

import argparse
import http.client
import http.cookiejar
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

from compare import keep_to_cores, progress
from ledger import memory, signed_in

CLIENTS = 8
PAUSE_SECONDS = 0.25
# The budgets of the pages that have one, in milliseconds at the 99th percentile.
BUDGETS = {"search": 30, "account page": 15, "accounts list": 50, "people list": 50, "my accounts": 50}
SORTS = (
    "rank number name country postal_code city industry lifecycle employees tags revenue share cumulative_share class revenue_before difference growth "
    "margin margin_rate margin_class invoices first last"
).split()
FILTERS = [
    "", "class=A", "class=C", "margin_class=B", "growth=down", "growth=up", "growth=new", "growth=lost", "margin=low", "margin=loss", "idle=90", "idle=365",
    "lifecycle=active", "archived=all", "class=B&growth=down", "class=A&margin=low&idle=90", "period=all", "columns=name,revenue,last,growth",
]
PEOPLE_FILTERS = [
    "", "", "state=present", "state=former", "state=archived", "function=leit", "function=eink&state=present", "account=stahl", "account=10&function=eink",
    "contact=overdue", "contact=never", "department=technik",
]
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kontor", type=Path, required=True, help="the kontor binary, built with --release")
    parser.add_argument("--data", type=Path, required=True, help="the data folder, filled by kontor generate --crm")
    parser.add_argument("--database-url", help="the PostgreSQL database of the records")
    parser.add_argument("--accounts", type=int, default=100_000, help="how many accounts were made")
    parser.add_argument("--people", type=int, default=300_000, help="how many people were made")
    parser.add_argument("--calls", type=int, default=300, help="calls of each kind")
    parser.add_argument("--only", help="only kinds of pages whose names hold one of these, separated by commas")
    parser.add_argument("--slow", action="store_true", help="also tell the slowest calls of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2, help="cores for server and clients together")
    arguments = parser.parse_args()
    keep_to_cores(arguments.threads)
    program = [str(arguments.kontor.resolve()), "--data", str(arguments.data.resolve())]
    if arguments.database_url:
        program += ["--database-url", arguments.database_url]
    subprocess.run([*program, "user", "add", "load@example.org", "--name", "Load", "--role", "administrator"], capture_output=True)
    links = [subprocess.run([*program, "user", "link", mail], check=True, capture_output=True, text=True).stdout.strip() for mail in ("load@example.org", "user1@load.example")]
    started = time.perf_counter()
    server = subprocess.Popen([*program, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True, env={**os.environ, "RUST_LOG": "error"})
    try:
        address = re.search(r"http://\S+", server.stdout.readline())[0]
        listens = time.perf_counter() - started
        lead, member = (signed_in(address, link) for link in links)
        start(server, lead, listens)
        measure(arguments, address, lead, member)
        print(f"\npeak memory of the server: {memory(server, 'VmHWM'):.0f} MiB")
    finally:
        server.terminate()
        server.wait()


# What is asked first after the start, in this order.
FIRST = ("/find/list?q=mey", "/people", "/accounts", "/people?q=mey", "/valuation/scores", "/valuation/scores", "/duplicates", "/duplicates/people")


def start(server, call, listens: float) -> None:
    """What those wait for who come first, while the server still reads what it keeps in memory; and the memory that takes."""
    print(f"listens after {listens * 1000:.0f} ms\n\n| first asked after the start | answer | peak memory so far |\n|---|---:|---:|", flush=True)
    for path in FIRST:
        seconds = call(path)[0]
        print(f"| {path} | {seconds * 1000:.0f} ms | {memory(server, 'VmHWM'):.0f} MiB |", flush=True)
    print()


def measure(arguments: argparse.Namespace, address: str, lead, member) -> None:
    print("| page | first call | one after the other: median | p99 | eight clients: median | p99 | budget |\n|---|---:|---:|---:|---:|---:|---:|", flush=True)
    chance = random.Random(arguments.seed)
    for name, call, paths in kinds(chance, arguments, lead, member):
        if arguments.only and not any(part in name for part in arguments.only.split(",")):
            continue
        first = call(paths[0])[0] * 1000
        one = alone(address, call.cookie(), paths)
        many = together(address, call.cookie(), paths, arguments.seed)
        budget = next((f"{budget} ms" for kind, budget in BUDGETS.items() if name.startswith(kind)), "")
        cells = [f"{first:.0f} ms", *(f"{figure(one, share):.1f} ms" for share in (0.5, 0.99)), *(f"{figure(many, share):.1f} ms" for share in (0.5, 0.99)), budget]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
        if arguments.slow:
            for seconds, path in sorted(one, reverse=True)[:5]:
                progress(f"  {seconds * 1000:.1f} ms {path}")


def kinds(chance: random.Random, arguments: argparse.Namespace, lead, member):
    """Each kind of page with who looks at it and the addresses that are called."""
    calls = arguments.calls
    ids = [chance.randint(1, arguments.accounts) for _ in range(calls)]
    large = [chance.randint(1, max(1, arguments.accounts // 10)) for _ in range(calls)]
    persons = [chance.randint(1, arguments.people) for _ in range(calls)]
    typed = list(typing(chance, lead, arguments, calls))
    words = [text for text in typed if len(text) >= 3]
    lists = [f"/accounts?{filter_}&sort={sign}{sort}".replace("?&", "?") for sort in SORTS for sign in ("", "-") for filter_ in chance.sample(FILTERS, 4) + [""]]
    chance.shuffle(lists)
    yield "search as you type", lead, [f"/find/list?{urllib.parse.urlencode({'q': text})}" for text in typed]
    yield "search, its own page", lead, [f"/find?{urllib.parse.urlencode({'q': text})}" for text in typed]
    yield "account page", lead, [f"/accounts/{id}" for id in ids]
    yield "account page, large accounts", lead, [f"/accounts/{id}" for id in large]
    yield "accounts list, sorts and filters", lead, lists[: max(calls, len(lists))]
    yield "accounts list, searched", lead, [f"/accounts?{urllib.parse.urlencode({'q': text, 'sort': chance.choice(['', 'name', '-margin', '-last'])})}" for text in words]
    yield "accounts list, later pages", lead, [f"/accounts?page={chance.randint(2, arguments.accounts // 100)}&sort={chance.choice(SORTS)}" for _ in range(calls)]
    orders = ["", "name", "company", "changed", "last_contact", "contact"]
    people = [f"/people?{chance.choice(PEOPLE_FILTERS)}&sort={chance.choice(orders)}".replace("?&", "?") for _ in range(calls)]
    yield "people list, sorts and filters", lead, people
    yield "people list, later pages", lead, [f"/people?page={chance.randint(1, arguments.people // 50 - 1)}&sort={chance.choice(orders)}" for _ in range(calls)]
    yield "people list, searched", lead, [f"/people?{urllib.parse.urlencode({'q': text})}" for text in words]
    yield "person page", lead, [f"/people/{id}" for id in persons]
    yield "people of an account", lead, [f"/accounts/{id}/people" for id in large]
    yield "timeline of an account", lead, [f"/accounts/{id}/timeline" for id in large]
    yield "timeline of a person", lead, [f"/people/{id}/timeline" for id in persons]
    yield "contacts", lead, ["/interactions", "/interactions?kind=visit"] * (calls // 2)
    yield "my accounts", member, ["/my"] * calls
    yield "cadence", lead, [f"/cadence?class={chance.choice(['', 'A', 'B'])}&page={chance.choice([0, 1, 7])}" for _ in range(calls)]


def typing(chance: random.Random, call, arguments: argparse.Namespace, calls: int):
    """What is typed, letter by letter: beginnings of names of accounts and people, some with a slip of the finger or umlauts spelled out."""
    names = []
    pages = [f"/accounts?page={chance.randint(1, arguments.accounts // 100)}&columns=name" for _ in range(5)] + ["/people?sort=changed", "/people?sort=name"]
    for path in pages:
        names += re.findall(r'<a href="/(?:accounts|people)/\d+">([^<]{4,60})</a>', call(path)[1])
    if not names:
        sys.exit("no names found to search for")
    made = 0
    while True:
        name = chance.choice(names).replace("&amp;", "&")
        if chance.random() < 0.3:
            name = name.translate(UMLAUTS)
        if chance.random() < 0.25 and len(name) > 6:
            at = chance.randint(1, 4)
            name = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        if chance.random() < 0.3:
            name = " ".join(reversed(name.split(" ")))
        for end in range(1, min(len(name), 14) + 1):
            yield name[:end]
            made += 1
            if made == calls:
                return


def figure(calls: list, share: float) -> float:
    """So many of all calls took at most so many milliseconds."""
    seconds = sorted(call[0] for call in calls)
    return seconds[min(len(seconds) - 1, int(len(seconds) * share))] * 1000


def ask(connection: http.client.HTTPConnection, cookie: str, path: str) -> float:
    start = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        sys.exit(f"{path} answers {answer.status}")
    return time.perf_counter() - start


def alone(address: str, cookie: str, paths: list) -> list:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
    for path in paths[:10]:
        ask(connection, cookie, path)
    return [(ask(connection, cookie, path), path) for path in paths]


def together(address: str, cookie: str, paths: list, seed: int) -> list:
    done, lock = [], threading.Lock()

    def work(number: int) -> None:
        chance = random.Random(seed * 100 + number)
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
        for path in paths[number::CLIENTS]:
            time.sleep(chance.uniform(0, 2 * PAUSE_SECONDS))
            seconds = ask(connection, cookie, path)
            with lock:
                done.append((seconds, path))

    workers = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return done


if __name__ == "__main__":
    main()
