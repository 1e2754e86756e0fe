#!/usr/bin/env python3
"""Measures the sales ledger: `kontor import` of the load data, then the pages that stand on it, beside DuckDB doing the same with a table.

    pip install duckdb
    cargo build --release
    python3 benches/ledger.py --kontor target/release/kontor --data /tmp/kontor-load

Kontor books the CSV file of `compare.py` into a fresh data folder and serves it; the ABC page is called once, again, and then a few hundred times, as is the
page of the largest account, which is then called 200 times a second. The demo company is served and left alone to see its memory. DuckDB loads the same file into a table of a database file and answers the ranking of the last 12 complete months from it, once and again.
The page is the whole answer as a browser gets it: sign-in, figures, HTML. The outcome is a Markdown table on standard output.
"""

import argparse
import http.client
import http.cookiejar
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from compare import CSV_COLUMNS, keep_to_cores, load_data, machine, progress

WARM_CALLS = 300
REQUESTS_PER_SECOND = 200
LOAD_SECONDS = 15
CONNECTIONS = 16
IDLE_SECONDS = 5
LAST_12_MONTHS = "BETWEEN DATE '2025-07-01' AND DATE '2026-06-30'"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kontor", type=Path, required=True, help="the kontor binary, built with --release")
    parser.add_argument("--data", type=Path, required=True, help="folder for the load data, made if need be")
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--accounts", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2, help="cores for either side")
    arguments = parser.parse_args()
    arguments.kontor, arguments.data, arguments.runs = arguments.kontor.resolve(), arguments.data.resolve(), 1
    keep_to_cores(arguments.threads)
    arguments.data.mkdir(parents=True, exist_ok=True)
    file = load_data(arguments, "csv")
    print(f"\n{machine(arguments)}\n\n| what | Kontor | DuckDB |\n|---|---:|---:|", flush=True)
    kontor = measure_kontor(arguments, file) | measure_demo(arguments) | {"size of the binary": f"{arguments.kontor.stat().st_size / 1e6:.1f} MB"}
    duckdb = measure_duckdb(arguments, file)
    for what in dict.fromkeys([*kontor, *duckdb]):
        print(f"| {what} | {kontor.get(what, '')} | {duckdb.get(what, '')} |")


def run(command: list) -> tuple[float, float]:
    """Seconds and peak memory in MiB of a process."""
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command} ended with {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def measure_kontor(arguments: argparse.Namespace, file: Path) -> dict:
    folder = arguments.data / "ledger-kontor"
    shutil.rmtree(folder, ignore_errors=True)
    program = [arguments.kontor, "--data", folder]
    seconds, peak = run([*program, "import", file])
    progress(f"import {seconds:.1f} s")
    figures = {"import of the CSV": f"{seconds:.1f} s, {peak:.0f} MiB"}
    subprocess.run([*program, "user", "add", "load@example.org", "--name", "Load", "--role", "administrator"], check=True, capture_output=True)
    link = subprocess.run([*program, "user", "link", "load@example.org"], check=True, capture_output=True, text=True).stdout.strip()
    server = subprocess.Popen([*program, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://\S+", server.stdout.readline())[0]
        call = signed_in(address, link)
        page = "/valuation/abc?period=last12"
        first, again = call(page)[0], call(page)[0]
        figures["ABC page, first call"], figures["ABC page, second call"] = f"{first * 1000:.0f} ms", f"{again * 1000:.1f} ms"
        figures["ABC page, warm"] = percentiles(call, page)
        account = re.search(r"/accounts/\d+", call(page)[1])[0]
        figures["account page, first call"] = f"{call(account)[0] * 1000:.1f} ms"
        figures["account page, warm"] = percentiles(call, account)
        figures[f"account page, {REQUESTS_PER_SECOND} requests/s"] = under_load(address, call, account)
        figures["accounts list, warm"] = percentiles(call, "/accounts?q=stahl&sort=revenue")
        figures["peak memory of the server"] = f"{memory(server, 'VmHWM'):.0f} MiB"
    finally:
        server.terminate()
        server.wait()
    return figures


def memory(process: subprocess.Popen, kind: str) -> float:
    """Memory of a process in MiB, as the kernel counts it."""
    return int(re.search(rf"{kind}:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())[1]) / 1024


def measure_demo(arguments: argparse.Namespace) -> dict:
    folder = arguments.data / "kontor"
    # The demo company has a folder of its own beside the one that is named.
    shutil.rmtree(arguments.data / "kontor-demo", ignore_errors=True)
    start = time.perf_counter()
    subprocess.run([arguments.kontor, "--data", folder, "demo", "--no-serve"], check=True, capture_output=True)
    made = time.perf_counter() - start
    server = subprocess.Popen([arguments.kontor, "--data", folder, "demo", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://\S+", server.stdout.readline())[0]
        call = signed_in(address, re.search(r"http://[^/]+(/\S+)", server.stdout.readline())[1])
        for page in ("/", "/accounts", "/valuation/abc"):
            call(page)
        time.sleep(IDLE_SECONDS)
        return {"demo company made": f"{made:.1f} s", "idle memory, demo looked at": f"{memory(server, 'VmRSS'):.0f} MiB"}
    finally:
        server.terminate()
        server.wait()


def under_load(address: str, call, path: str) -> str:
    """Calls a page at a fixed rate, whether or not earlier answers are there; a time counts from when the call was due."""
    host, cookie = address.removeprefix("http://"), call.cookie()
    due = iter(range(REQUESTS_PER_SECOND * LOAD_SECONDS))
    start, lock, seconds, errors = time.perf_counter() + 0.2, threading.Lock(), [], []

    def work() -> None:
        connection = http.client.HTTPConnection(host, timeout=30)
        while True:
            with lock:
                number = next(due, None)
            if number is None:
                return
            at = start + number / REQUESTS_PER_SECOND
            time.sleep(max(0.0, at - time.perf_counter()))
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            (seconds if answer.status == 200 else errors).append(time.perf_counter() - at)

    workers = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds.sort()
    return f"median {statistics.median(seconds) * 1000:.1f} ms, p99 {seconds[int(len(seconds) * 0.99)] * 1000:.1f} ms, {len(errors)} errors"


def signed_in(address: str, link: str):
    """A function that calls a page and gives seconds and text."""
    headers = {"Sec-Fetch-Site": "same-origin"}
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    opener.open(urllib.request.Request(address + link, data=b"", headers=headers)).read()

    def call(path: str) -> tuple[float, str]:
        start = time.perf_counter()
        text = opener.open(address + path).read().decode()
        return time.perf_counter() - start, text

    call.cookie = lambda: "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
    return call


def percentiles(call, path: str) -> str:
    """Median and 99th percentile of many calls, one after the other."""
    seconds = sorted(call(path)[0] for _ in range(WARM_CALLS))
    return f"median {statistics.median(seconds) * 1000:.1f} ms, p99 {seconds[int(len(seconds) * 0.99)] * 1000:.1f} ms"


def measure_duckdb(arguments: argparse.Namespace, file: Path) -> dict:
    import duckdb

    database = arguments.data / "ledger.duckdb"
    database.unlink(missing_ok=True)
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in CSV_COLUMNS.items())
    connection = duckdb.connect(str(database))
    connection.execute(f"SET threads = {arguments.threads}")

    def timed(query: str) -> float:
        start = time.perf_counter()
        connection.execute(query).fetchall()
        return time.perf_counter() - start

    source = f"read_csv('{file}', header = true, delim = ',', quote = '\"', escape = '\"', auto_detect = false, columns = {{{columns}}})"
    loading = timed(f"CREATE TABLE lines AS SELECT * FROM {source}")
    progress(f"DuckDB: table {loading:.1f} s")
    ranking = f"""
        WITH accounts AS (
            SELECT account_number, sum(net_amount) AS revenue, sum(net_amount - line_cost) AS margin, count(DISTINCT invoice_number) AS invoices
            FROM lines WHERE date {LAST_12_MONTHS} GROUP BY account_number
        )
        SELECT *, sum(greatest(revenue, 0)) OVER (ORDER BY revenue DESC, account_number) / sum(greatest(revenue, 0)) OVER () AS cumulative_share
        FROM accounts ORDER BY revenue DESC, account_number"""
    first, again = timed(ranking), timed(ranking)
    return {
        "import of the CSV": f"{loading:.1f} s (table, nothing checked)",
        "ABC page, first call": f"{first * 1000:.0f} ms (query)",
        "ABC page, second call": f"{again * 1000:.0f} ms (query)",
    }


if __name__ == "__main__":
    main()
