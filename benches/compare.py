#!/usr/bin/env python3
"""Measures `kontor analyze` side by side with DuckDB: the same question, the same files, the same run.

    pip install duckdb
    cargo build --release
    python3 benches/compare.py --kontor target/release/kontor --data /tmp/kontor-load

The question: per account revenue, margin, share of revenue with known cost, number of invoices, first and last date; ranked by revenue with
cumulative share and ABC class; and the totals. Both write the ranking as JSON to a file. Kontor's answer also says how many lines come twice, which DuckDB is
asked in a row of its own, and in another one it may leave the invoices out. The load data are made once and kept in the data folder
(1.3 GB for the default of 10 million lines). Both sides are kept to the same cores and take turns; files are warm after the first run, which is
shown apart. Kontor's time is that of the whole process. DuckDB's is that of the query alone, without the start of Python and the loading of
DuckDB; its memory is that of the whole process. The outcome is a Markdown table on standard output; progress goes to standard error.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

THIS_FILE = str(Path(__file__).resolve())
AS_OF = "2026-06-30"
CSV_COLUMNS = {
    "invoice_number": "VARCHAR",
    "line_number": "INTEGER",
    "date": "DATE",
    "account_number": "VARCHAR",
    "account_name": "VARCHAR",
    "country": "VARCHAR",
    "postal_code": "VARCHAR",
    "city": "VARCHAR",
    "article_number": "VARCHAR",
    "product_group": "VARCHAR",
    "quantity": "INTEGER",
    "net_amount": "DECIMAL(18, 2)",
    "line_cost": "DECIMAL(18, 2)",
    "currency": "VARCHAR",
}
# Those that the question is about.
NEEDED_COLUMNS = ["invoice_number", "line_number", "date", "account_number", "account_name", "net_amount", "line_cost"]


class Run(NamedTuple):
    """One run of one side."""

    seconds: float
    peak_mib: float
    answer: dict


class Side(NamedTuple):
    """A contestant on one file; `name` is what the table calls it."""

    name: str
    file: Path
    command: list[str]


# What DuckDB is asked, and what the table calls that.
QUESTIONS = {
    "everything": "DuckDB, finding lines that come twice",
    "figures": "DuckDB",
    "sums": "DuckDB, not counting invoices",
}


def main() -> None:
    arguments = parse_arguments()
    keep_to_cores(arguments.threads)
    arguments.data.mkdir(parents=True, exist_ok=True)
    files = [load_data(arguments, extension) for extension in ("csv", "parquet")]
    print(f"\n{machine(arguments)}\n")
    print("| file | side | first run, s | median, s | fastest, s | peak memory, MiB |")
    print("|---|---|---:|---:|---:|---:|")
    for file in files:
        for side, runs in compare(sides(arguments, file), arguments.runs):
            seconds = [run.seconds for run in runs]
            figures = [seconds[0], statistics.median(seconds), min(seconds)]
            cells = [f"{figure:.2f}" for figure in figures] + [f"{max(run.peak_mib for run in runs):.0f}"]
            print(f"| {file.suffix[1:]}, {file.stat().st_size / 2**20:.0f} MiB | {side.name} | {' | '.join(cells)} |", flush=True)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kontor", type=Path, required=True, help="the kontor binary, built with --release")
    parser.add_argument("--data", type=Path, required=True, help="folder for the load data, made if need be")
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--accounts", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5, help="runs of each side on each file")
    parser.add_argument("--threads", type=int, default=2, help="cores for either side")
    arguments = parser.parse_args()
    arguments.kontor, arguments.data = arguments.kontor.resolve(), arguments.data.resolve()
    if not os.access(arguments.kontor, os.X_OK):
        parser.error(f"{arguments.kontor} is not a program; build it with: cargo build --release")
    if arguments.runs < 1 or not 1 <= arguments.threads <= (os.cpu_count() or 1):
        parser.error(f"give at least one run and 1 to {os.cpu_count()} threads")
    return arguments


def keep_to_cores(threads: int) -> None:
    """Whatever this process starts stays on so many cores."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])


def load_data(arguments: argparse.Namespace, extension: str) -> Path:
    """The file with the load data; made under another name first, so that a run that was broken off leaves no half file behind."""
    file = arguments.data / f"load-{arguments.lines}-{arguments.accounts}-{arguments.seed}.{extension}"
    if not file.exists():
        progress(f"making {file}")
        part = file.with_name(f"part-{file.name}")
        size = ["--lines", str(arguments.lines), "--accounts", str(arguments.accounts)]
        subprocess.run([arguments.kontor, "generate", *size, "--seed", str(arguments.seed), "--as-of", AS_OF, "--out", part], check=True)
        part.rename(file)
    return file


def machine(arguments: argparse.Namespace) -> str:
    """What was measured on what, in one sentence."""
    model = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), platform.machine())
    kontor = subprocess.run([arguments.kontor, "--version"], capture_output=True, text=True).stdout.strip() or "kontor"
    duckdb = subprocess.run([sys.executable, "-c", "import duckdb; print(duckdb.__version__)"], capture_output=True, text=True, check=True).stdout.strip()
    data = f"{arguments.lines:,} lines, {arguments.accounts:,} accounts"
    return f"{data}; {arguments.threads} cores of {model}; {kontor}, DuckDB {duckdb}; {arguments.runs} runs each, taking turns."


def sides(arguments: argparse.Namespace, file: Path) -> list[Side]:
    def duckdb(question: str) -> Side:
        return Side(QUESTIONS[question], file, [sys.executable, THIS_FILE, "--as-duckdb", str(file), str(arguments.threads), question])

    kontor = Side("Kontor", file, [str(arguments.kontor), "analyze", str(file), "--format", "json"])
    return [kontor, *map(duckdb, QUESTIONS)]


def compare(contestants: list[Side], runs: int) -> list[tuple[Side, list[Run]]]:
    """All sides in turn, so many times; stops the program when they disagree."""
    results: list[tuple[Side, list[Run]]] = [(side, []) for side in contestants]
    for number in range(1, runs + 1):
        for side, done in results:
            done.append(measure(side))
            progress(f"{side.file.suffix[1:]}, run {number}: {side.name} {done[-1].seconds:.2f} s, {done[-1].peak_mib:.0f} MiB")
            expected = results[0][1][0].answer
            different = {key: (value, expected[key]) for key, value in done[-1].answer.items() if value != expected[key]}
            if different:
                sys.exit(f"{side.name} and {results[0][0].name} disagree on {side.file.name}: {different}")
    return results


def measure(side: Side) -> Run:
    """Runs a side as a process of its own, with its answer going to a file."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        with answer.open("wb") as out:
            start = time.perf_counter()
            process = subprocess.Popen(side.command, stdout=out, cwd=folder)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
        # Popen must not wait for a process that is gone.
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{' '.join(side.command)} ended with {process.returncode}")
        # A process starts with the peak of the one that started it, so this one stays small: the answer is read by a third.
        digest = subprocess.run([sys.executable, THIS_FILE, "--as-digest", answer], check=True, capture_output=True, text=True)
        figures = json.loads(digest.stdout)
        return Run(figures.pop("seconds", seconds), usage.ru_maxrss / 1024, figures)


def digest_answer(answer: Path) -> dict:
    """The few figures in which both sides must agree, from Kontor's answer or DuckDB's."""
    figures = json.loads(answer.read_text())
    if "source" not in figures:
        return figures
    top = figures["ranking"][0]
    return {
        "revenue": figures["revenue"],
        "margin": figures["margin"],
        "known_percent": round(float(figures["margin_known_share"]) * 100, 4),
        "accounts": figures["accounts"],
        "invoices": figures["invoices"],
        "top_account": top["account"],
        "top_revenue": top["revenue"],
        "a_accounts": figures["abc"]["a"]["accounts"],
        "lines_twice": figures["source"]["duplicates"],
    }


def duckdb_answer(file: Path, threads: int, question: str) -> dict:
    """Asks DuckDB as a user would who knows the columns; writes the ranking beside the totals."""
    import duckdb

    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in CSV_COLUMNS.items())
    source = f"read_parquet('{file}')"
    if file.suffix == ".csv":
        source = f"read_csv('{file}', header = true, delim = ',', quote = '\"', escape = '\"', auto_detect = false, columns = {{{columns}}})"
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    twice = None
    start = time.perf_counter()
    if question == "everything":
        if file.suffix == ".csv":
            # Two passes over the text take longer.
            connection.execute(f"CREATE TEMP TABLE lines AS SELECT {', '.join(NEEDED_COLUMNS)} FROM {source}")
            source = "lines"
        (twice,) = connection.execute(twice_query(source)).fetchone()
    connection.execute(ranking_query(source, question != "sums"))
    totals = connection.execute(TOTALS_QUERY).fetchone()
    connection.execute("COPY ranking TO 'ranking.json' (FORMAT json, ARRAY true)")
    seconds = time.perf_counter() - start
    revenue, margin, known, accounts, invoices, a_accounts, top_account, top_revenue = totals
    answer = {
        "seconds": seconds,
        "revenue": f"{revenue:.2f}",
        "margin": f"{margin:.2f}",
        "known_percent": round(float(known) / float(revenue) * 100, 4),
        "accounts": accounts,
        "invoices": invoices and int(invoices),
        "top_account": top_account,
        "top_revenue": f"{top_revenue:.2f}",
        "a_accounts": a_accounts,
        "lines_twice": twice and int(twice),
    }
    return {key: value for key, value in answer.items() if value is not None}


def twice_query(source: str) -> str:
    """How many lines have the invoice and number of another one."""
    lines = f"SELECT count(*) AS lines FROM {source} GROUP BY invoice_number, line_number"
    return f"SELECT coalesce(sum(lines - 1), 0) FROM ({lines})"


def ranking_query(source: str, counts_invoices: bool) -> str:
    invoices = "count(DISTINCT invoice_number)" if counts_invoices else "NULL"
    return f"""
        CREATE TEMP TABLE ranking AS
        WITH accounts AS (
            SELECT account_number, any_value(account_name) AS account_name, sum(net_amount) AS revenue, sum(net_amount - line_cost) AS margin,
                   sum(net_amount) FILTER (line_cost IS NOT NULL) AS revenue_with_cost, {invoices} AS invoices,
                   min(date) AS first, max(date) AS last
            FROM {source} GROUP BY account_number
        ), summed AS (
            SELECT *, row_number() OVER by_revenue AS rank, sum(greatest(revenue, 0)) OVER by_revenue AS cumulative,
                   sum(greatest(revenue, 0)) OVER () AS total
            FROM accounts
            WINDOW by_revenue AS (ORDER BY revenue DESC, account_number ROWS UNBOUNDED PRECEDING)
        )
        SELECT rank, account_number, account_name, revenue, margin, revenue_with_cost, revenue_with_cost / revenue AS known_share,
               greatest(revenue, 0) / total AS share, cumulative / total AS cumulative_share, invoices, first, last,
               CASE WHEN revenue > 0 AND (cumulative - revenue) * 100 < total * 80 THEN 'A'
                    WHEN revenue > 0 AND (cumulative - revenue) * 100 < total * 95 THEN 'B' ELSE 'C' END AS class
        FROM summed ORDER BY rank"""


TOTALS_QUERY = """
    SELECT sum(revenue), sum(margin), sum(revenue_with_cost), count(*), sum(invoices), count(*) FILTER (class = 'A'),
           min_by(account_number, rank), min_by(revenue, rank)
    FROM ranking"""


def progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--as-duckdb", file, threads, question]:
            print(json.dumps(duckdb_answer(Path(file), int(threads), question)))
        case ["--as-digest", answer]:
            print(json.dumps(digest_answer(Path(answer))))
        case _:
            main()
