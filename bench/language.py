"""Scores and speed of the readers of language on the project's own labelled samples.

The scores are those of the accuracy tests: one scorer, in C++. They say how well what is known is kept, not how well the unknown is understood:
docs/language.md has the figures of first readings.
"""
import glob
import json
import os
import re
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(ROOT, "build", "release")
DATA = os.path.join(ROOT, "tests", "data")


def told(test):
    """What an accuracy test says of its scores."""
    program = os.path.join(BUILD, "tests", "unit", test, "test_" + test)
    return re.sub(r"\S*/tests/data/", "", subprocess.run([program], capture_output=True, text=True).stdout)


def sums(pattern, text):
    """The groups of every match, added up."""
    return [sum(map(int, column)) for column in zip(*re.findall(pattern, text))]


def share(part, whole):
    return f"{part} of {whole} ({100 * part / whole:.1f} %)"


def rows_of(pattern):
    out = []
    for path in sorted(glob.glob(os.path.join(DATA, pattern))):
        with open(path, encoding="utf-8") as f:
            out += [json.loads(line) for line in f if line.strip()]
    return out


def speed(args, rows, least):
    """Lines a second through the command line, start and rules included."""
    rows = rows * (least // len(rows) + 1)
    text = "".join(json.dumps(r) + "\n" for r in rows)
    begin = time.perf_counter()
    done = subprocess.run([os.path.join(BUILD, "whynow"), *args], input=text, capture_output=True, text=True, check=True)
    took = time.perf_counter() - begin
    assert done.stdout.count("\n") == len(rows)
    return f"{len(rows) / took:,.0f} a second"


def measure(row):
    events = told("triggers")
    f1 = [float(x) for x in re.findall(r"macro F1 ([\d.]+)", events)]
    alarms, none = sums(r"false alarms (\d+) of (\d+)", events)
    row("events: macro-F1, lowest of our sets", "≥ 0.90", f"{min(f1):.3f}", min(f1) >= 0.90)
    row("events: false alarms", "≤ 4 %", share(alarms, none), alarms <= 0.04 * none)
    exact, texts = sums(r"exact (\d+) of (\d+)", events)
    right, said = sums(r"right (\d+) of (\d+) said", events)
    row("names: texts exact", "≥ 93 %", share(exact, texts), exact >= 0.93 * texts)
    row("names: precision", "≥ 97 %", share(right, said), right >= 0.97 * said)

    dates = told("dates")
    right, all_, wrong = sums(r"(\d+) of (\d+) right, (\d+) wrong", dates)
    row("dates: right", "≥ 95 %", share(right, all_), right >= 0.95 * all_)
    row("dates: wrong", "≤ 2 of 163", share(wrong, all_), wrong <= 2 / 163 * all_)

    replies = told("outcomes")
    all_, how, whole = sums(r"of (\d+): disposition (\d+), .*?whole (\d+),", replies)
    found, wished, invented = sums(r"opt-outs (\d+)/(\d+) and (\d+) invented", replies)
    row("replies: disposition", "≥ 97 %", share(how, all_), how >= 0.97 * all_)
    row("replies: whole", "≥ 78 %", share(whole, all_), whole >= 0.78 * all_)
    row("replies: wishes not to be called", "all, none invented", f"{found} of {wished}, {invented} invented", found == wished and not invented)

    lint = told("lint")
    accepted, good, refused, bad, why = sums(r"good (\d+)/(\d+), bad refused (\d+)/(\d+), right (\d+)", lint)
    row("lint: good accepted", "≥ 95 %", share(accepted, good), accepted >= 0.95 * good)
    row("lint: bad refused", "≥ 90 %", share(refused, bad), refused >= 0.90 * bad)
    row("lint: for the right reason", "≥ 85 %", share(why, bad), why >= 0.85 * bad)

    accounts = os.path.join(DATA, "signals", "accounts.txt")
    for what, args, rows in (("signals classify", ["signals", "classify", "--accounts", accounts], rows_of("signals/*headlines*.jsonl")),
                             ("outcome parse", ["outcome", "parse"], rows_of("replies/*.jsonl")), ("date parse", ["date", "parse"], rows_of("dates/*.jsonl")),
                             ("lint opener", ["lint", "opener"], [r for r in rows_of("lint/*.jsonl") if r["on"] == "opener"]),
                             ("lint mail", ["lint", "mail"], [r for r in rows_of("lint/*.jsonl") if r["on"] == "mail"])):
        row(f"whynow {what}, one core", "–", speed(args, rows, 5000), None)


if __name__ == "__main__":
    measure(lambda *r: print("  ".join(str(x) for x in r[:3]), file=sys.stderr))
