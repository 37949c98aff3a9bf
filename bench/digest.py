"""A year of a thousand reps, made up row by row in a real store, and how long its digest takes."""
import contextlib
import os
import random
import sqlite3
import subprocess
import time
from datetime import date, timedelta

REPS, CARDS, DAYS = 1000, 4, 250
HOW = ["connected"] * 3 + ["voicemail"] * 3 + ["no_answer"] * 3 + ["gatekeeper"]
RESULTS = ['[]', '[]', '[]', '["interested_later"]', '["needs_info"]', '["meeting_booked"]', '["referral"]', '["call_back"]', '["not_interested"]']
KINDS, SCOPES, FEEDS = ["leadership", "funding", "ma", "expansion", "hiring", "referral"], ["account", "industry", "competitor"], ["press", "edgar", "jobs", "webhook"]
WORDS = "spoke for a while, they are looking at it again after the summer, send a note about what others do " * 2


def a_year(binary, folder, last=date(2026, 11, 20)):
    """The config of a store with REPS reps and a working year behind them: about a million cards and 600,000 calls."""
    config, db = os.path.join(folder, "year.toml"), os.path.join(folder, "year.db")
    with open(config, "w") as f:
        f.write(f'[store]\npath = "{db}"\n[team]\nzone = "UTC"\n')
    reps = os.path.join(folder, "reps.csv")
    with open(reps, "w") as f:
        f.write("name,email,zone,manager_email,daily_calls,role\n")
        f.writelines(f"Rep {n},rep{n}@house.example,UTC,boss{n // 8}@house.example,12,rep\n" for n in range(REPS))
        f.write("Ada,ada@house.example,UTC,,0,admin\nBoss,boss0@house.example,UTC,,0,manager\n")
    subprocess.run([binary, "import", reps, "--config", config], check=True, stdout=subprocess.DEVNULL)
    days = []
    day = last
    while len(days) < DAYS:
        if day.weekday() < 5:
            days.append(day)
        day -= timedelta(days=1)
    with contextlib.closing(sqlite3.connect(db)) as store:
        fill(store, days[::-1])
    return config


def fill(store, days):
    dice = random.Random(1)
    store.executescript("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -400000")
    store.executemany("INSERT INTO accounts (id, name, folded_name, domain, ticker, cik, aliases, former_names, industry, folded_industry, employees, country, competitors, customers) "
                      "VALUES (?, ?, ?, '', '', '', '[]', '[]', '', '', 0, '', '[]', '[]')", ((n, f"Company {n}", f"company {n}") for n in range(1, 20001)))
    store.executemany("INSERT INTO contacts (id, name, folded_name, title, account, email, phone, zone, country, do_not_contact, left_company, origin) "
                      "VALUES (?, ?, ?, '', ?, '', '', '', '', 0, 0, '')", ((n, f"Person {n}", f"person {n}", 1 + n % 20000) for n in range(1, 100001)))
    brief = card = outcome = 0
    for day in days:
        at = int(time.mktime(day.timetuple()))
        briefs, cards, outcomes, drafts, referrals, facts = [], [], [], [], [], []
        for rep in range(1, REPS + 1):
            brief += 1
            briefs.append((brief, rep, str(day), at))
            for number in range(1, CARDS + 1):
                card += 1
                contact = dice.randint(1, 100000)
                called = dice.random() < 0.6
                cards.append((card, brief, number, contact, 1 + contact % 20000, dice.choice(KINDS), dice.choice(SCOPES), dice.choice(FEEDS), "x" * 500, "y" * 300, dice.random() * 0.5,
                              "answered" if called else "not_a_reason" if dice.random() < 0.05 else "open"))
                if not called:
                    continue
                outcome += 1
                how = dice.choice(HOW)
                results = dice.choice(RESULTS) if how == "connected" else "[]"
                outcomes.append((outcome, card, rep, contact, 1 + contact % 20000, at + number * 600, str(day), WORDS, how, results))
                if how in ("connected", "gatekeeper"):
                    drafts.append((outcome, rep, contact, "Thank you, " * 40, "sent" if dice.random() < 0.8 else "proposed", at + number * 600))
                    if dice.random() < 0.2:
                        facts.append((1 + contact % 20000, contact, f"challenge {dice.randint(1, 400)}", rep, at + number * 600, outcome))
                if "referral" in results:
                    referrals.append((outcome, contact, dice.randint(1, 100000), 1 + contact % 20000, rep, str(day)))
        store.executemany("INSERT INTO briefs VALUES (?, ?, ?, ?, 6, 90, 'slack', 'D1', '', NULL, 0)", briefs)
        store.executemany("INSERT INTO cards (id, brief, number, contact, account, kind, scope, source, content, explanation, probability, state, reason_key) VALUES (?,?,?,?,?,?,?,?,?,?,?,?, 'event:1')", cards)
        store.executemany("INSERT INTO outcomes (id, card, rep, contact, account, told_at, day, said, disposition, results, source, source_ref, action, unsure, revision, undone, conversation, message_id) "
                          "VALUES (?,?,?,?,?,?,?,?,?,?, 'text', '', '', '[]', 1, 0, '', '')", outcomes)
        store.executemany("INSERT INTO drafts (kind, outcome, rep, contact, recipient, subject, body, facts, revision, state, problem, created_at, conversation, message_id) "
                          "VALUES ('thank_you', ?, ?, ?, '', '', ?, '', 1, ?, '', ?, '', '')", drafts)
        store.executemany("INSERT INTO referrals (outcome, referrer, referred, account, rep, name, title, contact, words, generation, named_on, withdrawn) VALUES (?,?,?,?,?, 'Ann', '', '', '', 1, ?, 0)", referrals)
        store.executemany("INSERT INTO facts (account, contact, kind, value, learned_by, learned_at, outcome, withdrawn) VALUES (?, ?, 'challenge', ?, ?, ?, ?, 0)", facts)
        store.commit()
